"""Members of a number-and-word term: where a text lists them, spells them out, numbers them, or tells each part of the term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.abbreviations import Abbreviation, spelled_out
from assistant.names import words_of
from corpus.document import Span

AHEAD = 8  # sentences after the term in which its members may follow
_PIECES = re.compile(r"[、，,；;。：:\n]+")
_LEADS_IN = re.compile(r"[”’]?[一-鿿]{0,8}[：:。，,]\s*")
_ITEM = re.compile(
    r"(?:^|[：:。；;，,\s])第?(?P<number>[一二三四五六七八九])(?:是|要|怕|[一-鿿]{0,3}[，：:、])"
)
_JOINS = re.compile(r"(?:的|等|这|一起列为|统称为?|归纳为|概括为|构成|形成)?[“‘]$")
_PART = re.compile(r"[一二三四五六七八九十两双][一-鿿]{1,3}?(?=[一二三四五六七八九十两双、]|$)")
_IS = r"[”’](?:就?是指?|即|指|[，,]就是)(?!否)"


def members(
    parts: tuple[Abbreviation, ...], text: str, spans: Sequence[Span], here: int, at: int, end: int
) -> Iterator[tuple[Span, Span]]:
    """The ways of a number-and-word term: its members listed right before it, spelled out beside it, or numbered after it."""
    first, count = spans[here], sum(part.count for part in parts)
    clause = max([text.rfind(mark, first.start, at) + 1 for mark in "，,。；;：:"] + [first.start])
    before = _JOINS.sub("", text[clause:at])
    if count > 2 and _listed(before) == count and before != text[clause:at] and _alike(parts, before):
        yield first, Span(clause, clause + len(before))
    if spelled_out(parts, before):
        yield first, Span(clause, clause + len(before))
    lead = _LEADS_IN.match(text, end)
    if lead is None:
        return
    begin, mark = lead.end(), lead.group().rstrip()[-1]
    for last in range(here, min(len(spans), here + AHEAD)):
        after = text[begin : spans[last].end]
        if begin < spans[last].end and _spells(parts, after, sure=mark in "：:"):
            yield Span(first.start, spans[last].end), Span(begin, spans[last].end)
            break
    if mark in "：:。":
        items = _numbered(text, begin, spans, count)
        if items:
            yield Span(first.start, items.end), items


def _spells(parts: tuple[Abbreviation, ...], text: str, *, sure: bool) -> bool:
    """Whether the text spells the parts out from its first phrase on.

    sure: it follows a colon. Else phrases that hold a word by chance must not do: each has it near its beginning or at its end.
    """
    if sure and _each_has_its_end(parts, text):
        return True
    wanted = sum(part.count for part in parts)
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()][:wanted]
    if not pieces or not spelled_out(parts, "，".join(pieces)):
        return False
    cores = [part.core for part in parts if part.count >= 2]
    near = [any(core in piece[: len(core) + 2] or piece.endswith(core) for core in cores) for piece in pieces]
    return sure or (len(pieces) >= 3 and all(near))


def _listed(text: str) -> int:
    """How many things stand side by side in a clause, all of it a list of names: 0 where it quotes others or ends with a verb."""
    bare = text.strip()
    if "、" not in bare or "“" in bare or bare[-1] in "、和与及" or words_of(bare)[-1][1] == "v":
        return 0
    members = bare.split("、")
    joined = sum(1 for member in {members[0], members[-1]} if re.search(r"[一-鿿][与和及][一-鿿]", member))
    return len(members) + joined


def _alike(parts: tuple[Abbreviation, ...], members: str) -> bool:
    """Whether a list of members goes with the term: a word of one character (三量) has to be in each of them."""
    cores = [part.core for part in parts if len(part.core) == 1]
    return all(any(core in member for core in cores) for member in members.split("、")) if cores else True


def _each_has_its_end(parts: tuple[Abbreviation, ...], text: str) -> bool:
    """Whether there are as many clauses as one part counts, and each ends with the part's last character (四色灯: 亮绿灯，…，亮红灯)."""
    clauses = [clause for clause in re.split(r"[，,；;。]", text) if clause.strip()]
    part = parts[0]
    return (
        len(parts) == 1
        and len(clauses) == part.count >= 3
        and all(each.endswith(part.core[-1]) for each in clauses)
    )


def holds_all(parts: tuple[Abbreviation, ...], text: str) -> bool:
    """Whether a text that is known to explain holds all members."""
    return bool(parts) and (
        spelled_out(parts, text)
        or all(text.count(part.core) >= part.count for part in parts)
        or _listed(text.rstrip("。；; ")) >= max(part.count for part in parts)
    )


def _numbered(text: str, begin: int, spans: Sequence[Span], count: int) -> Span | None:
    """The numbered items (一是…二是…) from `begin` on, when there are just as many as the term counts."""
    end = spans[-1].end
    numbers = list(_ITEM.finditer(text, max(0, begin - 1), end))
    wanted = "一二三四五六七八九"[:count]
    if not 2 <= count <= len(numbers) or "".join(match["number"] for match in numbers)[:count] != wanted:
        return None
    if numbers[0].start() > begin + 2:
        return None
    stop = next((span.end for span in spans if span.start <= numbers[count - 1].end() < span.end), None)
    return Span(begin, stop) if stop and begin < stop else None


def part_by_part(term: str, text: str, spans: Sequence[Span], here: int) -> tuple[Span, Span] | None:
    """The stretch that says of each part of the term what it is (“一图”是…，“一码”是…，“一档”是…)."""
    pieces = [piece.strip("、") for piece in _PART.findall(term)]
    if len(pieces) < 2 or "".join(pieces) != term.replace("、", ""):
        return None
    begin, end = spans[here].start, spans[min(len(spans), here + AHEAD) - 1].end
    starts = []
    for piece in pieces:
        match = re.compile(rf"“{re.escape(piece)}(?:{_IS})").search(text, begin, end)
        if match is None:
            return None
        starts.append(match.start())
    last = next(span.end for span in spans if span.start <= max(starts) < span.end)
    return Span(begin, last), Span(min(starts), last)
