"""Printed amounts and targets as numbers.

An amount is a ``Decimal`` in the printed money unit and keeps its printed form; nothing is
rounded. Targets are read only as far as a contradiction between two of them needs it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from budgetkg.folding import fold, key
from budgetkg.records import Amount, Amounts

# 1,234.56 · 1234.56 · 12 · -3.50; scanners put a blank behind a comma or a point: 1, 499. 73
_AMOUNT = re.compile(r"[-−]?(?:\d{1,3}(?:\s?,\s?\d{3})+|\d+)(?:\s?\.\s?\d{1,6})?")
_LONGEST_AMOUNT = 40
_POINTS_OR_PERCENT = re.compile(r"(\d+(?:\.\d+)?)(分|%)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# What stands before a placeholder: 标准：控制数, and the misprint 标椎.
_BARE = re.compile(r"(?:>=|<=|[≥≤≧≦<>=]|不少于|不低于|不超过|至少|超过)?\d+(?:\.\d+)?")
_STANDARD = re.compile(r"^标[准椎][::]")
PLACEHOLDERS = frozenset({"控制数", "年度计划数", "计划数", "预算控制数"})


def parse_amount(text: str) -> Amount | None:
    """Read one printed amount; ``None`` where the text is anything else."""
    printed = text.strip()
    if len(printed) > _LONGEST_AMOUNT:
        return None
    plain = fold(printed).replace("﹒", ".").replace("，", ",")
    if not _AMOUNT.fullmatch(plain):
        return None
    digits = re.sub(r"[\s,]", "", plain).replace("−", "-")
    return Amount(printed, Decimal(digits))


def is_spaced(amount: Amount) -> bool:
    """Whether blanks stand inside the printed digits, as scanners leave them."""
    return bool(re.search(r"\s", amount.printed))


def amounts_from(values: dict[str, Amount]) -> Amounts:
    """Amounts by the names of the record's fields."""
    return Amounts(
        total=values.get("total"),
        fiscal_appropriation=values.get("fiscal_appropriation"),
        fiscal_special_account=values.get("fiscal_special_account"),
        other=values.get("other"),
    )


def sources_sum(amounts: Amounts) -> Decimal | None:
    """Sum of the printed funding sources; ``None`` where none is printed."""
    parts = (amounts.fiscal_appropriation, amounts.fiscal_special_account, amounts.other)
    printed = [part.value for part in parts if part is not None]
    return sum(printed, Decimal(0)) if printed else None


def is_placeholder(target: str) -> bool:
    """Whether a target only says that a number is to be put there: 控制数, 标准：年度计划数."""
    return _STANDARD.sub("", key(target)) in PLACEHOLDERS


def contradict(period: str, annual: str) -> bool:
    """Whether two targets of one indicator say different numbers in the same words.

    91%以上 and 19%以上 contradict; ＞85分 and 85% do too (one number, two units). Targets that
    differ in their words are left to a reader.
    """
    one, other = (_STANDARD.sub("", key(text)) for text in (period, annual))
    if one == other:
        return False
    shapes = [_NUMBER.sub("#", text) for text in (one, other)]
    numbers = [_NUMBER.findall(text) for text in (one, other)]
    if not all(numbers):
        return False
    if shapes[0] == shapes[1] and "%" not in one and _covers(*numbers):
        return False  # what a whole period counts may be more than what one year does
    return shapes[0] == shapes[1] or _points_against_percent(one, other)


def _covers(period: list[str], annual: list[str]) -> bool:
    return all(Decimal(one) >= Decimal(other) for one, other in zip(period, annual, strict=True))


def _points_against_percent(one: str, other: str) -> bool:
    """Whether one number is points in one target and per cent in the other: ＞85分, 85%."""
    found = [_POINTS_OR_PERCENT.findall(text) for text in (one, other)]
    if any(len(scores) != 1 for scores in found):
        return False
    (number, unit), (another, other_unit) = found[0][0], found[1][0]
    return bool(number == another and unit != other_unit)


def lacks_unit(target: str) -> bool:
    """Whether a target is a number without a word for what it counts: 1, ≥90, 不低于7000."""
    return bool(_BARE.fullmatch(key(target)))
