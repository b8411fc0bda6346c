"""Question sets: JSONL files of questions and dialogues with what a right answer must hold.

A row is {"id", "question", "kind", "answer", "facts", "forbidden", "quotes"}; a dialogue is {"id", "turns": [such rows
without id]}, and its turns are named ID#1, ID#2, … . Keys that are not listed are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionSetError

SETS = Path(__file__).with_name("sets")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one document (its file name) that are sufficient evidence."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked, without what is expected: one question, or the turns of one dialogue. id is given back as it came."""

    id: str | int
    questions: tuple[str, ...]
    dialogue: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a right answer to it must hold.

    facts: each a set of alternatives, any of which counts; empty where no document answers. forbidden: what shows a
    specific error. turn counts from 1 in a dialogue and is 0 outside of one.
    """

    id: str
    question: str
    kind: str = "?"
    answer: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    turn: int = 0

    @property
    def answerable(self) -> bool:
        """Whether a document answers; where not, a refusal is the right answer."""
        return bool(self.facts)

    def to_json(self) -> dict[str, Any]:
        """The row of a question set; `case_of` reads it."""
        quotes = [{"doc": quote.document, "text": quote.text} for quote in self.quotes]
        row: dict[str, Any] = {key: getattr(self, key) for key in ("id", "question", "kind", "answer")}
        return row | {
            "facts": [list(fact) for fact in self.facts],
            "forbidden": list(self.forbidden),
            "quotes": quotes,
        }


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set; each exchange holds one case, or the turns of one dialogue in order."""

    name: str
    exchanges: tuple[tuple[Case, ...], ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, dialogues laid flat."""
        return tuple(case for exchange in self.exchanges for case in exchange)


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of a JSONL file with their line numbers, blank lines left out.

    Raises QuestionSetError, which names file and line, where the file cannot be read or a line is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionSetError(
                f"{path}:{number}: is not JSON ({error.msg}, column {error.colno})"
            ) from error
        if not isinstance(row, dict):
            raise QuestionSetError(f"{path}:{number}: must be a JSON object, one a line")
        yield number, row


def read_inquiries(path: Path) -> tuple[Inquiry, ...]:
    """What a file asks; ids may be words or whole numbers and occur once. Raises QuestionSetError."""
    inquiries: dict[str | int, Inquiry] = {}
    for number, row in read_rows(path):
        where = f"{path}:{number}"
        identity = row.get("id")
        if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
            raise QuestionSetError(f'{where}: needs an "id" (a string)')
        if identity in inquiries:
            raise QuestionSetError(f"{where}: the id {identity!r} occurs twice")
        turns = _turns(row, where)
        questions = tuple(_question(turn, where) for turn in turns)
        inquiries[identity] = Inquiry(identity, questions, dialogue="turns" in row)
    return tuple(inquiries.values())


def read_set(path: Path) -> QuestionSet:
    """The question set in a file, named after it. Raises QuestionSetError, also where the file holds no question."""
    exchanges: dict[str, tuple[Case, ...]] = {}
    for number, row in read_rows(path):
        where = f"{path}:{number}"
        identity = row.get("id")
        if not isinstance(identity, str) or not identity:
            raise QuestionSetError(f'{where}: needs an "id" (a string)')
        if identity in exchanges:
            raise QuestionSetError(f"{where}: the id {identity!r} occurs twice")
        turns = _turns(row, where)
        if "turns" in row:
            exchanges[identity] = tuple(
                case_of(turn, f"{identity}#{n}", n, where) for n, turn in enumerate(turns, 1)
            )
        else:
            exchanges[identity] = (case_of(row, identity, 0, where),)
    if not exchanges:
        raise QuestionSetError(f"{path}: holds no question")
    return QuestionSet(path.stem, tuple(exchanges.values()))


def find_set(name: str) -> Path:
    """The file that `name` means: a path, else a set that comes with the package. Raises QuestionSetError."""
    path = Path(name)
    if path.is_file():
        return path
    packaged = SETS / f"{name.removesuffix('.jsonl')}.jsonl"
    if path.parent == Path() and packaged.is_file():
        return packaged
    known = ", ".join(sorted(found.stem for found in SETS.glob("*.jsonl"))) or "none"
    raise QuestionSetError(f"{name}: no such file, nor a set of the package (there are: {known})")


def _turns(row: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    """The turns of a dialogue row, or the row itself as the only one."""
    if "turns" not in row:
        return [dict(row)]
    turns = row["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, dict) for turn in turns):
        raise QuestionSetError(f'{where}: "turns" must be a list of objects, at least one')
    return turns


def _question(row: Mapping[str, Any], where: str) -> str:
    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        raise QuestionSetError(f'{where}: needs a "question" (a string that is not blank)')
    return question


def case_of(row: Mapping[str, Any], identity: str, turn: int, where: str) -> Case:
    """The case in a row; where: file and line, for the message of the QuestionSetError that it raises."""
    facts = tuple(_strings(fact, "facts", where) for fact in _list(row, "facts", where))
    if not all(facts):
        raise QuestionSetError(f'{where}: a fact in "facts" has no alternatives')
    quotes = tuple(_quote(quote, where) for quote in _list(row, "quotes", where))
    if "facts" not in row:
        raise QuestionSetError(f'{where}: needs "facts" ([] where no document answers)')
    return Case(
        id=identity,
        question=_question(row, where),
        kind=str(row.get("kind") or "?"),
        answer=str(row.get("answer") or ""),
        facts=facts,
        forbidden=_strings(row.get("forbidden") or [], "forbidden", where),
        quotes=quotes,
        turn=turn,
    )


def _list(row: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise QuestionSetError(f'{where}: "{key}" must be a list')
    return value


def _strings(value: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise QuestionSetError(f'{where}: "{key}" must hold lists of strings that are not blank')
    return tuple(value)


def _quote(value: Any, where: str) -> Quote:
    if not isinstance(value, dict) or not all(
        isinstance(value.get(k), str) and value[k].strip() for k in ("doc", "text")
    ):
        raise QuestionSetError(f'{where}: each of "quotes" must be {{"doc": file name, "text": words}}')
    return Quote(value["doc"], value["text"])
