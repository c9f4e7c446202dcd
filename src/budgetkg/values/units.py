"""Measure words behind a number: those of the code list `counting-unit`, ratios of them, and unknown ones."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from budgetkg.codelists import Concept, concepts
from budgetkg.values.spelling import target_form

_SCHEME = "counting-unit"
# Before a time noun 个 adds nothing: 5个工作日.
TIME = (
    "工作日", "交易日", "自然日", "日历天", "季度", "星期", "百分点", "小时", "钟头", "学时", "课时", "工时",
    "学年", "学期", "年度", "月", "周",
)  # fmt: skip
PER = {
    "年": "year", "年度": "year", "半年": "half-year", "季度": "quarter", "季": "quarter", "月": "month",
    "周": "week", "星期": "week", "日": "day", "天": "day",
}  # fmt: skip
# What stands behind a number without being its measure.
_NO_UNIT = re.compile(
    "事故|停播|投诉|差错|失误|合规|合格|完成|达标|满意|提升|提高|增长|增加|下降|降低|减少|覆盖|超支|违规|违纪|"
    "故障|伤亡|死亡|泄密|上访|以|及|或|之|左|右|上|下|内|前|后|多|余|来|几|不|未|无|的|和|与|至|到|约|为|是|"
    "按|应|可|各|每|全|等|号|零|一|二|两|三|四|五|六|七|八|九|十|百|千|万|亿|年|月|日|点|整"
)
_UNKNOWN = re.compile(r"[一-鿿]{1,2}(?=$|[,;。、)!?]|以上|以下|以内|及以上|左右|上下|/)")
_BRACKETED = re.compile(r"\(([^()]{1,6})\)")
_HALF_YEAR = re.compile("半年")
_EACH = re.compile("(?:每[人户村亩])?每(半年|年度?|个?季度|个?月|周|天|日)")
_DENOMINATOR = re.compile(r"/((?:[0-9]{1,6}|[十百千万亿]{1,2})?)")
_SHORT = frozenset("成类度里方点线面口道对门节班行片块样站级星单字吉太时季周月车床村镇粒双番帖堂")


@cache
def _pattern() -> re.Pattern[str]:
    labels = {target_form(label) for unit in concepts(_SCHEME) for label in (unit.zh, *unit.alt)}
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


@cache
def _known() -> dict[str, Concept]:
    return {target_form(label): unit for unit in concepts(_SCHEME) for label in (unit.zh, *unit.alt)}


@lru_cache(maxsize=1024)
def unit_concept(printed: str) -> Concept | None:
    """The concept of a printed measure word; ``None`` where the code list doesn't have it."""
    return _known().get(target_form(printed)) or _known().get(target_form(printed).lower())


def unit_at(text: str, start: int, chinese: bool = False) -> tuple[str | None, str | None, int]:
    """The unit that begins at an offset, the time it recurs per (90次/年), and the offset where it ends.

    ``chinese`` is whether the number before it is in Chinese numerals: then an unknown word is no unit.
    """
    begin = start
    if text.startswith("个", start) and text.startswith(TIME, start + 1):
        begin = start + 1
    known = _pattern().match(text, begin)
    if known and _is_word(text, known, begin > start):
        return _ratio(text, known[0], known.end())
    if not chinese:
        unknown = _UNKNOWN.match(text, start)
        if unknown and not _NO_UNIT.match(unknown[0]):
            return _ratio(text, unknown[0], unknown.end())
    bracketed = _BRACKETED.match(text, start)
    if bracketed and _pattern().fullmatch(bracketed[1]):
        return _ratio(text, bracketed[1], bracketed.end())
    return _ratio(text, None, start)


def _is_word(text: str, match: re.Match[str], behind_ge: bool) -> bool:
    """Whether a matched word is a measure here: 月 behind a number alone is a date, the t of kt is no tonne.

    ``behind_ge`` is whether 个 stands between number and word.
    """
    word, after = match[0], text[match.end() : match.end() + 1]
    if word.isascii():
        return not (after.isascii() and after.isalpha())
    if word == "月" or word == "季度":
        return behind_ge
    if word == "年":
        return not after or after not in "份代级"
    if word in _SHORT and not behind_ge:
        # Short words that open longer ones (成本, 类型, 方案, 点位): only where the word ends.
        return not after or after in ",;。、)(/以及左" or not ("一" <= after <= "鿿")
    return True


def _ratio(text: str, unit: str | None, end: int) -> tuple[str | None, str | None, int]:
    """What follows a unit: another below a slash (元/人), a factor (元/人·次), the time it recurs per.

    The time (/年, 每年) may stand before the other unit or behind it.
    """
    per: str | None = None
    while True:
        slash = _DENOMINATOR.match(text, end)
        below = _below(text, slash.end()) if slash else None
        if slash is None or below is None:
            break
        if below[0] in PER and not slash[1] and per is None:
            per, end = PER[below[0]], below.end()
        elif unit is None:
            break
        else:
            unit, end = f"{unit}/{slash[1]}{below[0]}", below.end()
    times = _pattern().match(text, end + 1) if unit and text.startswith("·", end) else None
    if times is not None:
        unit, end = f"{unit}·{times[0]}", times.end()
    each = _EACH.match(text, end)
    if each and unit and per is None:
        return unit, PER[each[1].removeprefix("个")], each.end()
    return unit, per, end


def _below(text: str, start: int) -> re.Match[str] | None:
    """A unit below a slash: a known one, 半年, or a word of two characters that ends there (元/生)."""
    known = _pattern().match(text, start) or _HALF_YEAR.match(text, start)
    if known is not None:
        return known
    unknown = _UNKNOWN.match(text, start)
    return unknown if unknown and not _NO_UNIT.match(unknown[0]) else None
