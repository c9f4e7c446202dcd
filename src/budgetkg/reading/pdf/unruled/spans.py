"""Cells merged over several rows of a table without rules: names of projects, tiers of indicators.

Such a cell stands in the middle of the rows that it covers, or level with the first of them. So the cells
of a column are given to stretches of rows in order, such that their middles agree with the least cost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SLACK = 0.25
_MISFIT = 2.0
_FARTHEST = 2.0
_SKIPPED = 0.4
_CELL = 0.4
_ALONE = 1.0
_APART = 0.85
_OPEN = 0.3
_NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a column, or a cell of several columns: the heights of its first and its last line;
    whether a page break hides a part of it above or below."""

    top: float
    bottom: float
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """Which items (from, to) cover which rows (from, to; the same where they are a row of their own), and
    at what cost."""

    start: int
    stop: int
    first: int
    last: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page: the heights of their first and last lines; whether rows of other pages go on on
    it, its rows on others."""

    reaches: tuple[tuple[float, float], ...]
    step: float
    hang: float
    goes_on: bool
    breaks: bool

    @property
    def edges(self) -> list[float]:
        """Where rows part: midway between their lines."""
        inner = [(one[1] + other[0]) / 2 for one, other in zip(self.reaches, self.reaches[1:], strict=False)]
        top, bottom = self.reaches[0], self.reaches[-1]
        upper = top[0] - (inner[0] - top[1] if inner else self.step / 2)
        lower = bottom[1] + (bottom[0] - inner[-1] if inner else self.step / 2)
        return [upper, *inner, lower]


def covered(
    items: Sequence[Item], rows: Rows, most: int, inside: Callable[[int, int], float]
) -> tuple[float, list[Cover]]:
    """Give items to rows, at most so many to a cell; ``inside`` is what it costs to take some as one cell."""
    if not items:
        return 0.0, []
    count, edges = len(rows.reaches), rows.edges
    best: list[list[tuple[float, Cover | None]]] = [
        [(_NEVER, None)] * (count + 1) for _ in range(len(items) + 1)
    ]
    best[0][0] = (0.0, None)
    for at in range(len(items) + 1):
        for row in range(count + 1):
            cost = best[at][row][0]
            if cost >= _NEVER:
                continue
            steps = [(_SKIPPED, Cover(at, at, row, row + 1))] if row < count else []
            for stop in range(at + 1, min(at + most, len(items)) + 1):
                within = inside(at, stop)
                if within >= _MISFIT:
                    break
                found = _covers(items, Cover(at, stop, row, row), rows, edges)
                steps += [(own + within + _CELL, cover) for own, cover in found]
            for own, cover in steps:
                if cost + own < best[cover.stop][cover.last][0]:
                    best[cover.stop][cover.last] = (cost + own, cover)
    return best[-1][-1][0], _way(best)


def _way(best: list[list[tuple[float, Cover | None]]]) -> list[Cover]:
    found: list[Cover] = []
    at, row = len(best) - 1, len(best[0]) - 1
    while (cover := best[at][row][1]) is not None:
        if cover.stop > cover.start:
            found.append(cover)
        at, row = cover.start, cover.first
    return found[::-1]


def _covers(
    items: Sequence[Item], cell: Cover, rows: Rows, edges: Sequence[float]
) -> list[tuple[float, Cover]]:
    """The stretches of rows from one row on that a cell may cover, with the cost of each."""
    first, count = cell.first, len(rows.reaches)
    top, bottom = items[cell.start].top, items[cell.stop - 1].bottom
    found = []
    if _stands_alone(top, bottom, first, rows):
        found.append((_ALONE, cell))
    if first == count:
        return found
    above = any(item.above for item in items[cell.start : cell.stop]) and first == 0
    below = any(item.below for item in items[cell.start : cell.stop])
    for last in _candidates(top, bottom, first, rows, edges, above or rows.hang != 0.5):
        middle = (edges[first] + edges[last]) / 2
        apart = (top + bottom) / 2 - middle if rows.hang == 0.5 else _level(top, bottom, first, last, rows)
        cost = _MISFIT * min(max(abs(apart) / rows.step - _SLACK, 0.0), _FARTHEST)
        if above or (below and last == count):
            cost = 0.0
        elif (last == count and rows.breaks and apart > 0) or (first == 0 and rows.goes_on and apart < 0):
            cost = min(cost, _OPEN)
        found.append((cost, Cover(cell.start, cell.stop, first, last, cost)))
    return found


def _level(top: float, bottom: float, first: int, last: int, rows: Rows) -> float:
    """How far a cell is from the first line of its rows, or the last, where cells hang there."""
    if rows.hang == 0.0:
        return top - rows.reaches[first][0]
    return bottom - rows.reaches[last - 1][1]


def _candidates(
    top: float, bottom: float, first: int, rows: Rows, edges: Sequence[float], every: bool
) -> list[int]:
    """Behind which row a cell may end: where its middle is that of its rows, or the page ends."""
    count = len(rows.reaches)
    if every:
        return list(range(first + 1, count + 1))
    end = bisect_left(edges, top + bottom - edges[first])
    return sorted({min(max(last, first + 1), count) for last in (end - 1, end, end + 1, count)})


def _stands_alone(top: float, bottom: float, row: int, rows: Rows) -> bool:
    """Whether an item stands between two rows, level with none: a sum that has no other cells."""
    least = _APART * rows.step
    under = row == 0 or top - rows.reaches[row - 1][1] >= least
    over = row == len(rows.reaches) or rows.reaches[row][0] - bottom >= least
    return under and over
