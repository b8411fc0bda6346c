// What the tabs that fill themselves share. The server sends escaped HTML; each tab says what it listens to and how it begins.
(() => {
  "use strict";
  const CHANGED = "wennuo-library";

  class FilledElement extends HTMLElement {
    static observedAttributes = ["data-spoken"];

    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      this.turn = 0; // counts what was asked for: an answer to an earlier asking comes too late
      this.listen();
      document.addEventListener(CHANGED, () => this.renewed());
      // The page patches its own markup, which knows nothing of what stands in here.
      new MutationObserver(() => { if (!this.firstChild) this.begin(); }).observe(this, {childList: true});
      this.begin();
    }

    attributeChangedCallback() {
      if (this.begun) this.begin();
    }

    // The library is another by now.
    renewed() { this.begin(); }

    // Plain words in place of all content of `place`, with a button to begin again.
    say(words, again, place = this) {
      const told = document.createElement("p");
      told.className = again ? "warning" : "note waiting";
      told.textContent = words;
      place.replaceChildren(told);
      if (!again) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.dataset.again = "1";
      button.textContent = again;
      place.append(button);
    }

    // The HTML at an address; null where none came.
    async fetched(address) {
      try {
        const answer = await fetch(address);
        return answer.headers.get("content-type")?.startsWith("text/html") ? await answer.text() : null;
      } catch {
        return null;
      }
    }
  }

  // Stands in the masthead, so that the markup of the tabs need not change with the library: patching it would empty them.
  class Library extends HTMLElement {
    static observedAttributes = ["data-generation"];

    static told = "";

    attributeChangedCallback(_name, _before, generation) {
      if (!generation || generation === Library.told) return;
      Library.told = generation;
      document.dispatchEvent(new Event(CHANGED));
    }
  }

  customElements.define("wennuo-library", Library);

  // Whether a field holds something else than the server put into it.
  function changed(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue !== undefined && field.value !== field.defaultValue;
    const given = [...field.options].findLast((option) => option.defaultSelected) ?? field.options[0];
    return field.value !== (given?.value ?? "");
  }

  function show(tab) {
    document.querySelector(`[role="tab"][data-tab-id="${CSS.escape(tab)}"]`)?.click();
  }

  // A tab with a filter: its desk begins anew with what is kept for it.
  function lead(desk, query) {
    sessionStorage.setItem("wennuo_" + desk, query);
    document.querySelector(`wennuo-desk[data-desk="${desk}"]`)?.begin?.();
    show(desk);
  }

  window.wennuoTabs = {FilledElement, changed, show, lead};
})();
