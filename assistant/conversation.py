"""Follow-up questions read in the light of the conversation so far.

“那排名呢？” keeps the subject and changes what is asked; “株洲呢？”, “2023年呢？” keep what is asked and change the place or the year;
“第二条措施是什么” points into the list that the answer stands in. A question with a subject of its own stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.measures import counted
from assistant.question import understand
from assistant.terms import content_words, joined

SHORT = 16  # characters; a longer question with words of its own stands by itself
_POINTS_BACK = re.compile(
    r"^(?:那么?|还有|再|另外|其中|具体|它|他们?|这|该|上述|前面|剩下|后来|实际|原因|为[啥什])|呢[?？]?$|"
    r"^(?:什么时候|何时|谁|多少|第[一二三四五六七八九十\d]+)|它的|这个|这些|那个|那些|上面|怎么样了|了[吗没][?？]?$"
)
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十\d]+)(?:个|条|项|点|方面|部分|件|步|张|类)(?!季度|月|年|百|[“‘《])|最后(一)(?:个|条|项|点|件)"
)
_MEMBER = re.compile(
    r"^(?:那么?|还有)?(?P<of>[一-鿿]{2,8}?)(?:那|这)(?:一?[项块条个点方]面?)|^那么?“?(?P<other>[一-鿿]{2,6}?)”?呢[?？]?$"
)
_DEEPER = re.compile(
    r"^(?:那|它|这|都)?(?:具体|怎么[做落干办管查整]|有哪些(?:表现|内容|行动|措施|做法)|要?怎么(?:做|落实))"
)
_CHANGED_AND_MORE = re.compile(r"^(?:那么?)?(?P<scope>.{2,10}?)呢[?？，,]\s*(?P<more>.{3,})$")
_LAST_YEAR = re.compile(r"^(?:那么?)?(?P<word>去年|上年|上一年|前年|今年|明年)呢[?？]?$")
_STEPS = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "明年": 1}
LEAST_LIST = 3  # citations of one document in an answer that was a list
_SCOPE_ONLY = re.compile(r"^(?:那么?|还有)?(?P<scope>.{2,10}?)(?:呢|的呢|怎么样)?[?？]?$")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_RANKED = re.compile(r"全市|全省|全县|市局|县局|省局|市里|县里|省里|[一-鿿]{2}(?:县|区|新区)局?")


_ASKED_OF_ANOTHER = {"responsibility": "由谁负责", "deadline": "什么时候完成"}
"""What “那…呢” asks of another task, by what was asked of the one before."""
_NAMES_A_TERM = re.compile(r"[“\"「『《]")
_ASKS_A_MEANING = re.compile(r"(?:是啥|是什么|什么意思|啥意思|指什么|怎么理解)[?？]?$")
OF_ANY_SUBJECT = frozenset(
    "工作 目标 责任 单位 部门 原因 措施 时限 期限 指标 比例 进展 结果 行动 任务 市局 县局 省局 全市 全县 全省 领导 科室 名次 办法 头上 重点 领域 数字 问题 效果 内容 要求 标准 数量 金额 时间 做法 情况 单位 专班 人员 方面 步骤 阶段 差距 目的".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with what it needs of the conversation.

    text is what is asked now; context the question that set the subject ("" when text stands by itself). anchors are the
    citations of the answer before, near which the next one is likely. ordinal: the item asked for, -1 the last, or 0; listed:
    the citations of the latest answer that was a list. member: the part of what went before that is asked about by name
    (那准入呢). deeper: more is asked of the very passage just quoted (具体怎么做).
    """

    text: str
    context: str = ""
    anchors: tuple[Citation, ...] = ()
    ordinal: int = 0
    listed: tuple[Citation, ...] = ()
    member: str = ""
    deeper: bool = False

    @property
    def asked(self) -> str:
        """The self-contained form, as shown and remembered."""
        return f"{self.context.rstrip('？?。')}：{self.text}" if self.context else self.text


def resolve(question: str, history: Sequence[Turn], places: Callable[[str], Collection[str]]) -> FollowUp:
    """`question` as it is to be understood after `history`; places gives those that a text names, as the library knows them."""
    text = question.strip()
    history = [turn for turn in history if any(weight >= 0.75 for _, weight in content_words(turn.question))]
    member = _MEMBER.match(text)
    if not history or not (_depends(text) or member):
        return FollowUp(text, anchors=() if not history or places(text) else history[-1].answer.citations)
    subject, latest = _so_far(history, places)
    other = member.group("other") if member and not ordinal_in(text) and not places(text) else ""
    asked = _ASKED_OF_ANOTHER.get(understand(subject if _MEMBER.match(latest) else latest).kind, "")
    if other and asked and other not in OF_ANY_SUBJECT and other.removeprefix("责任") not in OF_ANY_SUBJECT:
        scope = "".join([*list(places(subject))[:1], *_YEAR.findall(subject)[:1]])
        return FollowUp(f"{scope}{other}{asked}", anchors=history[-1].answer.citations)
    relative = _LAST_YEAR.match(text)
    years = _YEAR.findall(subject) if relative else []
    if relative and years:
        text = f"{int(years[-1][:4]) + _STEPS[relative.group('word')]}年呢？"
    both = _CHANGED_AND_MORE.match(text)
    if both and (scope := _scope_changed(f"{both.group('scope')}呢", places(text))):
        return FollowUp(both.group("more"), _with_scope(subject, scope, places))
    changed = _scope_changed(text, places(text))
    if changed:
        root = _with_scope(subject, changed, places)
        return FollowUp(root) if latest == subject else FollowUp(_with_scope(latest, changed, places), root)
    ordinal = ordinal_in(text)
    told = [turn for turn in history if not turn.answer.abstained] if ordinal else []
    return FollowUp(
        text,
        subject,
        (told or history)[-1].answer.citations,
        ordinal,
        _latest_list(history),
        next(filter(None, member.groups()), "") if member else "",
        bool(_DEEPER.match(text)),
    )


def without_ordinal(text: str) -> str:
    """A text without the words that only number an item."""
    return _ORDINAL.sub("", text)


def ordinal_in(text: str) -> int:
    """The number of the item that a text asks for (第二条), -1 for the last; 0 where it asks for none."""
    found = _ORDINAL.search(text)
    if not found:
        return 0
    return -1 if found.group(2) else counted(found.group(1))


def _latest_list(history: Sequence[Turn]) -> tuple[Citation, ...]:
    """The citations of the latest answer that quoted a list: several pieces of one document."""
    for turn in reversed(history):
        citations = turn.answer.citations
        if len(citations) >= LEAST_LIST and len({citation.document for citation in citations}) == 1:
            return citations
    return ()


def _so_far(history: Sequence[Turn], places: Callable[[str], Collection[str]]) -> tuple[str, str]:
    """The latest question that stood by itself, and the latest of all, with the scope that later turns gave them."""
    start = max((index for index, turn in enumerate(history) if not _depends(turn.question)), default=0)
    subject = latest = history[start].question
    for turn in history[start + 1 :]:
        changed = _scope_changed(turn.question, places(turn.question))
        if changed:
            subject, latest = (_with_scope(question, changed, places) for question in (subject, latest))
        else:
            latest = turn.question
    return subject, latest


def _depends(text: str) -> bool:
    if _NAMES_A_TERM.search(text):
        return False
    if _POINTS_BACK.search(text):
        return len(text) <= 2 * SHORT
    plain = _YEAR.sub("", text)
    words = joined(content_words(plain), plain)
    own = {
        word
        for word, weight in words
        if (weight >= 1.0 and len(word) > 1) or (weight >= 0.75 and len(word) > 2)
    }
    return len(text) <= SHORT and not own - OF_ANY_SUBJECT and not _ASKS_A_MEANING.search(text)


def _scope_changed(text: str, places: Collection[str]) -> str:
    """The place, rank or year that is all that a follow-up says; "" when it says more."""
    found = _SCOPE_ONLY.match(text)
    if not found:
        return ""
    scope = found.group("scope")
    rest = _YEAR.sub("", _RANKED.sub("", scope))
    for place in places:
        rest = rest.replace(place, "")
    return scope if not re.sub(r"[市县区省的那年]", "", rest) else ""


def _with_scope(question: str, scope: str, places: Callable[[str], Collection[str]]) -> str:
    """`question` with its year or place replaced by those of `scope`, or put in front where it names none."""
    year, place = _YEAR.search(scope), _YEAR.sub("", scope)
    made = question
    if year:
        digits = year.group()[:4]
        made = re.sub(r"(?:19|20)\d\d", digits, made) if _YEAR.search(made) else f"{digits}年{made}"
    if place:
        old = [*places(made), *_RANKED.findall(made)]
        made = (
            re.sub(rf"{re.escape(old[0])}[省市州盟县区旗]?", lambda _: place, made)
            if old
            else f"{place}{made}"
        )
    return made
