"""Checks of indicators against the tier under which they stand: time, satisfaction, counts, money."""

from __future__ import annotations

from budgetkg.forms.checks import words
from budgetkg.forms.checks.meaning import meaning
from budgetkg.forms.checks.words import clipped
from budgetkg.forms.indicators.tier_labels import first_tier_of, tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import Quantity, Target, is_placeholder

QUANTITY, QUALITY, TIMELINESS, ECONOMIC, SOCIAL, SATISFACTION = "11", "12", "13", "21", "22", "3"
SATISFIED = frozenset({SATISFACTION, "31"})


def check_tier(reader: Reader, place: str, indicator: Indicator) -> None:
    """Report an indicator whose name or target is of another kind than its tier."""
    value = indicator.annual_value or indicator.period_value
    if value is None or is_placeholder(value):
        return
    tier = tier_of(indicator.tier2) if indicator.tier2 else first_tier_of(indicator.tier1)
    notation = tier.notation if tier is not None else None
    name, target = key(indicator.name), meaning(indicator, value)
    values = "；".join(dict.fromkeys(filter(None, (indicator.period_value, indicator.annual_value))))
    said = {"name": indicator.name, "value": clipped(values)}
    if notation in SATISFIED and not words.SATISFIED.search(f"{name};{key(values)}"):
        reader.log.add("satisfaction-unnamed", place, indicator.evidence, **said)
    if notation == TIMELINESS and target.deadline is None:
        _check_time(reader, place, indicator, target)
    fitting = _fitting(notation, name, value, target.quantities)
    if fitting is not None and indicator.tier2 is not None:
        reader.log.add("tier-unlike-target", place, indicator.evidence, name=indicator.name,
                       tier=indicator.tier2, value=clipped(value), tiers=fitting)  # fmt: skip


def _check_time(reader: Reader, place: str, indicator: Indicator, target: Target) -> None:
    """Report an indicator of timeliness whose target says no time.

    A bare percentage may be of what its name says of time. A number of pieces isn't, so that beside one only
    another text that says a time by itself does, and is quoted.
    """
    values = [value for value in (indicator.annual_value, indicator.period_value) if value]
    texts = [words.OCCASION.sub("", key(text)) for text in (*values, indicator.name)]
    pieces = bool(target.quantities) and all(one.unit in words.PIECES for one in target.quantities)
    dated = [text for text, plain in zip((*values, indicator.name), texts, strict=True)
             if words.DATED.search(plain)]  # fmt: skip
    timed = any(words.TIME.search(plain) for plain in (texts[:-1] if pieces else texts))
    if pieces and dated and not words.TIME.search(texts[0]) and values[0] not in dated:
        said = {"value": clipped(values[0]), "said": clipped(dated[-1])}
    elif dated or timed or (not pieces and "率" in indicator.name):
        return
    else:
        said = {"value": clipped("；".join(dict.fromkeys(reversed(values))))}
    reader.log.add("timeliness-without-time", place, indicator.evidence, name=indicator.name, **said)


def _fitting(notation: str | None, name: str, value: str, quantities: tuple[Quantity, ...]) -> str | None:
    """The notation of the tier that an indicator belongs to by what it says, under quite another."""
    if notation is None or not quantities:
        return None
    units = {quantity.unit for quantity in quantities}
    counted = None not in units and not units & words.PERCENT
    if notation not in SATISFIED and words.SATISFACTION.search(name):
        return SATISFACTION
    if notation == QUALITY and counted and not words.FAULTS.search(name) and words.counted(name) is not None:
        return QUANTITY
    text = f"{name}{key(value)}"
    of_people = units <= words.PIECES or (units == {None} and words.READERS.search(text) is not None)
    return SOCIAL if notation == ECONOMIC and of_people and not words.MONEY.search(text) else None
