"""The cells beside a target, an operator column and a unit column, joined with what it prints itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgetkg.values import comparators
from budgetkg.values.model import Quantity, Target
from budgetkg.values.numerals import SCALES
from budgetkg.values.units import unit_at, unit_concept

_SCALED = re.compile("(万亿|亿|千万|百万|十万|万|千(?![克米瓦伏卡字帕]))(.+)?")
_NO_MEASURE = frozenset({"", "/", "-", "—", "无", "定性", "定量", "文字", "描述", "其他", "无单位"})
_PERCENT = frozenset({"%", "百分比", "百分数", "%(百分比)", "百分率"})
_RATE = re.compile("率|占比|比例|比重|程度|度$")
_SMALL_IS_GOOD = re.compile(
    "差错|失误|错误|投诉|事故|超支|下降|降低|减少|增长|增加|提升|提高|流失|返工|死亡|发病|逾期|违"
)
_NO_OPERATOR = frozenset({
    "", "定性", "定量", "/", "-", "—", "无", "正向", "反向", "正向指标", "反向指标", "数值", "文字描述",
})  # fmt: skip


def with_cells(
    target: Target, compared: Sequence[bool], text: str, name: str, operator: str, unit: str
) -> Target:
    """A target with what the cells of its operator and unit add to it.

    ``compared`` holds, for each quantity, whether the target prints a comparator of its own. Where target
    and cells contradict each other, the target is ``unparsed`` (note ``cells-contradict``).
    """
    if len(target.quantities) > 1 and any(_fits(quantity, unit) for quantity in target.quantities):
        unit = ""  # the cell is the unit of one of them, and that one prints it
    quantities: list[Quantity] = []
    for quantity, has_comparator in zip(target.quantities, compared, strict=True):
        joined = _with_operator(quantity, has_comparator, operator)
        measured = joined and _with_unit(joined, unit)
        if measured is None:
            return Target("unparsed", deadline=target.deadline, note="cells-contradict")
        quantities.append(measured)
    return _rate(replace(target, quantities=tuple(quantities)), text, name, unit)


def _rate(target: Target, text: str, name: str, unit: str) -> Target:
    """A rate of 1 may be 1 %, or the 100 % that a spreadsheet keeps as 1: it stays open."""
    if len(target.quantities) != 1 or not _RATE.search(name) or _SMALL_IS_GOOD.search(name):
        return target
    only = target.quantities[0]
    if only.value != 1 or only.comparator in ("<=", "<", "between") or "%" in text:
        return target
    if unit in _PERCENT:
        return Target("unparsed", note="one-of-a-rate")
    return replace(target, note="one-of-a-rate") if only.unit is None else target


def _with_operator(quantity: Quantity, has_comparator: bool, operator: str) -> Quantity | None:
    """The quantity under the comparator of its cell; ``None`` where it prints a contrary one itself."""
    if operator in _NO_OPERATOR:
        return quantity
    printed = comparators.printed_operator(operator)
    if printed is None:
        return None
    if not has_comparator:
        return replace(quantity, comparator=printed)
    if quantity.comparator == "between":
        return quantity
    return quantity if comparators.joined(printed, quantity.comparator) == quantity.comparator else None


def _with_unit(quantity: Quantity, unit: str) -> Quantity | None:
    """The quantity in the unit of its own cell; ``None`` where target and cell name different ones."""
    if unit in _NO_MEASURE:
        return quantity
    scale, word = _split(unit)
    known, per, end = unit_at(word, 0) if word else (None, None, 0)
    measure = "%" if unit in _PERCENT else (known if end == len(word) and known else word or None)
    if quantity.unit is not None:
        same = measure is None or _same(quantity.unit, measure)
        return quantity if same else None
    if scale and not quantity.scale_text:
        factor = SCALES[scale]
        upper = None if quantity.upper is None else quantity.upper * factor
        quantity = replace(quantity, value=quantity.value * Decimal(factor), upper=upper, scale_text=scale)
    return replace(quantity, unit=measure, per=quantity.per or per)


def _fits(quantity: Quantity, unit: str) -> bool:
    return quantity.unit is not None and unit not in _NO_MEASURE and _same(quantity.unit, unit)


def _split(unit: str) -> tuple[str, str]:
    scaled = _SCALED.fullmatch(unit)
    return (scaled[1], scaled[2] or "") if scaled else ("", unit)


def _same(one: str, other: str) -> bool:
    if one == other or one in other or other in one:
        return {one, other} != {"人", "人次"}
    first, second = unit_concept(one), unit_concept(other)
    return first is not None and second is not None and first.notation == second.notation
