// The list of conversations: fills itself, finds, opens, renames, deletes. On a telephone it is a drawer.
(() => {
  "use strict";

  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const page = () => window.wennuo;
  let shown = "";

  class History extends HTMLElement {
    static observedAttributes = ["data-spoken"];

    connectedCallback() { this.load(); }
    attributeChangedCallback(name, before, after) { if (before !== null && before !== after) this.load(); }

    async fetched(address) {
      try {
        const answer = await fetch(address);
        return answer.ok ? await answer.text() : null;
      } catch {
        return null;
      }
    }

    async load() {
      const content = await this.fetched("wennuo/history");
      if (content === null) return;
      this.innerHTML = content; // escaped by the server
      this.mark();
    }

    async refresh() {
      const days = one(".days", this);
      if (!days) return this.load();
      const search = one("input[type=search]", this).value;
      const content = await this.fetched(`wennuo/history?part=1&search=${encodeURIComponent(search)}`);
      if (content === null || search !== one("input[type=search]", this).value) return;
      days.innerHTML = content; // escaped by the server
      this.mark();
    }

    mark() {
      for (const row of this.querySelectorAll("[data-conversation]")) {
        const current = row.dataset.conversation === shown;
        row.classList.toggle("current", current);
        const open = one(".open", row);
        if (current) open?.setAttribute("aria-current", "true");
        else open?.removeAttribute("aria-current");
      }
    }

    // A form in place of the row; what was there comes back when it is cancelled.
    over(row, name, doing) {
      const form = one(`template.${name}`, this).content.firstElementChild.cloneNode(true);
      const before = [...row.childNodes];
      const end = () => { row.replaceChildren(...before); one(".open", row)?.focus(); };
      row.replaceChildren(form);
      one("[data-cancel]", form).addEventListener("click", end);
      form.addEventListener("keydown", (event) => {
        if (event.key === "Escape") { event.stopPropagation(); end(); }
      });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const answer = await doing(form);
        if (answer.done) return this.refresh();
        end();
      });
      return form;
    }

    rename(row) {
      const identity = row.dataset.conversation;
      const title = one(".open", row).textContent;
      const form = this.over(row, "rename-form", async (given) => {
        const answer = await page().send("wennuo/conversation/rename", {conversation: identity, title: given.elements.title.value});
        const heading = one("#conversation .bar h2");
        if (answer.done && identity === shown && heading) heading.textContent = given.elements.title.value;
        return answer;
      });
      form.elements.title.value = title;
      form.elements.title.select();
    }

    remove(row) {
      const identity = row.dataset.conversation;
      const form = this.over(row, "remove-form", async () => {
        const answer = await page().send("wennuo/conversation/delete", {conversation: identity});
        if (answer.done && identity === shown) page().act("clear");
        return answer;
      });
      one("[type=submit]", form).focus();
    }
  }
  customElements.define("wennuo-history", History);

  const list = () => one("wennuo-history");
  const wide = () => matchMedia("(min-width: 1180px)").matches;

  function rail(open) {
    root.classList.toggle("rail-open", open);
    root.classList.toggle("rail-shut", !open);
    one("#conversation .rail")?.setAttribute("aria-expanded", String(open));
  }
  function kept() {
    try {
      return localStorage.getItem("wennuo-rail");
    } catch {
      return null;
    }
  }
  rail(!page().narrow() && (kept() ? kept() === "open" : wide()));

  document.addEventListener("click", async (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("[data-history]")) {
      const open = !root.classList.contains("rail-open");
      rail(open);
      if (!page().narrow()) try { localStorage.setItem("wennuo-rail", open ? "open" : "shut"); } catch { /* not kept */ }
      return void (open ? one("input[type=search]", list()) : one("#conversation .rail"))?.focus();
    }
    if (page().narrow() && root.classList.contains("rail-open") && (at("#history .open, #history [data-new]") || !at("#rail"))) rail(false);
    if (at("[data-links]")) {
      const content = await list().fetched("wennuo/shares");
      if (content !== null) page().leaf(page().made(content));
      return;
    }
    const row = at("wennuo-history [data-conversation]");
    if (!row) return;
    if (at(".open")) return page().act("select", {conversation: row.dataset.conversation});
    if (at("button.rename")) return list().rename(row);
    if (at("button.remove")) return list().remove(row);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && page().narrow() && root.classList.contains("rail-open")) rail(false);
  });
  let waiting = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("wennuo-history input[type=search]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => list().refresh(), 180);
  });
  document.addEventListener("wennuo-shown", (event) => {
    shown = event.detail;
    one("#conversation .rail")?.setAttribute("aria-expanded", String(root.classList.contains("rail-open")));
    // nothing moves in the list when the first conversation goes on
    const first = one("wennuo-history [data-conversation]");
    if (shown && first?.dataset.conversation === shown) list().mark();
    else list()?.refresh();
  });
})();
