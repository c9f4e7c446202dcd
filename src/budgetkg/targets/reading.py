"""One printed target, with the cells beside it, to its reading."""

from __future__ import annotations

import re
from functools import lru_cache

from budgetkg.targets import cells, dates, noise, wording
from budgetkg.targets.model import Quantity, Target
from budgetkg.targets.scanning import Scan, scan
from budgetkg.targets.spelling import foreign_digit, spelled

_LONGEST = 2_000  # longer ones are prose that slid into the column
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=8192)
def read_target(
    text: str | None, name: str | None = None, operator: str | None = None, unit: str | None = None
) -> Target:
    """What a target says; ``unparsed`` where it can't be decided, whatever the text."""
    plain = spelled(text or "")
    if wording.is_blank(plain):
        return Target("empty")
    if len(plain) > _LONGEST:
        return Target("unparsed", note="too-long")
    if foreign_digit(plain):
        return Target("unparsed", note="digits-of-another-script")
    called = spelled(name or "")
    for rule in (_placeholder, _serial, _formula):
        read = rule(plain, called)
        if read is not None:
            return read
    target, found = _numbers(wording.without_formula(plain), called)
    if target.quantities and target.kind != "unparsed":
        return cells.join(target, found.bound, plain, called, spelled(operator or ""), spelled(unit or ""))
    return target


def _placeholder(text: str, name: str) -> Target | None:
    if wording.names_no_value(text) or (wording.has_hole(text) and not wording.formula_in(text)):
        return Target("placeholder")
    return Target("placeholder") if wording.repeats(text, name) and not _DIGIT.search(text) else None


def _serial(text: str, name: str) -> Target | None:
    day = dates.serial_day(text, name)
    return Target("deadline", deadline=day, note="day-as-serial-number") if day else None


def _formula(text: str, name: str) -> Target | None:
    if not wording.formula_in(text) or wording.formula_in(wording.without_formula(text)):
        return Target("formula") if wording.formula_in(text) else None
    return None


def _numbers(text: str, name: str) -> tuple[Target, Scan]:
    spans = dates.deadlines(text, name)
    deadline = dates.printed(text, spans) if spans else None
    struck = noise.without_noise(noise.without_quotes(noise.strike(text, spans)))
    found = scan(struck)
    if found.contradicts:
        return Target("unparsed", deadline=deadline, note="contradicts-itself"), found
    quantities = tuple(found.quantities)
    unread = found.unread or noise.OPEN in struck
    return _decided(text, struck, quantities, deadline, unread), found


def _decided(
    text: str, struck: str, quantities: tuple[Quantity, ...], deadline: str | None, unread: bool
) -> Target:
    note = "number-not-read" if unread else None
    if deadline is not None:
        return Target("deadline", quantities, deadline, note)
    if quantities:
        return Target("quantity" if len(quantities) == 1 else "compound", quantities, None, note)
    if unread:
        return Target("unparsed", note=note)
    if wording.names_a_measure(text):
        return Target("placeholder")
    return Target("qualitative") if wording.says_something(text) else Target("unparsed", note="no-words")
