"""Whether a correction says what is so already, and whether a division is likely meant.

Nothing is written for what is so already: a row that changes nothing would be named by every build.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from budgetkg.errors import BudgetkgError, choices
from budgetkg.gazetteer import Division, named, under_code
from budgetkg.store.generations import Generation
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG

Json: TypeAlias = dict[str, Any]


def checked_division(generation: Generation, entry: Json, name: str) -> None:
    """Refuse a division that is the misspelt name of another: 黄浦区 in the documents of 广州市 for 黄埔区.

    A name that the document prints, or that another document of the graph has, is taken as it is.
    """
    known = {str(other["district"]) for other in generation.entries() if other["district"]}
    printed = "".join(_texts(generation.record(entry["key"])))
    if name in known or name in printed:
        return
    codes = {str(other["division"]) for other in generation.entries() if other.get("division")}
    parents = {division.parent for code in codes for division in under_code(code)}
    if any(division.parent in parents for division in named(name)):
        return
    near = [other for other in sorted(known) if _is_near(name, other)]
    if near:
        raise BudgetkgError("correct-division-likely", value=name, choices=choices(name, near))


def by_code(value: str) -> str:
    """The name of the division that a code stands for; any other text as it is."""
    found: tuple[Division, ...] = under_code(value)
    return found[-1].name if found else value


def is_theme_already(generation: Generation, subjects: frozenset[str], theme: str, denied: bool) -> bool:
    """Whether all of some things have a theme as their main one, or none has it where it is denied."""
    if not subjects:
        return False
    said: dict[str, dict[str, str]] = {}
    for path in generation.files_of_graph("themes"):
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS):
            value = quad.object
            if isinstance(value, NamedNode | Literal):
                said.setdefault(str(quad.subject), {})[quad.predicate.value] = value.value
    assigned = [node for node in said.values() if BKG.hasTheme.value in node]
    pairs = {
        (node[BKG.hasSubject.value], node[BKG.hasTheme.value].rpartition("/")[2]): node for node in assigned
    }
    if denied:
        return not any((subject, theme) in pairs for subject in subjects)
    return all(_has_all(pairs.get((subject, theme), {})) for subject in subjects)


def _has_all(assignment: dict[str, str]) -> bool:
    """Whether a theme has all the money of its subject."""
    share = assignment.get(BKG.moneyShare.value)
    return share is not None and Decimal(share) == 1


def is_reading_already(record: Json, place: str, field: str, value: str) -> bool:
    """Whether the one thing that a place names has a value; a place that isn't a name says nothing."""
    steps = [comparison_key(step) for step in place.replace("＞", ">").split(" > ")] if place else []
    found = [
        thing for path, thing in _things(record, ()) if field in thing and path[-len(steps) :] == tuple(steps)
    ]
    if not steps:
        found = [record] if field in record else []
    return len(found) == 1 and _equal(found[0][field], value)


def _equal(held: object, value: str) -> bool:
    said = "" if held is None else str(held)
    try:
        return said == value or Decimal(said) == Decimal(value)
    except InvalidOperation:
        return False


def _things(thing: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Everything with a name in a record, under the names of what it belongs to."""
    if isinstance(thing, list):
        for part in thing:
            yield from _things(part, path)
    elif isinstance(thing, dict):
        name = thing.get("name")
        own = (*path, comparison_key(name)) if isinstance(name, str) else path
        if own != path:
            yield own, thing
        for part in thing.values():
            yield from _things(part, own)


def _texts(record: Json) -> Iterator[str]:
    """What a document prints of who and where: its heading and its units."""
    for name in ("title", "department", "district"):
        yield str(record.get(name) or "")
    for unit in record.get("units_of_use") or ():
        yield str(unit.get("name") or "")


def _is_near(one: str, other: str) -> bool:
    """Whether two names of one length differ in a single character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
