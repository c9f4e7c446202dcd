"""Checks of what a target says beside its indicator's name and tier: numbers, units, degrees, time."""

from __future__ import annotations

import re

from budgetkg.forms.indicators.tier_labels import first_tier_of, tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import Quantity, Target, is_placeholder, read_target

_TAIL = r"(?:[/(](?:%|[年次个人元])[)]?|\(%\))?$"
_RATE = re.compile(rf"率{_TAIL}|比例$|占比$|\(%\)$")
# What counts each name asks for, and the measure words in which such a count may be given.
_COUNTS = (
    (re.compile(rf"人[数次]{_TAIL}|人次数$"), "人", frozenset("人名位个户") | {"人次", "人数", "员"}),
    (re.compile(rf"场[次数]{_TAIL}|场次数量?$"), "场", frozenset("场次期个轮节回届堂班天台部") | {"场次"}),
    (re.compile(rf"(?<![场人])次数{_TAIL}"), "次", frozenset("次场期轮回届个批遍趟届人家篇天条件处") | {"组次", "场次", "人次", "家次"}),
    (re.compile(rf"篇数{_TAIL}"), "篇", frozenset("篇条个份次") | {"篇次", "条次"}),
    (re.compile(rf"天数{_TAIL}"), "天", frozenset("天日个") | {"工作日", "小时"}),
    (re.compile(rf"数量{_TAIL}"), "数量", frozenset()),
)  # fmt: skip
# 提高…率 is a goal and 效率 a word of its own; neither asks for a number.
_NO_RATE = re.compile(r"效率|^(?:按|提[高升]|降低|减少|增[加强]|确保|保[障证])")
_WITHOUT_NUMBER = re.compile(r"全|所有|一切|零|[无不没未杜]|[均皆]|每|达到?|应[一-鿿]尽|翻番|一[半倍]|过半|半数|[上下]降|[提增降减]")
# A count is said without a number only where the whole of the value says so: 无, 零, 每村一场, 全覆盖.
_WITHOUT_COUNT = re.compile(r"全|所有|一切|零|[均皆]|每|达到?|应[一-鿿]尽|^[无不没未]")
_DEGREE = re.compile(r"(?<!满意)(?<!完成)(?<!覆盖)(?<!达标)程度$")
_PEOPLE_AND_PIECES = frozenset({"人", "人次", "次", "篇", "条", "场", "期", "场次", "个", "集", "部", "册", "份", "家", "项"})
_MONEY = re.compile("收入|产值|营收|税|投资|销售|消费|元|成本|经济|节约|节省|效益|就业|岗位|增收|产量|利润|企业|交易|成交|签约|引进|项目|旅游|游客|市场|农|商")
_TIME = re.compile(
    "时间|时限|时效|时长|及时|按时|准时|定时|即时|实时|适时|同步|随时|当[日天月年场]|进度|期限|工期|周期|期内|日期|效率|速度|频率|频次|"
    "小时|分钟|天|周|[年月日季](?!度?(?:核|考|计划))|全年|常态|长期|持续|第一时间|提前|逾期|延误|延迟|限时|准点|响应|计划|约定|按期|如期|进程|阶段|节点[前内]"
)
_OCCASION = re.compile("(?:重[大要]|关键)?(?:时间)?节点(?![前内])")
_SATISFIED = re.compile("满意|认可|认同|好评|投诉|评价|信访|获得感|幸福感|安全感|支持|意见|反馈|口碑|欢迎|赞|测评|评议|信任|知晓|问卷.*度|体验")
_SATISFACTION = re.compile("满意(?:度|率|程度)")
_READERS = re.compile("人数|人次|用户|粉丝|阅读|播放|浏览|点击|关注|转发")
_FAULTS = re.compile("事故|差错|投诉|故障|错误|违规|违纪|问题|缺陷|失误|停播|超支|返工|不合格|伤亡")
_AFFIRMED = re.compile("及时|按时|完成|合规|达标|合格|满意|[是有无]")
_ENDS_ON_QUALITY = re.compile("(?:性|率|度|%|情况|数|量|次)\\)?$")
_LONGEST = 60


def check_meaning(reader: Reader, place: str, indicator: Indicator) -> None:
    """Report a target that says nothing, or something else than its indicator's name or tier asks for."""
    _check_without_value(reader, place, indicator)
    value = indicator.annual_value or indicator.period_value
    if value is None or is_placeholder(value):
        return
    target = _read(indicator, value)
    found = (
        _without_number(indicator, target) and "target-without-number",
        _degree(indicator, target) and "degree-in-percent",
    )
    for code in filter(None, found):
        reader.log.add(code, place, indicator.evidence, name=indicator.name, value=clipped(value))
    _check_unit(reader, place, indicator)
    _check_swapped(reader, place, indicator)
    _check_tier(reader, place, indicator, value, target)


def clipped(text: str) -> str:
    """A text short enough for a message; the evidence quotes the rest."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _read(indicator: Indicator, value: str) -> Target:
    return read_target(value, indicator.name, indicator.operator, indicator.unit)


def _check_without_value(reader: Reader, place: str, indicator: Indicator) -> None:
    named: dict[str, list[str]] = {}
    for which, value in (("实施周期指标值", indicator.period_value), ("年度指标值", indicator.annual_value)):
        if value is not None and not is_placeholder(value) and _says_nothing(indicator, value):
            named.setdefault(key(value), []).append(which)
            if len(named[key(value)]) == 1:
                named[key(value)].append(value)
    for first, value, *second in named.values():
        which = "、".join((first, *second))
        reader.log.add("target-without-value", place, indicator.evidence, which=which, value=clipped(value))


def _says_nothing(indicator: Indicator, value: str) -> bool:
    """Whether a value only repeats the name, a word of it, or what is counted."""
    target = _read(indicator, value)
    if target.kind == "placeholder":
        return True
    words, name = key(value).rstrip("。.;"), key(indicator.name)
    part = 2 <= len(words) < len(name) and words in name and not _ENDS_ON_QUALITY.search(name)
    return target.kind == "qualitative" and part and not _AFFIRMED.search(words)


def _asked(name: str) -> tuple[str, frozenset[str]] | None:
    """The measure word that a name asks for, and those in which its count may be given."""
    plain = key(name)
    return next(((word, units) for pattern, word, units in _COUNTS if pattern.search(plain)), None)


def _without_number(indicator: Indicator, target: Target) -> bool:
    name = key(indicator.name)
    value = key(indicator.annual_value or indicator.period_value or "")
    if target.kind != "qualitative" or _NO_RATE.search(name):
        return False
    rate = bool(_RATE.search(name)) and not _WITHOUT_NUMBER.search(value)
    return rate or (_asked(name) is not None and not _WITHOUT_COUNT.search(value))


def _degree(indicator: Indicator, target: Target) -> bool:
    percent = any(quantity.unit == "%" and quantity.change is None for quantity in target.quantities)
    return bool(_DEGREE.search(key(indicator.name))) and percent


def _check_unit(reader: Reader, place: str, indicator: Indicator) -> None:
    """A name that counts one thing, with a target that counts only others: 次数 in per cent."""
    asked = _asked(indicator.name)
    if asked is None or indicator.unit is not None:
        return
    word, units = asked
    for value in dict.fromkeys((indicator.annual_value, indicator.period_value)):
        quantities = _read(indicator, value).quantities if value else ()
        given = [quantity.unit for quantity in quantities]
        if given and value and all(unit and _is_other(unit, units) for unit in given):
            named = "、".join(dict.fromkeys(unit for unit in given if unit))
            reader.log.add("target-unlike-name", place, indicator.evidence, name=indicator.name,
                           asked=word, given=named, value=clipped(value))  # fmt: skip
            return


def _is_other(unit: str, units: frozenset[str]) -> bool:
    if unit in ("%", "‰", "百分点"):
        return True
    return bool(units) and unit not in units and not any(unit.startswith(one) for one in units)


def _check_swapped(reader: Reader, place: str, indicator: Indicator) -> None:
    period, annual = indicator.period_value, indicator.annual_value
    if period and annual and _read(indicator, annual).kind == "formula" and _read(indicator, period).quantities:
        reader.log.add("targets-swapped", place, indicator.evidence,
                       period=clipped(period), annual=clipped(annual))  # fmt: skip


def _check_tier(reader: Reader, place: str, indicator: Indicator, value: str, target: Target) -> None:
    tier = tier_of(indicator.tier2) if indicator.tier2 else first_tier_of(indicator.tier1)
    notation = tier.notation if tier is not None else None
    name = key(indicator.name)
    if notation in ("3", "31") and not _SATISFIED.search(f"{name}{key(value)}" if len(name) > 12 else name):
        reader.log.add("satisfaction-unnamed", place, indicator.evidence, name=indicator.name)
    if notation == "13" and target.deadline is None and not _names_time(name, key(value), target):
        reader.log.add("timeliness-without-time", place, indicator.evidence,
                       name=indicator.name, value=clipped(value))  # fmt: skip
    fitting = _fitting(notation, name, value, target.quantities)
    if fitting is not None and indicator.tier2 is not None:
        reader.log.add("tier-unlike-target", place, indicator.evidence, name=indicator.name,
                       tier=indicator.tier2, value=clipped(value), fitting=fitting)  # fmt: skip


def _names_time(name: str, value: str, target: Target) -> bool:
    """Whether a target says when or how long; a bare percentage may be of what its name says of time.

    Occasions that aren't named (重要时间节点) are no time.
    """
    if target.quantities and all(quantity.unit in _PEOPLE_AND_PIECES for quantity in target.quantities):
        return bool(_TIME.search(value))
    return "率" in name or bool(_TIME.search(_OCCASION.sub("", f"{name};{value}")))


def _fitting(notation: str | None, name: str, value: str, quantities: tuple[Quantity, ...]) -> str | None:
    """The tier under which an indicator belongs by what it says, where it stands under quite another."""
    units = {quantity.unit for quantity in quantities}
    counted = bool(quantities) and None not in units and not units & {"%", "‰", "百分点"}
    if notation not in (None, "3", "31") and _SATISFACTION.search(name):
        return "满意度指标"
    if notation == "12" and counted and not _FAULTS.search(name) and _asked(name) is not None:
        return "数量指标"
    money = _MONEY.search(f"{name}{key(value)}")
    readers = units <= _PEOPLE_AND_PIECES or (units == {None} and _READERS.search(f"{name}{key(value)}"))
    if notation == "21" and bool(quantities) and readers and not money:
        return "社会效益指标"
    return None
