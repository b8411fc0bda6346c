"""How often promised and reported figures of the national reports are paired and judged as annotated.

`python -m evals.reconciliation --corpus DIR [--misses N]`: DIR holds the reports; they are read and searched for commitments
in this process. The annotated pairs are evals/sets/national_reports.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.reconciliation import Reckoning, pair
from corpus.commitment import PROMISES
from corpus.document import Document
from corpus.ledger import Kept
from evals.sources import Place
from ingest.building import build
from ingest.commitments import extract

_AS_ANNOTATED = {"no_figure": "reported_without_figure"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """One pair as a person read it. reported: None where no later document speaks of the promise."""

    id: str
    indicator: str
    year: int
    promised: Place
    revision: str
    value: str | None
    reported: Place | None
    verdict: str

    @classmethod
    def of(cls, entry: dict[str, Any]) -> Annotated:
        """From one line of the set."""
        promised, reported = entry["promised"], entry["reported"]
        return cls(
            entry["id"],
            entry["indicator"],
            entry["year"],
            _place(promised),
            promised["revision"],
            promised["value"],
            _place(reported) if reported else None,
            entry["verdict"],
        )


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair beside what was reckoned; None where the promise is not in the ledger."""

    wanted: Annotated
    made: Reckoning | None

    @property
    def found(self) -> bool:
        """Whether the right later sentence was given, or none where there is none."""
        if self.made is None:
            return False
        if self.made.report is None or self.wanted.reported is None:
            return (self.made.report is None) == (self.wanted.reported is None)
        return _of(self.made.report).supports(self.wanted.reported)

    @property
    def judged(self) -> bool:
        """Whether the verdict is the annotated one."""
        verdict = self.made.verdict if self.made else ""
        return _AS_ANNOTATED.get(verdict, verdict) == self.wanted.verdict

    @property
    def right(self) -> bool:
        """Both."""
        return self.found and self.judged


def annotated() -> tuple[Annotated, ...]:
    """The annotated pairs."""
    lines = (files("evals") / "sets" / "national_reports.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Annotated.of(json.loads(line)) for line in lines if line.strip())


def read(folder: Path, names: Iterable[str]) -> tuple[tuple[Document, ...], tuple[Kept, ...]]:
    """The documents of these names, and the rows of their ledger."""
    documents, rows = [], []
    for name in sorted(names):
        document, _ = build(name, (folder / name).read_bytes())
        said = document.metadata
        documents.append(document)
        rows += [
            Kept(
                row,
                said.issuer.value if said.issuer else None,
                said.title.value,
                None,
                said.kind.value if said.kind else None,
                said.date.value if said.date else None,
            )
            for row in extract(document)
        ]
    return tuple(documents), tuple(rows)


def score(pairs: Sequence[Annotated], rows: Sequence[Kept]) -> tuple[Scored, ...]:
    """Each pair beside the reckoning of the promise that stands at its place."""
    promises = [kept for kept in rows if kept.row.kind in PROMISES]
    wanted = {one.id: _promise(one, promises) for one in pairs}
    asked = {kept.row.identity: kept for kept in wanted.values() if kept}
    made = {one.promise.row.identity: one for one in pair(list(asked.values()), rows)}
    found = {key: made[kept.row.identity] if kept else None for key, kept in wanted.items()}
    return tuple(Scored(one, found[one.id]) for one in pairs)


def report(scored: Sequence[Scored]) -> str:
    """The shares, over all and by annotated verdict."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.wanted.verdict].append(one)
    lines = [f"{'verdict':<26}{'pairs':>6}{'right':>8}{'found':>8}{'judged':>8}"]
    for name, group in [("all", list(scored)), *sorted(groups.items())]:
        shares = [sum(values) / len(group) for values in _outcomes(group)]
        lines.append(f"{name:<26}{len(group):>6}" + "".join(f"{share:>8.3f}" for share in shares))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.reconciliation")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds the national reports")
    parser.add_argument("--misses", type=int, default=0, help="how many misses to show")
    options = parser.parse_args(arguments)
    pairs = annotated()
    names = [path.name for path in options.corpus.glob("*国务院政府工作报告.txt")]
    documents, rows = read(options.corpus, names)
    stale = _stale(pairs, documents)
    if stale:
        print(f"not the annotated files: {', '.join(stale)}", file=sys.stderr)
        return 2
    scored = score(pairs, rows)
    print(report(scored))
    texts = {document.name: document.text for document in documents}
    for one in [one for one in scored if not one.right][: options.misses]:
        print(f"\n{one.wanted.id} {one.wanted.indicator} {one.wanted.year}: {one.wanted.verdict}")
        print(f"  promised  {_words(texts, one.wanted.promised)}")
        print(f"  reported  {_words(texts, one.wanted.reported)}")
        if one.made is None:
            print("  the promise is not in the ledger")
            continue
        print(f"  ledger    {one.made.promise.row.quote!r} {one.made.promise.row.metric}")
        found = one.made.report
        print(f"  reckoned  {one.made.verdict} ({one.made.reason}) {found.row.quote if found else None!r}")
        if found:
            print(f"            {found.row.document} {found.row.period} {found.row.metric}")
    return 0


def _stale(pairs: Sequence[Annotated], documents: Sequence[Document]) -> list[str]:
    revisions = {document.name: document.revision for document in documents}
    wanted = {(one.promised.document, one.revision) for one in pairs}
    return sorted(name for name, revision in wanted if not revisions.get(name, "").startswith(revision))


def _promise(wanted: Annotated, promises: Sequence[Kept]) -> Kept | None:
    """The promise at the place: with the annotated figure, else without one; the shortest."""
    there = [kept for kept in promises if _of(kept).supports(wanted.promised)]
    there.sort(
        key=lambda kept: (
            (kept.row.metric.value if kept.row.metric else None) != wanted.value,
            len(kept.row.span),
        )
    )
    return there[0] if there else None


def _outcomes(group: Sequence[Scored]) -> tuple[list[bool], ...]:
    return [one.right for one in group], [one.found for one in group], [one.judged for one in group]


def _place(entry: dict[str, Any]) -> Place:
    return Place(entry["document"], entry["start"], entry["end"])


def _of(kept: Kept) -> Place:
    return Place(kept.row.document, kept.row.span.start, kept.row.span.end)


def _words(texts: dict[str, str], place: Place | None) -> str:
    return repr(texts[place.document][place.start : place.end]) if place else "-"


if __name__ == "__main__":
    sys.exit(main())
