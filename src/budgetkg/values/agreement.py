"""What a printed target lacks, and whether the period's and the annual target of one indicator contradict.

This compares the printed words and no more: `read_target` says what a target means.
"""

from __future__ import annotations

import re
from decimal import Decimal

from budgetkg.text import comparison_key
from budgetkg.values.units import unit_concept

_POINTS_OR_PERCENT = re.compile(r"(?<!\d)(\d++(?:\.\d++)?)(分|%)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNIT_OF_NAME = re.compile(r"\((?:单位:)?([^()\d]{1,8})\)$")
_NUMBER_ALONE = re.compile(r"(?:>=|<=|[≥≤≧≦<>=]|不少于|不低于|不超过|至少|超过)?\d+(?:\.\d+)?")
_MAGNITUDES = "十百千万亿"
# What stands before a placeholder: 标准：控制数, and the misprint 标椎.
_STANDARD = re.compile(r"^标[准椎][::]")
_PLACEHOLDERS = frozenset({"控制数", "年度计划数", "计划数", "预算控制数"})


def is_placeholder(target: str) -> bool:
    """Whether a target only says that a number is to be put there: 控制数, 标准：年度计划数."""
    return _without_standard(target) in _PLACEHOLDERS


def lacks_unit(target: str, name: str = "") -> bool:
    """Whether a target is a number without a word for what it counts: 1, ≥90, 不低于7000.

    The indicator's name may print the unit in brackets at its end: 新建围栏（公里）.
    """
    if not _NUMBER_ALONE.fullmatch(comparison_key(target)):
        return False
    named = _UNIT_OF_NAME.search(comparison_key(name))
    unit = named[1].partition("/")[0].lstrip(_MAGNITUDES) if named else ""  # 万亩, 万元/公里
    return not unit or unit_concept(unit) is None


def numbers_of(target: str) -> tuple[str, ...]:
    """The numbers that a target prints in figures."""
    return tuple(_NUMBER.findall(target))


def contradict(period: str, annual: str, *, apart: bool = False) -> bool:
    """Whether two targets of one indicator print different numbers in the same words.

    91%以上 and 19%以上 contradict; ＞85分 and 85% do too (one number, two units). Targets that
    differ in their words are left to a reader. ``apart`` says that the form's periods are of several years:
    then a year may promise a smaller share than the whole period too (≥30%, this year ≥10%).
    """
    texts = (_without_standard(period), _without_standard(annual))
    if texts[0] == texts[1]:
        return False
    words = [_NUMBER.sub("#", text) for text in texts]
    numbers = [_NUMBER.findall(text) for text in texts]
    if not all(numbers):
        return False
    same_words = words[0] == words[1]
    if same_words and ("%" not in texts[0] or apart) and _none_smaller(*numbers):
        return False  # what a whole period counts may be more than what one year does
    return same_words or _points_against_percent(*texts)


def _without_standard(target: str) -> str:
    return _STANDARD.sub("", comparison_key(target))


def _none_smaller(period: list[str], annual: list[str]) -> bool:
    return all(Decimal(one) >= Decimal(other) for one, other in zip(period, annual, strict=True))


def _points_against_percent(one: str, other: str) -> bool:
    """Whether one number is points in one target and per cent in the other: ＞85分, 85%."""
    scores = [_POINTS_OR_PERCENT.findall(text) for text in (one, other)]
    if any(len(pairs) != 1 for pairs in scores):
        return False
    (number, unit), (other_number, other_unit) = scores[0][0], scores[1][0]
    return bool(number == other_number and unit != other_unit)
