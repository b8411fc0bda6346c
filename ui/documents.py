"""The tab of the library: upload, the list of documents, removal with a question first."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui import listing
from ui.office import Office
from ui.people import Person, allowed
from ui.shelf import FORMATS, MEGABYTES
from ui.words import CHINESE, Language, say

# Sends the files one after another, so that each verdict shows as it falls; the list is drawn again at the end.
UPLOADING = """
const send = async (files) => {
  const box = element.querySelector('.upload');
  const progress = element.querySelector('.progress');
  if (!files.length || box.classList.contains('busy')) return;
  box.classList.add('busy');
  const list = element.querySelector('.verdicts');
  list.replaceChildren();
  let count = 0;
  for (const file of files) {
    progress.textContent = box.dataset.busy.replace('{name}', file.name) + `（${count + 1}/${files.length}）`;
    let line = '';
    try {
      const answer = await fetch('wennuo/upload?name=' + encodeURIComponent(file.name), {method: 'POST', body: file});
      line = (await answer.json()).line;
    } catch (error) {
      line = '';
    }
    const item = document.createElement('template');
    item.innerHTML = line; // escaped by the server
    if (item.content.firstElementChild) {
      list.append(item.content);
    } else {
      const failed = document.createElement('li');
      failed.className = 'verdict failed';
      failed.textContent = `${file.name} ${box.dataset.failed}`;
      list.append(failed);
    }
    count += 1;
  }
  progress.textContent = box.dataset.done.replace('{count}', count);
  box.classList.remove('busy');
  trigger('upload', {count});
};
element.addEventListener('change', (event) => {
  if (event.target.type !== 'file') return;
  const files = [...event.target.files];
  event.target.value = '';
  send(files);
});
element.addEventListener('dragover', (event) => { event.preventDefault(); element.classList.add('over'); });
element.addEventListener('dragleave', () => element.classList.remove('over'));
element.addEventListener('drop', (event) => {
  event.preventDefault();
  element.classList.remove('over');
  send([...event.dataTransfer.files]);
});
"""
REMOVING = """
element.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-remove]');
  if (chosen) trigger('click', {name: chosen.dataset.remove});
});
"""


class DocumentsTab:
    """Built inside an open gr.Tab. `changed` lists the events after which other tabs must look again."""

    def __init__(self, office: Office, language: gr.State) -> None:
        self.office = office
        self.language = language
        self.doomed = gr.State("")
        self.upload = gr.HTML(
            listing.upload_box(FORMATS, MEGABYTES, CHINESE),
            elem_id="upload",
            js_on_load=UPLOADING,
            apply_default_css=False,
        )
        self.verdicts = gr.HTML("<ul></ul>", elem_id="verdicts", js_on_load=None, apply_default_css=False)
        with gr.Column(visible=False, elem_id="confirm") as self.confirm, gr.Column(elem_id="confirm-card"):
            self.asking = gr.HTML(js_on_load=None, apply_default_css=False)
            with gr.Row():
                self.cancel = gr.Button(say(CHINESE, "remove_cancel"), elem_id="cancel")
                self.sure = gr.Button(say(CHINESE, "remove_confirm"), variant="stop", elem_id="sure")
        self.table = gr.HTML(elem_id="documents", js_on_load=REMOVING, apply_default_css=False)
        self._connect()

    def _connect(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        self.table.click(self.ask, [self.language], [self.confirm, self.asking, self.doomed], **quiet)
        self.cancel.click(lambda: (gr.update(visible=False), ""), None, [self.confirm, self.doomed], **quiet)
        removed = self.sure.click(
            self.remove,
            [self.doomed, self.language],
            [self.confirm, self.doomed, self.verdicts],
            **quiet,
        )
        self.changed = [removed, self.upload.upload(None, None, None, **quiet)]

    def ask(self, language: Language, event: gr.EventData) -> tuple[Any, str, str]:
        """Show the question whether the clicked document is to go."""
        name = str(getattr(event, "name", ""))
        return gr.update(visible=bool(name)), listing.confirmation(name, language), name

    def remove(self, name: str, language: Language, request: gr.Request) -> tuple[Any, str, str]:
        """Remove the document that was asked about; the verdict says how it went."""
        person = allowed(request, "curator")
        line = ""
        if name:
            verdict = self.office.shelf.remove(name, language)
            self.office.note(person, "remove", name, outcome=verdict.outcome)
            line = listing.verdict(verdict, language)
        return gr.update(visible=False), "", f'<ul class="verdicts">{line}</ul>'

    def refreshed(self, person: Person, language: Language) -> dict[Any, Any]:
        """Updates of all that depends on the library or on the language."""
        return {
            self.table: listing.table(self.office.library_for(person).entries(), language),
            self.upload: listing.upload_box(FORMATS, MEGABYTES, language),
            self.cancel: gr.update(value=say(language, "remove_cancel")),
            self.sure: gr.update(value=say(language, "remove_confirm")),
        }
