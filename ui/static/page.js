// The page's own behaviour: markers lead to their card, copying, the language, the reader laid over the page.
(() => {
  "use strict";

  const words = () => document.querySelector("[data-interface]")?.dataset ?? {};
  const narrow = () => window.matchMedia("(max-width: 860px)").matches;

  function showCard(key) {
    const [turn, number] = key.split("-");
    for (const group of document.querySelectorAll(".evidence .cards")) {
      group.hidden = group.dataset.turn !== turn;
    }
    for (const chosen of document.querySelectorAll(".card.chosen, .chip.chosen")) {
      chosen.classList.remove("chosen");
    }
    const card = document.getElementById(`card-${turn}-${number}`);
    if (!card) return;
    card.classList.add("chosen");
    document.getElementById(`marker-${turn}-${number}`)?.classList.add("chosen");
    (narrow() ? card : card.querySelector("mark") ?? card).scrollIntoView({block: narrow() ? "start" : "center", behavior: "smooth"});
    card.focus({preventScroll: true});
  }

  async function copy(button) {
    let done = true;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = document.createElement("textarea"); // the clipboard is closed to pages that are not served by https
      area.value = button.dataset.copy;
      area.setAttribute("readonly", "");
      area.style.cssText = "position:fixed;opacity:0";
      document.body.append(area);
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
    const marker = at("[data-citation]");
    if (marker) return showCard(marker.dataset.citation);
    const back = at("[data-back]");
    if (back) return document.getElementById(`marker-${back.dataset.back}`)?.scrollIntoView({block: "center", behavior: "smooth"});
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

  // A new turn comes into view; the interface's language is the document's.
  let turns = 0;
  let height = 0;
  function follow() {
    const all = document.querySelectorAll("#conversation .turn");
    const last = all[all.length - 1];
    const grown = last && (all.length !== turns || last.offsetHeight !== height);
    turns = all.length;
    height = last?.offsetHeight ?? 0;
    if (!grown) return;
    const pane = document.getElementById("conversation");
    if (narrow()) return void last.scrollIntoView({block: "start", behavior: "smooth"});
    const above = last.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
    pane.scrollTo({top: height < pane.clientHeight ? pane.scrollHeight : pane.scrollTop + above, behavior: "smooth"});
  }
  // gradio tells of its own troubles in English only
  function retell() {
    const said = words();
    if (!said.interface) return;
    document.querySelector('[aria-label="More tabs"]')?.setAttribute("aria-label", said.more);
    for (const toast of document.querySelectorAll(".toast-body:not([data-told])")) {
      toast.dataset.told = "1";
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
    follow();
  }).observe(document.documentElement, {childList: true, subtree: true, characterData: true});
})();
