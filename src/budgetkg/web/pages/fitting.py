"""Which columns of a table fit beside each other; the others stand under their row.

Who has to push a table sideways doesn't see what is said at its right, and long texts there leave gaps at its
left. Widths are estimated in ems, as the style sheet sets them: a screen of another width makes do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import east_asian_width

from budgetkg.report.wording import is_money
from budgetkg.web.pages.cells import ENTITIES, Shown

WHOLE, BESIDE_FACETS = 80.0, 64.0
"""Ems of a table: on a page of its full width, and beside what narrows it."""
LONG, MID = 24, 8
"""Characters from which a cell may be broken, and how far: ``td.long`` and ``td.mid`` of the style sheet."""
_LONG_EMS, _MID_EMS = 14.0, 8.5
_SPACE, _NUMBER_SPACE = 1.1, 1.8
_LEAST = 3
"""Columns that always stand beside each other."""
_KEPT = frozenset({"district", "fiscal_year", *ENTITIES} - {"unit", "department"})
"""Columns that say what a row is about."""
_TEXT_EMS = 17.0
"""Texts from here on go first: a department's whole name, a remark."""


class Column(Protocol):
    """What is asked of a column."""

    @property
    def name(self) -> str:
        """Its name in the answer."""

    @property
    def heading(self) -> str:
        """What it is called."""

    @property
    def right(self) -> bool:
        """Whether it holds numbers."""


@dataclass(frozen=True, slots=True)
class Width:
    """A column: what it needs, and how much text it has at most."""

    ems: float
    most: float
    right: bool
    kept: bool
    money: bool

    def rank(self, at: int) -> tuple[int, float, int]:
        """Which columns go first: long texts, words that don't name the row, then the last figures."""
        if self.kept or at == 0:
            return (3, 0.0, -at)
        if self.right:
            return (2, float(self.money), -at)
        return (0 if self.most >= _TEXT_EMS else 1, -self.most, -at)


def ems(text: str) -> float:
    """How wide a text is."""
    return sum(1.0 if east_asian_width(one) in "WF" else 0.56 for one in text)


def under(columns: Sequence[Column], rows: Sequence[Sequence[Shown]], room: float) -> frozenset[int]:
    """The places of the columns that go under their rows so that the others have room."""
    widths = [_width(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    moved: set[int] = set()
    for at in sorted(range(1, len(widths)), key=lambda at: widths[at].rank(at)):
        if sum(each.ems for place, each in enumerate(widths) if place not in moved) <= room:
            break
        if len(widths) - len(moved) > _LEAST:
            moved.add(at)
    return frozenset(moved)


def _width(column: Column, cells: Sequence[Shown]) -> Width:
    right = column.right
    most = max((ems(cell.text) for cell in cells), default=0.0)
    needs = max((_needs(cell, right) for cell in cells), default=0.0)
    words = column.heading.split() or [""]
    space = _NUMBER_SPACE if right else _SPACE
    return Width(
        max(needs, max(map(ems, words)) * 1.08) + space,
        most,
        right,
        column.name in _KEPT,
        is_money(column.name),
    )


def _needs(cell: Shown, right: bool) -> float:
    whole = max(ems(cell.text), ems(cell.small) * 0.78)
    if right or len(cell.text) <= MID:
        return whole
    word = max(map(ems, cell.text.replace("-", "- ").split()), default=0.0) if cell.text.isascii() else 0.0
    return min(whole, max(_LONG_EMS if len(cell.text) > LONG else _MID_EMS, min(word, _LONG_EMS)))
