"""The web app: its parts put together, mounted behind the guard, and served."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
import uvicorn
from fastapi import FastAPI

import corpus
from assistant.bootstrap import make_assistant
from assistant.settings import EndpointSettings
from corpus.errors import AddressError
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui import render
from ui.access import Access
from ui.chat import ChatTab
from ui.chat_routes import add_chat_routes
from ui.chat_share_routes import add_share_routes
from ui.documents import DocumentsTab
from ui.entering import add_entering
from ui.guard import LOOPBACK, Guard
from ui.guide_routes import add_guide_routes
from ui.ledger_downloads import add_downloads
from ui.ledger_routes import add_ledger_routes, today
from ui.ledger_tab import DeskTab
from ui.office import Office
from ui.overview_routes import add_overview_routes
from ui.people import Person, allowed
from ui.quality_routes import add_quality_routes
from ui.reconciliation_routes import add_reconciliation_routes
from ui.routes import add_routes
from ui.settings import OfficeSettings
from ui.theme import HEAD, STATIC, theme
from ui.words import CHINESE, Language, language_of, say

SWITCH = """
element.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-language]');
  if (chosen) trigger('click', {language: chosen.dataset.language});
});
"""
DEMONSTRATION = Path(corpus.__file__).parent / "documents"
HOUR = 3600
T = TypeVar("T")


def in_loop(act: Callable[[], T]) -> T:
    """What `act` gives, called inside an event loop: outside of one, gradio makes a loop for each lock and closes none."""

    async def called() -> T:
        return act()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(called())
    return act()


def build(office: Office) -> gr.Blocks:
    """The page. Every listener is hidden from the list of endpoints, which protects nothing: handlers trust no input."""
    page: gr.Blocks = gr.Blocks(
        title=say(CHINESE, "title"),
        analytics_enabled=False,
        delete_cache=(HOUR, 24 * HOUR),
        fill_width=True,
    )
    with page:
        language = gr.State(CHINESE)
        header = gr.HTML(
            render.header(CHINESE), js_on_load=SWITCH, elem_id="masthead", apply_default_css=False
        )
        with gr.Tabs():
            with gr.Tab(say(CHINESE, "tab_chat"), id="chat") as chat_tab:
                chat = ChatTab(office, language)
            with gr.Tab(say(CHINESE, "tab_overview"), id="overview") as overview_tab:
                overview = DeskTab(office, "overview")
            with gr.Tab(say(CHINESE, "tab_ledger"), id="ledger") as ledger_tab:
                ledger = DeskTab(office, "ledger")
            with gr.Tab(say(CHINESE, "tab_reconciliation"), id="reconciliation") as pairs_tab:
                pairs = DeskTab(office, "reconciliation")
            with gr.Tab(say(CHINESE, "tab_guide"), id="guide") as guide_tab:
                guide = DeskTab(office, "guide")
            with gr.Tab(say(CHINESE, "tab_documents"), id="documents") as documents_tab:
                documents = DocumentsTab(office, language)
            with gr.Tab(say(CHINESE, "tab_quality"), id="quality", visible=False) as quality_tab:
                quality = DeskTab(office, "quality")

        def refresh(
            person: Person, chosen: Language, conversation: str, *filters: list[Any], redraw: bool = True
        ) -> dict[Any, Any]:
            return (
                chat.refreshed(person, chosen, conversation, *filters, redraw=redraw)
                | documents.refreshed(person, chosen)
                | overview.refreshed(person, chosen)
                | ledger.refreshed(person, chosen)
                | pairs.refreshed(person, chosen)
                | guide.refreshed(person, chosen)
                | (quality.refreshed(person, chosen) if person.may("curator") else {})
                | {
                    language: chosen,
                    header: render.header(chosen, person),
                    chat_tab: gr.update(label=say(chosen, "tab_chat")),
                    overview_tab: gr.update(label=say(chosen, "tab_overview")),
                    ledger_tab: gr.update(label=say(chosen, "tab_ledger")),
                    pairs_tab: gr.update(label=say(chosen, "tab_reconciliation")),
                    guide_tab: gr.update(label=say(chosen, "tab_guide")),
                    documents_tab: gr.update(label=say(chosen, "tab_documents")),
                    quality_tab: gr.update(label=say(chosen, "tab_quality"), visible=person.may("curator")),
                }
            )

        def arrive(request: gr.Request, *filters: Any) -> dict[Any, Any]:
            chosen = language_of(request.cookies.get("wennuo_language"))
            shown = str(
                request.query_params.get("conversation", "")
            )  # the page's script keeps it in the address
            return refresh(allowed(request), chosen, shown, *filters)

        def switch(request: gr.Request, event: gr.EventData, *state: Any) -> dict[Any, Any]:
            return refresh(allowed(request), language_of(getattr(event, "language", "")), *state)

        def again(request: gr.Request, *state: Any) -> dict[Any, Any]:
            return refresh(allowed(request), *state, redraw=False)

        state = [chat.state, *chat.filters]
        drawn = [
            *chat.drawn,
            *(documents.table, documents.upload, documents.cancel, documents.sure),
            *(overview.held, ledger.held, pairs.held, guide.held, quality.held, language, header),
            *(chat_tab, overview_tab, ledger_tab, pairs_tab, guide_tab, documents_tab, quality_tab),
        ]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(arrive, chat.filters, drawn, **quiet)
        header.click(switch, state, drawn, **quiet)
        for change in (*documents.changed, documents_tab.select(None, None, None, **quiet)):
            change.then(again, [language, *state], drawn, **quiet)
    page.queue(default_concurrency_limit=4, api_open=False)
    return page


def make_app(office: Office, *, hosts: Collection[str] | None = LOOPBACK) -> FastAPI:
    """The whole app. hosts: the names under which it may be asked for; None for any.

    Gradio keeps what is uploaded to it (nothing of ours is) in a folder under the library's home and empties it daily.
    """
    os.environ["GRADIO_TEMP_DIR"] = str(office.library.settings.home / "uploads")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_entering(app, office)
    add_ledger_routes(app, office)
    add_downloads(app, office, today)
    add_reconciliation_routes(app, office)
    add_overview_routes(app, office)
    add_guide_routes(app, office)
    add_quality_routes(app, office)
    add_chat_routes(app, office)
    add_share_routes(app, office)
    add_routes(app, office)
    app.add_middleware(Access, accounts=office.accounts)
    app.add_middleware(Guard, hosts=hosts)
    return in_loop(lambda: mount(app, build(office), office.settings.path))


def mount(app: FastAPI, page: gr.Blocks, path: str = "") -> FastAPI:
    """Put `page` at the root of `app`, without what gradio offers beyond it. path: where a proxy puts the root."""
    closed = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs=closed,
        show_error=False,
        max_file_size="1mb",
        ssr_mode=False,
        root_path=path or None,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        favicon_path=str(STATIC / "icon.png"),
        theme=theme(),
        head=HEAD,
    )
    return app


def demonstrate(library: Library) -> None:
    """Take the packaged documents into an empty library, printing a line for each and a summary."""
    if library.entries():
        return
    print("the library is empty: taking in the demonstration documents", flush=True)
    summary = ingest(library, [DEMONSTRATION], on_verdict=lambda verdict: print(verdict.line(), flush=True))
    added, failed = summary.count("added"), summary.count("failed")
    print(f"{added} added, {failed} failed in {summary.seconds:.1f} s", flush=True)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises AddressError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen(128)
    except OSError as error:
        held.close()
        raise AddressError(host, port, error.strerror or str(error)) from None
    return held


def run(app: FastAPI, held: socket.socket) -> None:
    """Serve `app` on the listening socket `held` until interrupted. Open pages hold connections; they are cut after a second."""
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    logging.getLogger("uvicorn.error").addFilter(worth_telling)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[held])


def worth_telling(record: logging.LogRecord) -> bool:
    """Whether a line of the server's log tells a person something: connections cut at the end do not."""
    cut = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cut and "graceful shutdown exceeded" not in record.getMessage()


def serve(settings: LibrarySettings, host: str, port: int, demonstration: bool = False) -> None:
    """Serve the library at `settings` until interrupted.

    Raises LibraryBusyError when another process holds the library, AddressError when the port is taken.
    """
    given = OfficeSettings.from_environment()
    with Library.open(settings, write=True) as library:
        held = listen(host, port)
        with held:
            if demonstration:
                demonstrate(library)
            endpoint = EndpointSettings.from_environment()
            office = Office(library, lambda view: make_assistant(view, endpoint), given)
            hosts = LOOPBACK if host in LOOPBACK else None
            app = make_app(office, hosts=hosts)
            shown = f"[{host}]" if ":" in host else host
            if hosts is None and not given.accounts:
                told = "anyone who reaches this address can add and remove documents; WENNUO_ACCOUNTS=on asks for log-in"
                print(told, file=sys.stderr)
            print(f"WenNuo 问诺: http://{shown}:{held.getsockname()[1]}/  (Ctrl+C stops it)", flush=True)
            run(app, held)
