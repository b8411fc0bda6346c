"""The name of what a figure measures: the indicator's words beside it, without adverbs, times, scopes and verbs of action."""

from __future__ import annotations

import re

LONGEST_NAME = 30  # characters

_ADVERBS = (
    "(?:今年|到)?年底前?|力争|确保|努力|争取|全力|滚动|精心|大力|着力|加快|进一步|持续|继续|不断|稳步|大幅|明显|全面|基本(?![医养公农生工药建原])|总体上?(?!工作)|整体(?!工作)|平均|累计|合计|预计(?!数(?![字据量]))|预期(?!寿)|预算(?![数执收支内])|年均|同时|其中|特别是|"
    "今年[底末]?|全年|明年|去年|当年|本年|今后|每年|年[内底末]|今后几年|未来五年|五年来?|十年来?|过去五年|一年来|[一二两三四五六七八九十\\d]+年|全市|全省|全县|全区|全国|全疆|全系统|全社会(?=实现|形成)|我市|我省|我县|我区|我国|"
    "各地|各县市区|各级各部门|各单位|要求?|将|应当?|须|必须|能够|可(?!再|支配|持续)|并|且|也|还|又|再(?![生制贷就])|均(?!衡)|都|共(?![同享产]|建(?!设))|总共|约|分别|先后|逐步|依法|及时|按期|按时|如期|提前|一律|至少|(?:到|至)?每(?:人|生|亩|户)(?:每[年月日])?|"
    "确定|计划(?![生单投完])|拟|建议|目标是|目标为|目标|我们|大家|通过|坚持|切实|扎实|深入|积极|主动|有序|有效|充分|坚决|尽快|主要是|即|如|到[^,，。；]{0,3}?年?[底末]|截至[^,，。；]{0,8}?[底末]|"
    "(?:到|至)?(?:19|20)\\d\\d年(?:度|[底末初前]|以来|全年)?|(?:到|至)?\\d{1,2}月(?:份|底|末)?|[上下]半年|[一二三四前]{1,2}个?季度|十[一二三四五]五(?:期间|时期|末)?|“十[一二三四五]五”(?:期间|时期|末)?"
)
_LEADING = re.compile(
    rf"(?:\s|[、，,：:；;（(）)\u3000①-⑳]|或(?!有)|在[^，。；]{{2,20}}?(?:领域|方面|场所|环节)(?=..)|为[^，。；]{{2,8}}?(?=降低|减轻|减少)|[一二三四五六七八九十]是|{_ADVERBS})+"
)
_CHANGE_WORDS = "压降|增长|增加|提高|提升|上升|扩大|下降|降低|减少|压减|压缩|缩短|缩减|回落|下调|上调|改善|增|降|减|多|少|高|低"
DOWN = re.compile(r"(?:压降|下降|降低|减少|压减|压缩|缩短|缩减|回落|下调|降|减|少|低)$")
_CHANGE = re.compile(rf"(?:{_CHANGE_WORDS})(?=了?$)")
_AMONG = re.compile(r"在[^在]{2,14}中(?=(?:位居|位列|排名?|名列|居|列)?$)")
_LEVEL = re.compile(
    rf"(?:{_CHANGE_WORDS}|升|增|降|缩|压|减|延长|控制|保持|稳定|维持|达|恢复|推广|覆盖|发展|跃升|前移)了?(?:到|至|在|为)(?:(?:19|20)\d\d年[底末]?|去年[底末]?|今年|目前|年末|年底)?的?\s*$"
)
_TAIL = re.compile(
    r"(?:\s|[“‘「（(]|必须|要|应|须|可|均|都|全部|分别|各|共|总共|累计|合计|平均|年均|力争|确保|争取|努力|预期|预计|预算|目标|实现|达到|[高多]达|达|为|是|(?<![现拥国所具没共享私持占含])有|在|到|至|按照|按|以|拟|不低于|不少于|不得低于|"
    r"不得少于|不小于|不超过|不得超过|不高于|不多于|不突破|至少|最少|最多|超过|超出|超|突破|高于|多于|低于|少于|不足|不到|逾|过|破|大约|约|将近|接近|近|仅|只|"
    r"每(?:立方米|平方公里|公里|吨|千瓦时|升)|每(?:人|生|户|亩|名)(?:每)?[年月日]|每[人生户亩年月日]|控制|保持|稳定|维持|安排|位居|位列|居|列|排名?|名列|稳居|并列|进入|跻身|挺进|迈入|跨入|处于|位于|奔|争|(?<![医低社参确环担])保|(?<![促推改引先递跃并])进|再|也|则|已|已经|又|还|首次|(?:全部|均|已|基本)?完成|连续.{1,3}年|连续\d+个[^，。；\d]{1,3}|成功|跃居|跃升|率先|需要?|将|先后|各有|排在|(?<!更)新|同比|环比|总体|(?<![回平])稳|整体|每年|继续|持续|仍|不断|和|(?<![惠普涉])及|与|、)+$"
)
_COMPARED = re.compile(
    r"(?:同比|环比|[是为](?:19|20)\d\d年的?|(?:[比较](?:上年|去年|上一?年度?|年初|上年同期|前.{1,2}年|上年年初预算|上年预算|(?:19|20)\d\d年|全国|全省|全市)(?:平均(?:水平)?|末|底|同期)?(?:(?:年初)?(?:预算|决算)数?|(?:年初)?(?:实际|执行|预计)(?:完成)?数)?))"
)
_PLACE_END = re.compile(
    r"(?:在|位居|名列|排名|跃居|稳居|居|列|进入|位列|位于)*(?:全省|全国|全市|全区|世界|全球|省内|国内|省市|同类城市)+(?:系统)?$"
)
_FROM = re.compile(r"(?:(?<![自经理事])由|从(?![业事]))[^由从，。；]{1,26}$")
_YEAR = re.compile(r"(?:19|20)\d\d年|[一二三四五六七八九十]+五")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
VERBS = (
    "新改扩建|新组建|新布局|筹措|新培育|新引育|新引进|上线|挂牌|列出|新认定|新登记|新开工|新建成|拟安排|规划建设|新建|改建|扩建|续建|建成|建设|培育|培养|创建|打造|完成|实现|引进|引育|引入|吸引|发展|认定|改造|整治|开展|组织|举办|承办|"
    "推广|支持|帮助|安排|投入|发行|发放|办理|查办|立案|查处|检查|压减|退出|淘汰|取消|下放|清理|培训|招聘|资助|扶持|惠及|受理|挽回|追回|召回|处理|解决|出台|制定|修订|制修订|发布|评选|"
    "选派|选择|化解|争取|力争|确保|开工|竣工|投产|建立|设立|新设|盘活|收储|筹集|落实|储备|推动|推进|加快|实施|获得|获批|荣获|入选|列入|通过|推出|签约|签订|采集|达成|修复|治理|种植|带动|引导|促进|"
    "减免|减征|抓好|办好|用好|做好|配备|派出|构建|形成|布局|谋划|新增|净增|增设|开通|增加|减少|开发|提供|组建|建好|更新|下达|兑现|追缴|拨付|编制|参与|主导|救助|保障|助力|聚焦|围绕|针对|覆盖|健全|降低|压缩|提高|提升|扩大|"
    "抽查|走访|提出|服务(?!业)|处置|整改|排查|引领|推荐|评定|遴选|建(?!筑)"
)
_VERB_START = re.compile(rf"(?:{VERBS})(?:了|好|出)?(?![率度额量数费的性业]|面积|资金$)")
_LIGHT_START = re.compile(r"(?:完成|实现|确保|推动|促进|提高|提升|降低|落实|力争|争取)(?![率度])")
_RATIO = re.compile(r"(?:率|度|比例|比重|占比|比|时长|时限|时间|数量)$")
_OWN_WORD = frozenset(
    [
        "增幅",
        "增速",
        "占比",
        "比重",
        "涨幅",
        "降幅",
        "占全省比重",
        "总量",
        "总额",
        "面积",
        "规模",
        "总投资",
        "投资额",
        "年度投资",
        "计划投资",
        "数量",
        "幅度",
        "增量",
    ]
)
_COMPOUNDS = frozenset(["活动", "行动", "工程", "计划", "大会", "机构", "中心", "项目"])  # 消费促进活动
_WORKED = frozenset(
    ["培训", "治理", "改造", "种植", "开发", "修复", "建设", "收储", "采集", "发行", "储备", "提升", "投资"]
)  # 培训规模
_ACTION = re.compile(rf"(?:{_ADVERBS})*(?:{VERBS})?")
_VERB_ONLY = re.compile(rf"(?:{VERBS}|[了各的对把将])*")
_CUT = re.compile(
    r"(?:拟安排|安排|完成|实现|确保|力争|争取|推动|促进|带动|引导|帮助|促使|保持|努力|使得|让|将|要把|新建|建成|培育|创建|打造|推进|坚持|支持|开展|组织|动员|其中|使(?!用)|把|对(?![象口接标外比])|向|以及|"
    r"并(?=[^购行网]))(?=[^率度额量数费的面]{2})"
)
_AFTER = re.compile(
    r"(?:\s|[”’」）)]|以上|以下|以内|左右|上下|余|多|的|比例|比重|幅度|标准|速度|份额|为|由|是)+"
)
_NOUN_END = re.compile(
    r"[，,。；;、：:！!？?\s（(）)]|(?<!规模)(?<![级及元户岁亩吨])以上|以内|左右|不低于|不少于|达到|提高|降低|用于|完成|实现|投入|建成|荣?获|被|均|(?<![主重需必首紧摘纪简概])要(?![求素件])|全部|全面|率先|陆续|先后|正式|(?<=..)(?:入选|入围|上榜|顺利|新[承引建增入晋获签开])|年内|今年|落户|(?<=..)(?:开展|实施|加快|纳入|实行)|建成|投用|通过|分别|[，]|并(?=[^购行网])|居(?=[全世首])|占"
)
_SUFFIX = re.compile(
    r"(?:率|度|量|数|数量|总量|比例|比重|占比|水平|增加值|收入|总额|规模|面积|产值|投资|增速|增幅|涨幅|得分|指数|强度|浓度|支出|产量|存量|余额|满意度|户|排名|总值|金额|额)$"
)
_COMMON = re.compile(
    r"(?:数量|总量|授权量|总数|人均可支配收入|可支配收入|营业收入|人均公用经费|零售额|吞吐量|补助标准|增加值|总产值|产值|拥有量|产量|覆盖率|普及率|合格率|完成率|占比|比重|排名|收入|投资|支出|总额|规模|面积)$"
)


_FISCAL = re.compile(
    r"(?:今年|去年|全年|每年)?(?:为此|由|其中|[今此]后.{1,2}年|[^，。；、]{0,6}(?:年内|期间|时期|年前|年底))?((?:中央|地方|国家|[省市县]级|各级)?财政|中央|地方)(?:今年|每年|为此|还|又|也|将|拟|要|再|继续|共|累计|安排)*(新增|增加)?(投入|安排|支出|补助|下达|拨付|筹集)(资金|支出|投入)?"
)


def clean(words: str) -> str:
    """The words without leading adverbs, times, scopes and verbs; a verb stays that belongs to a rate (抽查合格率)."""
    words = _COMPARED.sub("", words).strip(" \u3000")
    starts = _LIGHT_START if _RATIO.search(words) else _VERB_START
    if fiscal := _FISCAL.fullmatch(words):
        return (
            fiscal[1]
            + (fiscal[2] or "")
            + (fiscal[3] if fiscal[3] == "补助" else "")
            + (fiscal[4] or fiscal[3].strip("补助"))
        )
    if made := re.fullmatch(
        r"(?!对)(.{2,12})(?:实现([^率度]{2,8})|完成(?=产值|收入|投资|利润|税收|营收)(.{2,6}))", words
    ):
        words = made[1] + (made[2] or made[3])  # 工业企业实现利润
    if new := re.fullmatch(r".{6,}新增(?!就业|装机)(.{3,})", words):
        words = "新增" + new[1]
    if starts is _VERB_START:
        for cut in reversed(list(_CUT.finditer(words))):
            if not _inside_quote(words, cut.end()) and words[cut.end() :] not in _COMPOUNDS:
                words = re.sub(r"^[和及与、](?!谐|平|田)", "", words[cut.end() :])
                break
    before = ""
    while before != words:
        before = words
        words = words[lead.end() :] if (lead := _LEADING.match(words)) else words
        rest = starts.match(words)
        if (
            rest
            and len(words) - rest.end() >= 2
            and rest[0] != "新增"
            and (rest[0] not in _WORKED or words[rest.end() :] not in _OWN_WORD)
        ):
            words = words[rest.end() :].lstrip("和及与、")
    if words.startswith("新增") and len(words) > 2:
        words = words[2:].lstrip("的了") + "新增"
    return words.strip("的，,、；;：: \u3000")


def _inside_quote(words: str, at: int) -> bool:
    return words.count("“", 0, at) > words.count("”", 0, at)


def owned(name: str, carried: str) -> str:
    """增幅, 占比 and their like belong to the indicator before them."""
    return carried + name if name in _OWN_WORD and carried and not carried.endswith(name) else name


def shortened(words: str) -> str:
    """At most LONGEST_NAME characters, the last ones, from behind a 的, 、 or quotation where there is one; quotes stay whole."""
    if len(words) <= LONGEST_NAME:
        return words
    first = len(words) - LONGEST_NAME
    whole = [at for at in range(first, len(words) - 3) if not _inside_quote(words, at) and words[at] != "”"]
    marked = [at for at in whole if words[at - 1] in "的、，”" or words[at] == "“"]
    return words[(marked or whole or [first])[0] :]


def before_figure(left: str) -> tuple[str, str]:
    """The indicator's words in `left`, which ends where the figure begins, and the verb of change the figure measures ("" if none).

    >>> before_figure("确保抽检合格率稳定在"), before_figure("今年居民收入同比增长"), before_figure("力争办结时限压缩至")
    (('确保抽检合格率', ''), ('今年居民收入', '增长'), ('力争办结时限', ''))
    """
    change = ""
    previous = None
    left = _AMONG.sub("", left)
    while previous != left:
        previous = left
        left = left.rstrip()
        if left.endswith(("新增", "增设", "净增")):
            break
        if level := _LEVEL.search(left):
            left = left[: level.start()]
        elif tail := _TAIL.search(left):
            left = left[: tail.start()]
            if tail[0][0] in "到至为" and (level := _CHANGE.search(left)):
                left = left[: level.start()]  # 提高到每人每年
        elif not change and (found := _CHANGE.search(_COMPARED.sub("", left))):
            change = found[0]
            left = _COMPARED.sub("", left)[: found.start()]
        elif compared := re.search(rf"(?:{_COMPARED.pattern})$", left):
            left = left[: compared.start()]
        elif place := _PLACE_END.search(left):
            left = left[: place.start()]
    origin = _FROM.search(left)
    if origin and _NUMERAL.search(_YEAR.sub("", origin[0])):
        left = _TAIL.sub("", left[: origin.start()])
    return left, change


def after_figure(right: str) -> str:
    """The counted noun at the beginning of `right`, which begins where the figure ends."""
    lead = _AFTER.match(right)
    words = right[lead.end() :] if lead else right
    if words.startswith("等"):
        return ""
    if lead and "由" in lead[0]:
        words = words.partition("的")[2] or words
    begin = _ACTION.match(words)
    ends = _NOUN_END.finditer(words, begin.end() if begin else 0)
    end = next((end for end in ends if not _inside_quote(words, end.start())), None)
    words = words[: end.start()] if end else words
    words = re.sub(r"(?<=...)(?:建设|发展|等)$", "", words.rstrip("和及与"))
    return words.rpartition("的")[2] or words if len(words) > 12 else words


def starts_with_verb(words: str) -> bool:
    """Whether a verb of action begins the words."""
    return _VERB_START.match(words) is not None


def is_verb(words: str) -> bool:
    """Whether nothing but verbs of action and particles is in `words`."""
    return _VERB_ONLY.fullmatch(words) is not None


def coordinated(words: str, wanted: int = 0) -> tuple[str, ...]:
    """The indicators that `words` joins: “A率、B率和C率” gives three; what is one phrase gives itself.

    A last word that all share is given to each: 甲、乙产业增加值 is 甲增加值 and 乙产业增加值. wanted parts are taken as they are.
    """
    parts = [
        part
        for part in re.split(
            r"(?:[、和及]|与(?!试验发展))(?![^“]*”)", re.sub(r"等(?:多项|多个|主要)?(?:指标)?$", "", words)
        )
        if part
    ]
    if len(parts) == 1 and (both := re.match(r"城乡(?=居民|低保)", words)):
        return ("城镇" if words[2] == "居" else "城市") + words[both.end() :], "农村" + words[both.end() :]
    if len(parts) < 2:
        return (words,)
    if not all(_SUFFIX.search(part) for part in parts):
        common = _COMMON.search(parts[-1])
        if common is None and len(parts) == wanted:
            return tuple(parts)
        if common is None or any(len(part) < 2 for part in parts):
            return (words,)
        parts = [part if _SUFFIX.search(part) else part + common[0] for part in parts]
    return tuple(parts)
