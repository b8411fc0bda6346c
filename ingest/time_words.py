"""The words of time in Chinese official prose, as patterns over folded text (corpus.text.fold). No day is reckoned here.

Each pattern is one branch; the longest branch at a place wins. A blank between a number and its unit is let pass, as PDF and
Word texts have it. What stands behind a word decides whether it is one: 年内 is a time, 内蒙古 behind 年 is not.
"""

from __future__ import annotations

import re

HAN = "〇零○一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,3}}|[两半百{HAN}]{{1,3}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_TO = r"(?:-|—{1,2}|–|~|至|到)"
_QUARTER = r"[一二三四1-4]"

_EDGE = (
    r"(?P<edge>期?末(?![端梢位班尾])|底(?![线数子座部气层板盘色下])|初(?![步心级期衷始审中])|"
    r"(?:之内|以内|内(?![部容地外河需陆涝控设蒙生环江科销阁]))|期间|期内)"
)
_BOUND = (
    r"(?P<bound>(?:之前|以前|前(?![移列沿往期景所进瞻茅后几三]|[\d一二两四五六七八九十]+[个名位批届]))(?:后(?!续))?|为?止|"
    r"(?:以来|开始|起(?![来草到步点伏码诉重源立势飞头])|以后|之后|后(?![续勤备疫发进劲台端者置半])))"
)

# A year, or a word for one. 到 and 至 in 达到2020年水平, 甚至 are no prepositions of time.
_YEAR = (
    rf"(?P<from>(?<!\d)(?:19|20)\d\d)_年?_(?:{_TO}|、|和)_(?P<till>(?:19|20)\d\d)_年度?(?!代)|"
    r"(?P<year>(?<!\d)(?:19|20)\d\d)_年(?:度)?(?![代均鉴])|"
    rf"(?P<han>(?<![{HAN}])(?:二[〇零○][{HAN}]{{2}}|一九[{HAN}]{{2}}))年(?:度)?(?![代均鉴])|"
    r"(?P<short>(?<![\d.])\d\d)_年(?=_(?:年?[底末初]|1?\d_月|[上下]半年|第?[一二三四]季度))|"
    r"(?P<both>今明两年|今年和明年)|"
    r"(?P<word>(?<!至)今年(?![轻龄])|(?<=至)今年(?![轻龄均])|(?<![成基样资文版根])本年(?!轻)度?|(?<![说证透表声])明年度?|"
    rf"来年|(?<![之以今此然先最会落其事前])后年(?!度)|去年|(?<![以])上年(?![纪龄])(?:度)?|(?<![以之线地])下年(?!轻)度?|(?<![\d几数多年百{HAN}])前年(?!均)|"
    r"当年(?=_(?:年?[底末内]|上半年|下半年|\d{1,2}月)))"
)
_SUB = (
    r"(?P<half>[上下]半年)|"
    rf"前_(?P<firstquarters>[一二两三1-3])_个?季度|"
    rf"第?(?P<quarter>{_QUARTER})_季?度?_(?:{_TO}|、)_第?(?P<tillquarter>{_QUARTER})_季度|"
    rf"(?<![前每几数\d])第?(?P<onequarter>{_QUARTER})_季度(?!末?一)|"
    rf"(?<!提)前_(?P<firstmonths>{_MONTH})_个月|"
    rf"(?<![\d.第{HAN}])(?P<month>{_MONTH})_(?:月份?)?_(?:{_TO}|、)_(?P<tillmonth>{_MONTH})_月份?(?!_{_DAY}_[日号])|"
    rf"(?<![\d.第每近前几数多两半上下个着又复{HAN}])(?P<onemonth>{_MONTH})_月"
    rf"(?:_(?P<day>{_DAY})_[日号](?:_(?:{_TO})_(?P<tillday>{_DAY})_[日号])?|份?(?P<part>[上中下]旬|初|中(?!旬)(?=_前|[，,、。]))?)"
    r"(?![龄饼亮球光薪嫂费租革]|三[”节]|一(?!日)|接着|又一|复一)|"
    r"(?P<yearend>(?<![当\d])年初|(?<![当整\d])年底|(?<![当\d青中老少童成])年[末终](?![端身生结极点于究])|岁末|(?<![当\d])年中(?=前)|(?<![安健])全年(?!龄|齡)度?|"
    rf"(?<![当\d两几数半多百{HAN}])年内(?![\d蒙部容]))"
)
_BEFORE = (
    r"(?P<before>截至到?|截止(?:到|至)?|(?<![达提得感做遇受看想回找来虑谈说讲])到|(?<![甚乃以])至|自|从)"
)
# A year, a part of one, or both. As a place to look at: one of them at least. The pattern that takes it apart names each group once.
CALENDAR = rf"{_BEFORE}?_(?:(?:{_YEAR})_的?_)?(?:{_SUB})?_(?:{_EDGE})?(?:{_BOUND})?"
_CALENDAR_PLACE = rf"{_BEFORE}?_(?:{_YEAR}|{_SUB})"

NUMERIC = (
    r"(?P<nbefore>截至到?|截止(?:到|至)?|到|至|自|从)?_"
    r"(?P<ny>(?<![\d./-])20\d\d)(?:[-./](?P<nm>\d{1,2})[-./](?P<nd>\d{1,2})(?![\d./-])|\.(?P<nm2>1[0-2]|0?[1-9])(?=[底前起]))"
    r"(?P<nedge>底)?(?P<nbound>之前|以前|前|起)?"
)
# Words that only the document's day can resolve.
RELATIVE = (
    r"(?P<rbefore>截至|截止|到|至|自|从)?(?:(?<![成基样资文版根以线网早晚路身海史马会世地旗之天])(?P<which>本|这|下|上)_个?(?P<unit>月|季度|周|星期)(?![龄饼亮球边期密])(?P<redge>底|末|内|初|(?<=[周期])(?P<weekday>[一二三四五六日天]))?|"
    rf"(?<![\d个年{HAN}])(?P<bare>月[底末]|季度?末)(?!端))(?:_(?P<rday>\d{{1,2}})_[日号])?(?P<rbound>之前|以前|前)?|"
    rf"(?<![\d月])(?P<alone>\d{{1,2}})_日(?P<abound>之前|以前|前)"
)
PLAN = (
    r"(?P<pbefore>(?<![达提])到|至|自|从)?(?:[“\"](?P<quoted>十[一二三四五六七]?|[八九])五[”\"]|(?<![第\d二三四五六七八九])(?P<plain>十[一二三四五六七])五(?![个项条名年月日号点]))"
    r"(?!”?普法)(?P<tail>期?末|期间|时期|期内|以来|收官之年|开局之年)?(?P<pbound>之前|以前|前(?![三四几期\d]))?"
)
_ANCHOR = r"(?P<anchor>(?:自|从)?(?:即日|今日|今天|本(?:通知|意见|方案|办法|规定)?(?:印发|发布|下发|公布)之日)起_[,，]?_|会后_)"
DURATION = (
    rf"{_ANCHOR}?(?<![\d第./])(?P<count>{_NUMBER})(?:_{_TO}_(?P<most>{_NUMBER}))?_"
    r"(?P<term>年|个?半?月|天|日|个?工作日|个?自然日|个?小时|周|个?星期|个?季度|分钟)_(?:左右)?的?(?:时间)?(?:之内|以内|内(?![部容地外河需陆涝控设蒙生环江科销阁]))|"
    rf"(?:力争)?(?:用|利用|通过|经过|花)_(?P<spent>{_NUMBER}(?:_{_TO}_{_NUMBER})?)_(?P<spentunit>年|个月|天)(?:左右)?的?(?:时间|努力)"
)
AHEAD = rf"(?:今后|未来|接下来)(?:一个时期|一段时[期间]|一年|的?(?:{_NUMBER}_(?:{_TO}_{_NUMBER}_)?|几)_年(?:内|左右)?)|今后"
PAST = (
    r"(?P<lastyear>过去的?一年)|(?P<pastyears>(?:过去|最近|近)_的?"
    rf"(?:{_NUMBER}|几|多)?_年(?:多?来|以来|间|里)?|(?<![\d第百千]){_NUMBER}_年多?(?:来|以来)(?!自)|[几多]年来|长期以来)|"
    r"(?P<same>(?:去年|上年|前年)?(?<!共)同期(?![盼待望许]))"
)
# Recurring. 每人每月50元 is a rate, no act; 按年龄, 按季节, 每周边 are other words.
_EVERY = rf"每_一?(?P<every>年度?(?![龄轻])|半年|季度?(?!节)|半个?月|个?月|周(?![边围岁])|个?星期|[日天]|旬|学期|(?:{_NUMBER})_(?:年|个?月|个?季度|周|个?星期|天|日))"
RECURRENCE = (
    rf"{_EVERY}(?P<at>_末月_{_DAY}_[日号]|_{_MONTH}_月(?:份|[底末初]|_{_DAY}_[日号])?|_{_DAY}_[日号]|_年?[底末初](?![端])|[上中下]旬|(?<=[周期])[一二三四五六日天](?![个次])|(?:首|第[一二三])个?月)?(?P<atbound>之前|以前|前(?![\d往后列]))?|"
    r"[按逐](?P<each>年度?(?![龄轻])|半年|季度?(?!节)|月度?|周(?![边期围年密])|[日天](?![常益程期产]))|"
    r"(?<![第近每年去今上\d])(?P<period>[半一两二三1-3])_(?:(?P<periodunit>年|个月|个季度|周)_[^，。；、,;内来以前后没未连]{0,6}?|(?P<shortunit>季度?|月|天|日)_)"
    r"[一两二三1-4]_?(?:次|轮|调度|通报|研判|会商|督查|总结|评价|考核|检查|报告|汇报|分析|排名|主题|更新|小结)(?!性)|"
    r"(?<![\d个今明昨每按逐近本上下当节假生工周元双个件岁同号头去半])(?P<rhythm>日|周|月度?|季度?|半年|年度?|旬)"
    r"(?P<act>调度|通报|讲评|例会|研判|会商|排查|管控|检查|分析|小结|督查|考核|考评|点评|排名|评价|复盘|汇报|统计|盘点|公示)"
)
HOLIDAY = (
    r"(?:到|至)?(?:(?P<hyear>(?<!\d)20\d\d)_年|(?P<hword>今年|明年))?“?(?P<holiday>元旦|春节|五一(?=国际|劳动节|节|假|”|前|期间)|端午|中秋|国庆|七一(?=”|前)|(?<=“)十一(?=”)|十一(?=假期|长假|黄金周))”?"
    r"(?:国际)?(?:劳动节?)?节?(?:假期|长假|黄金周)?(?P<hbound>(?:之前|以前|前夕|前)(?!后)|期间|前后|假期|之后|后(?!勤))"
)
_SOME_YEAR = r"(?:今年|明年|去年|(?<!\d)20\d\d_年_)"
SEASON = (
    rf"{_SOME_YEAR}[春夏秋冬](?!奥|残|运|令)(?:季学期|季开学|[季天])?(?:之?前|起)?|{_SOME_YEAR}?(?:"
    r"(?:入|主)?汛期?(?:到来)?之?前|(?<![调环细季情小章关时礼枝])节前|“?[双两]节”?期?前|年关(?:之?前)?|(?:秋季|春季|新)?(?:学期)?开学前|学期(?:末|内|结束前)|"
    r"(?:入冬|供暖[季期]?|采暖[季期]?|封冻|雨季|冬季|入夏|台风季|[高中]考|暑期|[暑寒]假)(?:到来)?之?前|今冬明春|"
    rf"(?<![\d今去明半几数多两百千万余来{HAN}])年前(?!后|茅)"
    r")"
)
VAGUE = (
    r"(?<!不)及时(?![性率雨度])|限期|限时(?!段)|尽快|尽早|抓紧(?!抓)|早日|近期(?!目标|规划)|适时|不定期|(?<![稳固特约限])定期(?![存寿贷限间])|第一时间|下一?步(?!行)|下一?个?阶段|"
    r"长期(?=坚持|抓|开展|推进|保持|执行|实施|运行|监测|跟踪|整治|管控)|随时|立即|立刻|马上(?=就|要|抓|办|改|落实|整改|行动|启动|研究)|短期内"
)
SINCE_NOW = r"(?:自|从)?(?:即日|今日|今天)起"
YEARLY = r"(?<![\d安健半今本去上下全每按逐分各跨多整])年度(?![假表])"
MASKED = (
    r"(?:截至|到|至|从|自)?(?:(?<![a-z\d])(?:(?:19|20)?[x×*]{1,4}|20[〇○]{2}|20\d[x×])_年(?:度)?(?:年?[底末初内]|[上下]半年)?|(?:(?<!\d)20\d\d_年_|今年|明年|去年)?(?<![a-z\d.])[x×*]{1,2}_月份?)"
    r"(?:_[x×*\d]{1,2}_月份?)?(?:_[x×*\d]{1,2}_[日号])?[底末]?(?:之前|以前|前)?|"
    r"(?:截至|到|至|从|自)?(?:(?<!\d)20\d\d_年|今年|明年|去年)?_\d{1,2}_月_[x×*]{1,2}_[日号](?:之前|以前|前)?"
)
CENTURY = r"(?:到)?(?<!上)本?世纪(?P<century>中叶|末)(?:之前|以前|前)?"
# 三年行动, 五年规划: a campaign's or a plan's name; its number is no term.
CAMPAIGN = rf"(?<![\d第]){_NUMBER}_(?:年|日|天)(?:提升|攻坚|质量|专项|集中|整治)?(?:行动|攻坚|规划|计划|工程|会战|倍增)"

_PATTERNS = {
    "campaign": CAMPAIGN,
    "masked": MASKED,
    "recurrence": RECURRENCE,
    "plan": PLAN,
    "calendar": CALENDAR,
    "numeric": NUMERIC,
    "duration": DURATION,
    "holiday": HOLIDAY,
    "season": SEASON,
    "relative": RELATIVE,
    "since": SINCE_NOW,
    "past": PAST,
    "ahead": AHEAD,
    "century": CENTURY,
    "yearly": YEARLY,
    "vague": VAGUE,
}


def _blanks(pattern: str) -> str:
    return pattern.replace("_", " ?")


BRANCHES = {name: re.compile(_blanks(pattern)) for name, pattern in _PATTERNS.items()}
"""Every kind of expression; of equally long ones at one place the earlier counts."""

_PLACES = {**_PATTERNS, "calendar": _CALENDAR_PLACE}
_FIRST = (
    r"(?=[\d〇零○一二三四五六七八九十两半百几多x×* “\"今本明来后去上下前全岁年月季截到至自从第每按逐入主汛节双供采封冬雨台高中暑寒秋春新学开元五端国用利通"
    r"经花过最近长同及限尽抓早适不定随立马短未接即会力当这周旬日世])"
)
"""The characters that an expression can begin with: six times as fast as without."""

ANY = re.compile(
    _FIRST + "(?:" + _blanks("|".join(re.sub(r"\?P<\w+>", "?:", one) for one in _PLACES.values())) + ")"
)
"""Where something may start. It stops at the first branch that fits, not the longest: it gives the place only."""
