"""Where in a document a follow-up looks: the item of the list just shown, the part that it names, or the section just quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import shapes
from assistant.answer import Citation
from assistant.conversation import FollowUp
from assistant.evidence import Evidence
from assistant.foremost import with_first
from assistant.groups import groups
from assistant.listing import section_headed
from assistant.question import Question
from corpus.document import Document, Span
from corpus.text import fold

LEAST_PIECES = 2  # items that one sentence lists
NEAR = 600  # characters between a sentence that tells and the one just quoted
_A_BODY_ACTS = re.compile(
    r"(?:局|委员会|办公室|办|科|处|部门|单位|小组|专班|中心|局长|主任)[^，。；]{0,4}(?:要(?!求)|负责|牵头|主抓|综合|承担)|由[^，。；]{2,20}?(?:负责|牵头|承担|组织|主抓)|"
    r"(?:责任|牵头|主办|承办)(?:单位|部门|科室)[：:]|发挥[^，。；]{2,16}?(?:局|委员会|办公室|办|部门|小组|专班|中心)[^，。；]{0,8}作用"
)
LONGEST_PART = 1500  # characters of a section that a follow-up is held to; a larger one says too little


def place_meant(
    follow_up: FollowUp, document_of: Callable[[Citation], Document]
) -> tuple[Document, Span] | None:
    """The document and stretch that `follow_up` asks about; None where nothing before it tells.

    document_of gives the document that a citation quotes, in its revision; it may raise what the library raises.
    """
    if follow_up.ordinal:
        if follow_up.listed:
            document = document_of(follow_up.listed[0])
            span = _of_the_list(document, [citation.span for citation in follow_up.listed], follow_up.ordinal)
            if span is not None:
                return document, span
        for anchor in follow_up.anchors[:1]:
            document = document_of(anchor)
            span = _piece_of(document, anchor.span, follow_up.ordinal) or numbered_near(
                document, anchor.span, follow_up.ordinal, follow_up.text
            )
            if span is not None:
                return document, span
        return None
    if not follow_up.anchors:
        return None
    document = document_of(follow_up.anchors[0])
    if follow_up.member:
        span = _named_near(document, [*follow_up.listed, *follow_up.anchors[:1]], follow_up.member)
        return None if span is None else (document, span)
    if follow_up.deeper and len(follow_up.anchors) == 1:
        span = _part_of(document, follow_up.anchors[0].span)
        return (document, span) if len(span) <= LONGEST_PART else None
    return None


def beside(question: Question, evidence: Evidence, anchors: Sequence[Citation]) -> Evidence | None:
    """The evidence with a sentence first that stands beside the one just quoted and names the day, or the body, that is asked; None without.

    For follow-ups that name nothing of their own (什么时候完成？那责任单位呢？).
    """
    if question.kind not in ("deadline", "responsibility") or not question.context or not anchors:
        return None
    anchor = anchors[0]
    near = [
        unit
        for unit in evidence.units
        if anchor.document == unit.document
        and anchor.revision == unit.passage.revision
        and unit.passage.path == anchor.path
        and abs(unit.span.start - anchor.span.start) <= NEAR
        and _tells(question, fold(unit.text))
    ]
    if not near:
        return None
    first = min(
        near, key=lambda unit: (not unit.span.overlap(anchor.span), abs(unit.span.start - anchor.span.start))
    )
    return replace(with_first(evidence, first), alone=True)


def _tells(question: Question, folded: str) -> bool:
    if question.kind == "responsibility":
        return _A_BODY_ACTS.search(folded) is not None
    return bool(shapes.TIME.search(folded)) and not shapes.VAGUE_TIME.search(folded)


def beyond_the_list(follow_up: FollowUp) -> str:
    """What to say where an item is asked for that the list just shown does not have; "" where it is not so."""
    if follow_up.ordinal <= len(follow_up.listed) or not follow_up.listed:
        return ""
    return f"上面只列出{len(follow_up.listed)}条，没有第{follow_up.ordinal}条"


def _of_the_list(document: Document, shown: Sequence[Span], ordinal: int) -> Span | None:
    """The item of that number among those shown (-1 the last), from its first word to where the next begins."""
    ordered = sorted(shown)
    at = len(ordered) - 1 if ordinal < 0 else ordinal - 1
    if not 0 <= at < len(ordered):
        return None
    index = section_headed(document, ordered[at])
    if index is not None:
        return document.sections[index].span
    stop = ordered[at + 1].start if at + 1 < len(ordered) else _end_of_line(document.text, ordered[at].end)
    return Span(ordered[at].start, max(stop, ordered[at].end))


def _piece_of(document: Document, quoted: Span, ordinal: int) -> Span | None:
    """The item of that number where one quoted sentence lists them (即…；…；…。); its first is what follows 即 or a colon."""
    pieces = [piece for piece in _pieces(document.text, quoted) if len(piece) > 1]
    at = len(pieces) - 1 if ordinal < 0 else ordinal - 1
    return pieces[at] if len(pieces) >= LEAST_PIECES and 0 <= at < len(pieces) else None


def _pieces(text: str, span: Span) -> list[Span]:
    """The stretches of a quote between semicolons, after what leads them in."""
    quote = text[span.start : span.end]
    lead = re.search(r"(?:即|包括|就是)[：:，,]?|[：:]", quote)
    at = lead.end() if lead else 0
    ends = [*(mark.start() for mark in re.finditer("[；;]", quote) if mark.start() > at), len(quote)]
    starts = [at, *(end + 1 for end in ends[:-1])]
    return [
        Span(span.start + start, span.start + end)
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def numbered_near(document: Document, anchor: Span, ordinal: int, text: str) -> Span | None:
    """The item of that number in the list nearest over or under `anchor`; one led in by a word of the question first."""
    index = document.section_at(anchor.start)
    while index is not None:
        around = document.sections[index].span
        near = [
            group
            for group in groups(document)
            if around.covers(group.items[0]) and len(group.items) >= abs(ordinal)
        ]
        near.sort(key=lambda group: -max((len(w) for w in _words(text) if w in group.about), default=0))
        for group in near:
            heading = group.items[-1 if ordinal < 0 else ordinal - 1]
            found = section_headed(document, heading)
            if found is not None:
                return document.sections[found].span
        index = document.sections[index].parent
    return None


def _words(text: str) -> list[str]:
    return [
        word
        for word in ("措施", "问题", "目标", "任务", "要求", "领域", "方面", "成绩", "做法")
        if word in text
    ]


def _named_near(document: Document, anchors: Sequence[Citation], name: str) -> Span | None:
    """The section beside or under the anchors whose heading, or whose first words, hold `name`."""
    for anchor in anchors:
        if fold(name) in fold(anchor.quote) and len(anchor.quote) <= LONGEST_PART:
            index = section_headed(document, anchor.span)
            return (
                document.sections[index].span
                if index is not None
                else Span(
                    anchor.span.start, max(_end_of_line(document.text, anchor.span.end), anchor.span.end)
                )
            )
    for anchor in anchors[:1]:
        index = document.section_at(anchor.span.start)
        parent = document.sections[index].parent if index is not None else None
        for section in document.sections:
            if section.parent == parent and fold(name) in fold(document.quote(section.heading)):
                return section.span
    return None


def _part_of(document: Document, anchor: Span) -> Span:
    """The innermost section that holds `anchor`; its paragraph where there is none."""
    index = document.section_at(anchor.start)
    if index is not None:
        return document.sections[index].span
    return Span(anchor.start, _end_of_line(document.text, anchor.end))


def _end_of_line(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return len(text) if stop < 0 else stop
