"""The addresses of links: making one, the list of one's own, taking one back, and the page that it leads to."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from ui.chat import history, share_page
from ui.chat.kept import Eyes
from ui.excerpt import Exchange
from ui.office import Office
from ui.people import ROLES, Person, person_of
from ui.posting import RefusedError, posted, text
from ui.store.conversations import Conversations
from ui.store.shares import Share, Shares
from ui.store.turns import title_of
from ui.words import Language, language_of

Chosen = Annotated[str, Cookie(alias="wennuo_language")]
NO_STORE = {"Cache-Control": "no-store"}


def add_share_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/share, /wennuo/shares, /wennuo/share/revoke and /share/ID to `app`."""
    conversations, shares = Conversations(office.store), Shares(office.store)

    @app.post("/wennuo/share")
    async def share(request: Request, chosen: Chosen = "") -> Response:
        """Make a link to one answer (turn: its number) or to a whole conversation (turn: null)."""
        language, person = language_of(chosen), person_of(request)
        try:
            made = await run_in_threadpool(linked, person, await posted(request))
        except RefusedError as refusal:
            return refusal.answer(language)
        office.note(person, "share", made.id, title=made.title, documents=_documents(made))
        return JSONResponse({"id": made.id, "held": history.made(made, language)})

    def linked(person: Person, found: dict[str, Any]) -> Share:
        identity, number = text(found, "conversation"), found.get("turn")
        if number is not None and type(number) is not int:
            raise RefusedError(422, "save_refused")
        kept = conversations.get(person.key, identity)
        turns = [turn for turn in kept.turns if number in (None, turn.number)] if kept else []
        if kept is None or not turns:
            raise RefusedError(404, "history_refused")
        eyes = Eyes(office.library_for(person), person.role)
        answers = [turn.answer for turn in turns if turn.answer and eyes.may_see(turn.answer, turn.role)]
        if len(answers) != len(turns):
            raise RefusedError(409, "share_refused")
        title = kept.title if number is None else title_of(turns[0].question)
        role = max((turn.role for turn in turns), key=ROLES.index)
        return shares.make(person, role, title, tuple(answers))

    @app.get("/wennuo/shares", response_class=HTMLResponse)
    def listed(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The person's links that still hold."""
        found = shares.of(person_of(request).key)
        return HTMLResponse(history.links(found, language_of(chosen)), headers=NO_STORE)

    @app.post("/wennuo/share/revoke")
    async def revoke(request: Request, chosen: Chosen = "") -> Response:
        """Take a link back."""
        language, person = language_of(chosen), person_of(request)
        try:
            identity = text(await posted(request), "link")
            if not await run_in_threadpool(shares.revoke, person.key, identity):
                raise RefusedError(404, "share_gone")
        except RefusedError as refusal:
            return refusal.answer(language)
        office.note(person, "revoke_share", identity)
        return JSONResponse({"kept": True})

    @app.get("/share/{identity}", response_class=HTMLResponse)
    def shared(request: Request, identity: str, chosen: Chosen = "") -> HTMLResponse:
        """What was shared, for one who may see all of it."""
        language, person = language_of(chosen), person_of(request)
        found = shares.get(identity)
        if found is None or not found.answers:
            return _page("share_gone", 404, language)
        exchanges = read_by(person, found)
        if exchanges is None:
            office.note(person, "open_share", identity, refused=True)
            return _page("share_hidden", 403, language)
        office.note(person, "open_share", identity, documents=_documents(found))
        return HTMLResponse(share_page.shared(found, exchanges, language), headers=NO_STORE)

    def read_by(person: Person, found: Share) -> list[Exchange] | None:
        """The answers with their excerpts, or None where one of them is not for this person."""
        eyes = Eyes(office.library_for(person), person.role)
        seen = [eyes.exchange(answer, found.role) for answer in found.answers]
        return [each for each in seen if each] if all(seen) else None


def _documents(share: Share) -> list[str]:
    return sorted({citation.document for answer in share.answers for citation in answer.citations})


def _page(key: str, code: int, language: Language) -> HTMLResponse:
    return HTMLResponse(share_page.withheld(key, language), code, NO_STORE)
