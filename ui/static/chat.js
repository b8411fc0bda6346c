// The conversation: turns are laid in as the server tells of them, markers lead to their sentence, answers are judged and shared.
(() => {
  "use strict";

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const narrow = () => matchMedia("(max-width: 860px)").matches;
  const said = () => one("#conversation .bar-held")?.dataset ?? {};
  const turns = () => one("#conversation .turns");
  const growing = () => one("#conversation .turn.growing");
  const made = (markup) => {
    const template = document.createElement("template");
    template.innerHTML = markup; // escaped by the server
    return template.content;
  };
  let conversation = "";
  let halted = false; // the reader stopped the answer that was growing

  function act(name, detail = {}) {
    turns()?.dispatchEvent(new CustomEvent("wennuo-act", {bubbles: true, detail: {act: name, ...detail}}));
  }

  async function send(address, body) {
    let answer;
    try {
      answer = await fetch(address, {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(body)});
      if (answer.status === 401) return {done: false, told: said().loggedOut};
      return {done: answer.ok, ...(await answer.json())};
    } catch {
      return {done: false};
    }
  }

  // ---- what the server tells ----

  function told(text) {
    const message = JSON.parse(text);
    const pane = turns();
    if (!pane || (message.quiet && one(".turn", pane))) return;
    if (typeof message.box === "string") refill(message.box);
    const content = made(message.html);
    if (message.bar) one("#conversation .bar").replaceChildren(made(message.bar));
    if (message.start === 0) {
      pane.replaceChildren(content);
      belongs(message.conversation);
      settle(true);
      return;
    }
    const fresh = one(".turn", content);
    const before = growing();
    if (before && fresh.classList.contains("growing") && before.dataset.turn === fresh.dataset.turn) {
      const words = one(".words", fresh);
      const old = one(".words", before);
      const close = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 140;
      if (words && old) old.replaceWith(words);
      else if (words) one(".reply", before).prepend(words);
      if (close) follow(before);
      return;
    }
    for (const old of [...pane.children]) {
      const ended = old.matches(".stopped, .failed") && !message.restart && !(halted && !fresh.matches(".growing"));
      if (!old.matches(".turn") || old.matches(".growing") || (Number(old.dataset.turn) >= message.start && !ended)) old.remove();
    }
    halted = false;
    pane.append(content);
    if (message.conversation) belongs(message.conversation);
    settle(false);
  }

  // The address keeps the conversation, so that a reload finds it again.
  function belongs(identity) {
    conversation = identity;
    const address = new URL(location.href);
    if (identity) address.searchParams.set("conversation", identity);
    else address.searchParams.delete("conversation");
    history.replaceState(history.state, "", address);
  }

  function settle(whole) {
    const pane = turns();
    const last = all(":scope > .turn", pane).at(-1);
    const busy = growing() !== null;
    root.classList.toggle("answering", busy);
    pane.setAttribute("aria-busy", busy ? "true" : "false");
    closePeek();
    if (last && !busy) lay(last);
    if (!last) lay(pane);
    if (last) follow(last, whole);
    if (!busy) document.dispatchEvent(new CustomEvent("wennuo-shown", {detail: conversation}));
    if (last && !busy && one(".reply.not_found .acts", last)) near(last);
  }

  // Beside a refusal, what the nearest document does answer.
  async function near(turn) {
    const query = new URLSearchParams({conversation, turn: turn.dataset.turn});
    try {
      const answer = await fetch(`wennuo/near?${query}`);
      const content = answer.ok ? made(await answer.text()) : null;
      if (!content?.firstElementChild || one(".near", turn)) return;
      one(".reply > .acts", turn).before(content);
      if (turn === turns().lastElementChild) follow(turn);
    } catch { /* it is only an offer */ }
  }

  function follow(last, atOnce = false) {
    const pane = turns();
    const behavior = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const above = last.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
    pane.scrollTo({top: last.offsetHeight < pane.clientHeight ? pane.scrollHeight : pane.scrollTop + above, behavior});
  }

  // The answer that grows is left as it is, and said not to be all.
  function halt() {
    const left = growing();
    if (!left) return;
    halted = true;
    left.classList.replace("growing", "stopped");
    const reply = one(".reply", left);
    reply.classList.replace("growing", "stopped");
    const note = one(".waiting", reply);
    note.className = "note";
    note.textContent = said().actStopped ?? "";
    settle(false);
  }

  // ---- evidence ----

  function lay(turn) {
    const template = one(":scope > template.sources", turn);
    const panel = one("#cards .evidence");
    if (!template || !panel) return;
    panel.replaceChildren(template.content.cloneNode(true));
    panel.dataset.turn = turn.dataset.turn ?? "";
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "quiet sheet shut";
    shut.dataset.sheetClose = "1";
    shut.textContent = one("[data-interface]")?.dataset.readerClose ?? "";
    panel.prepend(shut);
  }

  function showTurn(number) {
    const turn = all("#conversation .turn").find((each) => each.dataset.turn === number && one("template.sources", each));
    if (turn && one("#cards .evidence").dataset.turn !== number) lay(turn);
    if (narrow()) root.classList.add("sheet-open");
    else if (!document.getElementById("evidence").offsetParent) root.classList.replace("rail-open", "rail-shut"); // no room for both
    return turn;
  }

  function showCard(key) {
    const [number, citation] = key.split("-");
    closePeek();
    showTurn(number);
    for (const chosen of all(".card.chosen, .chip.chosen")) chosen.classList.remove("chosen");
    const card = document.getElementById(`card-${number}-${citation}`);
    if (!card) return;
    card.classList.add("chosen");
    document.getElementById(`marker-${key}`)?.classList.add("chosen");
    (one("mark", card) ?? card).scrollIntoView({block: "center", behavior: narrow() ? "auto" : "smooth"});
    card.focus({preventScroll: true});
  }

  function closeSheet() {
    if (!root.classList.contains("sheet-open")) return false;
    root.classList.remove("sheet-open");
    one(".chip.chosen")?.focus({preventScroll: true});
    return true;
  }

  // ---- the card beside a marker ----

  let peeked = null;
  let waiting = 0;
  let touch = false;

  function peekCard() {
    let peek = document.getElementById("peek");
    if (!peek) {
      peek = document.createElement("div");
      peek.id = "peek";
      peek.setAttribute("role", "dialog");
      peek.hidden = true;
      document.body.append(peek);
    }
    return peek;
  }

  function openPeek(marker) {
    clearTimeout(waiting);
    const template = one(":scope > template.sources", marker.closest(".turn"));
    const card = template?.content.getElementById(`card-${marker.dataset.citation}`);
    if (!card || peeked === marker) return;
    const peek = peekCard();
    const copy = card.cloneNode(true);
    one("[data-back]", copy)?.remove();
    peek.replaceChildren(...copy.childNodes);
    peek.setAttribute("aria-label", marker.getAttribute("aria-label"));
    peek.hidden = false;
    peeked = marker;
    marker.setAttribute("aria-expanded", "true");
    placePeek();
  }

  function placePeek() {
    const peek = peekCard();
    const at = peeked.getBoundingClientRect();
    const width = Math.min(420, innerWidth - 24);
    peek.style.width = `${width}px`;
    peek.style.left = `${Math.max(12, Math.min(at.left - 40, innerWidth - width - 12))}px`;
    const below = innerHeight - at.bottom > peek.offsetHeight + 16 || at.top < peek.offsetHeight + 16;
    peek.style.top = below ? `${at.bottom + 6}px` : `${at.top - peek.offsetHeight - 6}px`;
  }

  function closePeek() {
    clearTimeout(waiting);
    if (!peeked) return false;
    peeked.removeAttribute("aria-expanded");
    peeked = null;
    peekCard().hidden = true;
    return true;
  }

  const later = (doing, after) => {
    clearTimeout(waiting);
    waiting = setTimeout(doing, after);
  };
  document.addEventListener("pointerdown", (event) => { touch = event.pointerType === "touch"; }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const marker = event.target.closest?.("#conversation [data-citation]");
    if (marker) later(() => openPeek(marker), 140);
    else if (event.target.closest?.("#peek")) clearTimeout(waiting);
    else if (peeked && document.activeElement !== peeked) later(closePeek, 260);
  });
  document.addEventListener("focusin", (event) => {
    const marker = event.target.closest?.("#conversation [data-citation]");
    if (marker?.matches(":focus-visible") && !touch) openPeek(marker);
    else if (!marker && !event.target.closest?.("#peek")) closePeek();
  });
  // The card goes with its marker while the conversation moves, which it does by itself after an answer.
  document.addEventListener("scroll", (event) => {
    if (!peeked || event.target === peekCard() || touch) return;
    const at = peeked.getBoundingClientRect();
    const pane = document.getElementById("conversation").getBoundingClientRect();
    if (at.bottom < Math.max(0, pane.top) || at.top > Math.min(innerHeight, pane.bottom)) closePeek();
    else placePeek();
  }, true);

  // ---- what is clicked ----

  const edit = (button) => {
    const turn = button.closest(".turn");
    const shown = one(".asked .question", turn);
    if (one("form.editing", turn)) return;
    const form = document.createElement("form");
    form.className = "editing";
    const box = document.createElement("textarea");
    box.value = shown.textContent;
    box.rows = 2;
    box.maxLength = 1000;
    box.setAttribute("aria-label", button.textContent);
    const row = document.createElement("div");
    row.className = "acts";
    for (const [type, name] of [["submit", "actEditSend"], ["button", "actEditCancel"]]) {
      const each = document.createElement("button");
      each.type = type;
      each.className = type === "submit" ? "quiet strong" : "quiet";
      each.textContent = said()[name];
      row.append(each);
    }
    const end = () => { form.remove(); shown.hidden = false; };
    row.lastElementChild.addEventListener("click", end);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const question = box.value.trim();
      if (!question || growing()) return;
      end();
      act("edit", {turn: Number(button.dataset.edit), question});
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
      if (event.key === "Escape") { event.stopPropagation(); end(); button.focus(); }
    });
    form.append(box, row);
    shown.hidden = true;
    shown.after(form);
    box.focus();
  };

  async function judge(button, verdict, reason = "", note = "") {
    const body = {conversation, turn: Number(button.dataset.of), verdict, reason, note};
    const answer = await send("wennuo/feedback", body);
    const acts = button.closest(".acts");
    if (answer.done) {
      for (const thumb of all("[data-verdict]", acts)) thumb.setAttribute("aria-pressed", String(thumb.dataset.verdict === verdict));
    }
    let word = one(".thanks", acts);
    if (!word) {
      word = document.createElement("span");
      word.className = "note thanks";
      word.setAttribute("role", "status");
      acts.append(word);
    }
    word.textContent = answer.done ? (verdict ? said().opinionThanks : "") : answer.told ?? said().opinionFailed;
    return answer.done;
  }

  function thumb(button) {
    const acts = button.closest(".acts");
    one("form.opinion", acts.parentElement)?.remove();
    const verdict = button.dataset.verdict;
    if (button.getAttribute("aria-pressed") === "true") return void judge(button, "");
    if (verdict === "good") return void judge(button, verdict);
    const form = one("#conversation template.opinion-form").content.firstElementChild.cloneNode(true);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = new FormData(form);
      if (await judge(button, "bad", given.get("reason"), given.get("note"))) form.remove();
      button.focus();
    });
    one("[data-opinion-cancel]", form).addEventListener("click", () => { form.remove(); button.focus(); });
    acts.after(form);
    one("input", form).focus();
    form.scrollIntoView({block: "nearest"});
  }

  // A small window over the page, for what is read and closed again.
  function leaf(content) {
    let dialog = document.getElementById("leaf");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "leaf";
      dialog.innerHTML = '<button type="button" class="quiet shut" data-leaf-close="1"></button><div class="held"></div>';
      document.body.append(dialog);
    }
    one(".shut", dialog).textContent = one("[data-interface]")?.dataset.readerClose ?? "";
    one(".held", dialog).replaceChildren(content);
    for (const field of all("input[data-path]", dialog)) {
      field.value = new URL(field.dataset.path, document.baseURI).href;
      one("[data-copy]", field.parentElement).dataset.copy = field.value;
    }
    const heading = one("h2", dialog);
    if (heading) dialog.setAttribute("aria-label", heading.textContent);
    if (!dialog.open) dialog.showModal();
  }
  window.wennuo = {act, send, leaf, made, narrow, shown: () => conversation};

  async function share(button) {
    const turn = button.dataset.share === "all" ? null : Number(button.dataset.share);
    const answer = await send("wennuo/share", {conversation, turn});
    const note = document.createElement("p");
    note.textContent = answer.told ?? said().shareFailed;
    leaf(answer.done ? made(answer.held) : note);
  }

  async function revoke(button) {
    const row = button.closest("[data-link]");
    const answer = await send("wennuo/share/revoke", {link: button.dataset.revoke});
    if (!answer.done) return;
    row.classList.add("revoked");
    for (const each of all("button, input, a", row)) each.remove();
    const word = document.createElement("span");
    word.className = "note";
    word.setAttribute("role", "status");
    word.textContent = button.dataset.revoked;
    row.append(word);
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const marker = at("#conversation [data-citation]");
    if (marker) {
      if (touch && peeked !== marker) return openPeek(marker);
      return showCard(marker.dataset.citation);
    }
    if (peeked && !at("#peek")) closePeek();
    const back = at("#cards [data-back]");
    if (back) {
      closeSheet();
      const there = document.getElementById(`marker-${back.dataset.back}`);
      there?.scrollIntoView({block: "center", behavior: "smooth"});
      return void there?.focus({preventScroll: true});
    }
    const sources = at("[data-sources]");
    if (sources) return void showTurn(sources.dataset.sources);
    if (at("[data-sheet-close]")) return void closeSheet();
    if (at("#stop")) return halt();
    if (at("#send")) return sending();
    if (at("[data-new]")) return begin();
    if (at("[data-keys]")) return keys();
    if (at("[data-leaf-close]") || event.target.id === "leaf") return void document.getElementById("leaf").close();
    const judged = at("#conversation [data-verdict]");
    if (judged) return thumb(judged);
    const sharing = at("#conversation [data-share]");
    if (sharing) return void share(sharing);
    const revoking = at("[data-revoke]");
    if (revoking) return void revoke(revoking);
    if (growing()) return; // one answer at a time
    const question = at("#conversation [data-question]");
    if (question) return act("click", {question: question.dataset.question});
    const again = at("#conversation [data-again]");
    if (again) return act("retry", {turn: Number(again.dataset.again)});
    const editing = at("#conversation [data-edit]");
    if (editing) return edit(editing);
  });

  // ---- keys ----

  const box = () => one("#question textarea");
  function begin() {
    halted = false;
    sent = null;
    act("clear");
    box()?.focus();
  }
  const keys = () => leaf(one("#conversation template.keys-list").content.cloneNode(true));
  function fill(text) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), text);
    box().dispatchEvent(new Event("input", {bubbles: true}));
  }
  // What is typed while the server thinks stays: emptied is only what was sent, and a question comes back only into an empty box.
  let sent = null;
  function refill(text) {
    if (!box()) return;
    if (text === "" ? sent === null || box().value === sent : !box().value) fill(text);
    sent = null;
  }
  const sending = () => { if (box()?.value.trim()) sent = box().value; };
  const stop = () => { document.getElementById("stop")?.click(); };

  document.addEventListener("keydown", (event) => {
    const tab = one("#conversation");
    if (event.isComposing || !tab?.offsetParent) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") {
      const marker = peeked;
      if (closePeek()) return marker.focus({preventScroll: true}), closePeek();
      if (one("dialog[open]") || closeSheet()) return;
      if (growing()) stop();
    } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      begin();
    } else if (event.key === "ArrowUp" && plain && event.target === box() && !box().value) {
      const last = all("#conversation .turn .question").at(-1)?.textContent;
      if (last) { event.preventDefault(); fill(last); }
    } else if (event.key === "Tab" && !event.shiftKey && peeked && event.target === peeked) {
      event.preventDefault();
      one("a", peekCard())?.focus();
    } else if (event.key === "Tab" && peeked && event.target.closest?.("#peek")) {
      const marker = peeked;
      closePeek();
      marker.focus({preventScroll: true}); // and on from there
      closePeek();
    } else if (!typing && plain && !one("dialog[open]") && event.key === "/") {
      event.preventDefault();
      box()?.focus();
    } else if (!typing && plain && !one("dialog[open]") && event.key === "?") {
      event.preventDefault();
      keys();
    }
  });
  // Enter that ends a word of an input method asks nothing, nor one while an answer grows: what is typed stays.
  document.addEventListener("keypress", (event) => {
    if (event.target !== box() || event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || growing()) { event.stopPropagation(); event.preventDefault(); }
    else sending();
  }, true);

  document.addEventListener("wennuo-told", (event) => { if (event.detail) told(event.detail); });
  document.addEventListener("wennuo-trouble", halt);
})();
