// The whole document, on a page of its own or laid over the chat: links of the outline scroll within the text.
(() => {
  "use strict";
  if (document.body?.classList.contains("reading") && window.matchMedia("(prefers-color-scheme: dark)").matches) {
    document.body.classList.add("dark");
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.reader a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const target = link.closest(".reader").querySelector(`[id="${CSS.escape(link.getAttribute("href").slice(1))}"]`);
    target?.scrollIntoView({block: target.id === "cited" ? "center" : "start", behavior: "smooth"});
  });
  if (document.body?.classList.contains("reading")) document.getElementById("cited")?.scrollIntoView({block: "center"});
})();
