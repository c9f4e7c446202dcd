"""Words that stand apart from a number and still belong to it: how often it recurs, what it changes by."""

from __future__ import annotations

import re

_WINDOW = 120  # characters
_BOUNDARY = re.compile("[,;。!?]")
_YEARLY = (
    r"(?<![0-9一二三四五六七八九十每全上去今本当往青少老成中壮近多周学百新半数几同])年"
    r"(?=均|增|涨|推送|发|产|培|开|举|组|完成|播|出|放|服务|接|处理|检|下降|减|累计|总|更新|刊|编|宣|活动|报道|使用|运|供)"
)
_PER = (
    ("half-year", "每半年|半年度|(?<![上下])半年(?=(?:至少|不少于|不低于|≥|开展|完成|举办|组织|更新)*$)"),
    (
        "year",
        "每年度?|全年度?|年均|"
        rf"(?<![0-9本当上下各跨今去])年度(?!计划|预算|考核|目标|任务|绩效)|按年|{_YEARLY}",
    ),
    ("quarter", "每个?季度?|季均|按季度?"),
    ("month", "每个?月(?!底|末|初)|月均|月度|按月"),
    ("week", "每周|每星期|每个星期|周均|按周"),
    ("day", "每日|每天|日均|按日"),
)
_RECURRENCE = re.compile("|".join(f"({words})" for _, words in _PER))
_UP = "提升|提高|增加|增长|增幅|涨幅|上升|上涨|递增|升高|增收|扩大|(?<!新)增(?!设|派|补)|(?<!粉)涨"
_DOWN = "降低|下降|减少|降幅|缩减|压缩|压减|缩短|节约|节省|下调|减排|削减|递减|回落|(?<!量)减|降"
_OBJECT = "(?:(?!率|度|达|至|到|为|量|数|性)[一-鿿]){0,4}"
_RAISED = re.compile(rf"(?:({_UP})|({_DOWN}))(?:幅度|比例)?(?:了|约)?$")
_RAISED_WHAT = re.compile(rf"(?:(增加|增长|提升|提高)|(降低|下降|减少|节约|节省|压减|压缩|缩短)){_OBJECT}$")
_BEHIND = re.compile("的?(?:(增长|提升|增幅|涨幅|提高|增加)|(下降|降幅|降低|减少|缩减))(?![率量数])")


def recurrence(text: str, begin: int) -> str | None:
    """The time after which the number at ``begin`` recurs, by the nearest word before it in its clause."""
    low = max(0, begin - _WINDOW)
    clause = _BOUNDARY.split(text[low:begin])[-1]
    matches = tuple(_RECURRENCE.finditer(clause))
    return _PER[(matches[-1].lastindex or 1) - 1][0] if matches else None


def change(text: str, begin: int, end: int, unit: str | None) -> str | None:
    """``increase`` or ``decrease`` where the number is a change, by a verb (提升5%) or a noun (5%的增幅)."""
    clause = _BOUNDARY.split(text[max(0, begin - 16) : begin])[-1]
    verb = _RAISED.search(clause)
    if verb is None and unit in ("%", "‰", "百分点"):
        verb = _RAISED_WHAT.search(clause) or _BEHIND.match(text, end)
    if verb is None:
        return None
    return "increase" if verb[1] else "decrease"
