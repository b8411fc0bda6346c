// The overview for leadership: fills itself; its numbers lead to the tabs of the ledger and of promised versus reported.
(() => {
  "use strict";
  const LANDING = "wennuo_landing";

  class Overview extends wennuoTabs.FilledElement {
    listen() {
      this.addEventListener("change", (event) => this.changed(event));
      this.addEventListener("click", (event) => this.clicked(event));
      this.addEventListener("submit", (event) => event.preventDefault());
    }

    async begin() {
      const turn = ++this.turn;
      const form = this.querySelector(".choosing");
      const query = form ? new URLSearchParams(new FormData(form)).toString() : "";
      if (!form) this.say(this.dataset.loading);
      const content = await this.fetched("wennuo/overview?" + query);
      if (turn !== this.turn) return;
      if (content === null) return this.say(this.dataset.failed, this.dataset.retry);
      const focused = document.activeElement?.closest("wennuo-overview") ? document.activeElement.name : "";
      this.innerHTML = content; // escaped by the server
      const landing = this.querySelector("[data-landing]");
      if (landing) landing.checked = localStorage.getItem(LANDING) === "overview";
      if (focused) this.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
    }

    changed(event) {
      if (event.target.dataset.landing) {
        if (event.target.checked) localStorage.setItem(LANDING, "overview");
        else localStorage.removeItem(LANDING);
        return;
      }
      this.begin();
    }

    clicked(event) {
      const at = (selector) => event.target.closest(selector);
      if (at("[data-again]")) return void this.begin();
      const day = at("[data-day]")?.dataset.day;
      if (day) {
        this.querySelector('[name="day"]').value = day;
        return void this.begin();
      }
      const rows = at("[data-ledger]");
      if (rows) return wennuoTabs.lead("ledger", rows.dataset.ledger);
      const pairs = at("[data-pairs]");
      if (pairs) wennuoTabs.lead("reconciliation", pairs.dataset.pairs);
    }
  }

  customElements.define("wennuo-overview", Overview);

  // The page opens at the tab that its address names (#ledger, #guide-quiz-17), else at the one that is to be seen first here.
  const first = location.hash.match(/^#([a-z]+)(?:-|$)/)?.[1] ?? null;
  const landing = () => first ?? localStorage.getItem(LANDING) ?? document.querySelector("[data-begins]")?.dataset.begins;
  const waiting = new MutationObserver(() => {
    if (!document.querySelector("[data-begins]")) return; // the page that has arrived knows whose it is
    const tab = landing();
    if (!tab || tab === "chat") return void waiting.disconnect();
    const button = document.querySelector(`[role="tab"][data-tab-id="${CSS.escape(tab)}"]`);
    if (!button) return;
    waiting.disconnect();
    button.click();
  });
  waiting.observe(document.documentElement, {childList: true, subtree: true});
})();
