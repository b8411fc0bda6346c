"""The web app: its parts put together, mounted behind the guard, and served."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from fastapi import FastAPI

import corpus
from assistant.bootstrap import make_assistant
from assistant.settings import EndpointSettings
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui import render
from ui.access import Access
from ui.account.entering import add_entering
from ui.account.oidc import add_oidc
from ui.account.routes import add_account_routes
from ui.api.protocol import add_mcp
from ui.api.routes import add_api
from ui.api.watching import Measured, add_watching, waiting_in
from ui.chat.routes import add_chat_routes
from ui.chat.share_routes import add_share_routes
from ui.chat.tab import ChatTab
from ui.documents.routes import add_documents_routes
from ui.guard import LOOPBACK, Guard
from ui.guide.routes import add_guide_routes
from ui.ledger.downloads import add_downloads
from ui.ledger.routes import add_ledger_routes, today
from ui.ledger.tab import DeskTab
from ui.office import Office
from ui.overview.routes import add_overview_routes
from ui.people import Person, allowed
from ui.quality.routes import add_quality_routes
from ui.reconciliation.routes import add_reconciliation_routes
from ui.routes import add_routes
from ui.serving import cautions, expect_an_admin, keep_memory_together, listen, run
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
        seen = gr.State(-1)  # the library's generation that the page shows
        header = gr.HTML(
            render.header(CHINESE), js_on_load=SWITCH, elem_id="masthead", apply_default_css=False
        )
        with gr.Tabs():
            with gr.Tab(say(CHINESE, "tab_chat"), id="chat") as chat_tab:
                chat = ChatTab(office, language)
            with gr.Tab(say(CHINESE, "tab_overview"), id="overview") as overview_tab:
                overview = DeskTab("overview")
            with gr.Tab(say(CHINESE, "tab_ledger"), id="ledger") as ledger_tab:
                ledger = DeskTab("ledger")
            with gr.Tab(say(CHINESE, "tab_reconciliation"), id="reconciliation") as pairs_tab:
                pairs = DeskTab("reconciliation")
            with gr.Tab(say(CHINESE, "tab_guide"), id="guide") as guide_tab:
                guide = DeskTab("guide")
            with gr.Tab(say(CHINESE, "tab_documents"), id="documents") as documents_tab:
                documents = DeskTab("documents")
            with gr.Tab(say(CHINESE, "tab_quality"), id="quality", visible=False) as quality_tab:
                quality = DeskTab("quality")

        def refresh(
            person: Person, chosen: Language, conversation: str, *filters: list[Any], redraw: bool = True
        ) -> dict[Any, Any]:
            generation = office.library_for(person).generation()
            desks = [documents, overview, ledger, pairs, guide, *([quality] if person.may("curator") else [])]
            return (
                chat.refreshed(person, chosen, conversation, *filters, redraw=redraw)
                | {desk.held: desk.shell(chosen) for desk in desks}
                | {
                    language: chosen,
                    seen: generation,
                    header: render.header(chosen, person, generation),
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

        def again(request: gr.Request, shown: int, *state: Any) -> dict[Any, Any]:
            person = allowed(request)
            if shown in (-1, office.library_for(person).generation()):
                return {seen: gr.skip()}  # -1: the first tab tells of itself before the page has arrived
            return refresh(person, *state, redraw=False)

        state = [chat.state, *chat.filters]
        drawn = [
            *chat.drawn,
            *(overview.held, ledger.held, pairs.held, guide.held, documents.held, quality.held),
            *(language, seen, header),
            *(chat_tab, overview_tab, ledger_tab, pairs_tab, guide_tab, documents_tab, quality_tab),
        ]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(arrive, chat.filters, drawn, **quiet)
        header.click(switch, state, drawn, **quiet)
        # the library may have changed: by this page's own uploads, or by somebody else's
        for look in (documents.held.upload, documents_tab.select):
            look(again, [seen, language, *state], drawn, **quiet)
    page.queue(default_concurrency_limit=4, api_open=False)
    return page


def make_app(office: Office, *, hosts: Collection[str] | None = LOOPBACK) -> FastAPI:
    """The whole app. hosts: the names under which it may be asked for; None for any.

    Gradio keeps what is uploaded to it (nothing of ours is) in a folder under the library's home and empties it daily.
    """
    os.environ["GRADIO_TEMP_DIR"] = str(office.library.settings.home / "uploads")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    page = in_loop(lambda: build(office))
    add_entering(app, office)
    add_oidc(app, office)
    add_account_routes(app, office)
    add_api(app, office)
    add_mcp(app, office, hosts)
    registry = add_watching(app, office, lambda: waiting_in(page))
    add_ledger_routes(app, office)
    add_downloads(app, office, today)
    add_reconciliation_routes(app, office)
    add_overview_routes(app, office)
    add_guide_routes(app, office)
    add_quality_routes(app, office)
    add_documents_routes(app, office)
    add_chat_routes(app, office)
    add_share_routes(app, office)
    add_routes(app, office)
    app.add_middleware(Access, accounts=office.accounts, note=office.note)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(Measured, registry=registry)
    app.state.page = page
    return in_loop(lambda: mount(app, page, office.settings.path))


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


def serve(settings: LibrarySettings, host: str, port: int, demonstration: bool = False) -> None:
    """Serve the library at `settings` until interrupted.

    Raises LibraryBusyError when another process holds the library, AddressError when the port is taken, SettingsError when
    log-in is on and there is no administrator.
    """
    keep_memory_together()
    given = OfficeSettings.from_environment()
    with Library.open(settings, write=True) as library:
        held = listen(host, port)
        with held:
            if demonstration:
                demonstrate(library)
            endpoint = EndpointSettings.from_environment()
            office = Office(library, lambda view: make_assistant(view, endpoint), given)
            if office.accounts is not None:
                expect_an_admin(office.accounts, settings.home)
            hosts = LOOPBACK | set(given.hosts) if host in LOOPBACK or given.hosts else None
            app = make_app(office, hosts=hosts)
            shown = f"[{host}]" if ":" in host else host
            for warning in cautions(host, given):
                print(warning, file=sys.stderr)
            print(f"WenNuo 问诺: http://{shown}:{held.getsockname()[1]}/  (Ctrl+C stops it)", flush=True)
            run(app, held, given)
