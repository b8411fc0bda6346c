// The whole document, on a page of its own or laid over another: outline, finding words, size of the letters, links to what is selected.
(() => {
  "use strict";
  const SIZE = "wennuo_reading_size";
  const SIZES = [14, 16, 18, 20, 24];
  const alone = document.body?.classList.contains("reading");

  if (alone && window.matchMedia("(prefers-color-scheme: dark)").matches) document.body.classList.add("dark");

  // size

  const size = () => SIZES.includes(Number(localStorage.getItem(SIZE))) ? Number(localStorage.getItem(SIZE)) : 16;
  const resize = () => document.documentElement.style.setProperty("--wn-reading", size() + "px");
  resize();

  function change(step) {
    const at = SIZES.indexOf(size()) + step;
    localStorage.setItem(SIZE, String(SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)]));
    resize();
  }

  // finding

  // Capital and small, wide and narrow letters are the same; as many characters as before.
  function fold(words) {
    const narrow = words.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ");
    const small = narrow.toLowerCase();
    return small.length === narrow.length ? small : narrow;
  }

  function clear(reader) {
    for (const mark of reader.querySelectorAll("mark.hit")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  // Marks [from, to) of a paragraph's text; the words may be spread over several elements.
  function mark(paragraph, from, to, number) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const parts = [];
    for (let at = 0, node = walker.nextNode(); node && at < to; node = walker.nextNode()) {
      const start = Math.max(from - at, 0);
      const end = Math.min(to - at, node.length);
      if (start < end) parts.push([node, start, end]);
      at += node.length;
    }
    for (const [node, start, end] of parts) {
      const words = node.splitText(start);
      words.splitText(end - start);
      const found = document.createElement("mark");
      found.className = "hit";
      found.dataset.hit = String(number);
      words.replaceWith(found);
      found.append(words);
    }
  }

  function find(form) {
    const reader = form.closest(".reader");
    const wanted = fold(form.elements.find.value.trim());
    clear(reader);
    let count = 0;
    for (const paragraph of wanted ? reader.querySelectorAll(".text p[data-start]") : []) {
      const text = fold(paragraph.textContent);
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        mark(paragraph, at, at + wanted.length, count);
        count += 1;
      }
    }
    form.dataset.hits = String(count);
    form.dataset.at = "-1";
    form.dataset.found = form.elements.find.value;
    if (count) return go(form, 1);
    form.querySelector(".hits").textContent = wanted ? form.dataset.none : "";
  }

  function go(form, step) {
    if (form.dataset.found !== form.elements.find.value) return find(form);
    const count = Number(form.dataset.hits ?? 0);
    if (!count) return;
    const at = (Number(form.dataset.at) + step + count) % count;
    form.dataset.at = String(at);
    const reader = form.closest(".reader");
    for (const each of reader.querySelectorAll("mark.hit.at")) each.classList.remove("at");
    const marks = reader.querySelectorAll(`mark.hit[data-hit="${at}"]`);
    for (const each of marks) each.classList.add("at");
    marks[0]?.scrollIntoView({block: "center"});
    form.querySelector(".hits").textContent = form.dataset.count.replace("{at}", String(at + 1)).replace("{all}", String(count));
  }

  // the link to what is selected

  const points = (words) => [...words].length; // the server counts characters, not pairs of surrogates

  function before(paragraph, node, offset) {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, offset);
    return points(range.toString());
  }

  // The address of the selected words of a text; null where nothing of one is selected.
  function address() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const inside = range.commonAncestorContainer;
    const reader = (inside.nodeType === Node.ELEMENT_NODE ? inside : inside.parentElement)?.closest(".reader");
    const text = reader?.querySelector(".text");
    if (!text || !range.intersectsNode(text)) return null;
    const touched = [...text.querySelectorAll("p[data-start]")].filter((each) => range.intersectsNode(each));
    if (!touched.length) return null;
    const first = touched[0];
    const last = touched[touched.length - 1];
    const start = Number(first.dataset.start) + (first.contains(range.startContainer) ? before(first, range.startContainer, range.startOffset) : 0);
    const end = Number(last.dataset.start) + (last.contains(range.endContainer) ? before(last, range.endContainer, range.endOffset) : points(last.textContent));
    if (start >= end) return null;
    const found = alone ? new URL(location.pathname, location.href) : new URL("wennuo/read", document.baseURI);
    found.search = new URLSearchParams({document: reader.dataset.document, start: String(start), end: String(end), revision: reader.dataset.revision});
    return {reader, url: found.href};
  }

  let chosen = null;
  document.addEventListener("selectionchange", () => {
    if (document.activeElement?.closest?.("[data-link]")) return; // the button was reached by keyboard
    chosen = address();
    for (const button of document.querySelectorAll(".reader [data-link]")) button.disabled = button.closest(".reader") !== chosen?.reader;
  });

  async function copy(button) {
    let done = true;
    try {
      await navigator.clipboard.writeText(chosen.url);
    } catch {
      const area = document.createElement("textarea"); // the clipboard is closed to pages that are not served by https
      area.value = chosen.url;
      area.setAttribute("readonly", "");
      area.style.cssText = "position:fixed;opacity:0";
      button.after(area); // within the dialog, beyond which nothing can be selected
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.dataset.before ??= button.textContent;
    button.textContent = done ? button.dataset.copied : button.dataset.failed;
    setTimeout(() => { button.textContent = button.dataset.before; }, 1600);
  }

  // events

  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".reader [data-link]")) event.preventDefault(); // the selection stays
  });
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const step = at(".reader [data-find]");
    if (step) return go(step.closest(".finding"), Number(step.dataset.find));
    const letters = at(".reader [data-size]");
    if (letters) return change(Number(letters.dataset.size));
    const link = at(".reader [data-link]");
    if (link) return void (chosen && copy(link));
    const heading = at('.reader a[href^="#"]');
    if (!heading) return;
    event.preventDefault();
    const target = heading.closest(".reader").querySelector(`[id="${CSS.escape(heading.getAttribute("href").slice(1))}"]`);
    target?.scrollIntoView({block: target.id === "cited" ? "center" : "start", behavior: "smooth"});
  });
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.(".reader .finding");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => find(form), 150);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.(".reader .finding")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".reader .finding");
    if (form && event.key === "Enter" && event.target.name === "find") {
      event.preventDefault();
      clearTimeout(waiting);
      return go(form, event.shiftKey ? -1 : 1);
    }
    if (form && event.key === "Escape" && form.elements.find.value) {
      event.preventDefault(); // clears the box; a second one closes the text
      form.elements.find.value = "";
      return find(form);
    }
    if (event.key !== "/" || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const box = (alone ? document : document.querySelector("dialog[open]"))?.querySelector(".reader .finding [name=find]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (alone) document.getElementById("cited")?.scrollIntoView({block: "center"});
})();
