// On the page of a link: a marker leads to its source, and back.
(() => {
  "use strict";
  if (window.matchMedia("(prefers-color-scheme: dark)").matches) document.body.classList.add("dark");
  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.("[data-citation]");
    const back = event.target.closest?.("[data-back]");
    const there = document.getElementById(marker ? `card-${marker.dataset.citation}` : back ? `marker-${back.dataset.back}` : "");
    for (const chosen of document.querySelectorAll(".card.chosen")) chosen.classList.remove("chosen");
    if (!there) return;
    if (marker) there.classList.add("chosen");
    there.scrollIntoView({block: "center", behavior: "smooth"});
    there.focus({preventScroll: true});
  });
})();
