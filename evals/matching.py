"""Which found commitment is which wanted one: by their spans, one to one, the best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.ledger import LedgerRow, LedgerSet
from evals.sources import Place, Sources

ENOUGH = 0.6  # of the shorter span: what both must share


@dataclass(frozen=True, slots=True)
class Outcome:
    """A wanted row with the one found for it, a missed one (found is None), or one too many (wanted is None).

    id: the wanted row's; else where the found one stands. verbatim: the found row's quote stands where it says.
    """

    id: str
    wanted: LedgerRow | None
    found: LedgerRow | None
    verbatim: bool = False

    @property
    def matched(self) -> bool:
        """Whether what was wanted was found."""
        return self.wanted is not None and self.found is not None

    @property
    def document(self) -> str:
        """The name of the document that it stands in."""
        return self._row.document

    @property
    def kind(self) -> str:
        """The kind as wanted; of one too many, as found."""
        return self._row.kind

    @property
    def quote(self) -> str:
        """The words as wanted; of one too many, as found."""
        return self._row.quote

    @property
    def _row(self) -> LedgerRow:
        row = self.wanted or self.found
        assert row is not None
        return row


def match(wanted: Sequence[Place], found: Sequence[Place]) -> dict[int, int]:
    """Indices of found places by those of wanted ones: the greatest shares of the shorter first, then the longest overlap.

    What is equal in both goes by the order of the places, which should be that of the text: of two rows on one span the
    first is the first.
    """
    candidates = []
    for first, one in enumerate(wanted):
        for second, other in enumerate(found):
            if overlap := one.overlap(other):
                share = overlap / min(one.end - one.start, other.end - other.start)
                if share >= ENOUGH:
                    candidates.append((-share, -overlap, first, second))
    matched: dict[int, int] = {}
    taken = set()
    for _, _, first, second in sorted(candidates):
        if first not in matched and second not in taken:
            matched[first] = second
            taken.add(second)
    return matched


def judge_ledger(wanted: LedgerSet, found: Iterable[LedgerRow], sources: Sources) -> tuple[Outcome, ...]:
    """What became of each wanted row that stands in the sources, and what is too many; in text order, document by document.

    Found rows count where they reach into the stretch of a document from its first wanted row to its last. One whose words
    stand nowhere in a document of the set counts as too many.
    """
    outcomes: list[Outcome] = []
    rows = [row for row in found if row.kind != "report"]
    for document in wanted.documents:
        here = _placed((row for row in wanted.rows if row.document == document), sources)
        there = _placed((row for row in rows if row.document == document), sources)
        outcomes += _judge_document(here, there, sources)
        outcomes += [
            Outcome(f"{document} {row.quote}", None, row)
            for row in rows
            if row.document == document and place_of(row, sources) is None
        ]
    return tuple(outcomes)


def unplaced_rows(wanted: LedgerSet, sources: Sources) -> tuple[str, ...]:
    """Ids of wanted rows whose quote does not stand in the library: the set or the library is wrong there."""
    return tuple(row.id for row in wanted.rows if place_of(row, sources) is None)


def place_of(row: LedgerRow, sources: Sources) -> Place | None:
    """Where a row stands: where it says, else where its quote first stands."""
    if row.start is not None and row.end is not None and row.start < row.end:
        return Place(row.document, row.start, row.end)
    return sources.find(row.document, row.quote)


def _placed(rows: Iterable[LedgerRow], sources: Sources) -> list[tuple[Place, LedgerRow]]:
    """The rows that stand somewhere, in text order; those of one span as they came."""
    placed = [(place, row) for row in rows if (place := place_of(row, sources))]
    return sorted(placed, key=lambda one: (one[0].start, one[0].end))


def _judge_document(
    wanted: Sequence[tuple[Place, LedgerRow]], found: Sequence[tuple[Place, LedgerRow]], sources: Sources
) -> list[Outcome]:
    if not wanted:
        return []
    start, end = wanted[0][0].start, max(place.end for place, _ in wanted)
    found = [(place, row) for place, row in found if place.end > start and place.start < end]
    matched = match([place for place, _ in wanted], [place for place, _ in found])
    outcomes = []
    for index, (place, row) in enumerate(wanted):
        other = found[matched[index]][1] if index in matched else None
        verbatim = other is not None and _verbatim(other, sources)
        outcomes.append((place.start, Outcome(row.id, row, other, verbatim)))
    seen: Counter[str] = Counter()
    for index in sorted(set(range(len(found))) - set(matched.values())):
        place, row = found[index]
        identity = f"{row.document}:{place.start}-{place.end}"
        seen[identity] += 1
        identity += f"#{seen[identity]}" if seen[identity] > 1 else ""
        outcomes.append((place.start, Outcome(identity, None, row, _verbatim(row, sources))))
    return [outcome for _, outcome in sorted(outcomes, key=lambda one: one[0])]


def _verbatim(row: LedgerRow, sources: Sources) -> bool:
    if row.start is None or row.end is None:
        return sources.find(row.document, row.quote) is not None
    return sources.holds(row.document, row.start, row.end, row.quote)
