"""The noun that a count counts: 11个国家级、10个省级试点, 27个省（区、市）完成改革, 服务业高质量发展30条措施."""

from __future__ import annotations

import re

from ingest.indicators import LONGEST_NAME, after_figure, clean
from ingest.numerals import Figure

_BRACKET = re.compile(r"(?<=[省市县区州村镇盟旗道])[（(][^（）()\d]{1,12}[）)]")
_PLACES = r"省、自治区、直辖市|省份|省|自治区|自治州|州|盟市|市地|地市|市州|市县|县市区|县市|县区|区县|旗县|市|县|区|旗|村庄|村|乡镇|街道|社区|地区|城市"
_BROAD = re.compile(
    rf"(?:{_PLACES}|项目|企业|措施|举措|政策|经验|活动|行动|任务|成果|作品|集体|个人|单位|高校|学校|医院|设备|事项|实事|条款|奖项|品种|试点|学生|群众|居民|家庭|农户|机构|平台|产品|方面|政策措施|改革举措)"
)
_PLACE = re.compile(rf"(?:{_PLACES})")
_PREDICATE = re.compile(
    r"(?:已经?|全部|均|都|分别|首次|成功|圆满|基本|正式|顺利|率先|全面|初步)*"
    r"(?P<does>完成|实现|入选|获得|荣获|获批|获评|获|被评为|建成|开展|通过|达到|达标|建立|实施|纳入|进入|参加|投产|开工|投用|投入运营|启动|设立|形成|取得|列入|评为|脱贫|摘帽)了?(?P<what>(?:[^，。；、：\d（“]|“[^”，。；]{1,14}”){0,18})"
)
_LISTED = re.compile(
    r"[^，。；、：\d]{1,12}(?:、[^，。；、：\d]{1,14}){0,4}(?:[和及与][^，。；、：\d]{1,16})?等(?!级)[^，。；、：\d的]{2,12}(?=[，。；、：\d（的]|$)"
)
_JOINED = re.compile(r"(?!.{0,3}级)[^，。；、：\d和]{2,3}、[^，。；、：\d]{2,20}(?=[，。；]|$)")
_ACTS = re.compile(
    r"(?:建|推|实|开|完|扩|改|获|入|达|支|服|引|培|打|办|提|解|组|举)[设进施展成造得选到持务立育升决织办]"
)
_NO_NOUN = re.compile(r"(?:大关|关口|台阶|水平|高位|新高)")


def counted_noun(text: str, figure: Figure, right: str, following: Figure | None) -> str:
    """The noun after the figure, up to the next figure; in 11个国家级、10个省级试点 the first is 国家级试点."""
    right = right.partition("\n")[0]
    if bracketed := re.match(rf"({_PLACES})[（(]", right):
        return bracketed[1]
    right = _BRACKET.sub("", right)
    if figure.base == "次" and (times := re.match(r"[^，。；、：\d]{4,20}", right)) and _ACTS.match(right):
        return times[0]  # 4次降低存款准备金率
    between = right
    if following is not None and (at := right.find(following.said)) >= 0:
        between = right[:at]
        if not between and (least := re.match(r"[及或]?以[上下内]的?|级", right[len(following.said) :])):
            rest = len(following.said) + least.end()
            return right[:rest] + after_figure(right[rest:])  # 957个50户以上村寨
    listed = _LISTED.match(right) or _JOINED.match(right) if figure.base and not _ACTS.match(right) else None
    if listed and figure.shape == "number" and len(listed[0]) <= LONGEST_NAME:
        return re.sub(r"(?:建设|发展)$", "", listed[0])
    noun = after_figure(between)
    noun = noun if _BROAD.fullmatch(noun) else clean(noun)
    if _NO_NOUN.match(noun) or (len(noun) == 1 and not _PLACE.fullmatch(noun)):
        return ""
    if following and noun.endswith("级") and between == noun + "、":
        whole = re.match(r".{1,3}级(.+)", after_figure(text[following.span.end :][:40]))
        noun += whole[1] if whole else ""
    return noun


def told_apart(noun: str, words: str, right: str) -> str:
    """A broad noun (措施, 项目, 县) with what tells it from others: the words before the figure, or what it is said to do.

    >>> told_apart("措施", "服务业高质量发展", ""), told_apart("县", "", "县通过国家验收")
    ('服务业高质量发展措施', '通过国家验收的县')
    """
    if not _BROAD.fullmatch(noun):
        return noun
    place = _PLACE.fullmatch(noun) is not None
    if not place and len(words) >= 2 and not words.endswith(noun) and len(words) + len(noun) <= LONGEST_NAME:
        return words + noun
    at = right.find(noun)
    said = _PREDICATE.match(_BRACKET.sub("", right[at:])[len(noun) :]) if 0 <= at <= 4 else None
    if said is None or len(said["does"] + said["what"]) + len(noun) >= LONGEST_NAME:
        return words if place and words else noun
    return f"{said['does']}{said['what'].rstrip('的和及与')}的{noun}"
