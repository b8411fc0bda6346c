"""Many people at once: questions through the page's own queue while documents come in, as browsers would send them.

Run against a server that is up: `python -m evals.benchmarks.load http://127.0.0.1:7860 QUESTIONS.jsonl`. Each person opens the
page, asks, reads for a while, and asks again. What is told: errors, the time until the first words of an answer are there, and the
server's memory over time.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import click
import httpx
import numpy as np

ANSWERED = 'class="words"'
"""Stands in the page as soon as an answer has words."""
TIMEOUT = 60.0  # seconds that a person waits
SAMPLE = 5.0  # seconds between looks at the memory


@dataclass(slots=True)
class Tally:
    """What was seen. first: seconds to the first words of each answer. memory: (seconds since the start, MB)."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    uploads: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)


class Visitor:
    """One person's browser, as far as questions go."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self._client = httpx.AsyncClient(base_url=address, headers=headers, timeout=TIMEOUT)
        self._session = uuid4().hex
        self._ask: dict[str, Any] = {}
        self._inputs: list[Any] = []
        self._question = 0
        self._beating: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Load the page and find out how it asks."""
        (await self._client.get("/")).raise_for_status()
        page = (await self._client.get("/config")).raise_for_status().json()
        parts = {part["id"]: part for part in page["components"]}
        self._ask = next(each for each in page["dependencies"] if each["api_name"] == "ask")
        self._inputs = [parts[each]["props"].get("value") for each in self._ask["inputs"]]
        places = [parts[each]["props"].get("elem_id") for each in self._ask["inputs"]]
        self._question = places.index("question")
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        """The stream that tells the server that the page is still open."""
        address = f"/gradio_api/heartbeat/{self._session}"
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", address, timeout=None) as stream:
                async for _ in stream.aiter_raw():
                    pass

    async def ask(self, question: str) -> tuple[float, float]:
        """Seconds to the first words of the answer, and to its end. Raises RuntimeError for a failure."""
        data = [*self._inputs]
        data[self._question] = question
        begun = time.perf_counter()
        body = {"data": data, "fn_index": self._ask["id"], "session_hash": self._session, "trigger_id": None}
        (await self._client.post("/gradio_api/queue/join", json=body)).raise_for_status()
        first = 0.0
        async for told in self._events():
            if ANSWERED in json.dumps(told.get("output", {})).replace("\\", ""):
                first = first or time.perf_counter() - begun
            if told["msg"] == "process_completed":
                if not told.get("success") or not first:
                    raise RuntimeError("no answer")
                return first, time.perf_counter() - begun
        raise RuntimeError("the stream ended")

    async def _events(self) -> AsyncIterator[dict[str, Any]]:
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    async def upload(self, name: str, content: bytes) -> str:
        """The word of the verdict."""
        answer = await self._client.post("/wennuo/upload", params={"name": name}, content=content)
        return str(answer.raise_for_status().json()["outcome"])

    async def close(self) -> None:
        """Close the browser."""
        if self._beating is not None:
            self._beating.cancel()
        await self._client.aclose()


async def person(
    number: int,
    address: str,
    headers: dict[str, str],
    questions: Sequence[str],
    until: float,
    pause: float,
    tally: Tally,
) -> None:
    """Ask again and again until the time is over."""
    chance = random.Random(number)  # noqa: S311 - a reproducible order of questions
    await asyncio.sleep(chance.uniform(0, pause))
    visitor = Visitor(address, headers)
    try:
        await visitor.open()
        while time.monotonic() < until:
            try:
                first, whole = await visitor.ask(chance.choice(questions))
                tally.first.append(first)
                tally.whole.append(whole)
            except (httpx.HTTPError, RuntimeError) as error:
                tally.errors[f"{type(error).__name__}: {error}"[:120]] += 1
            await asyncio.sleep(chance.expovariate(1 / pause))
    except (httpx.HTTPError, StopIteration, ValueError, KeyError) as error:
        tally.errors[f"the page: {type(error).__name__}: {error}"[:120]] += 1
    finally:
        await visitor.close()


async def librarian(
    address: str, headers: dict[str, str], files: Sequence[Path], minutes: float, tally: Tally
) -> None:
    """Upload the files one after another, spread over the first half of the time."""
    visitor = Visitor(address, headers)
    for path in files:
        await asyncio.sleep(30 * minutes / (len(files) + 1))
        try:
            tally.uploads[await visitor.upload(f"load-{path.name}", path.read_bytes() + b"\n")] += 1
        except (httpx.HTTPError, KeyError) as error:
            tally.uploads[f"{type(error).__name__}: {error}"[:120]] += 1
    await visitor.close()


async def watch(process: int, until: float, tally: Tally) -> None:
    """Look at the server's resident memory again and again."""
    begun = time.monotonic()
    while time.monotonic() < until:
        fields = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        )
        tally.memory.append((time.monotonic() - begun, int(fields["VmRSS"].split()[0]) / 1024))
        await asyncio.sleep(SAMPLE)


def told(tally: Tally) -> str:
    """The figures, a line each."""
    lines = [f"answers {len(tally.first)}  errors {sum(tally.errors.values())}"]
    lines += [f"  {count} x {error}" for error, count in tally.errors.most_common(10)]
    for name, seconds in (("first words", tally.first), ("whole answer", tally.whole)):
        if seconds:
            median, high, most = np.percentile(seconds, [50, 95, 100])
            lines.append(f"{name}: median {median:.2f} s  p95 {high:.2f} s  most {most:.2f} s")
    if tally.uploads:
        lines.append(
            "uploads: " + ", ".join(f"{count} {outcome}" for outcome, count in tally.uploads.items())
        )
    if tally.memory:
        means = [
            np.mean([mb for _, mb in part])
            for part in np.array_split(np.array(tally.memory), 10)
            if len(part)
        ]
        lines.append("memory by tenths of the time, MB: " + " ".join(f"{mean:.0f}" for mean in means))
    return "\n".join(lines)


@click.command()
@click.argument("address")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", default=50, show_default=True)
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--pause", default=15.0, show_default=True, help="Seconds that a person reads, on average.")
@click.option(
    "--upload",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="A file to take in meanwhile.",
)
@click.option("--process", type=int, help="The server's process number, to watch its memory.")
@click.option("--token", default="", help="Of an account, where log-in is on.")
def main(
    address: str,
    questions: Path,
    people: int,
    minutes: float,
    pause: float,
    upload: Sequence[Path],
    process: int | None,
    token: str,
) -> None:
    """Let PEOPLE ask the QUESTIONS of a set at ADDRESS for some MINUTES."""
    if urlsplit(address).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise click.UsageError("only a server on this machine is put under load")
    asked = [
        json.loads(line)["question"]
        for line in questions.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    tally = Tally()

    async def all_of_it() -> None:
        until = time.monotonic() + 60 * minutes
        acts = [person(number, address, headers, asked, until, pause, tally) for number in range(people)]
        acts.append(librarian(address, headers, upload, minutes, tally))
        if process:
            acts.append(watch(process, until, tally))
        await asyncio.gather(*acts)

    asyncio.run(all_of_it())
    click.echo(told(tally))


if __name__ == "__main__":
    main()
