"""Where the columns of a table are, over all the pages it runs on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from budgetkg.reading.pdf_flow import FlowRow

_SAME = 2.5


class Columns:
    """The left and right sides of the cells of each table, numbered from left to right."""

    def __init__(self, rows: Iterable[FlowRow]) -> None:
        sides: dict[int, set[float]] = defaultdict(set)
        for row in rows:
            if row.table:
                sides[row.table].update(side for place in row.places for side in (place.left, place.right))
        self._bounds = {table: _boundaries(found) for table, found in sides.items()}

    def of(self, table: int, left: float, right: float) -> tuple[int, int]:
        """The column in which a cell begins, and how many it covers."""
        bounds = self._bounds[table]
        first, last = (max(bisect_right(bounds, side) - 1, 0) for side in (left, right))
        return first, max(last - first, 1)

    def width(self, table: int) -> int:
        """How many columns a table has."""
        return max(len(self._bounds.get(table, ())) - 1, 1)


def _boundaries(sides: set[float]) -> list[float]:
    found: list[float] = []
    last = float("-inf")
    for side in sorted(sides):
        if side - last > _SAME:
            found.append(side - 0.01)
        last = side
    return found
