// What a reviewer has typed into a form of the review list and not sent yet. The browser's tab keeps it, by who types and what is
// reviewed, until it is sent or taken back: a reload of the page, or a view that is drawn anew, loses nothing.
(() => {
  "use strict";
  const key = (form) => "wennuo_draft_" + form.dataset.draft;
  const fields = (form) => [...form.elements].filter((field) => field.name);

  function keep(form) {
    const typed = fields(form).some(wennuoTabs.changed);
    if (!typed) return drop(form);
    const values = fields(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
    sessionStorage.setItem(key(form), JSON.stringify(values));
    form.querySelector("[type=reset]").hidden = false;
  }

  function drop(form) {
    sessionStorage.removeItem(key(form));
    form.querySelector("[type=reset]").hidden = true;
  }

  // Fills the form with what is kept for it, and opens what it stands in.
  function fill(form) {
    const kept = sessionStorage.getItem(key(form));
    if (kept === null) return;
    const there = fields(form);
    for (const [n, [name, value]] of JSON.parse(kept).entries()) {
      const field = there[n]?.name === name ? there[n] : null;
      if (field?.type === "checkbox") field.checked = value;
      else if (field) field.value = value;
      if (field?.selectedIndex === -1) field.value = ""; // the document that was chosen is gone
    }
    form.querySelector("[type=reset]").hidden = false;
    form.querySelector(".answered").textContent = form.dataset.restored;
    form.closest("details").open = true;
  }

  window.wennuoDrafts = {keep, drop, fill};
})();
