// The page's own behaviour: copying, the language, the reader laid over the page, troubles told in the reader's language.
(() => {
  "use strict";

  const words = () => document.querySelector("[data-interface]")?.dataset ?? {};

  async function copy(button) {
    let done = true;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = document.createElement("textarea"); // the clipboard is closed to pages that are not served by https
      area.value = button.dataset.copy;
      area.setAttribute("readonly", "");
      area.style.cssText = "position:fixed;opacity:0";
      (document.querySelector("dialog[open]") ?? document.body).append(area); // what lies under a dialog cannot be selected
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    const before = button.dataset.before ?? button.textContent;
    button.dataset.before = before;
    button.textContent = done ? words().copied : words().copyFailed;
    setTimeout(() => { button.textContent = before; delete button.dataset.before; }, 1600);
  }

  async function openReader(link) {
    let dialog = document.getElementById("reader");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "reader";
      dialog.innerHTML = '<button type="button" class="close" data-close="1"></button><div class="held"></div>';
      document.body.append(dialog);
    }
    const address = new URL(link.href);
    address.searchParams.set("fragment", "1");
    address.hash = "";
    let answer;
    try {
      answer = await fetch(address);
    } catch {
      answer = null;
    }
    const held = dialog.querySelector(".held");
    dialog.querySelector(".close").textContent = words().readerClose;
    if (answer?.headers.get("content-type")?.startsWith("text/html")) {
      held.innerHTML = await answer.text(); // escaped by the server, like the page itself
    } else {
      held.textContent = words().readerFailed;
    }
    if (!dialog.open) dialog.showModal();
    const cited = held.querySelector("#cited");
    if (cited) cited.scrollIntoView({block: "center"});
    else held.scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const copying = at("[data-copy]");
    if (copying) return void copy(copying);
    const reading = at("a[data-read]");
    if (reading && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      return void openReader(reading);
    }
    if (at("[data-close]") || event.target.id === "reader") return document.getElementById("reader")?.close();
    const language = at("[data-language]")?.dataset.language;
    if (language) document.cookie = `wennuo_language=${language}; path=/; max-age=31536000; samesite=lax`;
    if (at("[data-open-library]")) document.querySelector('[role="tab"][data-tab-id="documents"]')?.click();
  });

  // gradio tells of its own troubles in English only
  function retell() {
    const said = words();
    if (!said.interface) return;
    document.querySelector('[aria-label="More tabs"]')?.setAttribute("aria-label", said.more);
    for (const toast of document.querySelectorAll(".toast-body:not([data-told])")) {
      toast.dataset.told = "1";
      document.dispatchEvent(new Event("wennuo-trouble"));
      for (const title of toast.querySelectorAll(".toast-title")) title.textContent = said.notice;
      for (const text of toast.querySelectorAll(".toast-message-text")) {
        text.textContent = /connect|network|fetch/i.test(text.textContent) ? said.disconnected : said.failure;
      }
      toast.querySelector(".toast-close")?.setAttribute("aria-label", said.readerClose);
    }
  }

  new MutationObserver(() => {
    const chosen = words();
    if (chosen.interface && document.documentElement.lang !== chosen.interface) document.documentElement.lang = chosen.interface;
    if (chosen.title && document.title !== chosen.title) document.title = chosen.title;
    retell();
  }).observe(document.documentElement, {childList: true, subtree: true, characterData: true});
})();
