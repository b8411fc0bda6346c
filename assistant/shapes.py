"""What an answer looks like in official prose: figures, times, organisations, masks, modality. Trap tables in the tests."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = "一二三四五六七八九十百千万亿两半零〇"
_UNIT = (
    r"(?:个百分点|百分点|万户|万家|万件|万人次|万人|万台|万元|亿元|亿斤|万亿|万亩|公斤|批次|批|户|家|件|项|个|名|次|台|条|人|元|吨|斤|亩|位|"
    r"份|所|场|期|部|笔|辆|倍|类|级|分|天|日|月|年|季度|小时|分钟|工作日)"
)
STRONG_FIGURE = re.compile(
    rf"\d[\d,，.]*\s*(?:[%％‰]|余|多|万|亿)?\s*(?:{_UNIT})?|百分之[{_HAN}点]+|前[{_HAN}]+名|第[{_HAN}\d]+(?:名|位)|翻[一两]番|全覆盖|"
    rf"零(?=扣分|事故|差错|投诉)|[A-EＡ-Ｅ][类级等]|由[A-EＢ][到升]"
)
MASK = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ])[XxＸｘ×]{1,6}(?![A-Za-zＡ-Ｚａ-ｚ])|[*＊]+|…{2,}|[○〇]{2,}|＿{2,}|_{2,}"
)
MASKED_FIGURE = re.compile(
    r"(?:前|第|达到?|为|共|近|约|超过?|不低于|以上|增长|增幅|20)?(?<![A-Za-z])[XxＸｘ×*＊]{1,6}(?:余|多)?(?:个百分点|[%％]|万|亿|户|家|件|项|名|次|台|条|人|元|批|笔|个|位|期|年|月|日|起|处)+"
    r"|[*＊]+(?=[，。；]|$)|(?:前|第)[XxＸｘ×]+"
)
MASKED_NAME = re.compile(
    r"(?<![A-Za-z])(?P<name>[XxＸｘ×]{1,3}|[*＊]+)(?=同志|书记|市长|局长|县长|主任|副局长|科长|处长|代表|(?:说|指出|强调|要求|在))"
)
MASKED_YEAR = re.compile(r"[XxＸｘ×]{4}年")
TIME = re.compile(
    r"[XxＸｘ×]{2,4}年|(?:(?:19|20)\d\d|20[XxＸｘ]{2})年(?:度)?(?:底|末|初|内|前|以前|上半年|下半年|第?[一二三四]季度|\d{1,2}月(?:底|末|份|前|\d{1,2}日)?)?|"
    r"\d{1,2}月(?:底|末|份|上旬|中旬|下旬|\d{1,2}日)?(?:前|之前|以前)?|[年月季](?:内|底|末|终)|年(?:底|末)前|第?[一二三四]季度|[上下]半年|"
    r"每(?:年|月|周|日|天|季度?|半年|个月|两年)|[按逐](?:年|月|季|周|日)|(?:日|周|月|季|年)(?:管控|排查|调度|讲评|考核|通报|报告|例会|研判|会商)|"
    rf"[{_HAN}\d]+(?:年|个月|天|日|个工作日|小时|周)(?:内|之内|以内|后)|\d+个?(?:小时|分钟|工作日)|“?十[三四五六]五”?(?:末|期间|规划)?|季度(?:通报|召开|调度)|(?:季度|月度|年度)(?=[一-鿿]{{0,6}}(?:会|例会|通报|报告|任务|计划|考核))|[一二两三四五六七八九十\d]+年(?=的|时间|努力|左右|多|过渡|期)|[一二两三四五六七八九十\d]+个多?月(?=[，。；、的]|$)|定期(?!检[验定测])|常态化|长期|限期|及时|即日起|"
    r"(?:汛|节|会|春节|国庆|中秋)前|任期内|同步|随时|第一时间"
)
VAGUE_TIME = re.compile(
    r"限期|及时|尽快|抓紧|早日|近期|适时|定期(?!检[验定测])|经常|随时|日常(?=检查|巡查|监管|监督)"
)
ACTOR = re.compile(
    r"由[^，。；]{1,24}?(?:负责|牵头|组织|承担|实施|起草|制定|主抓|督导|把关)|[^，。；]{2,20}(?:牵头|负责|主导|要|应当|须)|"
    r"(?:责任|牵头|配合|主管|承办)(?:单位|部门|科室|领导)|压实|落实[^，。；]{0,12}责任|为(?:主导|基础|骨干|组长)|[^，。；]{2,10}管[^，。；]{1,6}"
)
STRONG_PLAN = re.compile(
    r"确保|力争|争取|实现|达到|达|不低于|不少于|以上|控制在|目标|进入|位列|保持|稳定在|前列|前\d"
)
PAST = re.compile(
    r"了|已|完成|取得|获|荣获|达|累计|共|均|同比|增长|下降|排名|居|列|成功|被|受到|授予|首创|建立了|开展了"
)
MEASURE = re.compile(
    r"要(?!求)|不得|一律|必须|逐[一件户个]|建立|推行|实行|开展|加大|加强|严[查惩控]|依法|推进|完善|制定|牵头|签字|约谈|退出|暂停|督办|通报"
)
PROBLEM = re.compile(
    r"不够|不足|不到位|不高|不强|不实|不严|滞后|薄弱|短板|弱项|问题|差距|欠缺|缺乏|隐患|缓慢|迟缓|不平衡|不充分|有待|任重道远|不适应|困难|挑战|风险|偏|矛盾突出"
)
ADMITTED = re.compile(
    r"清醒地?(?:看到|认识|意识)|(?:还要|也要|应当|必须)(?:清醒)?看到|(?:存在|面临)(?:着|的)?(?:一些|不少|诸多|许多|以下|主要|突出)*的?[^，。；:]{0,6}(?:问题|不足|短板|困难|差距|挑战)|"
    r"(?:问题|困难|不足|差距|挑战)[^，。；:]{0,4}(?:主要)?(?:是:|有:|表现|体现)"
)
"""A speaker's own words that something is not as it should be."""
PLAINLY_ADMITTED = re.compile(
    r"清醒地?(?:看到|认识|意识)|(?:还要|也要|应当|必须|的同时[，,]要)(?:清醒)?看到|(?:还|也|仍|仍然|依然)(?:存在|面临)"
)
WORKED_ON = re.compile(
    r"(?:解决|化解|破解|应对|防范|防止|直面|正视|克服|听取|回应|补齐|消除|整治|查找|排查|面对|战胜|发现)[^，。；:]{0,14}(?:困难|问题|挑战|风险|隐患|短板)"
)
"""What is done about problems, rather than that there are some."""


_NO_FIGURES = re.compile(
    r"(?:19|20)\d\d年?|\d{1,2}月|^\d+[.．、]|第?[一二三四]季度|123[0-9]{2}|[(（]?[一二三四五六七八九十]+[)）、]"
)


def enumerated(text: str) -> int:
    """How many members the longest enumeration in `text` has: items between 、, or neighbouring quotes; at least 1."""
    best = 1
    for run in re.split(r"[，。；：！？,;!?\n]", text):
        divided = run.count("、")
        joined = len(re.findall(r"、[^、]*?[和及与]", run[run.rfind("、") :])) if divided else 0
        best = max(best, divided + 1 + min(joined, 1), len(re.findall(r"“[^”]+”", run)))
    return best


def is_masked(text: str) -> bool:
    """Whether `text` holds a figure or a name that its publisher masked."""
    return bool(MASKED_FIGURE.search(text))


def without_years(folded: str) -> str:
    """Folded text without the numbers that are no figures: years, months, quarters, item numbers, hotlines."""
    return _NO_FIGURES.sub("", folded)


@lru_cache(maxsize=8192)
def is_row(text: str) -> bool:
    """Whether a passage is one row of a table: cells with their headers, or divided by tabs."""
    return "\t" in text or len(re.findall(r"(?:^|；)[^：；\n]{1,12}：", text)) >= 4
