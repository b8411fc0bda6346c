"""Questions about sets, answered from the ledger: all rows are counted, the first are shown, each with its own sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Listed
from assistant.conversation import Turn
from assistant.ledger_counts import against, by_heading
from assistant.ledger_followups import changed
from assistant.ledger_grammar import GATE
from assistant.ledger_outcome import outcome
from assistant.ledger_questions import LedgerQuestion, in_year, read
from assistant.ledger_rows import Selection, known, select
from assistant.ledger_scope import documents_meant
from assistant.ledger_wording import Worded, nothing, worded
from assistant.lexicon import simplified
from assistant.question import Scope
from assistant.retrieval import Retriever
from assistant.scoping import Scoping
from corpus.errors import StaleCitationError
from corpus.ledger import Kept, LedgerFilter
from corpus.text import bigrams, fold

LONGEST_WHOLE = 20  # characters of a question for the whole list
FEW = 2  # documents that are named in the answer
_WHOLE = re.compile(
    r"(?:完整|全部|都|其余|其他|剩下|剩余|整个|所有)(?:地|的)*(?:清单|名单|内容|几项|任务|目标)?(?:都|也)?(?:列|给|看|说|展示|显示|发|呢|有哪些|是什么|是哪些)|^(?:还有呢|还有哪些[?？]?$|继续|列全|展开|全部|完整清单|更多)"
)
_HELPERS = re.compile(
    r"^(?:那么?|还有|它们的|这些的?)*(?:配合|协助|参与)(?:单位|部门|科室)(?:呢|有哪些|是谁|是哪些)*[?？]?$"
)


class LedgerAnswers:
    """Answers from the ledger of one library. today gives the day of asking, for questions that say 现在 or 本季度."""

    def __init__(
        self, retriever: Retriever, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self.retriever = retriever
        self.library = retriever.library
        self.today = today

    def answer(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer | None:
        """The ledger's answer; None where the question is not for it, and where it has nothing that surely answers.

        Raises DocumentNotFoundError and StaleCitationError where a document goes or is replaced meanwhile.
        """
        folded = simplified(fold(question.strip()))
        if not GATE.search(folded) and not (history and history[-1].answer.ledger):
            return None
        scoping = self.retriever.scoping()
        asked, whole, text = self._asked(folded, question, history, scoping)
        if asked is None:
            return None
        documents = documents_meant(asked, scoping, scope)
        if documents is not None and not documents:
            return None
        names = sorted(documents or ())
        asked = _in_their_year(asked, names, scoping)
        titles = (
            [scoping.entries[name].metadata.title.value for name in names]
            if asked.documents or len(names) <= FEW
            else []
        )
        if asked.outcome or asked.versus or asked.by:
            counted = (
                outcome(self.library, asked, names, titles)
                if asked.outcome
                else against(self.library, asked, names, titles)
                if asked.versus
                else by_heading(self.library, asked, names, titles, folded)
            )
            return (
                self._made(question, text, asked, counted.worded, counted.wanted, counted.count)
                if counted
                else None
            )
        found = select(self.library, asked, names)
        if not found.count and (not found.helped or asked.role == "cooperate"):
            return self._none(question, text, asked, found, names, titles)
        if found.mentioned and asked.counts:
            return None
        return self._made(
            question, text, asked, worded(asked, found, titles, whole), found.wanted, found.count
        )

    def _asked(
        self, folded: str, question: str, history: Sequence[Turn], scoping: Scoping
    ) -> tuple[LedgerQuestion | None, bool, str]:
        """What is asked, whether all at once, and its self-contained form."""
        places = scoping.places(folded)
        standing = read(folded, places, scoping.latest, self.today())
        before = history[-1].answer if history else None
        if before is None or before.ledger is None or (standing and not folded.startswith("那")):
            return standing, False, question.strip()
        if len(folded) <= LONGEST_WHOLE and _WHOLE.search(folded):
            return before.ledger.asked, True, before.asked
        text = f"{before.asked.rstrip('？?。')}：{question.strip()}"
        if _HELPERS.search(folded):
            return replace(before.ledger.asked, with_helpers=True, by=None, versus=False), False, text
        after = changed(before.ledger.asked, folded, places, scoping.latest, self.today())
        return (after, False, text) if after else (standing, False, question.strip())

    def _none(
        self,
        question: str,
        text: str,
        asked: LedgerQuestion,
        found: Selection,
        names: Sequence[str],
        titles: Sequence[str],
    ) -> Answer | None:
        """That there is none; None where the words may have meant something else."""
        if asked.topic or asked.value or (asked.units and not self._owns_none(asked)):
            return None
        searched = self.library.count_commitments(
            LedgerFilter(documents=tuple(names), kinds=asked.kinds, years=asked.years)
        )[""]
        if not searched:
            return None
        return Answer(
            question=question,
            asked=text,
            text=nothing(asked, titles, searched),
            status="answered" if asked.counts else "not_found",
            kind="ledger",
            ledger=Listed(asked, found.wanted, 0, 0),
        )

    def _owns_none(self, asked: LedgerQuestion) -> bool:
        """Whether bodies surely own no such row: they own others, or the library does not know them at all."""
        if known(self.library, asked.units):
            return True
        counts, _ = self.library.frequencies(bigrams("".join(asked.units)))
        return not all(counts.values())

    def _made(
        self, question: str, text: str, asked: LedgerQuestion, page: Worded, wanted: LedgerFilter, count: int
    ) -> Answer:
        return Answer(
            question=question,
            asked=text,
            text=page.text,
            status="answered",
            citations=tuple(self._citation(number, kept) for number, kept in enumerate(page.cited, 1)),
            kind="ledger",
            ledger=Listed(asked, wanted, count, page.shown),
        )

    def _citation(self, number: int, kept: Kept) -> Citation:
        row = kept.row
        document = self.library.document(row.document)
        if document.revision != row.revision:
            raise StaleCitationError(f"{row.document} was replaced while it was being read; ask again")
        return Citation.of(number, document, row.span)


def _in_their_year(asked: LedgerQuestion, names: Sequence[str], scoping: Scoping) -> LedgerQuestion:
    """Days without a year are those of the documents that are asked for, where these are of one year."""
    found = {year.value for name in names if (year := scoping.entries[name].metadata.year)}
    if asked.due is None or not asked.due.no_year or len(found) != 1:
        return asked
    return replace(asked, due=in_year(asked.due, found.pop()))
