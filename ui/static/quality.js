// The tab of quality: shows the view that a query names, watches a run, and sends what a person does. All HTML comes escaped.
(() => {
  "use strict";
  const KEPT = "wennuo_quality";
  const ADDRESS = "wennuo/quality";
  const WATCH = 1000; // milliseconds
  const identity = (one) => one.dataset.entry ?? one.dataset.question;

  class Quality extends wennuoTabs.FilledElement {
    listen() {
      this.addEventListener("click", (event) => this.clicked(event));
      this.addEventListener("change", (event) => this.changed(event));
      this.addEventListener("input", (event) => this.typed(event));
      this.addEventListener("reset", (event) => this.reset(event));
      this.addEventListener("submit", (event) => this.submitted(event));
      this.addEventListener("toggle", (event) => this.toggled(event), true);
      this.watching = setInterval(() => this.watch(), WATCH);
    }

    begin() {
      if (!this.firstChild) this.say(this.dataset.loading);
      this.go(sessionStorage.getItem(KEPT) ?? "", {focus: false});
    }

    // Shows the view that `query` names. to: the part that is scrolled to; told: what is said of an act.
    async go(query, {to = "", told = "", ended = "", focus = true, key = ""} = {}) {
      const turn = ++this.turn;
      const content = await this.fetched(`${ADDRESS}?${query}`);
      if (turn !== this.turn) return; // a later one is under way
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      sessionStorage.setItem(KEPT, query);
      const open = query === this.shown ? [...this.querySelectorAll(".case[open]")].map(identity) : [];
      this.shown = query;
      this.innerHTML = content;
      for (const one of this.querySelectorAll(".case")) one.open = open.includes(identity(one));
      this.tell(told || ended);
      if (ended && this.querySelector("[data-ended]")) this.querySelector(".quality-frame > .told").classList.add("unseen");
      this.settle();
      const part = to ? this.querySelector("#quality-" + CSS.escape(to)) : null;
      const again = key ? (part ?? this).querySelector(`[name="${CSS.escape(key)}"], [data-focus="${CSS.escape(key)}"]:not(:disabled)`) : null;
      if (again) again.focus({preventScroll: true});
      else if (focus) (part?.querySelector("h3") ?? this.querySelector(".view h2[tabindex]"))?.focus({preventScroll: true});
      if (part) part.scrollIntoView({block: "start"});
      else if (focus && this.getBoundingClientRect().top < 0) this.scrollIntoView({block: "start"});
    }

    tell(words, bad = false) {
      const told = this.querySelector(".quality-frame > .told");
      if (!told) return;
      told.textContent = words;
      told.classList.toggle("bad", bad);
      told.classList.remove("unseen");
      if (words && bad) told.scrollIntoView({block: "nearest"});
    }

    settle() {
      const set = this.querySelector(".starting [name=set]");
      if (set) this.suit(set);
      for (const form of this.querySelectorAll(".drafting")) {
        wennuoDrafts.fill(form);
        this.fold(form);
      }
    }

    // The demonstration documents go with the demonstration sets only.
    suit(set) {
      const where = set.form.elements.where;
      const packaged = set.selectedOptions[0]?.dataset.shelf === "package";
      for (const option of where.options) {
        if (option.value === "demonstration") option.disabled = !packaged;
      }
      where.value = packaged ? "demonstration" : [...where.options].find((option) => !option.disabled)?.value ?? "";
    }

    fold(form) {
      for (const part of form.querySelectorAll(".answerable")) part.hidden = form.elements.unanswerable.checked;
    }

    // How far the run under way is, asked for while it is to be seen.
    async watch() {
      const held = this.querySelector(".progress-held");
      if (!this.isConnected) return clearInterval(this.watching);
      if (!held?.querySelector("[data-under-way]") || this.asking || document.hidden || !this.offsetParent) return;
      this.asking = true;
      const content = await this.fetched(`${ADDRESS}/progress`);
      this.asking = false;
      if (content === null || !held.isConnected) return;
      const focused = held.contains(document.activeElement);
      held.innerHTML = content;
      if (held.querySelector("[data-under-way]")) {
        if (focused) held.querySelector("button")?.focus({preventScroll: true});
        return;
      }
      const ended = held.querySelector("[data-ended]")?.dataset.ended ?? "";
      if (this.querySelector(".quality-frame").dataset.view === "runs") this.go(sessionStorage.getItem(KEPT) ?? "", {ended, focus: false});
      else this.tell(ended);
    }

    // said: where a trouble is told, at the top unless given; done: called once it is done, before the view is drawn anew.
    async send(act, body, button, said, done) {
      const failed = this.querySelector(".quality-frame").dataset.postFailed;
      const problem = (words) => {
        if (!said) return this.tell(words, true);
        said.textContent = words;
        said.classList.add("bad");
      };
      button.disabled = true;
      try {
        const raw = body instanceof Blob;
        const answer = await fetch(raw ? act : `${ADDRESS}/${act}`, {
          method: "POST",
          headers: {"Content-Type": raw ? "application/octet-stream" : "application/json"},
          body: raw ? body : JSON.stringify(body),
        });
        const found = await answer.json();
        button.disabled = false;
        if (!answer.ok) return problem(found.told ?? failed);
        done?.();
        if (found.go === undefined) return this.tell(found.told);
        // The same view keeps what it was narrowed to.
        const kept = sessionStorage.getItem(KEPT) ?? "";
        const view = (query) => new URLSearchParams(query).get("view") ?? "runs";
        const stays = view(kept) === view(found.go) && ["review", "runs"].includes(view(kept));
        await this.go(stays ? kept : found.go, {told: found.told});
      } catch {
        button.disabled = false;
        problem(failed);
      }
    }

    clicked(event) {
      const at = (selector) => event.target.closest(selector);
      if (at("[data-again]")) return void this.begin();
      const leads = at("[data-go]");
      if (leads) return void this.go(leads.dataset.go, {to: leads.dataset.to, key: leads.dataset.focus});
      if (at("[data-compare]")) return this.compare(at("[data-compare]"));
      const button = at("[data-send], [type=reset]");
      if (!button) return;
      if (!this.sure(button)) return event.preventDefault();
      if (button.type === "reset") return;
      const body = {};
      for (const {name, value} of button.attributes) {
        if (name.startsWith("data-send-")) body[name.slice("data-send-".length)] = value;
      }
      const form = button.dataset.send === "remove-entry" ? button.closest(".entry").querySelector(".drafting") : null;
      this.send(button.dataset.send, body, button, null, () => { if (form) wennuoDrafts.drop(form); });
    }

    // Whether a button that asks back was pressed once more after it had asked.
    sure(button) {
      if (!button.dataset.sure || button.dataset.asked) return true;
      const before = button.textContent;
      button.dataset.asked = "1";
      button.textContent = button.dataset.sure;
      setTimeout(() => { button.textContent = before; delete button.dataset.asked; }, 5000);
      return false;
    }

    compare(button) {
      const picked = [...this.querySelectorAll("[data-pick]:checked")].map((box) => box.value).sort();
      if (picked.length !== 2) return this.tell(button.dataset.two, true);
      this.go(new URLSearchParams({view: "compare", before: picked[0], after: picked[1]}).toString());
    }

    // The fields of a form as a query, with those that are fixed.
    query(form) {
      const pairs = new URLSearchParams({view: form.dataset.show});
      for (const [name, value] of Object.entries(form.dataset)) {
        if (name.startsWith("fixed")) pairs.set(name.slice("fixed".length).toLowerCase(), value);
      }
      for (const [name, value] of new FormData(form)) if (value) pairs.set(name, value);
      return pairs.toString();
    }

    changed(event) {
      const form = event.target.form;
      if (event.target.matches(".starting [name=set]")) return this.suit(event.target);
      if (event.target.matches(".drafting [name=unanswerable]")) return this.fold(form);
      if (form?.matches("[data-upload]")) return this.upload(form);
      if (form?.matches(".sifting")) this.go(this.query(form), {to: form.dataset.to, key: event.target.name});
    }

    typed(event) {
      const form = event.target.form;
      if (form?.matches(".drafting")) wennuoDrafts.keep(form);
    }

    reset(event) {
      const form = event.target;
      if (!form.matches(".drafting")) return;
      setTimeout(() => { // the fields are set after the event
        wennuoDrafts.drop(form);
        form.querySelector(".answered").textContent = "";
        this.fold(form);
        form.elements.question.focus();
      });
    }

    submitted(event) {
      event.preventDefault();
      const form = event.target;
      const button = form.querySelector("[type=submit]");
      if (form.matches("[data-show]")) return void this.go(this.query(form));
      if (!form.matches("[data-post]")) return;
      const drafting = form.matches(".drafting");
      const body = drafting ? this.draft(form) : Object.fromEntries(new FormData(form));
      this.send(form.dataset.post, body, button, form.querySelector(".answered"), () => { if (drafting) wennuoDrafts.drop(form); });
    }

    upload(form) {
      const field = form.elements.file;
      const [file] = field.files;
      const address = `${form.dataset.upload}?${new URLSearchParams({name: file?.name ?? ""})}`;
      if (file) this.send(address, new Blob([file]), field, form.querySelector(".answered"));
      field.value = "";
    }

    draft(form) {
      const fields = form.elements;
      const body = {entry: form.dataset.fixedEntry, unanswerable: fields.unanswerable.checked};
      for (const name of ["question", "kind", "answer", "facts", "forbidden"]) body[name] = fields[name].value;
      body.quotes = [...form.querySelectorAll(".quoting")]
        .map((part) => ({doc: part.querySelector("select").value, text: part.querySelector("textarea").value}))
        .filter(({text}) => text.trim());
      return body;
    }

    // A question is fetched when it is opened for the first time.
    async toggled(event) {
      const one = event.target;
      if (!one.open || !one.dataset.question || one.dataset.fetched) return;
      one.dataset.fetched = "1";
      const content = await this.fetched(`${ADDRESS}/question?${one.dataset.question}`);
      const held = one.querySelector(".held");
      if (content !== null) {
        held.innerHTML = content;
        return;
      }
      held.textContent = one.dataset.failed;
      delete one.dataset.fetched;
    }
  }

  customElements.define("wennuo-quality", Quality);
})();
