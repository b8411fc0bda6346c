"""What a page sends to be kept, as JSON: bounded in size, checked in kind, told in a sentence where it is refused."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from ui.people import Person
from ui.words import Language, say

LARGEST = 64 * 1024  # bytes


class RefusedError(Exception):
    """A request that is not taken: its status code, and why, as a key of the interface's words."""

    def __init__(self, code: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.code = code
        self.key = key
        self.values = values

    def answer(self, language: Language) -> JSONResponse:
        """The refusal in the reader's language."""
        return JSONResponse({"told": say(language, self.key, **self.values)}, self.code)


async def posted(request: Request) -> dict[str, Any]:
    """The object in the body. Raises RefusedError: 415 for another type, 413 beyond LARGEST bytes, 400 for no JSON object.

    The type is asked for because forms of other sites cannot send it without the browser asking first.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedError(415, "save_refused")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise RefusedError(413, "save_refused")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(400, "save_refused") from None
    if not isinstance(found, dict):
        raise RefusedError(400, "save_refused")
    return found


def signed(found: dict[str, Any], person: Person) -> dict[str, Any]:
    """What was sent, with the name of who is logged in in place of the one that was typed."""
    return found | {"by": person.name} if person.name else found


def text(found: dict[str, Any], name: str) -> str:
    """The text under `name`, "" where there is none. Raises RefusedError (422) for another kind of value."""
    value = found.get(name, "")
    if not isinstance(value, str):
        raise RefusedError(422, "save_refused")
    return value.strip()
