"""A small reverse proxy: everything below one path goes to another address, without the path."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

KEPT_BACK = {"connection", "transfer-encoding", "keep-alive"}


def proxy(upstream: str, path: str, scheme: str = "http") -> Starlette:
    """The proxy: it strips `path`, passes Host on, says by which scheme it was asked, and streams what comes back."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with (
            httpx.AsyncHTTPTransport() as transport
        ):  # a client would keep cookies, and hand them to others
            app.state.transport = transport
            yield

    async def forward(request: Request) -> Response:
        if request.url.path == path:
            return RedirectResponse(path + "/", 301)
        if not request.url.path.startswith(path + "/"):
            return PlainTextResponse("not served here", 404)
        raw = request.scope["raw_path"].decode().removeprefix(path)
        transport: httpx.AsyncHTTPTransport = request.app.state.transport
        headers = [(name, value) for name, value in request.headers.raw if name.decode() not in KEPT_BACK]
        headers += [(b"x-forwarded-proto", scheme.encode()), (b"x-forwarded-for", b"10.9.8.7")]
        url = httpx.URL(upstream + raw, query=request.scope["query_string"])
        has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
        body = request.stream() if has_body else None
        sent = httpx.Request(request.method, url, headers=headers, content=body)
        answer = await transport.handle_async_request(sent)
        content = answer.aiter_raw()
        given = StreamingResponse(content, answer.status_code, background=BackgroundTask(answer.aclose))
        given.raw_headers = [
            (name, value) for name, value in answer.headers.raw if name.decode().lower() not in KEPT_BACK
        ]
        return given

    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
    return Starlette(routes=[Route("/{path:path}", forward, methods=methods)], lifespan=lifespan)
