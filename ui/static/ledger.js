// The ledger, and promised versus reported: a form whose fields are the whole state; the server sends escaped HTML for it.
(() => {
  "use strict";
  const NAME = "wennuo_noted_by";
  const narrow = () => window.matchMedia("(max-width: 860px)").matches;

  class Desk extends wennuoTabs.StayingElement {
    listen() {
      this.addEventListener("click", (event) => this.clicked(event));
      this.addEventListener("input", (event) => this.typed(event));
      this.addEventListener("change", (event) => this.changed(event));
      this.addEventListener("submit", (event) => this.submitted(event));
      this.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.classList.contains("open")) this.close();
      });
      this.remember();
    }

    get address() { return "wennuo/" + this.dataset.desk; }

    get kept() { return "wennuo_" + this.dataset.desk; }

    get form() { return this.querySelector(".filtering"); }

    async begin() {
      const turn = ++this.turn;
      this.forget();
      this.say(this.dataset.loading);
      const query = sessionStorage.getItem(this.kept) ?? "";
      const content = await this.fetched(`${this.address}?${query}`);
      if (turn !== this.turn) return; // asked anew meanwhile
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      this.classList.remove("open");
      this.innerHTML = content + '<aside class="panel" hidden></aside>';
      if (narrow()) this.querySelector(".filters")?.removeAttribute("open");
      this.page = Number(new URLSearchParams(query).get("page") ?? 1);
      this.settle();
    }

    // The day that the lights go by, when a person chose one: an open page does not keep yesterday's.
    get day() {
      const field = this.form.elements.day;
      return !field || field.value === field.dataset.today ? "" : field.value;
    }

    query(page) {
      const pairs = [...new FormData(this.form)]
        .filter(([name, value]) => (value !== "" || name === "promised") && (name !== "day" || this.day));
      if (page > 1) pairs.push(["page", String(page)]);
      return new URLSearchParams(pairs).toString();
    }

    async load(page = 1) {
      clearTimeout(this.waiting);
      const turn = ++this.turn;
      const query = this.query(page);
      const results = this.querySelector(".results");
      results.classList.add("busy");
      const content = await this.fetched(`${this.address}/results?${query}`);
      if (turn !== this.turn) return; // a later question is under way
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      if (query !== sessionStorage.getItem(this.kept)) this.along = {};
      sessionStorage.setItem(this.kept, query);
      this.draw(content);
      if (page !== this.page) this.querySelector(".rows").scrollIntoView({block: "start"});
      this.page = page;
    }

    set(fields) {
      const form = this.form;
      const named = (name) => [...form.elements].filter((each) => each.name === name);
      const same = Object.entries(fields).every(([name, value]) =>
        named(name).some((each) => each.type === "checkbox" ? each.value === value && each.checked : each.value === value));
      for (const [name, value] of Object.entries(fields)) {
        for (const each of named(name)) {
          if (each.type !== "checkbox") each.value = same ? "" : value;
          else if (each.value === value) each.checked = !same;
        }
      }
      this.load();
    }

    clear() {
      for (const each of this.form.elements) {
        if (each.type === "checkbox") each.checked = false;
        else if (each.name && !["order", "day", "scope"].includes(each.name)) each.value = "";
      }
      this.load();
    }

    row(identity) { return `${this.address}/row?${this.query()}&${new URLSearchParams({identity})}`; }

    async open(identity) {
      const content = await this.fetched(this.row(identity));
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      this.show(content);
      const panel = this.querySelector(".panel");
      panel.scrollTop = 0;
      panel.querySelector("h2")?.focus({preventScroll: true});
    }

    show(content) {
      const panel = this.querySelector(".panel");
      panel.innerHTML = content;
      this.shown = content;
      panel.hidden = false;
      this.classList.add("open");
      for (const field of panel.querySelectorAll("[data-remembered]")) field.value = localStorage.getItem(NAME) ?? "";
      this.settle();
    }

    close() {
      const panel = this.querySelector(".panel");
      const identity = panel.querySelector(".detail")?.dataset.identity;
      panel.hidden = true;
      panel.replaceChildren();
      this.classList.remove("open");
      this.settle();
      if (identity) this.querySelector(`[data-key="row-${CSS.escape(identity)}"]`)?.focus();
    }

    async save(form) {
      const told = form.querySelector(".told");
      const button = form.querySelector("[type=submit]");
      const fields = new FormData(form);
      const body = {identity: form.closest(".detail").dataset.identity};
      for (const [name, value] of fields) {
        body[name] = form.elements[name].type !== "number" ? value : value === "" ? null : Number(value);
      }
      button.disabled = true;
      told.classList.remove("bad");
      told.textContent = "";
      let problem = form.dataset.failed;
      let content = null;
      try {
        const answer = await fetch(`${form.dataset.address}?${this.query()}`, {
          method: "POST",
          headers: {"Content-Type": "application/json"},
          body: JSON.stringify(body),
        });
        if (answer.ok) content = await answer.text();
        else problem = (await answer.json()).told ?? problem;
      } catch {
        content = null;
      }
      button.disabled = false;
      if (content === null) {
        told.classList.add("bad");
        told.textContent = problem;
        return;
      }
      localStorage.setItem(NAME, fields.get("by").trim());
      this.show(content);
      this.querySelector(".noting [type=submit]").focus({preventScroll: true});
      this.load(this.page);
    }

    clicked(event) {
      const at = (selector) => event.target.closest(selector);
      if (at("[data-again]")) return void this.begin();
      if (at("[data-clear]")) return this.clear();
      if (at("[data-panel-close]")) return this.close();
      const mark = at("[data-set]");
      if (mark) return this.set(JSON.parse(mark.dataset.set));
      const turned = at("[data-page]");
      if (turned) return void this.load(Number(turned.dataset.page));
      const ordered = at("[data-order]");
      if (ordered) {
        this.form.elements.order.value = ordered.dataset.order;
        return void this.load();
      }
      const row = at("tr[data-row]");
      if (row && !String(getSelection())) this.open(row.dataset.row);
    }

    typed(event) {
      if (!["text", "search"].includes(event.target.type) || event.target.form !== this.form) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.load(), 350);
    }

    changed(event) {
      if (event.target.form === this.form) return void this.load();
      const noting = event.target.closest(".noting");
      if (noting && event.target.name === "status" && event.target.value === "done") noting.elements.percent.value = "100";
    }

    submitted(event) {
      event.preventDefault();
      if (event.target === this.form) this.load();
      else if (event.target.matches(".noting")) this.save(event.target);
    }
  }

  customElements.define("wennuo-desk", Desk);
})();
