"""Checks of what a target says beside its indicator's name: nothing, no number, another unit, a formula."""

from __future__ import annotations

from collections.abc import Mapping

from budgetkg.forms.checks import words
from budgetkg.forms.checks.heads import ANNUAL, PERIOD, head_of
from budgetkg.forms.checks.words import clipped
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import Target, is_placeholder, read_target


def check_meaning(reader: Reader, place: str, indicator: Indicator, heads: Mapping[str, str]) -> None:
    """Report a target that says nothing, or something else than its indicator's name asks for."""
    _check_without_value(reader, place, indicator, heads)
    value = indicator.annual_value or indicator.period_value
    if value is None or is_placeholder(value):
        return
    target = meaning(indicator, value)
    said = {"name": indicator.name, "value": clipped(value)}
    if _without_number(indicator, value, target):
        reader.log.add("target-without-number", place, indicator.evidence, **said)
    if _is_degree_in_percent(indicator, target):
        reader.log.add("degree-in-percent", place, indicator.evidence, **said)
    _check_unit(reader, place, indicator)
    _check_swapped(reader, place, indicator)


def meaning(indicator: Indicator, value: str) -> Target:
    """What one value of an indicator means beside its other cells."""
    return read_target(value, indicator.name, indicator.operator, indicator.unit)


def _check_without_value(reader: Reader, place: str, indicator: Indicator, heads: Mapping[str, str]) -> None:
    empty: dict[str, list[str]] = {}
    printed: dict[str, str] = {}
    for which, value in ((PERIOD, indicator.period_value), (ANNUAL, indicator.annual_value)):
        if value is not None and not is_placeholder(value) and _says_nothing(indicator, value):
            empty.setdefault(key(value), []).append(which)
            printed.setdefault(key(value), value)
    for same, columns in empty.items():
        said = head_of(reader, indicator, heads, *columns)
        value = clipped(printed[same])
        reader.log.add("target-without-value", place, indicator.evidence, **said, value=value)


def _says_nothing(indicator: Indicator, value: str) -> bool:
    """Whether a value only repeats the name, a word of it, or what is counted."""
    target = meaning(indicator, value)
    if target.kind == "placeholder":
        return True
    said, name = key(value).rstrip("。.;"), key(indicator.name)
    part = 2 <= len(said) < len(name) and said in name and not words.QUALITY_NAMED.search(name)
    return target.kind == "qualitative" and part and not words.AFFIRMED.search(said)


def _without_number(indicator: Indicator, value: str, target: Target) -> bool:
    name, said = key(indicator.name), key(value)
    if target.kind != "qualitative" or words.NO_RATE.search(name):
        return False
    rate = bool(words.RATE.search(name)) and not words.SAYS_RATE.search(said)
    return rate or (words.counted(name) is not None and not words.SAYS_COUNT.search(said))


def _is_degree_in_percent(indicator: Indicator, target: Target) -> bool:
    percent = any(quantity.unit == "%" and quantity.change is None for quantity in target.quantities)
    return bool(words.DEGREE.search(key(indicator.name))) and percent


def _check_unit(reader: Reader, place: str, indicator: Indicator) -> None:
    """A name that counts one thing, with a target that counts only others: 次数 in per cent."""
    asked = words.counted(key(indicator.name))
    if asked is None or indicator.unit is not None:
        return
    word, units = asked
    for value in dict.fromkeys((indicator.annual_value, indicator.period_value)):
        given = [quantity.unit for quantity in meaning(indicator, value).quantities] if value else []
        if given and value and all(unit and _is_other(unit, units) for unit in given):
            named = "、".join(dict.fromkeys(unit for unit in given if unit))
            reader.log.add("target-unlike-name", place, indicator.evidence, name=indicator.name,
                           asked=word, given=named, value=clipped(value))  # fmt: skip
            return


def _is_other(unit: str, units: frozenset[str]) -> bool:
    return unit in words.PERCENT or (bool(units) and not any(unit.startswith(one) for one in units))


def _check_swapped(reader: Reader, place: str, indicator: Indicator) -> None:
    period, annual = indicator.period_value, indicator.annual_value
    if not period or not annual or meaning(indicator, annual).kind != "formula":
        return
    if meaning(indicator, period).quantities:
        reader.log.add("targets-swapped", place, indicator.evidence,
                       period=clipped(period), annual=clipped(annual))  # fmt: skip
