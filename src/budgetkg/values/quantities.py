"""The quantities of a target from left to right: numbers with their comparators, units and changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from budgetkg.values import comparators, modifiers, respectively
from budgetkg.values.model import Quantity
from budgetkg.values.numerals import CHINESE, SCALES, Number, number_at
from budgetkg.values.units import unit_at

_START = re.compile(rf"[0-9百千{CHINESE}半]")
_ROUGHLY = re.compile("多|余|来(?=[个名人场次篇条家])|几(?=[个名人场次篇条家])|\\+(?![0-9])")
_TO = re.compile(r"[-~至到—－]{1,2}")
_RATES = ("%", "‰", "百分点")
_MOST = 200  # quantities of one target; what has more is no target


@dataclass(slots=True)
class ScannedQuantities:
    """The quantities of a text, where each stands, and whether it prints a comparator.

    ``has_unread`` is whether a number stayed unread.
    ``contradicts`` is whether a number has two comparators that exclude each other, or the ends of a range
    don't go together.
    """

    quantities: list[Quantity] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    compared: list[bool] = field(default_factory=list)
    has_unread: bool = False
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its unit; ``roughly`` is a word beside it that makes it vague (多, 余, 来)."""

    number: Number
    roughly: str
    unit: str | None
    per: str | None
    end: int


def scan(text: str) -> ScannedQuantities:
    """Read every quantity of a text in which dates and numbers that are no targets are struck out."""
    scanned = ScannedQuantities()
    offset = 0
    while (start := _START.search(text, offset)) and len(scanned.quantities) < _MOST:
        offset = _read(text, start.start(), scanned)
    scanned.has_unread = scanned.has_unread or bool(start)
    respectively.share(text, scanned.spans, scanned.quantities, scanned.compared)
    return scanned


def _read(text: str, start: int, scanned: ScannedQuantities) -> int:
    """Add the quantity that begins at ``start``; returns the offset from which to go on."""
    first = _measured(text, start)
    if first is None:
        return start + 1
    if first.number.value is None:
        few = first.number.chinese and first.unit is not None
        scanned.has_unread = scanned.has_unread or few or not first.number.chinese  # 三五场 is some, not 35
        return first.end
    second = _other_end(text, first)
    last = second or first
    after, end = comparators.behind(text, last.end)
    sign = _sign(text, start)
    begin = start - len(sign)
    before, begin = comparators.before(text, begin)
    if sign == "-" and before is None and begin and text[begin - 1] not in ",;:。(":
        sign, begin = "", start
    quantity = _quantity(first, second, sign, comparators.joined(before or _rough_comparator(first), after))
    if quantity is None:
        scanned.contradicts = True
        return end
    per = last.per or modifiers.recurrence(
        text, start - len(sign)
    )  # 至少每季度开展1次: behind its comparator
    change = modifiers.change(text, begin, end, last.unit)
    if per and not last.per and last.unit in _RATES and not change:
        per = None
    scanned.quantities.append(_finish(quantity, last, per, change))
    scanned.spans.append((start, end))
    scanned.compared.append(bool(before or after or second or first.roughly or sign == "±"))
    return end


def _measured(text: str, start: int) -> _Measured | None:
    number = number_at(text, start)
    if number is None:
        return None
    roughly = _ROUGHLY.match(text, number.end)
    end = roughly.end() if roughly else number.end
    if number.unit:
        return _Measured(number, roughly[0] if roughly else "", number.unit, None, end)
    number, end = _sum(text, number, end)
    unit, per, stop = unit_at(text, end, number.chinese)
    if roughly is None and (later := _ROUGHLY.match(text, stop)) and later[0] in "多余" and unit:
        roughly, stop = later, later.end()
    if number.chinese and not _counts(text, number, unit, stop):
        return None
    return _Measured(number, roughly[0] if roughly else "", unit, per, stop)


def _sum(text: str, number: Number, end: int) -> tuple[Number, int]:
    """The sum where a number is printed as one: 5+4个工作日 is 9."""
    while number.value is not None and text.startswith("+", end):
        more = number_at(text, end + 1)
        if more is None or more.value is None or more.chinese:
            break
        number, end = Number(number.value + more.value, more.end, more.scale or number.scale), more.end
    return number, end


def _counts(text: str, number: Number, unit: str | None, end: int) -> bool:
    """Whether a Chinese numeral is a quantity: with a measure word (一场), and not in a slogan (五年)."""
    if unit is None:
        return False
    if number.value is None:  # 三五场
        return True
    if unit.startswith(("年", "月", "度", "线", "点", "级", "道", "面", "口", "星")):
        return bool(comparators.behind(text, end)[0]) or text[number.end : number.end + 1] == "个"
    return True


def _other_end(text: str, first: _Measured) -> _Measured | None:
    """The higher end of a range whose lower end is ``first``: 3至5场."""
    joint = _TO.match(text, first.end)
    if joint is None:
        return None
    second = _measured(text, joint.end())
    return second if second and second.number.value is not None else None


def _sign(text: str, start: int) -> str:
    before = text[start - 1 : start]
    return before if before in ("±", "-") and before else ""


def _rough_comparator(first: _Measured) -> str | None:
    if first.roughly in ("多", "余", "+"):
        return ">"
    return "~" if first.roughly else None


def _quantity(
    first: _Measured, second: _Measured | None, sign: str, comparator: str | None
) -> Quantity | None:
    value = first.number.value
    if comparator is None or value is None:
        return None
    if second is not None and second.number.value is not None:
        low = -value if sign == "-" else value
        if first.number.scale is None and second.number.scale:
            low *= second.number.value / _unscaled(second)
        if low > second.number.value or (first.unit and second.unit and first.unit != second.unit):
            return None
        return Quantity("between", low, second.number.value)
    if sign == "±":
        return Quantity("between", -value, value)
    return Quantity(comparator, -value if sign == "-" else value)


def _unscaled(measured: _Measured) -> Decimal:
    value = measured.number.value or Decimal(1)
    return value / SCALES[measured.number.scale or ""] if measured.number.scale in SCALES else value


def _finish(quantity: Quantity, last: _Measured, per: str | None, change: str | None) -> Quantity:
    return Quantity(
        quantity.comparator, quantity.value, quantity.upper, last.unit, last.number.scale, change, per
    )
