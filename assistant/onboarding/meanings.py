"""Where a text tells what a term means, and with which words.

An answer takes a sentence for an explanation by `explaining.explained`. What is shown to a newcomer who did not ask has to meet that and
more: the words that explain must be found, not only the shape in which explanations come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.abbreviations import Abbreviation, parse, spelled_out
from assistant.evidence import Unit
from assistant.explaining import explained
from assistant.names import words_of
from corpus.document import Document, Span
from corpus.passage import Passage
from corpus.text import fold, sentences

LONGEST = 420  # characters of the sentences that tell it
SHORTEST = 5  # characters of the words that do
AHEAD = 8  # sentences after the term in which its members may follow
BEFORE = 220  # characters looked at before a term
_SAYS = re.compile(
    r"[”’]?(?:和“[^”]{2,8}”)?(?:[一-鿿]{0,6}[，,]?(?:[一-鿿]{0,8}[，,])?(?:(?<![立随当])即|就是|是指|指的是|也就是|意思是)(?![将使可便刻日席时])[，,：:]?|"
    r"[^，。；]{0,4}[。，](?:简单|具体)[讲说来]+[，,]?(?:就是|是|即)?[，,：:]?)"
)
_ENTRY = re.compile(  # of a glossary: 10.海洋生态保护修复“五大工程”：…
    r"[ \u3000]*(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|\[\d{1,3}\])[ \u3000]*[^“”：:。，；\n]{0,16}“(?P<term>[^”\n]+)”[^：:。，；\n“]{0,12}[：:]"
)
_BRACKET = re.compile(r"[”’][一-鿿]{0,4}[（(](?P<inside>[^（）()]{6,})[）)]")
_NO_MEANING = re.compile(r"简称|详见|附件|见附|以下|参见|\d{4}年|^\d|[x*×]{2,}")
_PIECES = re.compile(r"[、，,；;。：:\n]+")
_LEADS_IN = re.compile(r"[”’]?[一-鿿]{0,8}[：:。，,]\s*")
_ITEM = re.compile(
    r"(?:^|[：:。；;，,\s])第?(?P<number>[一二三四五六七八九])(?:是|要|怕|[一-鿿]{0,3}[，：:、])"
)
_IN_A_LIST = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十]|[（(][一二三四五六七八九十][）)]|\d+[.．、]"
)
_JOINS = re.compile(r"(?:的|等|这|一起列为|统称为?|归纳为|概括为|构成|形成)?[“‘]$")
_PART = re.compile(r"[一二三四五六七八九十两双][一-鿿]{1,3}?(?=[一二三四五六七八九十两双、]|$)")
_IS = r"[”’](?:就?是指?|即|指|[，,]就是)(?!否)"


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation: the sentences that hold it and, in them, the words that explain; spans into the document's text."""

    span: Span
    meaning: Span


def told(term: str, document: Document, folded: str, at: int) -> Told | None:
    """What the document tells of `term` where it stands at character `at`; None where it only names it there.

    Both the term and `folded`, the document's text, are folded.
    """
    if not _may_tell(term, folded, at):
        return None
    around = _around(document, at)
    text = fold(around.text)
    begin = around.span.start
    spans = list(sentences(text))
    here = next((n for n, span in enumerate(spans) if span.start <= at - begin < span.end), None)
    if here is None:
        return None
    said = text[spans[here].start : spans[here].end]
    for shown, meaning in _ways(term, text, spans, here, at - begin):
        meaning = _trimmed(text, meaning)
        if len(shown) > LONGEST or len(meaning) < SHORTEST:
            continue
        if explained(term, Unit(around, shown, said, 0, 0, False, 0, True, 0)):
            return Told(_moved(shown, begin), _moved(meaning, begin))
    return None


def _may_tell(term: str, folded: str, at: int) -> bool:
    """A quick look: whether any of the ways could lead anywhere."""
    end = at + len(term)
    return bool(
        parse(term)
        or _SAYS.match(folded, end)
        or _BRACKET.match(folded, end)
        or _ENTRY.match(folded, folded.rfind("\n", 0, at) + 1)
        or f"“{term[:2]}" in folded[end : end + LONGEST]
    )


def _around(document: Document, at: int) -> Passage:
    """The text from the beginning of the term's line, or a little before the term, on, as far as an explanation may reach."""
    text = document.text
    start = text.rfind("\n", 0, at) + 1
    if at - start > BEFORE:
        start = next(
            (span.start for span in sentences(text, Span(start, at + 1)) if span.end > at - BEFORE), start
        )
    end = min(len(text), at + LONGEST)
    return Passage(document.name, document.revision, Span(start, end), text[start:end])


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _trimmed(text: str, span: Span) -> Span:
    """Without marks and white space around it; a quotation mark that something in it closes stays."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "，,：:。；“”"):
        start += 1
    if start > span.start and text[start - 1] == "“":
        start -= 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,；;。"):
        end -= 1
    return Span(start, end) if start < end else span


def _ways(term: str, text: str, spans: Sequence[Span], here: int, at: int) -> Iterator[tuple[Span, Span]]:
    """What may be shown, and what in it explains, surest first."""
    end, first = at + len(term), spans[here]
    parts = parse(term)
    line = _ENTRY.match(text, text.rfind("\n", 0, at) + 1)
    if line and line.start("term") == at and line["term"].startswith(term):
        stop = text.find("\n", at)
        stop = stop if stop >= 0 else len(text)
        if line.end() < stop:
            yield Span(line.start(), stop), Span(line.end(), stop)
    says = _SAYS.match(text, end)
    several = (
        "”和“" in says.group() or text[max(0, at - 3) : at] in ("”和“", "”、“", "、“") if says else False
    )
    if says:
        last = next((n for n, span in enumerate(spans) if span.start < says.end() <= span.end), here)
        if says.end() == spans[last].end:
            last += 1
        stop = _stop(text, spans, here, last, says.end(), parts)
        if stop > says.end() and not (several and not _holds(parts, text[says.end() : stop])):
            yield Span(first.start, stop), Span(says.end(), stop)
    bracket = _BRACKET.match(text, end)
    if (
        bracket
        and not _NO_MEANING.search(bracket["inside"])
        and (not parts or _holds(parts, bracket["inside"]))
    ):
        yield Span(first.start, max(first.end, bracket.end())), Span(*bracket.span("inside"))
    by_parts = _part_by_part(term, text, spans, here)
    if by_parts:
        yield by_parts
    if parts:
        yield from _members(parts, text, spans, here, at, end)


def _members(
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


def _holds(parts: tuple[Abbreviation, ...], text: str) -> bool:
    """Whether a text that is known to explain holds all members."""
    return bool(parts) and (
        spelled_out(parts, text)
        or all(text.count(part.core) >= part.count for part in parts)
        or _listed(text.rstrip("。；; ")) >= max(part.count for part in parts)
    )


def _stop(
    text: str, spans: Sequence[Span], here: int, last: int, begin: int, parts: tuple[Abbreviation, ...]
) -> int:
    """Where an explanation that begins at `begin` ends: with the first sentence that makes its members whole, else with its own."""
    if last >= len(spans):
        return begin
    own = spans[last].end
    if not parts:
        return own
    listed = _IN_A_LIST.match(text, spans[here].start)
    for following in range(last, min(len(spans), last + AHEAD)):
        if following > last and listed and _IN_A_LIST.match(text, spans[following].start):
            break  # the next item of the list that the sentence itself is in
        if spans[following].end - spans[here].start > LONGEST:
            break
        if _holds(parts, text[begin : spans[following].end]):
            return spans[following].end
        if text[spans[following].end - 1] not in "；;":
            break
    return own


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


def _part_by_part(term: str, text: str, spans: Sequence[Span], here: int) -> tuple[Span, Span] | None:
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
