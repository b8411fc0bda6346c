"""Bodies of requests, read before they are passed on: none is larger than its rule allows, and what they name can be looked at."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive


async def taken(receive: Receive, most: int) -> bytes | None:
    """The whole body; None where it is larger than `most` bytes. Raises ClientDisconnect where it breaks off."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def given(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out `body`, and after it whatever else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
