"""What two documents say differently: amounts, indicators and targets added, dropped, altered.

Two editions of a table, or the same department's tables of two years: things are paired as
``same-project-next-year`` pairs them, by unit and name once years, places and signs are taken out of them. A
unit that only one of the two has tells nothing apart.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.inference.local_names import LocalNames
from budgetkg.store.generations import current, read_json
from budgetkg.text import comparison_key

_VALUES = ("period_value", "annual_value")
_Fact: TypeAlias = tuple[tuple[str, ...], tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``change`` is added, dropped or altered.

    ``what`` is total, project, task, indicator, period_value or annual_value; ``owner`` the project or
    task whose it is; ``before`` and ``after`` are as printed, money with its unit.
    """

    change: str
    what: str
    owner: str
    name: str
    before: str
    after: str


def diff(directory: str | os.PathLike[str], one: str, other: str) -> tuple[Difference, ...]:
    """What the document ``other`` says otherwise than ``one``: both by file name, SHA-256 or IRI.

    Editions that don't count may be named too. Raises :class:`budgetkg.errors.UnknownName`.
    """
    generation = current(Path(directory))
    records = [read_json(generation.document(generation.key_of(name))) for name in (one, other)]
    return differences(*records)


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The differences of two records as JSON, in the order of reading; what was dropped comes last."""
    names = LocalNames(frozenset(str(record["district"]) for record in (one, other) if record["district"]))
    units = _units(one, names) & _units(other, names)
    before, after = (dict(_facts(record, names, units)) for record in (one, other))
    found = []
    for key, (what, owner, name, value) in after.items():
        if key not in before:
            found.append(Difference("added", what, owner, name, "", value))
        elif comparison_key(before[key][3]) != comparison_key(value):
            found.append(Difference("altered", what, owner, name, before[key][3], value))
    dropped = (fact for key, fact in before.items() if key not in after)
    found += [Difference("dropped", what, owner, name, value, "") for what, owner, name, value in dropped]
    return tuple(found)


def _units(record: Mapping[str, Any], names: LocalNames) -> frozenset[str]:
    return frozenset(names.removed_from(unit["name"]) for unit in record.get("units_of_use") or ())


def _facts(record: Mapping[str, Any], names: LocalNames, units: frozenset[str]) -> Iterator[_Fact]:
    """What a document states, each with a key that is the same in another edition or year."""
    seen: dict[tuple[str, ...], int] = {}

    def fact(what: str, unit: str, owner: str, name: str, value: str) -> _Fact:
        place = names.removed_from(unit)
        key = what, place if place in units else "", names.removed_from(owner), names.removed_from(name)
        seen[key] = seen.get(key, 0) + 1
        return (*key, str(seen[key])), (what, owner, name, value)

    money = record["unit"] or ""
    yield fact("total", "", "", "", _money(record["totals"]["printed_total"], money))
    things = [
        ("project", unit["name"], item, item["total"])
        for unit in record.get("units_of_use") or ()
        for item in unit["projects"]
    ]
    things += [("task", "", item, item["amount"]) for item in record.get("tasks") or ()]
    for what, unit, item, amount in things:
        yield fact(what, unit, "", item["name"], _money(amount, money))
    owned = [(unit, item["name"], item["indicators"]) for _, unit, item, _ in things]
    for unit, owner, rows in [*owned, ("", "", record.get("indicators") or ())]:
        for row in rows:
            yield fact("indicator", unit, owner, row["name"], "")
            for value in _VALUES:
                if row[value]:
                    yield fact(value, unit, owner, row["name"], row[value])


def _money(amount: str | None, unit: str) -> str:
    return "" if amount is None else f"{amount}{unit}"
