// The guide for new colleagues: parts that are fetched when they are opened, lines that open below themselves, a self-test.
// The address tells the part and the set of the self-test (#guide-quiz-17). All markup comes escaped from the server.
(() => {
  "use strict";
  const SEEDS = 1000000;
  const named = () => location.hash.match(/^#guide-([a-z]+)(?:-(\d{1,6}))?$/) ?? [];

  // Puts a question into the box of the chat and sends it, as a person would.
  function ask(question) {
    wennuoTabs.show("chat");
    const box = document.querySelector("#question textarea");
    if (!box) return;
    const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    write.call(box, question);
    box.dispatchEvent(new Event("input", {bubbles: true}));
    setTimeout(() => document.querySelector("button#send, #send button")?.click(), 60);
  }

  class Guide extends wennuoTabs.FilledElement {
    listen() {
      this.addEventListener("click", (event) => this.clicked(event));
      this.addEventListener("input", (event) => this.typed(event));
      this.addEventListener("change", (event) => this.changed(event));
      this.addEventListener("submit", (event) => this.submitted(event));
      this.addEventListener("keydown", (event) => this.pressed(event));
      // Nothing is made for those who do not look.
      new IntersectionObserver((seen) => {
        this.seen = seen.some((each) => each.isIntersecting);
        if (this.seen) this.open();
      }).observe(this);
    }

    async begin() {
      const turn = ++this.turn;
      this.told(this, this.dataset.loading);
      const content = await this.fetched("wennuo/guide");
      if (turn !== this.turn) return;
      if (content === null) return this.told(this, this.dataset.failed, this.dataset.retry);
      this.innerHTML = content;
      this.current = null;
      if (this.seen) this.open();
    }

    // As for all tabs, in one part of this one, and read out.
    told(place, words, again) {
      this.say(words, again, place);
      place.firstChild.setAttribute("role", "status");
    }

    get tabs() { return [...this.querySelectorAll(".parts-of-it [role=tab]")]; }

    panel(part) { return this.querySelector(`#guide-part-${CSS.escape(part)}`); }

    // The part that the address names, else the one seen last, else the first.
    open(part) {
      const tabs = this.tabs;
      if (!tabs.length) return;
      const wanted = [part, named()[1], this.current, sessionStorage.getItem("wennuo_guide")];
      const chosen = wanted.map((each) => tabs.find((tab) => tab.dataset.part === each)).find(Boolean) ?? tabs[0];
      const before = this.current;
      this.current = chosen.dataset.part;
      sessionStorage.setItem("wennuo_guide", this.current);
      for (const tab of tabs) {
        const selected = tab === chosen;
        tab.setAttribute("aria-selected", String(selected));
        tab.tabIndex = selected ? 0 : -1;
        this.panel(tab.dataset.part).hidden = !selected;
      }
      const panel = this.panel(this.current);
      if (this.current === "quiz") this.seed = Number(named()[2] ?? this.seed ?? 1);
      this.tell();
      if (!panel.firstChild) this.fill(panel);
      else if (before !== this.current && this.current === "quiz" && Number(panel.querySelector(".quiz")?.dataset.seed) !== this.seed) this.fill(panel);
    }

    tell() {
      const address = `#guide-${this.current}` + (this.current === "quiz" ? `-${this.seed}` : "");
      if (location.hash !== address) history.replaceState(history.state, "", address);
    }

    async fill(panel, query = "") {
      const turn = (panel.turn = (panel.turn ?? 0) + 1);
      const address = panel.dataset.address + (panel === this.panel("quiz") ? `?seed=${this.seed}` : query);
      this.told(panel, panel.dataset.working);
      panel.setAttribute("aria-busy", "true");
      const content = await this.fetched(address);
      if (turn !== panel.turn) return;
      panel.removeAttribute("aria-busy");
      if (content === null) return this.told(panel, this.dataset.failed, this.dataset.retry);
      panel.innerHTML = content;
    }

    async toggle(button) {
      const place = this.querySelector(`#${CSS.escape(button.getAttribute("aria-controls"))}`);
      const opened = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!opened));
      place.hidden = opened;
      if (opened || place.dataset.filled) return;
      place.dataset.filled = "1";
      this.told(place, this.dataset.loading);
      const content = await this.fetched(button.dataset.detail);
      if (content !== null) return void (place.innerHTML = content);
      delete place.dataset.filled;
      button.setAttribute("aria-expanded", "false");
      this.told(place, this.dataset.failed);
    }

    // The list of terms that the form asks for.
    async find(form, shown = 0) {
      clearTimeout(this.waiting);
      const turn = (this.finding = (this.finding ?? 0) + 1);
      const query = new URLSearchParams(new FormData(form));
      if (shown) query.set("shown", shown);
      const content = await this.fetched(`${form.dataset.results}?${query}`);
      if (turn !== this.finding) return;
      const place = this.querySelector(".found");
      if (content === null) return this.told(place, this.dataset.failed);
      const before = shown ? place.querySelectorAll(".opens").length : 0;
      place.innerHTML = content;
      if (before) place.querySelectorAll(".opens")[before]?.focus();
    }

    async answer(form) {
      const result = form.parentElement.querySelector(".result");
      const content = await this.fetched(`${form.dataset.result}?${new URLSearchParams(new FormData(form))}`);
      if (content === null) return this.told(result, this.dataset.failed);
      result.innerHTML = content;
      const verdict = result.querySelector("[data-right]");
      if (!verdict) return;
      const options = [...form.querySelectorAll(".option")];
      options[Number(verdict.dataset.right)]?.classList.add("right");
      for (const option of options) {
        const field = option.querySelector("input");
        if (field.checked && !option.classList.contains("right")) option.classList.add("wrong");
        field.disabled = true;
      }
      form.querySelector("[type=submit]").hidden = true;
      this.count(form.closest(".quiz"));
    }

    count(quiz) {
      const done = quiz.querySelectorAll(".verdict").length;
      if (done < Number(quiz.dataset.count)) return;
      const right = quiz.querySelectorAll(".verdict.right").length;
      const told = quiz.querySelector(".score");
      told.textContent = quiz.dataset.score.replace("{count}", quiz.dataset.count).replace("{right}", String(right));
      told.scrollIntoView({block: "nearest"});
    }

    clicked(event) {
      const at = (selector) => event.target.closest(selector);
      if (at("[data-again]")?.tagName === "BUTTON") {
        const panel = at(".part");
        return void (panel ? this.fill(panel) : this.begin());
      }
      const tab = at(".parts-of-it [role=tab]");
      if (tab) {
        history.replaceState(history.state, "", `#guide-${tab.dataset.part}`);
        return this.open(tab.dataset.part);
      }
      const opens = at(".opens");
      if (opens) return void this.toggle(opens);
      const asked = at("[data-ask]");
      if (asked) return ask(asked.dataset.ask);
      const ledger = at("[data-ledger]");
      if (ledger) return wennuoTabs.lead("ledger", ledger.dataset.ledger);
      const more = at("[data-shown]");
      if (more) return void this.find(this.querySelector("form[data-results]"), more.dataset.shown);
      if (at("[data-new]") || at("[data-once-more]")) {
        if (at("[data-new]")) this.seed = 1 + Math.floor(Math.random() * (SEEDS - 1));
        this.tell();
        this.fill(this.panel("quiz"));
      }
    }

    typed(event) {
      const form = event.target.form;
      if (event.target.type !== "search" || !form?.dataset.results) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.find(form), 250);
    }

    changed(event) {
      const form = event.target.form;
      if (form?.dataset.results && event.target.type === "radio") return void this.find(form);
      if (form?.dataset.again) this.fill(event.target.closest(".part"), `?${new URLSearchParams(new FormData(form))}`);
    }

    submitted(event) {
      event.preventDefault();
      const form = event.target;
      if (form.dataset.results) this.find(form);
      else if (form.dataset.result) this.answer(form);
    }

    // Arrow keys go from tab to tab, as in any list of tabs.
    pressed(event) {
      const tabs = this.tabs;
      const at = tabs.indexOf(event.target);
      const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
      if (at < 0 || !step) return;
      event.preventDefault();
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
    }
  }

  customElements.define("wennuo-guide", Guide);

  // On a telephone the tab may be among those behind the dots, which have no name but their label.
  const LABELS = ["新人导览", "Getting started"];
  if (location.hash.startsWith("#guide")) {
    const looking = setInterval(() => {
      if (document.querySelector("wennuo-guide")?.offsetParent) return clearInterval(looking);
      if (!document.querySelector("[data-interface]") || document.querySelector('[role="tab"][data-tab-id="guide"]')) return;
      const behind = [...document.querySelectorAll(".overflow-dropdown button")];
      behind.find((each) => LABELS.includes(each.textContent.trim()))?.click();
    }, 300);
    setTimeout(() => clearInterval(looking), 8000);
  }

  // The address names the guide only while it is open.
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.('[role="tab"][data-tab-id]')?.dataset.tabId;
    if (tab && tab !== "guide" && location.hash.startsWith("#guide")) {
      history.replaceState(history.state, "", location.pathname + location.search);
    }
  });
})();
