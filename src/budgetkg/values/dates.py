"""Dates as targets: 6月30日前, 2023年内, 每月10日前, and the serial numbers spreadsheets keep for days."""

from __future__ import annotations

import re
from datetime import date, timedelta

_YEAR = "(?:(?:(?:19|20)[0-9]{2}|[二〇零一三四五六七八九]{4}|每|当|本)年度?|次年|今年|明年|翌年|全年)"
_CN = "[一二三四五六七八九十]{1,3}"
_BY = "(?:之前|以前|底前|前|之内|以内|内(?![容部涵外地])|为止|截止|止)"
_PART = "(?:底|末|初|中旬|上旬|下旬|中(?!心|央|国|小|共|华|学))"
_DAY = f"(?:[0-9]{{1,2}}|{_CN})[日号]"
_MONTH = "(?<![0-9.])(?:1[0-2]|0?[1-9])月份?"
_ISO = (
    r"(?<![0-9])(?:19|20)[0-9]{2}([-./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12][0-9]|0?[1-9])"
    r"(?:[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9:])"
)
_MONTH_ISO = "(?<![0-9])20[0-9]{2}[-./](?:1[0-2]|0?[1-9])"
_TO = "[-~至到—]{1,2}"
_POINT = f"{_MONTH}(?:{_DAY}|{_PART})?"
_LIMITED = re.compile(
    "|".join(
        (
            # 2023.07-2024.01
            f"{_MONTH_ISO}{_TO}{_MONTH_ISO}(?![0-9])(?:{_BY})?",
            # 2023年1月1日至12月31日 · 每年6月30日前 · 12月底前 · 8月-10月
            f"(?:{_YEAR})?{_POINT}{_TO}(?:{_YEAR})?{_POINT}{_BY}?",
            f"(?:{_YEAR})?(?<![0-9])(?:1[0-2]|[1-9]){_TO}{_MONTH}{_BY}?",
            f"(?:{_YEAR})?{_MONTH}(?:(?:{_DAY}|{_PART}){_BY}?|{_BY})",
            f"(?:{_YEAR})?{_CN}月份?(?:{_DAY}|(?:{_PART})?{_BY}|{_PART})",
            f"{_YEAR}(?:{_MONTH}|{_CN}月份?)",
            # 2023年底前 · 2023年内 · 2023年第三季度
            f"(?:{_YEAR})(?:{_PART}{_BY}?|{_BY}|(?:上半年|下半年|第?[一二三四1-4]季度){_PART}?{_BY}?)",
            f"第?(?<![0-9])[一二三四1-4]季度(?:{_PART}{_BY}?|{_BY})|[上下]半年(?:{_PART}?{_BY}|{_PART})",
            f"{_ISO}{_BY}?",
            f"(?:每|当|次|下|本)个?月(?:{_DAY}|{_PART}){_BY}?|(?<![0-9一二三四五六七八九十月]){_DAY}(?:之前|以前|前)",
            f"每(?:周|星期)[一二三四五六日天](?![次场期篇份])(?:、(?:周|星期)[一二三四五六日天])*(?:\\([^()]{{0,20}}\\))?(?:{_BY})?",
            f"(?<![0-9一二三四五六七八九十两半几全每个学多])(?:年|月|季度?|学期|财年)(?:{_PART}{_BY}?|内(?!容)|终前?)",
            r"(?<![0-9.])(?:1[0-2]|[1-9])\.(?:3[01]|[12][0-9]|[1-9])(?:之前|以前|前)",
            r"(?:每日|每天|当日|当天)?(?<![0-9:])(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]|[点时](?:半|[0-9]{1,2}分)?)(?:之前|以前|前)",
            "(?:春节|元旦|国庆节?|中秋节?|端午节?|清明节?|五一|汛期|雨季|冬季|开学|暑假|寒假|学期结束|财政年度结束)(?:之前|以前|前)",
        )
    )
)
_WHOLE = re.compile(
    f"{_YEAR}|{_MONTH}|第?[一二三四1-4]季度|[上下]半年|{_YEAR}?第?[一二三四1-4]季度|{_DAY}|(?:当|本|次)[年月日]|20[0-9]{{2}}[-./](?:1[0-2]|0?[1-9])"
)
_DONE = re.compile(
    f"(?:{_YEAR})?(?:{_MONTH}|第?[一二三四1-4]季度|[上下]半年)"
    "(?=完成|完工|竣工|交付|支付|发放|拨付|验收|结项|前)"
)
_MIDNIGHT = re.compile(r"0{1,2}:00(?::00)?$")
_DATED = re.compile("时间|日期|时限|期限|时点|截止|完成时|何时")
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, their leap day of 1900 taken in


def deadlines(text: str, name: str) -> list[tuple[int, int]]:
    """The spans (first offset, offset behind the last) of the dates of a target that are deadlines."""
    if _WHOLE.fullmatch(text) and (is_dated(name) or not text.startswith("全年")):
        return [(0, len(text))]
    spans = [match.span() for match in _LIMITED.finditer(text)]
    return spans or [match.span() for match in _DONE.finditer(text)]


def is_dated(name: str) -> bool:
    """Whether an indicator's name asks for a date."""
    return bool(_DATED.search(name))


def as_printed(text: str, spans: list[tuple[int, int]]) -> str:
    """The dates in their own words, joined by ；, without the midnight that spreadsheets add."""
    return "；".join(_MIDNIGHT.sub("", text[start:end]) for start, end in spans)


def serial_day(text: str, name: str) -> str | None:
    """The ISO date that a spreadsheet's serial number (45291) or eight digits (20231231) stand for.

    ``None`` where the indicator's name doesn't ask for a date, and where the digits are no date.
    """
    if not is_dated(name):
        return None
    whole = re.fullmatch(r"([0-9]{5})(?:\.0+)?", text)
    if whole:
        day = _EPOCH + timedelta(days=int(whole[1]))
        return day.isoformat() if _FIRST <= day <= _LAST else None
    packed = re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", text)
    if packed:
        try:
            return date(int(packed[1]), int(packed[2]), int(packed[3])).isoformat()
        except ValueError:
            return None
    return None
