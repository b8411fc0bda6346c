"""Lists that no document numbers: clauses that share one character, or one predicate."""

from __future__ import annotations

import pytest
from baiyu_library import DOCUMENTS
from own_library import stored

from assistant.alike import of_one_character, with_one_predicate
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.draft import Draft
from assistant.question import understand


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("alike") / "home", DOCUMENTS))


def said(draft: Draft | None) -> list[str] | None:
    return None if draft is None else [quote.document.quote(quote.span) for quote in draft.quotes]


HELD_FAST = ["干部思想上要“立得稳”", "学习上要“钻得深”", "下沉时要“坐得住”", "遇事要“担得起”"]
LEARNING = ["一要向书本学", "二要向群众学", "三要向实践学", "四要向先进学"]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("干部要做到的四个“得”是哪四个？", HELD_FAST),
        ("四个“得”具体指什么？", HELD_FAST),
        ("干部怎么学，方案里说了四种学？", LEARNING),
        ("方案里说的四种学，是哪些？", LEARNING),
        ("干部思想上的五个“得”是哪五个？", None),  # there are four
        ("干部学习的三种学，是哪些？", None),
        ("四个“干”是哪四个？", None),  # stands in no such clauses
        ("四种学习方式是哪四种？", None),  # a word of more characters
        ("四个“得住”是哪四个？", None),
        ("“得”是什么意思？", None),  # none is counted
    ],
)
def test_clauses_of_one_character(assistant: Assistant, question: str, clauses: list[str] | None) -> None:
    asked = understand(question)
    evidence = assistant.retriever.evidence(asked)
    assert said(of_one_character(assistant.library, asked, evidence)) == clauses


def test_a_count_of_the_question_before_counts_too(assistant: Assistant) -> None:
    asked = understand("是哪些？", context="干部的四个“得”")
    evidence = assistant.retriever.evidence(asked)
    assert said(of_one_character(assistant.library, asked, evidence)) == HELD_FAST


TOGETHER = ["专项检查要与日常监管结合起来", "与信用惩戒结合起来", "与宣传引导结合起来"]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("专项检查要与哪几件事结合起来？", TOGETHER),
        ("专项检查要跟哪些工作结合起来", TOGETHER),
        ("专项检查要与哪三件事结合起来？", None),  # a list of three is looked for by its number
        ("专项检查要与哪些工作结合起来，由谁负责？", None),  # more is asked after it
        ("专项检查要与哪些工作衔接起来？", None),  # is said of none
        ("专项检查有哪些内容？", None),
        ("要确保哪些群众吃得放心？", None),  # is said of one only
        ("专项检查存在哪些问题要结合起来？", None),  # problems
    ],
)
def test_clauses_of_one_predicate(assistant: Assistant, question: str, clauses: list[str] | None) -> None:
    asked = understand(question)
    evidence = assistant.retriever.evidence(asked)
    assert said(with_one_predicate(assistant.library, asked, evidence)) == clauses


@pytest.mark.parametrize(
    ("question", "clauses"),
    [("专项检查要与哪几件事结合起来？", TOGETHER), ("干部要做到的四个“得”是哪四个？", HELD_FAST)],
)
def test_all_of_them_are_the_answer(assistant: Assistant, question: str, clauses: list[str]) -> None:
    assert [citation.quote for citation in assistant.answer(question).citations] == clauses
