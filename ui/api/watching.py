"""What a watching system asks: /healthz, whether the app can answer, and /metrics, how much it does (Prometheus)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access import Rule
from ui.office import Office
from ui.people import person_of
from ui.store.schema import users

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0)
LASTING = ("/queue/data", "/heartbeat")
"""Addresses whose answer lasts as long as the page is open: how long says nothing."""
log = logging.getLogger(__name__)


def add_watching(app: FastAPI, office: Office, waiting: Callable[[], int]) -> CollectorRegistry:
    """Add /healthz and /metrics to `app`; gives what `Measured` counts into. waiting: how many calls wait in the page's queue."""
    registry = registry_of(office, waiting)

    @app.api_route("/healthz", methods=["GET", "HEAD"])
    def health() -> JSONResponse:
        """Whether the library and the office's own database can be read; nothing else."""
        try:
            office.library.generation()
            with office.store.reading() as connection:
                connection.execute(select(users.c.name).limit(1)).all()
        except Exception:
            log.exception("not healthy")
            return JSONResponse({"status": "unavailable"}, 503)
        return JSONResponse({"status": "ok"})

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        """The figures as text."""
        from prometheus_client import generate_latest
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

        person_of(request)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_1_0_0)

    return registry


def registry_of(office: Office, waiting: Callable[[], int]) -> CollectorRegistry:
    """A registry that reads the office's own counts whenever it is asked."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    class Counted:
        def collect(self) -> Iterator[Metric]:
            for name, heading, label, told in (
                ("wennuo_answers", "answers", "status", "Answers by status."),
                ("wennuo_ingest_verdicts", "verdicts", "outcome", "Files taken in, by verdict."),
                ("wennuo_acts", "acts", "act", "What people and programs did."),
            ):
                family = CounterMetricFamily(name, told, labels=[label])
                for value, count in sorted(office.tally.counts(heading).items()):
                    family.add_metric([value], count)
                yield family
            yield GaugeMetricFamily("wennuo_queue_size", "Calls that wait in the page's queue.", waiting())
            documents = len(office.library.entries())
            yield GaugeMetricFamily("wennuo_documents", "Documents in the library.", documents)

    registry = CollectorRegistry()
    registry.register(Counted())
    return registry


class Measured:
    """Middleware, outside of all others: counts requests by route, and how long their answer takes to begin."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        from prometheus_client import Counter, Histogram

        self.app = app
        self.requests = Counter(
            "wennuo_requests", "Requests.", ["method", "route", "status"], registry=registry
        )
        self.seconds = Histogram(
            "wennuo_request_seconds",
            "Seconds until an answer begins.",
            ["route"],
            registry=registry,
            buckets=BUCKETS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it when its answer begins."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                rule: Rule | None = scope.get("wennuo.rule")
                route = getattr(scope.get("route"), "path", "") or (rule.pattern if rule else "")
                route = route if rule else "other"
                method = scope["method"] if rule else "any"
                self.requests.labels(method, route, str(message["status"])).inc()
                if not any(each in route for each in LASTING):
                    self.seconds.labels(route).observe(time.perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, counted)


def waiting_in(page: Any) -> int:
    """How many calls wait in the queue of gradio's page."""
    queues = getattr(getattr(page, "_queue", None), "event_queue_per_concurrency_id", {})
    return sum(len(each.queue) for each in queues.values())
