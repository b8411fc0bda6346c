"""What may be shown of a text that was written from citations: the claims that agree with what they cite, and no other.

A claim is what stands before a marker; words after the last marker of a sentence lean on that marker. Within a sentence
everything up to the first claim that fails is kept: what follows a failed claim may take its subject from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.agreement import Source, disagreement, shared, source
from assistant.answer import Answer, Citation
from assistant.prompt import NOTHING_SAID
from corpus.document import Document
from corpus.errors import StaleCitationError
from corpus.text import sentences

LEANING = 0.25  # share of a claim's bigrams below which a citation that the claim can do without is dropped
_NUMBERS = r"\d{1,3}(?:\s*[,，、;；\-–—~]\s*\d{1,3})*"
_BRACKETED = rf"[\[［【]\s*\^?(?:资料)?\s*{_NUMBERS}\s*[\]］】]"
_MARKER = re.compile(_BRACKETED)
_MARKERS = re.compile(rf"{_BRACKETED}(?:[ \t、,，]*{_BRACKETED})*")
_STOPPED = re.compile(rf"([。！？；!?;]+[”’」』）)》]*)[ \t]*({_MARKERS.pattern})")
_END = re.compile(r"[。！？；!?;]+[”’」』）)》]*$")
_BULLET = re.compile(r"^\s*(?:[-•·]\s+|\*\s+|#+\s+|>\s+|\d{1,2}[.、)）]\s*(?!\d))")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_NUMBERED_YEAR = re.compile(r"[\[［【](\d{4,})[\]］】]")
_ATTRIBUTION = re.compile(
    r"^[（(]?(?:根据|按照|依据|参见|见|如|据|由)?(?:上述|以上)?(?:资料|材料|文献|原文)?(?:显示|指出|所述|可知)?[:：,，]?$"
)
_LEADING = re.compile(r"^[,，、:：;；)）\s]+|^(?:显示|指出|所述|可知)[,，:：]")
_TRAILING = re.compile(r"[,，、:：\s（(]+$")
_REFUSES = re.compile(
    r"(?:资料|材料|文中|原文|上述内容|文档)[^,，。]{0,10}(?:没有|未|并未|没)(?:提到|提及|涉及|说明|明确|找到|包含|给出|写明|提供)|"
    r"(?:无法|不能)(?:从|根据)?(?:上述|所给|提供的)?(?:资料|材料)?(?:中)?(?:回答|确定|得知|判断)|没有(?:找到)?相关(?:信息|内容|资料)"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a text. Its markers name `citations`, which are numbered 1..n in the order of their first marker.

    refused: nothing is left, or the text says first that 资料中没有提到; text is then "" or that sentence, with what is left
    after it. warnings are Chinese sentences on what was left out.
    """

    text: str
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    """A stretch of a sentence with the numbers that stand after it."""

    text: str
    numbers: tuple[int, ...]


@dataclass(slots=True)
class _Tally:
    """How much was left out, by reason."""

    differing: int = 0
    uncited: int = 0
    invented: int = 0
    unanswered: bool = False

    def sentences(self) -> Iterator[str]:
        if self.differing:
            yield f"有{self.differing}句与引文不符，已略去"
        if self.uncited:
            yield f"有{self.uncited}句没有标明出处，已略去"
        if self.invented:
            yield f"有{self.invented}处引用编号不存在，已去掉"
        if self.unanswered:
            yield "资料中没有提到所问的其余内容"


def check(text: str, citations: Sequence[Citation]) -> Checked:
    """What of `text` its citations bear out, with the citations that are used, renumbered. Never raises, never adds a fact.

    Left out are markers that name no citation, sentences without a valid marker, and claims whose figures, dates, units,
    comparators, negations or names are not in what they cite, or stand there with something else.
    """
    known: dict[int, tuple[Citation, Source]] = {}
    for citation in citations:
        known.setdefault(
            citation.number,
            (citation, source(citation.quote, f"{citation.title}\n{citation.document}", citation.path)),
        )
    tally, refuses = _Tally(), False
    lines: list[str] = []
    for line in _lines(text, citations):
        kept: list[str] = []
        for sentence in _sentences(line):
            if _REFUSES.search(sentence):
                refuses = refuses or not (kept or lines)
                tally.unanswered = True
                continue
            kept.extend(_kept(sentence, known, tally))
        if kept:
            lines.append("".join(kept))
    body, used = _renumbered("\n".join(lines), known)
    if refuses:
        body = f"{NOTHING_SAID}。{body}" if body else NOTHING_SAID
    elif not body and tally.unanswered:
        refuses, body = True, NOTHING_SAID
    tally.unanswered = tally.unanswered and not refuses
    return Checked(body, used, tuple(tally.sentences()), refuses or not body)


def verify(answer: Answer, document_of: Callable[[str], Document]) -> None:
    """Raise StaleCitationError unless each citation of `answer` is verbatim: its document's words at its span, of its revision.

    document_of gives the document of a name; what it raises for a name that is gone goes through.
    """
    for citation in answer.citations:
        document = document_of(citation.document)
        if document.revision != citation.revision:
            raise StaleCitationError(
                f"citation {citation.number} is of revision {citation.revision[:12]} of {citation.document}, "
                f"which is now {document.revision[:12]}"
            )
        inside = citation.span.end <= len(document.text)
        if not inside or document.quote(citation.span) != citation.quote:
            raise StaleCitationError(
                f"citation {citation.number} is not what {citation.document} says at "
                f"{citation.span.start}–{citation.span.end}"
            )


def _lines(text: str, citations: Sequence[Citation]) -> Iterator[str]:
    """The lines without the marks of lists and of bold type; * stays where a source masks with it."""
    starred = any("*" in citation.quote for citation in citations)
    for line in text.splitlines():
        bare = line if starred else _BOLD.sub(r"\1", line)
        bare = _NUMBERED_YEAR.sub(r"〔\1〕", _BULLET.sub("", bare)).strip()
        if bare:
            yield bare


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a line, each with its markers before its closing mark (98%。[1] becomes 98%[1]。)."""
    first = _MARKERS.match(line)
    if first and not _MARKERS.search(_END.sub("", line)[-8:]):
        line = _turned(line)
    else:
        line = _STOPPED.sub(lambda stop: stop.group(2) + stop.group(1), line)
    for span in sentences(line):
        yield line[span.start : span.end]


def _turned(line: str) -> str:
    """A line whose markers stand before what they mark, with each moved behind it."""
    turned, at = [], 0
    marks = list(_MARKERS.finditer(line))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        turned.append(line[at : mark.start()])
        body = line[mark.end() : following.start() if following else len(line)].rstrip()
        end = _END.search(body)
        cut = end.start() if end else len(body)
        turned.append(body[:cut] + mark.group() + body[cut:])
        at = following.start() if following else len(line)
    return "".join(turned)


def _kept(sentence: str, known: dict[int, tuple[Citation, Source]], tally: _Tally) -> list[str]:
    """What of one sentence may be shown, with its markers in canonical form under the old numbers."""
    end = _END.search(sentence)
    claims = list(_claims(sentence[: end.start()] if end else sentence))
    numbers: tuple[int, ...] = ()
    kept: list[str] = []
    for claim in claims:
        valid = tuple(dict.fromkeys(number for number in claim.numbers if number in known))
        tally.invented += len({number for number in claim.numbers if number not in known})
        numbers = valid if claim.numbers else numbers
        if not numbers:
            tally.uncited += 1
            return _closed(kept, end)
        if _odd(claim.text) or disagreement(claim.text, [known[number][1] for number in numbers]):
            tally.differing += 1
            return _closed(kept, end)
        kept.append(claim.text + "".join(f"[{number}]" for number in _needed(claim.text, numbers, known)))
    return _closed(kept, end)


def _claims(body: str) -> Iterator[_Claim]:
    at = 0
    waiting: tuple[int, ...] = ()
    for mark in _MARKERS.finditer(body):
        words = body[at : mark.start()]
        at = mark.end()
        numbers = (*waiting, *_numbers(mark.group()))
        if _ATTRIBUTION.match(words.strip()):
            waiting = numbers
            continue
        waiting = ()
        yield _Claim(_trimmed(words), numbers)
    rest = _trimmed(body[at:])
    if rest or waiting:
        yield _Claim(rest, waiting)


def _trimmed(words: str) -> str:
    return _TRAILING.sub("", _LEADING.sub("", words.strip())).strip()


def _numbers(markers: str) -> tuple[int, ...]:
    """The numbers of a run of markers: [1][2], [1，2] and [1-3] (a range of at most ten)."""
    found: list[int] = []
    for group in _MARKER.findall(markers):
        for part in re.split(r"[,，、;；]", group):
            ends = [int(number) for number in re.findall(r"\d+", part)]
            if len(ends) == 2 and 0 < ends[1] - ends[0] <= 10:
                found.extend(range(ends[0], ends[1] + 1))
            else:
                found.extend(ends)
    return tuple(found)


def _odd(words: str) -> bool:
    """Whether a claim still holds what a reader, or a page, would take for a marker."""
    return bool(re.search(r"[\[［【]\s*\d", words)) or not words


def _needed(
    words: str, numbers: tuple[int, ...], known: dict[int, tuple[Citation, Source]]
) -> tuple[int, ...]:
    """The numbers without those of citations that hardly touch the claim and that it can do without."""
    kept = list(numbers)
    for number in numbers:
        others = [known[other][1] for other in kept if other != number]
        if others and shared(words, known[number][1]) < LEANING and not disagreement(words, others):
            kept.remove(number)
    return tuple(kept)


def _closed(kept: list[str], end: re.Match[str] | None) -> list[str]:
    if not kept:
        return []
    return ["，".join(kept) + (end.group() if end else "。")]


def _renumbered(body: str, known: dict[int, tuple[Citation, Source]]) -> tuple[str, tuple[Citation, ...]]:
    numbers: dict[int, int] = {}

    def renumber(marker: re.Match[str]) -> str:
        number = numbers.setdefault(int(marker.group(1)), len(numbers) + 1)
        return f"[{number}]"

    text = re.sub(r"\[(\d+)\]", renumber, body)
    return text, tuple(replace(known[old][0], number=new) for old, new in numbers.items())
