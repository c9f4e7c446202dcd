"""One printed target, with the cells beside it, to its meaning."""

from __future__ import annotations

import re
from functools import lru_cache

from budgetkg.values import cells, dates, other_numbers, phrases
from budgetkg.values.model import Quantity, Target
from budgetkg.values.quantities import ScannedQuantities, scan
from budgetkg.values.spelling import has_foreign_digit, has_letter, target_form

_LONGEST = 2_000  # characters; longer ones are prose that slid into the column
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=8192)
def read_target(
    text: str | None, name: str | None = None, operator: str | None = None, unit: str | None = None
) -> Target:
    """What a printed target means; ``unparsed`` where that can't be decided. Never raises.

    ``name`` is its indicator's name; ``operator`` and ``unit`` are the cells beside it, in forms that have
    columns for them. Any of them may be ``None`` or hold any text.
    """
    plain = target_form(text or "")
    if phrases.is_empty(plain):
        return Target("empty")
    if len(plain) > _LONGEST:
        return Target("unparsed", note="too-long")
    if has_foreign_digit(plain):
        return Target("unparsed", note="digits-of-another-script")
    plain_name = target_form(name or "")
    for rule in (_placeholder, _serial_day, _formula):
        target = rule(plain, plain_name)
        if target is not None:
            return target
    target, scanned = _numbers(phrases.without_formula(plain), plain_name)
    if target.quantities and target.kind != "unparsed":
        beside = (target_form(operator or ""), target_form(unit or ""))
        return cells.with_cells(target, scanned.compared, plain, plain_name, *beside)
    return target


def _placeholder(text: str, name: str) -> Target | None:
    if phrases.names_no_value(text) or (phrases.has_hole(text) and not phrases.has_formula(text)):
        return Target("placeholder")
    return Target("placeholder") if phrases.repeats(text, name) and not _DIGIT.search(text) else None


def _serial_day(text: str, name: str) -> Target | None:
    day = dates.serial_day(text, name)
    return Target("deadline", deadline=day, note="day-as-serial-number") if day else None


def _formula(text: str, name: str) -> Target | None:
    """A target that is a formula even without what it prints in brackets."""
    return Target("formula") if phrases.has_formula(phrases.without_formula(text)) else None


def _numbers(text: str, name: str) -> tuple[Target, ScannedQuantities]:
    spans = dates.deadlines(text, name)
    deadline = dates.as_printed(text, spans) if spans else None
    without_dates = other_numbers.strike(text, spans)
    struck = other_numbers.strike_other_numbers(other_numbers.strike_quotes(without_dates))
    scanned = scan(struck)
    if scanned.contradicts:
        return Target("unparsed", deadline=deadline, note="contradicts-itself"), scanned
    quantities = tuple(scanned.quantities)
    unread = scanned.has_unread or other_numbers.UNREADABLE in struck
    return _decided(text, quantities, deadline, unread), scanned


def _decided(text: str, quantities: tuple[Quantity, ...], deadline: str | None, unread: bool) -> Target:
    note = "number-not-read" if unread else None
    if deadline is not None:
        return Target("deadline", quantities, deadline, note)
    if quantities:
        return Target("quantity" if len(quantities) == 1 else "compound", quantities, None, note)
    if unread:
        return Target("unparsed", note=note)
    if phrases.names_a_measure(text):
        return Target("placeholder")
    return Target("qualitative") if has_letter(text) else Target("unparsed", note="no-words")
