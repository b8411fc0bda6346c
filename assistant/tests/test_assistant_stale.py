"""Documents replaced or removed while a question is being answered: asked again, never a quote of other words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from own_library import DOCUMENTS, QINGLAN_2024, stored

from assistant.answer import Answer
from assistant.bootstrap import make_assistant
from corpus.errors import DocumentNotFoundError, StaleCitationError
from corpus.library import Library, Scored
from ingest.passages import RULES
from ingest.pipeline import build

NAME = "青澜市局2024年会议讲话.txt"
OTHER = "松泽县局2024年工作要点.txt"
QUESTION = "青澜市食品抽检合格率稳定在多少以上？"


class Changing:
    """A library in which something happens right after a search, as often as `times` says."""

    def __init__(self, library: Library, happens: Callable[[Library], object], times: int = 1) -> None:
        self.library = library
        self.happens = happens
        self.left = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self.library, name)

    def search(self, *arguments: Any, **options: Any) -> tuple[Scored, ...]:
        found = self.library.search(*arguments, **options)
        if self.left:
            self.left -= 1
            self.happens(self.library)
        return found


def replaced(text: str) -> Callable[[Library], object]:
    return lambda library: library.put(*build(NAME, text.encode()), RULES)


def removed(library: Library) -> None:
    library.remove(NAME)


def asked(home: Path, happens: Callable[[Library], object], times: int = 1) -> Answer:
    documents = {name: DOCUMENTS[name] for name in (NAME, OTHER)}
    with stored(home, documents) as library:
        answer = make_assistant(Changing(library, happens, times)).answer(QUESTION)  # type: ignore[arg-type]
        for citation in answer.citations:
            document = library.document(citation.document)
            assert (document.revision, document.quote(citation.span)) == (citation.revision, citation.quote)
        return answer


REPLACED = [
    (QINGLAN_2024.replace("98%", "98.5%"), "a longer figure"),
    ("前言。\n" * 20 + QINGLAN_2024.replace("98%", "98.5%"), "moved down"),
    ("青澜市市场监督管理局2024年工作要点\n食品抽检合格率稳定在98.5%以上。", "shorter than the found spans"),
]


@pytest.mark.parametrize("text", [row[0] for row in REPLACED], ids=[row[1] for row in REPLACED])
def test_a_replaced_document_is_asked_again(tmp_path: Path, text: str) -> None:
    answer = asked(tmp_path / "home", replaced(text))
    assert "98.5%" in answer.text


def test_a_removed_document_is_quoted_no_more(tmp_path: Path) -> None:
    answer = asked(tmp_path / "home", removed)
    assert NAME not in {citation.document for citation in answer.citations}


def test_one_that_never_rests_is_said_to_be_stale(tmp_path: Path) -> None:
    versions = iter(range(1000))
    with pytest.raises(StaleCitationError, match="ask again"):
        asked(
            tmp_path / "home",
            lambda library: replaced(f"{QINGLAN_2024}第{next(versions)}稿。")(library),
            1000,
        )


def test_a_document_that_was_not_quoted_may_change(tmp_path: Path) -> None:
    def other(library: Library) -> None:
        library.put(*build(OTHER, "松泽县市场监督管理局2024年工作要点\n另写。".encode()), RULES)

    assert "98%" in asked(tmp_path / "home", other).text


def test_the_searched_revision_is_asked_for(tmp_path: Path) -> None:
    with stored(tmp_path / "home", {NAME: DOCUMENTS[NAME]}) as library:
        assistant = make_assistant(library)
        found = assistant.search(QUESTION)[0].passage
        assert assistant.composer.searched(found).revision == found.revision
        library.put(*build(NAME, b"other"), RULES)
        with pytest.raises(StaleCitationError):
            assistant.composer.searched(found)
        library.remove(NAME)
        with pytest.raises(DocumentNotFoundError):
            assistant.composer.searched(found)
