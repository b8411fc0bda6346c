"""The parts of a question that asks more than once."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.lexicon import simplified
from assistant.question import ASKS, Question, understand
from assistant.timing import span_asked
from corpus.text import fold

MOST_PARTS = 6  # askings of one question that are answered
LEAST_OF_A_PART = 5  # characters
_TARGET_AND_OUTCOME = re.compile(
    r"(?P<target>[^，,。？?和与跟、]{0,8}(?:目标|预期|计划)[^，,。？?和与跟、]{0,4})(?:和|与|跟|、)(?P<outcome>[^，,。？?]{0,3}(?:实际|结果|完成)[^，,。？?各差]{0,4})"
)
_TOGETHER = re.compile(r"分别|各|比|和|与|跟|同一|[两三]年|哪年")
_BETWEEN_PARTS = re.compile(
    r"[?？；;]|(?<=多少)(?=[今去明]年|(?:19|20)\d\d年)|(?<=[少何几谁么吗步])[，,、]|[，,](?=.*(?:多少|几|什么|啥|谁|哪|怎么|咋|如何|何时))"
)
_WHETHER_SAID = re.compile(
    r"^[^，,。？?]{0,12}(?:报告|讲话|材料|文件|资料|文中|里面?|上面)[里中上]?(?:有没有|有[写说提讲][^，,。？?]{0,3}|[写说提讲](?:了|到|过)?)(?:没有?|吗|么)?$"
)
_EACH_OF = re.compile(
    r"(?:^|[，,：:的里中])(?P<items>[^，,。？?：:的里中、和与]{2,12}(?:、[^，,。？?：:的、]{2,12}?)+)(?:[，,]|(?=在)|(?=分别|各是))[^。？?]*?(?:分别|各(?![地市县区级项类科部]))"
)
_BOTH_OF = re.compile(
    r"(?<=[一-鿿]{2})[和与跟](?P<second>[^，,。？?、和与跟]{2,14}?)(?:分别|各)(?![地市县区级项类科部])"
)
_AIM = re.compile(r"(?:预期)?(?:目标|任务|指标)$")
_ELSEWHERE = re.compile(r"后面|后来|接着|随后|往后|下一步|接下来|前后|对应|针对|对策")


def parts_of(question: Question) -> tuple[Question, ...]:
    """The parts of a question that asks more than once, in its order; only the question itself when it asks once.

    "2023、2024两年分别…" asks once a year; "移送多少件？刑拘了多少人？" asks twice; so does a comma between two askings.
    """
    whole = "，".join(filter(None, [question.context, question.text]))
    pieces = [piece for piece in _BETWEEN_PARTS.split(question.text) if piece.strip()]
    asking = [
        piece
        for piece in pieces
        if (ASKS.search(simplified(fold(piece))) or piece.endswith("呢"))
        and len(piece) >= 3
        and not _WHETHER_SAID.search(fold(piece))
    ]
    if len(question.years) >= 2 and not span_asked(question.folded):
        parts = [understand(piece) for piece in asking]
        if len(parts) == len(question.years) and all(len(part.years) == 1 for part in parts):
            return tuple(understand(piece, context=whole) for piece in asking)
        if _TOGETHER.search(question.folded):
            return tuple(_of_year(question, year) for year in sorted(question.years))
    if len(question.named_years) >= 2:
        return tuple(
            replace(question, named_years=frozenset({year})) for year in sorted(question.named_years)
        )
    both = _TARGET_AND_OUTCOME.search(question.folded)
    if both:
        return (
            understand(question.text[: both.end("target")] + "是多少", context=question.context),
            understand(
                question.text[: both.start("target")] + both.group("outcome") + "达到了多少", context=whole
            ),
        )
    alternatives = question.text.split("还是")
    if len(alternatives) == 2 and all(len(each) > LEAST_OF_A_PART for each in alternatives):
        return tuple(understand(each, context=whole) for each in alternatives)
    if len(asking) < 2:
        return (question,)
    return tuple(understand(piece, context=whole) for piece in asking[:MOST_PARTS])


def _of_year(question: Question, year: int) -> Question:
    """The question for one of its years, without the words for the others."""
    others = "|".join(f"(?:{other}|{other % 100:02d}(?=年))" for other in question.years - {year})
    text = re.sub(
        rf"(?:{others})年?[和与跟及、]|[和与跟及、](?:{others})年?(?![年底中末初上下前一二三四])",
        "",
        question.text,
    )
    text = re.sub(rf"(?<!\d){year % 100:02d}(?=年)", str(year), text)
    return replace(understand(text, context=question.context), kind=question.kind, years=frozenset({year}))


def each_of(question: Question) -> tuple[Question, ...]:
    """What is asked of each of several things (食品、药品、特种设备分别对应第几项); () where nothing is asked of each."""
    listed = _EACH_OF.search(question.text)
    rest = question.text[listed.end("items") :] if listed else ""
    return tuple(understand(f"{thing}{rest}", context=question.text) for thing in things_of(question))


def both_of(question: Question) -> tuple[Question, ...]:
    """What is asked of each of two things whose figures are asked at once (甲和乙分别多少); () where it is not so."""
    figures = question.kind in ("target", "figure") or (question.kind == "comparison" and question.numeric)
    found = _BOTH_OF.search(question.text) if figures else None
    if not found:
        return ()
    asked = question.text[found.end() :]
    first = question.text[: found.start("second") - 1]
    aim = _AIM.search(found.group("second"))
    first += aim.group() if aim and not _AIM.search(first) else ""
    texts = (f"{first}{asked}", f"{found.group('second')}{asked}")
    return tuple(
        replace(understand(text, context=question.text), kind=question.kind, years=question.years)
        for text in texts
    )


def things_of(question: Question) -> tuple[str, ...]:
    """The things of each of which something is asked, as the question lists them; () where nothing is asked of each."""
    listed = _EACH_OF.search(question.text)
    things = re.split(r"[、和与及]", listed.group("items")) if listed else []
    return tuple(thing.strip('“”"') for thing in things[:MOST_PARTS])


def asks_elsewhere(before: Question, part: Question) -> bool:
    """Whether a part asks for what stands in another sentence than the answer to the part before: another time, or what follows."""
    times = {before.tense, part.tense} == {"report", "plan"} or (
        before.years and part.years and before.years != part.years
    )
    return bool(times or before.named_years != part.named_years or _ELSEWHERE.search(part.folded))
