"""A real OpenAI-compatible server on loopback that does as it is told: answers, fails, stalls, breaks off, talks nonsense."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from assistant.settings import EndpointSettings

KEY = "sk-secret-0123456789"
Script = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Keeps each request, then plays the server's script."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append({"path": self.path, "headers": self.headers, "body": json.loads(body)})
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.script(self)

    def log_message(self, *arguments: Any) -> None:
        pass

    def begin(self, content_type: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    def say(self, text: str | None, finish: str | None = None) -> None:
        delta = {"role": "assistant", "content": text} if text is not None else {}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
        self.send(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def done(self, finish: str | None = "stop") -> None:
        if finish is not None:
            self.say(None, finish)
        self.send(b"data: [DONE]\n\n")
        self.end()

    def wait(self, seconds: float) -> None:
        self.server.ending.wait(seconds)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.ending = threading.Event()
        self.script: Script = answering("资料中没有提到")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class ScriptedEndpoint:
    """Context manager: the server runs within it. `script` may be changed between requests; `requests` lists what came."""

    def __init__(self, script: Script | None = None) -> None:
        self.server = Server()
        if script is not None:
            self.server.script = script
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> ScriptedEndpoint:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.ending.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    @property
    def requests(self) -> list[dict[str, Any]]:
        return self.server.requests

    def play(self, script: Script) -> None:
        self.server.script = script

    def settings(self, timeout: float = 10.0, user: str = "") -> EndpointSettings:
        host = f"{user}@127.0.0.1" if user else "127.0.0.1"
        return EndpointSettings("scripted", f"http://{host}:{self.server.server_port}/v1", KEY, timeout)


def answering(text: str, size: int = 3, finish: str | None = "stop") -> Script:
    """The text in pieces of `size` characters."""

    def play(handler: Handler) -> None:
        handler.begin()
        for start in range(0, len(text), size):
            handler.say(text[start : start + size])
        handler.done(finish)

    return play


def failing(status: int, headers: Iterable[tuple[str, str]] = ()) -> Script:
    """A status with a body that repeats the key, as some servers do."""

    def play(handler: Handler) -> None:
        body = json.dumps(
            {"error": {"message": f"Incorrect API key provided: {KEY}", "code": status}}
        ).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def silent(seconds: float) -> Script:
    """Takes the request and says nothing."""
    return lambda handler: handler.wait(seconds)


def dripping(seconds: float, text: str = "慢") -> Script:
    """A character now and then, for ever: no single wait is long."""

    def play(handler: Handler) -> None:
        handler.begin()
        while not handler.server.ending.is_set():
            handler.say(text)
            handler.wait(seconds)

    return play


def cut(text: str) -> Script:
    """Some of an answer, then the connection is closed without an end of the stream."""

    def play(handler: Handler) -> None:
        handler.begin()
        handler.say(text)
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return play


def raw(data: bytes, content_type: str = "text/event-stream") -> Script:
    """These bytes as the body of a reply with status 200."""

    def play(handler: Handler) -> None:
        handler.begin(content_type)
        if data:
            handler.send(data)
        handler.end()

    return play


def refused() -> EndpointSettings:
    """An endpoint on a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return EndpointSettings("scripted", f"http://user:password@127.0.0.1:{port}/v1", KEY, 10.0)
