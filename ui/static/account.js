// The account page: forms are sent as JSON; the server answers with a sentence and the page's content anew, escaped.
(() => {
  "use strict";
  if (window.matchMedia("(prefers-color-scheme: dark)").matches) document.body.classList.add("dark");
  const told = document.getElementById("told");
  const account = document.getElementById("account");
  if (!account) return;

  function tell(words, good) {
    told.textContent = words;
    told.className = good ? "good" : "warning";
    told.scrollIntoView({block: "nearest"});
  }

  async function send(form) {
    const values = Object.fromEntries(new FormData(form));
    for (const field of form.querySelectorAll("[data-number]")) values[field.name] = Number(field.value);
    if (form.dataset.unlike) {
      if (values.new !== values.again) return tell(form.dataset.unlike, false);
      delete values.again;
    }
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(`account/${form.dataset.act}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(values),
      });
      const found = await answer.json();
      if (found.content) account.innerHTML = found.content; // escaped by the server
      tell(found.told ?? document.body.dataset.failed, answer.ok);
    } catch {
      tell(document.body.dataset.failed, false);
    } finally {
      button.disabled = false;
    }
  }

  account.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.sure && !window.confirm(form.dataset.sure)) return;
    send(form);
  });

  account.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-secret]");
    if (!button) return;
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code); // the clipboard is closed to pages that are not served by https
    }
  });
})();
