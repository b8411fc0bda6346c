// The library's tab: upload, the list, one document beside it. The server sends escaped HTML; names go in as text only.
(() => {
  "use strict";
  const KEPT = "wennuo_documents";
  const ROOT = "wennuo/documents";
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  class Documents extends wennuoTabs.FilledElement {
    listen() {
      const heard = {
        click: "clicked", input: "typed", change: "changed", submit: "submitted", keydown: "pressed",
        dragover: "hovered", dragleave: "left", drop: "given", uploaded: "uploaded",
      };
      for (const [kind, handler] of Object.entries(heard)) this.addEventListener(kind, (event) => this[handler](event));
      // Whoever comes back to the tab sees what others changed meanwhile.
      new IntersectionObserver(([entry]) => {
        if (entry.isIntersecting && this.away) this.look();
        this.away = !entry.isIntersecting;
      }).observe(this);
    }

    // It looks by itself: uploads that run and edits stay.
    renewed() {}

    look() {
      if (this.form) this.load(this.page);
      else this.begin();
    }

    // Whether a document is open, so that only the list may be drawn anew.
    get reading() { return Boolean(this.form && this.querySelector(".beside .detail")); }

    get form() { return this.querySelector(".choosing"); }

    get query() {
      if (!this.form) return sessionStorage.getItem(KEPT) ?? "";
      const pairs = [...new FormData(this.form)].filter(([, value]) => value !== "");
      if (this.page > 1) pairs.push(["page", String(this.page)]);
      return new URLSearchParams(pairs).toString();
    }

    // Draws everything anew; gently: only the list where a document is open. Uploads that run stay, and so do verdicts.
    async begin(gently = false) {
      if (gently && this.reading) return this.load(this.page);
      const turn = ++this.turn;
      if (!this.querySelector(".listing")) this.say(this.dataset.loading);
      const content = await this.fetched(`${ROOT}?${sessionStorage.getItem(KEPT) ?? ""}`);
      if (turn !== this.turn) return; // asked anew meanwhile
      if (gently && this.reading) return this.load(this.page);
      const box = this.querySelector("wennuo-upload");
      if (content === null && !box?.querySelector(".busy")) return this.say(this.dataset.failed, this.dataset.retry);
      if (content === null) return;
      const kept = new Set(this.names);
      const managing = this.querySelector(".managing")?.open;
      const focused = this.contains(document.activeElement) ? document.activeElement.name : "";
      this.classList.remove("open");
      this.innerHTML = content + '<aside class="beside" hidden></aside>';
      for (const each of this.boxes) each.checked = kept.has(each.value);
      if (managing) this.querySelector(".managing").open = true;
      if (focused && this.form?.elements[focused]) this.form.elements[focused].focus();
      if (box?.querySelector(".busy, .verdict")) this.querySelector("wennuo-upload")?.replaceWith(box);
      this.page = Number(new URLSearchParams(sessionStorage.getItem(KEPT) ?? "").get("page") ?? 1);
      this.drawn();
    }

    // After the list was drawn. Where this page changed the library, its other tabs hear of it now.
    drawn() {
      this.picked();
      if (!this.touched) return;
      this.touched = false;
      this.dispatchEvent(new CustomEvent("librarychanged", {bubbles: true}));
    }

    // What the server says to a change: {content} as HTML, or {told} with its status; nothing is told where nothing came back.
    async sent(address, body) {
      try {
        const answer = await fetch(`${ROOT}/${address}`, {
          method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
        });
        this.touched ||= answer.ok;
        if (answer.headers.get("content-type")?.startsWith("text/html")) return {ok: answer.ok, content: await answer.text()};
        const refused = answer.status === 401 || answer.status === 403;
        return {ok: answer.ok, ...await answer.json(), ...refused && {told: this.querySelector(".asking").dataset.refused}};
      } catch {
        return {ok: false, told: null};
      }
    }

    async load(page = 1) {
      clearTimeout(this.waiting);
      this.page = page;
      const turn = ++this.turn;
      const results = this.querySelector(".results");
      const had = Boolean(this.form);
      const query = this.query;
      results?.classList.add("busy");
      const content = results && had ? await this.fetched(`${ROOT}/list?${query}`) : null;
      if (turn !== this.turn) return;
      if (!results || !had) return this.begin();
      results.classList.remove("busy");
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      sessionStorage.setItem(KEPT, query);
      const kept = new Set(this.names);
      results.innerHTML = content;
      for (const box of this.boxes) box.checked = kept.has(box.value);
      this.drawn();
    }

    // the list

    get boxes() { return [...this.querySelectorAll('[name="pick"]')]; }

    get names() { return this.boxes.filter((box) => box.checked).map((box) => box.value); }

    picked() {
      const count = this.names.length;
      const batch = this.querySelector(".batch");
      if (batch) {
        batch.hidden = !count;
        batch.querySelector(".picked").textContent = fill(batch.dataset.count, {count});
      }
      const all = this.querySelector("[data-pick-all]");
      if (all) {
        all.checked = count > 0 && count === this.boxes.length;
        all.indeterminate = count > 0 && count < this.boxes.length;
      }
      const open = this.querySelector(".detail")?.dataset.document;
      for (const row of this.querySelectorAll("tr[data-name]")) row.classList.toggle("chosen", row.dataset.name === open);
    }

    tell(words, bad = false) {
      const told = this.querySelector(".found");
      if (!told) return;
      told.textContent = words;
      told.classList.toggle("bad", bad);
    }

    async put(select) {
      const name = select.value;
      const documents = this.names;
      select.value = "";
      if (!name || !documents.length) return;
      const answer = await this.sent("assign", {documents, collections: [name], how: "add"});
      if (answer.ok) await this.load(this.page);
      this.tell(answer.told ?? this.querySelector(".asking").dataset.failed, !answer.ok);
      this.refresh();
    }

    // Asks before something goes; gives whether it may. The focus comes back to where it was.
    sure(title, question, names, yes) {
      const dialog = this.querySelector(".asking");
      const before = document.activeElement;
      dialog.querySelector("h2").textContent = title;
      dialog.querySelector(".question").textContent = question;
      dialog.querySelector(".named").replaceChildren(...names.map((name) => {
        const item = document.createElement("li");
        item.textContent = name;
        return item;
      }));
      dialog.querySelector("[data-yes]").textContent = yes;
      dialog.returnValue = "";
      dialog.showModal();
      dialog.querySelector("[data-no]").focus();
      return new Promise((settle) => {
        dialog.addEventListener("close", () => {
          if (before?.isConnected) before.focus();
          settle(dialog.returnValue === "yes");
        }, {once: true});
      });
    }

    async remove(names) {
      const said = this.querySelector(".asking").dataset;
      const question = names.length === 1 ? said.one : fill(said.several, {count: names.length});
      if (!names.length || !await this.sure(said.title, question, names, said.sure)) return;
      const answer = await this.sent("remove", {documents: names});
      const open = this.querySelector(".detail")?.dataset.document;
      if (answer.ok && names.includes(open)) this.close();
      if (answer.ok) {
        for (const box of this.boxes) box.checked = false;
        await this.load(this.page);
      }
      this.tell(answer.told ?? said.failed, !answer.ok || answer.failed > 0);
      this.querySelector("[name=words]")?.focus();
    }

    // one document

    async open(name) {
      const content = await this.fetched(`${ROOT}/one?${new URLSearchParams({document: name})}`);
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      this.show(content);
      const panel = this.querySelector(".beside");
      panel.scrollTop = 0;
      panel.querySelector("h2")?.focus({preventScroll: true});
      if (window.matchMedia("(max-width: 1100px)").matches) panel.scrollIntoView({block: "start"});
    }

    show(content) {
      const panel = this.querySelector(".beside");
      panel.innerHTML = content;
      panel.hidden = false;
      this.classList.add("open");
      this.before = this.values();
      this.picked();
    }

    refresh() {
      const name = this.querySelector(".detail")?.dataset.document;
      if (name && !this.dirty) this.fetched(`${ROOT}/one?${new URLSearchParams({document: name})}`).then((content) => content && this.show(content));
    }

    close() {
      const panel = this.querySelector(".beside");
      const name = panel.querySelector(".detail")?.dataset.document;
      panel.hidden = true;
      panel.replaceChildren();
      this.classList.remove("open");
      this.picked();
      if (name) this.querySelector(`[data-open="${CSS.escape(name)}"]`)?.focus();
    }

    values() {
      const form = this.querySelector(".describing");
      return form ? Object.fromEntries(new FormData(form)) : {};
    }

    get undone() {
      return [...this.querySelectorAll(".describing [data-undone]")].map((field) => field.dataset.field);
    }

    get changes() {
      const undone = new Set(this.undone);
      return Object.fromEntries(Object.entries(this.values())
        .filter(([name, value]) => value !== this.before?.[name] && !undone.has(name)));
    }

    get dirty() { return this.undone.length > 0 || Object.keys(this.changes).length > 0; }

    async describe(form) {
      const told = form.querySelector(".told");
      const button = form.querySelector("[type=submit]");
      const {document: name, revision} = form.closest(".detail").dataset;
      told.classList.remove("bad");
      if (!this.dirty) return void (told.textContent = form.dataset.same);
      button.disabled = true;
      told.textContent = "";
      const answer = await this.sent("describe", {document: name, revision, values: this.changes, undo: this.undone});
      button.disabled = false;
      if (answer.ok && answer.content) {
        this.show(answer.content);
        this.querySelector(".describing [type=submit]").focus();
        return this.load(this.page);
      }
      told.classList.add("bad");
      told.textContent = answer.told ?? form.dataset.failed;
    }

    async assign(box) {
      const group = box.closest(".assigning");
      const told = group.querySelector(".told");
      const names = [...group.querySelectorAll("input:checked")].map((each) => each.value);
      const name = box.closest(".detail").dataset.document;
      const answer = await this.sent("assign", {documents: [name], collections: names, how: "set"});
      if (!answer.ok) box.checked = !box.checked;
      told.classList.toggle("bad", !answer.ok);
      told.textContent = answer.told ?? group.dataset.failed;
      if (answer.ok) this.load(this.page);
    }

    // collections

    async manage(body, focus) {
      const answer = await this.sent("collections", body);
      if (!answer.ok || answer.content === undefined) {
        const told = this.querySelector(".managing .told");
        told.classList.add("bad");
        told.textContent = answer.told ?? told.parentElement.dataset.failed;
        return;
      }
      await this.begin();
      const managing = this.querySelector(".managing");
      managing.open = true;
      managing.querySelector(focus ? `.managed[data-name="${CSS.escape(focus)}"] [type=submit]` : "summary")?.focus();
      managing.scrollIntoView({block: "nearest"});
    }

    uploaded() {
      this.touched = true;
      this.begin(true);
    }

    // events

    clicked(event) {
      const at = (selector) => event.target.closest(selector);
      if (at("[data-again]")) return void this.begin();
      if (at("[data-no]")) return this.querySelector(".asking").close("");
      if (at("[data-yes]")) return this.querySelector(".asking").close("yes");
      if (at("[data-clear]")) {
        for (const each of this.form.elements) if (each.name !== "sort") each.value = "";
        this.form.elements.words.focus();
        return void this.load();
      }
      const page = at("[data-page]");
      if (page) {
        this.load(Number(page.dataset.page)).then(() => this.querySelector(".results").scrollIntoView({block: "start"}));
        return;
      }
      const open = at("[data-open]");
      if (open) return void this.open(open.dataset.open);
      if (at("[data-panel-close]")) return this.close();
      if (at("[data-unpick]")) {
        for (const box of this.boxes) box.checked = false;
        return this.picked();
      }
      if (at("[data-remove-picked]")) return void this.remove(this.names);
      const remove = at("[data-remove]");
      if (remove) return void this.remove([remove.dataset.remove]);
      const gone = at("[data-delete]");
      if (gone) {
        const title = this.querySelector(".asking").dataset.manage;
        return void this.sure(title, gone.dataset.asked, [], gone.dataset.sure)
          .then((sure) => sure && this.manage({before: gone.dataset.delete, delete: true}));
      }
      const empty = at("[data-empty]");
      const undo = at("[data-undo]");
      if (empty || undo) this.amend((empty ?? undo).closest(".field"), Boolean(undo));
    }

    amend(field, undo) {
      const input = field.querySelector("input, select");
      input.value = undo ? field.dataset.inferred : "";
      if (undo) field.dataset.undone = "1";
      else delete field.dataset.undone;
      field.classList.add("changed");
      input.focus();
    }

    typed(event) {
      if (event.target.closest(".describing")) {
        const field = event.target.closest(".field");
        delete field.dataset.undone;
        field.classList.toggle("changed", event.target.value !== this.before[event.target.name]);
        return;
      }
      if (event.target.name !== "words") return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.load(), 250);
    }

    changed(event) {
      const field = event.target;
      if (field.dataset.put) return void this.put(field);
      if (field.dataset.pickAll) {
        for (const box of this.boxes) box.checked = field.checked;
        return this.picked();
      }
      if (field.name === "pick") return this.picked();
      if (field.name === "collection" && field.type === "checkbox") return void this.assign(field);
      if (field.closest(".choosing") && field.name !== "words") this.load();
    }

    submitted(event) {
      event.preventDefault();
      const form = event.target;
      if (form.matches(".choosing")) return void this.load();
      if (form.matches(".describing")) return void this.describe(form);
      if (form.matches(".managed")) {
        const {name, audience} = Object.fromEntries(new FormData(form));
        this.manage({name, audience, before: form.dataset.name}, name.trim());
      }
    }

    pressed(event) {
      if (event.key === "Escape" && this.classList.contains("open") && !this.querySelector(".asking").open) this.close();
    }

    hovered(event) {
      if (!this.querySelector(".upload") || ![...event.dataTransfer?.types ?? []].includes("Files")) return;
      event.preventDefault();
      this.classList.add("over");
    }

    left(event) {
      if (!this.contains(event.relatedTarget)) this.classList.remove("over");
    }

    given(event) {
      event.preventDefault();
      this.classList.remove("over");
      this.querySelector("wennuo-upload")?.drop(event.dataTransfer);
    }
  }

  customElements.define("wennuo-documents", Documents);
})();
