"""The composer with a model: the same evidence, written up by an OpenAI-compatible endpoint. The only user of its client.

What the model writes is not shown as it is: `assistant.checking` holds every claim against its citations first. Neither
langchain nor the client is imported before the first request, so that an installation without an endpoint never loads them.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import queue
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from assistant.answer import Citation
from assistant.prompt import NOTHING_SAID, REQUEST, RULES, conversation, passages
from assistant.settings import EndpointSettings
from corpus.errors import EndpointError

LONGEST = 1500  # characters that are read of one answer; it is asked to be within 150
GRACE = 5.0  # seconds that the receiving side waits longer than the deadline
_THINK, _THOUGHT = "<think>", "</think>"


class WritingComposer:
    """Writes answers with the model behind one endpoint. Holds no connection between requests; safe for several threads."""

    def __init__(self, endpoint: EndpointSettings) -> None:
        self.endpoint = endpoint

    def stream(
        self, question: str, citations: Sequence[Citation], history: Sequence[tuple[str, str]] = ()
    ) -> Iterator[str]:
        """The answer in pieces as they arrive, unchecked, with markers that name `citations` by their numbers.

        history holds earlier turns as (question, answer), oldest first. Without citations nothing is asked of the model
        and the answer is 资料中没有提到. Raises EndpointError, whose message is one Chinese sentence fit to be shown, when
        the endpoint fails, says nothing, breaks off, or has not finished within the endpoint's timeout; pieces may have been
        given before that. A generator that is closed early ends its request.
        """
        if not citations:
            yield NOTHING_SAID
            return
        words = {"question": question, "passages": passages(citations), "history": conversation(history)}
        exchange = _Exchange(self.endpoint, words)
        said = False
        try:
            for piece in without_thoughts(exchange.pieces()):
                said = said or bool(piece.strip())
                yield piece
        finally:
            exchange.close()
        if not said:
            raise EndpointError("模型没有给出回答。")


def without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without a leading <think>…</think>, which some servers leave in the text; an unclosed one hides all."""
    held = ""
    for piece in pieces:
        held = (held + piece).lstrip()
        if held.startswith(_THINK):
            _, closed, rest = held.partition(_THOUGHT)
            if not closed:
                continue
            held = rest.lstrip()
        elif _THINK.startswith(held):
            continue
        if held:
            yield held
            break
    else:
        if not held.startswith(_THINK):
            yield held
    yield from pieces


class _Exchange:
    """One request, on an event loop in a thread of its own.

    The client's own timeouts bound each wait for the server, not the whole; a server that drips a character a second would
    hold its caller for ever. A task on a loop can be ended at any await.
    """

    def __init__(self, endpoint: EndpointSettings, words: dict[str, Any]) -> None:
        self._endpoint = endpoint
        self._words = words
        self._received: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        self._abandoned = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._receive()), name="wennuo-writing", daemon=True
        )

    def pieces(self) -> Iterator[str]:
        """The pieces as they arrive. Raises EndpointError."""
        import langchain_openai  # noqa: F401  (seconds, the first time: not on the server's account)

        self._thread.start()
        while True:
            try:
                received = self._received.get(timeout=self._endpoint.timeout + GRACE)
            except queue.Empty:
                raise self._late() from None
            if received is None:
                return
            if isinstance(received, BaseException):
                raise received
            yield received

    def close(self) -> None:
        """End the request if it is still going on."""
        self._abandoned.set()
        if self._loop is not None and self._task is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just closed
                self._loop.call_soon_threadsafe(self._task.cancel)
        if self._thread.ident is not None:
            self._thread.join(GRACE)

    async def _receive(self) -> None:
        """Put all pieces, then what ended them, then None. Whatever the request raised is raised again where it is awaited."""
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._drain())
        try:
            if self._abandoned.is_set():
                self._task.cancel()
            await asyncio.wait({self._task}, timeout=self._endpoint.timeout)
            if not self._task.done():
                self._task.cancel()
                self._received.put(self._late())
                await asyncio.wait({self._task}, timeout=GRACE)
            elif not self._task.cancelled() and (error := self._task.exception()) is not None:
                self._received.put(error)
        finally:
            self._received.put(None)

    async def _drain(self) -> None:
        async for piece in self._answer():
            self._received.put(piece)

    async def _answer(self) -> AsyncIterator[str]:
        """The pieces of the answer; ends after LONGEST characters. Raises EndpointError."""
        import httpx
        import openai
        from langchain_core.exceptions import LangChainException
        from langsmith.run_helpers import tracing_context

        failures = (
            openai.OpenAIError,
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
            LangChainException,
            ValueError,  # what a server that does not keep to the protocol brings about in its client
            TypeError,
            AttributeError,
            LookupError,
            OSError,
        )
        length, reason = 0, None
        try:
            with tracing_context(enabled=False):  # whatever LANGSMITH_TRACING says
                async with httpx.AsyncClient(
                    timeout=self._endpoint.timeout,
                    follow_redirects=False,
                    trust_env=not _is_here(
                        self._endpoint.base_url
                    ),  # the office's proxy cannot reach this machine
                ) as client:
                    async for chunk in self._chain(client).astream(self._words):
                        reason = chunk.response_metadata.get("finish_reason") or reason
                        length += len(chunk.text)
                        if chunk.text:
                            yield str(chunk.text)
                        if length > LONGEST:
                            return
        except failures as error:
            raise self._failed(error) from None  # the cause may hold the key
        if reason is None:
            raise EndpointError("模型的回答中途断了。")
        if reason == "content_filter":
            raise EndpointError("模型服务拦下了这个回答。")

    def _chain(self, client: Any) -> Any:
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        if _address(self._endpoint.base_url) is None:
            raise EndpointError("模型服务的地址无法使用，请检查 WENNUO_LLM_BASE_URL。")
        if not (self._endpoint.api_key.isascii() and self._endpoint.api_key.isprintable()):
            raise EndpointError("WENNUO_LLM_API_KEY 含有不能发送的字符。")
        model = ChatOpenAI(
            model=self._endpoint.model,
            base_url=self._endpoint.base_url,
            api_key=SecretStr(self._endpoint.api_key),
            timeout=self._endpoint.timeout,
            stream_chunk_timeout=None,
            max_retries=0,
            temperature=0,
            use_responses_api=False,
            stream_usage=False,
            openai_proxy=None,
            http_async_client=client,
            cache=False,
        )
        prompt = ChatPromptTemplate.from_messages(
            [("system", RULES), ("placeholder", "{history}"), ("human", REQUEST)]
        )
        return prompt | model

    def _late(self) -> EndpointError:
        return EndpointError(f"模型服务没有在{self._endpoint.timeout:g}秒内答完。")

    def _failed(self, error: Exception) -> EndpointError:
        """One sentence for the reader. Nothing that the server or the client said is in it: that may hold the key."""
        import httpx
        import openai

        if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
            return self._late()
        if isinstance(error, openai.APIStatusError):
            return EndpointError(_of_status(error.status_code))
        if any(isinstance(cause, httpx.RemoteProtocolError | httpx.ReadError) for cause in _causes(error)):
            return EndpointError("模型的回答中途断了。")
        if isinstance(error, openai.APIConnectionError | httpx.TransportError | OSError):
            return EndpointError(f"连不上模型服务（{_address(self._endpoint.base_url)}）。")
        if isinstance(error, openai.APIError):
            return EndpointError("模型服务出错。")
        return EndpointError("模型服务的回应无法读懂。")


def _of_status(status: int) -> str:
    if status in (401, 403):
        return f"模型服务不接受密钥（{status}），请检查 WENNUO_LLM_API_KEY。"
    if status == 404:
        return "模型服务没有这个模型或地址（404），请检查 WENNUO_LLM_MODEL 和 WENNUO_LLM_BASE_URL。"
    if status == 429:
        return "模型服务正忙（429），请稍后再问。"
    if status >= 500:
        return f"模型服务出错（{status}）。"
    return f"模型服务不接受这个请求（{status}）。"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _is_here(base_url: str) -> bool:
    """Whether a URL's host is this machine."""
    with contextlib.suppress(ValueError):
        host = urlsplit(base_url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    return False


def _address(base_url: str) -> str | None:
    """Host and port of a URL, without the user and password that it may hold; None when it has no host or no such port."""
    try:
        parts = urlsplit(base_url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    return f"{parts.hostname}{port}" if parts.hostname else None
