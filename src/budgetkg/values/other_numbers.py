"""Numbers that are no targets: years, list and article numbers, ranks, names, slogans.

They are struck out: each character is replaced by `STRUCK`, so that all others keep their offsets.
"""

from __future__ import annotations

import re

from budgetkg.values.units import unit_at

STRUCK = "\ue000"  # a private-use character: no form prints it
UNREADABLE = "\ue001"  # another, in place of a number that can't be read

_CN = "[零〇一二两三四五六七八九十百千万]"
_IDIOMS = (
    "一系列|一定|一些|一般|一致|一体|一流|统一|唯一|进一步|新一[轮代届批期]|一步|一站式|一张网|一网|一件事|一次性|同一|之一|"
    "任一|每一|某一|另一|一方面|一带一路|万一|一起|一线|一把手|一直|一律|一经|一旦|一如既往|一票否决|一公开|双随机|一手|"
    "一岗双责|一键|一对一|一比一|第一|三农|三重一大|三公|三会一课|四史|两会|两学一做|百千万|千家万户|千村|万户|五位一体|"
    "(?<![一二三四五六七八九])十分|一点|万分|四季|百姓|千方百计|一心|一切|一旁|一边|十足|一级|二级|三级|四级|五级|三甲|二甲|一类|二类|三类|"
    "三品一标|六稳|六保|八项规定|四不两直|一村一品|一人一档|一户一策|一企一策|一校一策|一事一议|"
    "三级甲等|七一|八一|五一|六一|十一(?=国庆|假期|黄金周|期间)|五四(?=运动|精神|青年|奖)|一批|一代|万物|二维码|一卡通|二十大|十九大|"
    "(?:十[一二三四五六])五(?=规划|时期|期间|末|[,;。、]|$)"
)
_SLOGANS = (
    "[一二两三四五六七八九十](?:个|大)(?:维护|意识|自信|代表|确立|全面|文明|转变|一(?:批|流)?|服务"
    "|攻坚战|体系|清单|务必)"
)
_OTHER_NUMBER = re.compile(
    "|".join(
        (
            r"(?<![0-9])(?:19|20)[0-9]{2}(?:年度?)?[-~至—](?:19|20)?[0-9]{2}(?:学年|年度?)",
            r"(?<![0-9])(?:19|20)[0-9]{2}年度?",
            "[二一][零〇九][零〇一二三四五六七八九]{2}年",
            rf"第(?:[0-9]{{1,4}}|{_CN}{{1,4}})[一-鿿]?",
            r"[〔\[(](?:19|20)[0-9]{2}[〕\])](?:第)?[0-9]{1,4}号|(?<![0-9])[0-9]{1,5}号(?:文|令|公告|线|楼)?",
            # Product classes: 10万+的稿件; a list's own numbers: 1. 2、 (3) 一、
            r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?[万千亿wWkK]?\+(?=[一-鿿])(?!以上)(?![个篇条场次人家份部期])",
            r"(?:(?<=^)|(?<=[;。:,]))[0-9]{1,2}[、)](?=[^0-9])",
            r"(?<![0-9.])[0-9]{1,2}\.(?=[一-鿿《“\"(])",
            r"\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\)(?=[一-鿿])",
            r"(?:^|(?<=[;。]))[一二三四五六七八九十]{1,2}、|[其]?[一二三四五六](?:是)(?=[一-鿿])",
            "(?<![0-9.])(?:1[0-2]|0?[1-9])月份?",
            "周[一二三四五六日](?![次场期篇份])|星期[一二三四五六日天]|礼拜[一二三四五六日天]",
            rf"(?:近|过去|今后|未来|近期)(?:[0-9]{{1,2}}|{_CN}{{1,2}})个?[年月周天]",
            rf"{_CN}{{1,2}}年(?=来|大变化|间|规划|行动|计划|发展|级|一)",
            r"(?<![A-Za-z0-9])[0-9]A{0,5}级|A{1,5}级|[0-9]星级|[0-9]级(?=以上)|[0-9]?[省市区县镇国]级以上",
            r"(?<![0-9A-Za-z])(?!(?:[kcdm]?m|M)[23](?![0-9]))[A-Za-z][A-Za-z.]{0,30}-?[0-9]+(?:\.[0-9]+)?(?:版)?|(?<![0-9.])[0-9]+(?:G|D|K)(?![A-Za-z/])(?=[一-鿿]|$)",
            r"(?<![0-9])1(?:\+[0-9N]){1,4}(?![0-9个天])|(?<![0-9])12345(?=[一-鿿])|(?<![0-9])12315(?=[一-鿿])",
            _SLOGANS,
            _IDIOMS,
        )
    )
)
# Seen but not readable: 两周一次, 1:20, 3/7, 1-2-3, 12.3.4, 2×3.
_UNREADABLE = re.compile(
    r"(?<![0-9第近])(?:[2-9]|[1-9][0-9]|[两二三四五六七八九十])个?(?:年|季度|月|周|天)(?=[一1]次)|"
    r"(?<![百千])[一二三四五六七八九十]{1,3}分之[一二三四五六七八九十]{1,3}|"
    r"(?<![0-9])[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?)+|(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}|"
    r"(?<![0-9.])[0-9]++/[0-9]++(?![一-鿿])|"
    r"(?<![0-9])[0-9]+(?:-[0-9]+){2,}|(?<![0-9.])[0-9.]+[×*x^][0-9.]+|(?<![0-9])[0-9]+[eE][0-9]+"
)
# 零投诉 is none; 零距离, 零容忍, 零售 are words of their own.
_NOUGHT = re.compile(
    "零(?=投诉|事故|差错|失误|上访|信访|举报|伤亡|死亡|泄密|故障|违规|违纪|超支|停播|缺陷|返工|逾期|拖欠|纠纷|火灾|案件|"
    "发案|辍学|漏报|迟报|瞒报|污染|排放|感染|腐败|差评|发生|新增)"
)
_ACIDITY = re.compile("(?<![A-Za-z])pH值?(?=[:为在是]{0,2}[0-9])", re.IGNORECASE)
_SINGLE = re.compile(r"(?<![0-9.,])[1-9](?=[一-鿿])")
_ROUND_THE_CLOCK = re.compile(r"(?<![0-9])7[×x*]24(?:小时)?")
# 一年2次 is 2 a year; 30%≤x≤50% is a range.
_EACH = re.compile(
    "(?<![0-9第近])[1一](年|个?季度|个?月|周|天)(?=[0-9一二两三四五六七八九十]{1,6}[场次期篇份])"
)
_EACH_OF = re.compile("(?<![0-9第])[1一](?:村|人|户|企|校|社区)(?=[每1一])")
_WITHIN = re.compile(r"(?<![0-9.])([0-9.]+%?)[≤<][A-Za-z一-鿿]{1,8}[≤<](?=[0-9])")
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|\"[^\"]*\"|『[^『』]*』|「[^「」]*」")


def _strike_list_numbers(text: str) -> str:
    """Strike the numbers of a list: ①举办3场②派发100份, whose rings the comparison key has taken away."""
    if not text.startswith("1"):
        return text
    numbers: list[tuple[int, int]] = []
    for digit in _SINGLE.finditer(text):
        if int(digit[0]) == len(numbers) + 1 and unit_at(text, digit.end()) == (None, None, digit.end()):
            numbers.append(digit.span())
    return strike(text, numbers) if len(numbers) > 1 else text


def strike(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans (first offset, offset behind the last) struck out."""
    marks = list(text)
    for start, end in spans:
        marks[start:end] = STRUCK * (end - start)
    return "".join(marks)


def strike_quotes(text: str) -> str:
    """Strike titles and slogans in quotation marks, unless the target is nothing else."""
    struck = _QUOTED.sub(lambda quote: STRUCK * len(quote[0]), text)
    return struck if struck.strip(STRUCK) else text


def strike_other_numbers(text: str) -> str:
    """Strike the numbers that are no targets, and put `UNREADABLE` for those that can't be read."""
    text = _ACIDITY.sub(lambda match: STRUCK * len(match[0]), _NOUGHT.sub("0", text))
    text = _ROUND_THE_CLOCK.sub(lambda match: STRUCK * len(match[0]), text)
    text = _EACH_OF.sub(lambda match: STRUCK * len(match[0]), _EACH.sub(r"每\1", text))
    text = _WITHIN.sub(r"\1~", _strike_list_numbers(text))
    text = _UNREADABLE.sub(lambda match: UNREADABLE * len(match[0]), text)
    return _OTHER_NUMBER.sub(lambda match: STRUCK * len(match[0]), text)
