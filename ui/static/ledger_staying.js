// What makes a desk of rows stay as it was: while the library changes, and while another tab of the page is looked at.
(() => {
  "use strict";

  // A form, its results and one row beside them. Of each desk its own: address, kept, form, query, row, begin, load and show.
  class StayingElement extends wennuoTabs.FilledElement {
    remember() {
      this.forget();
      // Tabs share one scroll bar: whoever comes back to this one finds it where it was left.
      window.addEventListener("scroll", () => { if (this.offsetParent) this.height = window.scrollY; }, {passive: true});
      this.addEventListener("scroll", (event) => this.slid(event.target), {capture: true, passive: true});
      new IntersectionObserver(([entry]) => {
        if (entry.isIntersecting && this.away) this.returned();
        this.away = !this.offsetParent;
      }).observe(this);
    }

    forget() {
      this.height = undefined; // how far the page was scrolled
      this.along = {}; // how far the charts were
    }

    slid(place) {
      for (const name of ["years", "pillars"]) if (place.matches?.("." + name)) this.along[name] = place.scrollLeft;
    }

    returned() {
      if (!this.form) return;
      this.settle();
      if (this.height !== undefined) window.scrollTo(0, this.height);
    }

    // What is offered and found is drawn anew. Filter, folds, page and places stay, and so does the row that is open.
    async renewed() {
      if (!this.form) return this.begin();
      const turn = ++this.turn;
      const query = this.query(this.page);
      const content = await this.fetched(`${this.address}?${query}`);
      if (content === null || !this.form) return this.querySelector(".results")?.classList.remove("busy");
      const fresh = new DOMParser().parseFromString(content, "text/html");
      if (!fresh.querySelector(".filtering")) return this.begin();
      const whole = this.offer(fresh);
      if (turn === this.turn && whole) {
        sessionStorage.setItem(this.kept, query);
        this.draw(fresh.querySelector(".results").innerHTML);
      } else if (!whole) this.load(this.page);
      this.reopen();
    }

    // Puts the choices of another form into this one's fields; gives whether what was chosen is still among them.
    offer(fresh) {
      let whole = true;
      for (const select of this.form.querySelectorAll("select")) {
        const offered = fresh.querySelector(`.filtering [name="${select.name}"]`);
        const chosen = select.value;
        select.replaceChildren(...offered.cloneNode(true).options);
        select.value = chosen;
        if (select.selectedIndex !== -1) continue;
        select.value = offered.value;
        whole = false;
      }
      this.querySelector("datalist")?.replaceChildren(...fresh.querySelector("datalist").children);
      return whole;
    }

    // The open row as the library has it by now, unless a note on it is half written.
    async reopen() {
      const panel = this.querySelector(".panel");
      const open = () => panel.querySelector(".detail")?.dataset.identity;
      const identity = open();
      if (!identity) return;
      const content = await this.fetched(this.row(identity));
      if (content === null || content === this.shown || !panel.isConnected || open() !== identity) return;
      const fields = [...panel.querySelector(".noting").elements].filter((field) => !field.dataset.remembered);
      if (fields.some(wennuoTabs.changed)) return;
      const [at, others] = [panel.scrollTop, panel.querySelector("details")?.open];
      this.show(content);
      if (others) panel.querySelector("details")?.setAttribute("open", "");
      panel.scrollTop = at;
    }

    // Puts results in place of those before; the focus stays where it was.
    draw(content) {
      const results = this.querySelector(".results");
      const focused = document.activeElement?.closest?.(".results") ? document.activeElement.dataset.key : null;
      results.classList.remove("busy");
      results.innerHTML = content;
      if (focused) results.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
      this.settle();
    }

    settle() {
      const axis = this.querySelector(".years");
      const mark = this.querySelector('.dot[aria-pressed="true"]') ?? this.querySelector(".today");
      const shown = mark?.closest(".year");
      if (axis) axis.scrollLeft = this.along.years ?? (shown ? shown.offsetLeft - 40 : axis.scrollWidth);
      const pillars = this.querySelector(".pillars");
      if (pillars) pillars.scrollLeft = this.along.pillars ?? pillars.scrollWidth;
      const open = this.querySelector(".detail")?.dataset.identity;
      for (const row of this.querySelectorAll("tr[data-row]")) row.classList.toggle("chosen", row.dataset.row === open);
    }
  }

  window.wennuoTabs.StayingElement = StayingElement;
})();
