"""Where the columns of a table are, over all the pages it runs on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Set

_SAME = 2.5


class Columns:
    """The columns of each table, numbered from left to right.

    ``lead`` names the table that a column run belongs to: its columns follow those of that table.
    """

    def __init__(self, sides: Mapping[int, Set[float]], lead: Mapping[int, int]) -> None:
        self._bounds = {table: _boundaries(found) for table, found in sides.items()}
        self._before: dict[int, int] = {}
        self._width: dict[int, int] = {}
        for table, bounds in sorted(self._bounds.items()):
            whole = lead.get(table, table)
            self._before[table] = self._width.get(whole, 0)
            self._width[whole] = self._before[table] + max(len(bounds) - 1, 1)

    def of(self, table: int, left: float, right: float) -> tuple[int, int]:
        """The column in which a cell begins, and how many it covers."""
        bounds = self._bounds[table]
        first, last = (max(bisect_right(bounds, side) - 1, 0) for side in (left, right))
        return self._before[table] + first, max(last - first, 1)

    def width(self, table: int) -> int:
        """How many columns a table has."""
        return self._width.get(table, 1)


def _boundaries(sides: Set[float]) -> list[float]:
    found: list[float] = []
    last = float("-inf")
    for side in sorted(sides):
        if side - last > _SAME:
            found.append(side - 0.01)
        last = side
    return found
