"""The Model Context Protocol at /mcp, so that agents and the robots of messengers can ask: three tools, each as the token's person.

Streamable HTTP without sessions: every request stands by itself, and is looked at by the same middleware as all others.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI
from pydantic import BaseModel, ValidationError
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from corpus.errors import DocumentNotFoundError, WenNuoError
from ui.api import doing
from ui.api.shapes import LedgerAsked, Question, Searching
from ui.office import Office
from ui.people import Person, person_of
from ui.problems import problem

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams

ABOUT = (
    "Speeches and work plans of the office, and the ledger of what they promise. Every answer quotes its documents; cite "
    "what it cites, and where it says that the documents do not tell (status not_found), say so too."
)
LARGEST = 64 * 1024  # bytes of a request
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tool:
    """What can be called: its arguments, and what answers."""

    title: str
    about: str
    sent: type[BaseModel]
    act: Callable[[Office, Person, Any, str], dict[str, Any]]


TOOLS: dict[str, Tool] = {
    "ask": Tool(
        "问答 Ask",
        "Answer a question on targets, deadlines, responsibilities or figures from the office's documents, in their own words, "
        "with citations. Chinese questions are understood best. Says not_found where the documents do not tell.",
        Question,
        doing.ask,
    ),
    "search": Tool(
        "检索 Search",
        "Find the passages of the office's documents that bear on a question, best first.",
        Searching,
        doing.search,
    ),
    "ledger": Tool(
        "承诺台账 Ledger",
        "List commitments: who is to do what until when, how much, and where it is written; narrowed by unit, day, kind, words.",
        LedgerAsked,
        doing.ledger,
    ),
}


def add_mcp(app: FastAPI, office: Office, hosts: Collection[str] | None) -> None:
    """Add /mcp to `app`; it answers while the app's lifespan runs. hosts: as for the guard."""
    endpoint = Endpoint()
    app.router.routes.append(Route("/mcp", endpoint, name="mcp"))
    before = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        manager = StreamableHTTPSessionManager(  # it runs once only
            server_of(office),
            json_response=True,
            stateless=True,
            security_settings=security(hosts),
            max_request_body_size=LARGEST,
        )
        async with before(app) as state, manager.run():
            endpoint.manager = manager
            yield state

    app.router.lifespan_context = lifespan


class Endpoint:
    """What starlette takes for an application of its own rather than for a function."""

    def __init__(self) -> None:
        self.manager: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the library."""
        if self.manager is None:
            await problem(503, "the server has not begun yet")(scope, receive, send)
        else:
            await self.manager.handle_request(scope, receive, send)


def server_of(office: Office) -> Server[Any]:
    """The protocol's server over the office."""
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolResult, ListToolsResult, TextContent, ToolAnnotations
    from mcp.types import Tool as Described

    described = [
        Described(
            name=name,
            title=tool.title,
            description=tool.about,
            input_schema=tool.sent.model_json_schema(),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        for name, tool in TOOLS.items()
    ]

    at_once = CapacityLimiter(doing.AT_ONCE)

    async def listed(
        _context: ServerRequestContext[Any, Any], _sent: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=described)

    async def called(context: ServerRequestContext[Any, Any], sent: CallToolRequestParams) -> CallToolResult:
        person = person_of(context.request)
        try:
            given = (office, person, sent.name, sent.arguments or {})
            found = await run_sync(call, *given, limiter=at_once)
        except WenNuoError as error:
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
        text = json.dumps(found, ensure_ascii=False)
        return CallToolResult(content=[TextContent(text=text)], structured_content=found)

    return Server(
        "wennuo", title="问诺 WenNuo", instructions=ABOUT, on_list_tools=listed, on_call_tool=called
    )


def call(office: Office, person: Person, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the tool of that name gives. Raises WenNuoError with a sentence for the one who called."""
    tool = TOOLS.get(name)
    if tool is None:
        raise WenNuoError(f"no tool of that name; there are {', '.join(TOOLS)}")
    try:
        return tool.act(office, person, tool.sent.model_validate(arguments), "mcp")
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in faults[:5])
        raise WenNuoError(f"the arguments cannot be used: {told}") from None
    except DocumentNotFoundError as error:
        raise WenNuoError(f"no document named {error.name!r}") from None
    except (doing.TooOftenError, doing.ContradictionError):
        raise
    except Exception:
        log.exception("the tool %s gave no answer", name)
        raise WenNuoError("something went wrong; the log of the server says more") from None


def security(hosts: Collection[str] | None) -> TransportSecuritySettings:
    """The library's own check of Host and Origin, set to let in what the guard lets in."""
    from mcp.server.transport_security import TransportSecuritySettings

    if hosts is None:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    names = [f"[{host}]" if ":" in host else host for host in sorted(hosts)]
    allowed = [each for name in names for each in (name, f"{name}:*")]
    origins = [f"{scheme}://{each}" for scheme in ("http", "https") for each in allowed]
    return TransportSecuritySettings(allowed_hosts=allowed, allowed_origins=origins)
