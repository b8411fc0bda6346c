// The box that takes files: one after another, each with its verdict as it falls; then it tells by the event "uploaded".
(() => {
  "use strict";
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // All files that were dropped, those in folders too, at any depth; and whether there was a folder.
  async function dropped(transfer) {
    const entries = [...transfer.items ?? []].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return [[...transfer.files], false];
    const files = [];
    const read = async (entry) => {
      if (entry.isFile) return void files.push(await new Promise((take, fail) => entry.file(take, fail)));
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((take, fail) => reader.readEntries(take, fail));
        if (!some.length) return;
        for (const each of some) await read(each);
      }
    };
    for (const entry of entries) await read(entry).catch(() => {});
    return [files, true];
  }

  class Upload extends HTMLElement {
    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      this.addEventListener("click", (event) => { if (event.target.closest("[data-stop]")) this.stopped = true; });
      this.addEventListener("change", (event) => {
        const field = event.target;
        if (!field.dataset.files) return;
        const files = [...field.files];
        field.value = "";
        this.send(files, field.webkitdirectory);
      });
    }

    get box() { return this.querySelector(".upload"); }

    drop(transfer) {
      return dropped(transfer).then(([files, folder]) => this.send(files, folder));
    }

    // Sends the files. Of a folder only those that have an ending we read; what was chosen one by one gets a verdict in any case.
    async send(files, folder = false) {
      const box = this.box;
      if (!files.length || box.classList.contains("busy")) return;
      const said = box.dataset;
      const endings = said.accept.split(",");
      const taken = folder ? files.filter((file) => endings.some((ending) => file.name.toLowerCase().endsWith(ending))) : files;
      this.stopped = false;
      box.classList.add("busy");
      const working = box.querySelector(".working");
      const bar = working.querySelector("progress");
      const progress = box.querySelector(".progress");
      const list = box.querySelector(".verdicts");
      working.hidden = false;
      bar.max = Math.max(taken.length, 1);
      list.replaceChildren();
      const names = new Set();
      let count = 0;
      for (const file of taken) {
        if (this.stopped) break;
        bar.value = count;
        progress.textContent = `${fill(said.busy, {name: file.name})}（${count + 1}/${taken.length}）`;
        list.append(names.has(file.name) ? this.failed(file.name, said.same) : await this.one(file));
        list.scrollTop = list.scrollHeight;
        names.add(file.name);
        count += 1;
      }
      const left = taken.length - count;
      const skipped = files.length - taken.length;
      const ends = [left ? fill(said.stopped, {count, left}) : fill(said.done, {count})];
      if (skipped) ends.push(fill(said.skipped, {count: skipped}));
      progress.textContent = ends.join("；");
      box.classList.remove("busy");
      working.hidden = true;
      this.dispatchEvent(new CustomEvent("uploaded", {bubbles: true}));
    }

    // The verdict on one file, as an element.
    async one(file) {
      const query = new URLSearchParams({name: file.name});
      const into = this.box.querySelector("[name=into]")?.value;
      if (into) query.set("collection", into);
      try {
        const answer = await fetch("wennuo/upload?" + query, {method: "POST", body: file});
        const found = await answer.json();
        if (answer.status === 401 || answer.status === 403) return this.failed(file.name, this.box.dataset.refused);
        if (!found.line) return this.failed(file.name, this.box.dataset.failed);
        const item = document.createElement("template");
        item.innerHTML = found.line; // escaped by the server
        return item.content;
      } catch {
        return this.failed(file.name, this.box.dataset.failed);
      }
    }

    failed(name, why) {
      const item = document.createElement("li");
      item.className = "verdict failed";
      for (const [look, words] of [["badge", this.box.dataset.fail], ["name", name], ["reason", why]]) {
        const part = document.createElement("span");
        part.className = look;
        part.textContent = words;
        item.append(part);
      }
      return item;
    }
  }

  customElements.define("wennuo-upload", Upload);
})();
