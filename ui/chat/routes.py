"""The addresses of the chat beside the queue: the list of conversations, titles, deletion, thumbs, and Word files."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, cast
from urllib.parse import quote

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from ui.chat import history as chat_history
from ui.chat import turns as chat_turns
from ui.chat.docx import Paper, as_docx
from ui.chat.kept import Eyes
from ui.chat.near import NearQuestions
from ui.office import Office
from ui.people import Person, person_of
from ui.posting import RefusedError, posted, text
from ui.store.conversations import Conversations
from ui.store.feedback import LONGEST_NOTE, REASONS, VERDICTS, Feedback, Reason, Verdict
from ui.store.turns import KeptTurn
from ui.words import Language, language_of, say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_SEARCH = 60
Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def add_chat_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/history, /wennuo/near, /wennuo/conversation/…, /wennuo/feedback and /wennuo/export/… to `app`."""
    conversations, feedback = Conversations(office.store), Feedback(office.store)
    beside = NearQuestions(office).beside

    @app.get("/wennuo/history", response_class=HTMLResponse)
    def history(request: Request, search: str = "", part: bool = False, chosen: Chosen = "") -> HTMLResponse:
        """The person's conversations; with `part`, the list alone."""
        language, person = language_of(chosen), person_of(request)
        search = search.strip()[:LONGEST_SEARCH]
        found, today = conversations.listed(person.key, search), datetime.datetime.now().astimezone().date()
        if part:
            return _fragment(chat_history.listed(found, language, today, search))
        return _fragment(chat_history.history(found, language, today) + chat_history.forms(language))

    @app.get("/wennuo/near", response_class=HTMLResponse)
    def near(request: Request, conversation: str, turn: int, chosen: Chosen = "") -> HTMLResponse:
        """Questions that the document nearest to a refused one answers; empty where there are none."""
        person = person_of(request)
        found = conversations.turn(person.key, conversation, turn)
        seen = (
            found
            and found.answer
            and Eyes(office.library_for(person), person.role).may_see(found.answer, found.role)
        )
        questions = beside(person, found.answer) if found and found.answer and seen else ()
        return _fragment(chat_turns.near(questions, language_of(chosen)))

    @app.post("/wennuo/conversation/rename")
    async def rename(request: Request, chosen: Chosen = "") -> Response:
        """Give a conversation another title."""
        language, person = language_of(chosen), person_of(request)
        try:
            found = await posted(request)
            identity, title = text(found, "conversation"), text(found, "title")
            if not await run_in_threadpool(conversations.rename, person.key, identity, title):
                raise RefusedError(404, "history_refused")
        except RefusedError as refusal:
            return refusal.answer(language)
        except ValueError:
            return RefusedError(422, "save_refused").answer(language)
        return JSONResponse({"kept": True})

    @app.post("/wennuo/conversation/delete")
    async def delete(request: Request, chosen: Chosen = "") -> Response:
        """Forget a conversation."""
        language, person = language_of(chosen), person_of(request)
        try:
            identity = text(await posted(request), "conversation")
            if not await run_in_threadpool(conversations.remove, person.key, identity):
                raise RefusedError(404, "history_refused")
        except RefusedError as refusal:
            return refusal.answer(language)
        office.note(person, "delete_conversation", identity)
        return JSONResponse({"kept": True})

    @app.post("/wennuo/feedback")
    async def thumb(request: Request, chosen: Chosen = "") -> Response:
        """Keep a thumb with its reason; an empty verdict takes it back."""
        language, person = language_of(chosen), person_of(request)
        try:
            found = await posted(request)
            verdict = await run_in_threadpool(judged, person, found)
        except RefusedError as refusal:
            return refusal.answer(language)
        return JSONResponse({"kept": True, "verdict": verdict})

    def judged(person: Person, found: dict[str, Any]) -> str:
        verdict, reason, note = (text(found, name) for name in ("verdict", "reason", "note"))
        identity, number = text(found, "conversation"), found.get("turn")
        if verdict not in ("", *VERDICTS) or type(number) is not int or len(note) > LONGEST_NOTE:
            raise RefusedError(422, "save_refused")
        if (verdict == "bad") != bool(reason) or reason not in ("", *REASONS):
            raise RefusedError(422, "save_refused")
        turn = conversations.turn(person.key, identity, number)
        eyes = Eyes(office.library_for(person), person.role)
        if turn is None or turn.answer is None or not eyes.may_see(turn.answer, turn.role):
            raise RefusedError(404, "history_refused")
        opinion = None
        if verdict:
            why = cast(Reason, reason) if reason else None
            opinion = feedback.add(person, turn.answer, cast(Verdict, verdict), why, note)
            office.note(person, "judge", turn.question, verdict=verdict, reason=reason)
        elif turn.opinion is not None:
            feedback.withdraw(person, turn.opinion)
        conversations.judge(person.key, identity, number, verdict, opinion)
        return verdict

    @app.get("/wennuo/export/answer")
    def export_answer(request: Request, conversation: str, turn: int, chosen: Chosen = "") -> Response:
        """One answer as a Word document."""
        return exported(person_of(request), conversation, turn, language_of(chosen))

    @app.get("/wennuo/export/conversation")
    def export_conversation(request: Request, conversation: str, chosen: Chosen = "") -> Response:
        """A whole conversation as a Word document."""
        return exported(person_of(request), conversation, None, language_of(chosen))

    def exported(person: Person, conversation: str, number: int | None, language: Language) -> Response:
        kept = conversations.get(person.key, conversation)
        turns = [each for each in kept.turns if number in (None, each.number)] if kept else []
        if kept is None or not turns:
            return PlainTextResponse(say(language, "export_missing"), 404)
        title = kept.title if number is None else turns[0].question
        made = as_docx(paper(person, title, turns), language)
        documents = sorted({c.document for t in turns if t.answer for c in t.answer.citations})
        subject = "conversation.docx" if number is None else "answer.docx"
        office.note(person, "export", subject, conversation=conversation, documents=documents)
        return _file(made, title, language)

    def paper(person: Person, title: str, turns: list[KeptTurn]) -> Paper:
        eyes = Eyes(office.library_for(person), person.role)
        return Paper(
            title,
            tuple(turn.question for turn in turns),
            tuple(eyes.exchange(turn.answer, turn.role) if turn.answer else None for turn in turns),
            datetime.datetime.now().astimezone().date(),
        )


def file_name(title: str, language: Language) -> str:
    """A name that every file system takes, made from a title; the brand where nothing of it is left."""
    kept = re.sub(r'[\\/:*?"<>|？：\s]+', " ", "".join(each for each in title if each.isprintable()))
    return f"{kept.strip(' .')[:40].strip(' .') or say(language, 'brand')}.docx"


def _file(content: bytes, title: str, language: Language) -> Response:
    named = f"filename=\"answer.docx\"; filename*=UTF-8''{quote(file_name(title, language), safe='')}"
    headers = {"Content-Disposition": f"attachment; {named}", "Cache-Control": "no-store"}
    return Response(content, media_type=DOCX, headers=headers)


def _fragment(content: str) -> HTMLResponse:
    return HTMLResponse(content, 200, {"Cache-Control": "no-store"})
