"""Cells merged over several rows of a borderless table: names of projects, tiers of indicators.

Such a cell stands in the middle of the rows that it covers, or level with the first or the last of them. So
the lines of a column are given, in order, to cells and these to stretches of rows, such that they agree in
their vertical alignment at the least cost: an alignment of two sequences by dynamic programming, as in
Needleman and Wunsch (1970), where a step takes some lines and some rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgetkg.reading.pdf.borderless.rows import MIDDLE, TOP
from budgetkg.reading.pdf.borderless.settings import IMPOSSIBLE, LINES, ROWS, SPANS


@dataclass(frozen=True, slots=True)
class SpanItem:
    """A line of a column, or a cell of several columns: the middles of its first and its last line.

    ``clipped_above`` and ``clipped_below`` say that a page break hides a part of it on that side.
    """

    top: float
    bottom: float
    clipped_above: bool = False
    clipped_below: bool = False


@dataclass(frozen=True, slots=True)
class RowSpan:
    """A cell made of items ``start`` to ``stop`` that covers rows ``first`` to ``last``, ends left out.

    ``first`` equals ``last`` where the cell stands between two rows, as a row of its own.
    """

    start: int
    stop: int
    first: int
    last: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class SpannedRows:
    """The rows of a page: of each the middles of its first and its last line.

    ``continues`` is true where a row of the page before may go on on it, ``continued`` where its rows may
    go on on the next page; the rest is as in :class:`.rows.PageSettings`.
    """

    extents: tuple[tuple[float, float], ...]
    step: float
    alignment: float
    continues: bool
    continued: bool

    @property
    def boundaries(self) -> list[float]:
        """The y where rows part: midway between their lines."""
        inner = [(one[1] + other[0]) / 2 for one, other in zip(self.extents, self.extents[1:], strict=False)]
        top, bottom = self.extents[0], self.extents[-1]
        upper = top[0] - (inner[0] - top[1] if inner else self.step / 2)
        lower = bottom[1] + (bottom[0] - inner[-1] if inner else self.step / 2)
        return [upper, *inner, lower]


def assign_row_spans(
    items: Sequence[SpanItem], rows: SpannedRows, most: int, cost_of_cell: Callable[[int, int], float]
) -> tuple[float, list[RowSpan]]:
    """Give items to rows, at most ``most`` of them to a cell; returns the cost and the cells in order.

    ``cost_of_cell(start, stop)`` is what it costs to take some items as one cell.
    """
    if not items:
        return 0.0, []
    count, boundaries = len(rows.extents), rows.boundaries
    # best[at][row]: the cheapest way to give the first items to the first rows, with its last step.
    best: list[list[tuple[float, RowSpan | None]]] = [
        [(IMPOSSIBLE, None)] * (count + 1) for _ in range(len(items) + 1)
    ]
    best[0][0] = (0.0, None)
    for at in range(len(items) + 1):
        for row in range(count + 1):
            cost = best[at][row][0]
            if cost >= IMPOSSIBLE:
                continue
            steps = [(SPANS.skipped_row, RowSpan(at, at, row, row + 1))] if row < count else []
            for stop in range(at + 1, min(at + most, len(items)) + 1):
                within = cost_of_cell(at, stop)
                if within >= SPANS.max_cell_cost:
                    break
                spans = _spans(items, RowSpan(at, stop, row, row), rows, boundaries)
                steps += [(own + within + SPANS.cell, span) for own, span in spans]
            for own, span in steps:
                if cost + own < best[span.stop][span.last][0]:
                    best[span.stop][span.last] = (cost + own, span)
    return best[-1][-1][0], _cheapest_way(best)


def _cheapest_way(best: list[list[tuple[float, RowSpan | None]]]) -> list[RowSpan]:
    way: list[RowSpan] = []
    at, row = len(best) - 1, len(best[0]) - 1
    while (span := best[at][row][1]) is not None:
        if span.stop > span.start:
            way.append(span)
        at, row = span.start, span.first
    return way[::-1]


def _spans(
    items: Sequence[SpanItem], cell: RowSpan, rows: SpannedRows, boundaries: Sequence[float]
) -> list[tuple[float, RowSpan]]:
    """The stretches of rows that a cell may cover from its first row on, with the cost of each."""
    first, count = cell.first, len(rows.extents)
    top, bottom = items[cell.start].top, items[cell.stop - 1].bottom
    spans = []
    if _stands_between_rows(top, bottom, first, rows):
        spans.append((SPANS.row_of_its_own, cell))
    if first == count:
        return spans
    above = any(item.clipped_above for item in items[cell.start : cell.stop]) and first == 0
    below = any(item.clipped_below for item in items[cell.start : cell.stop])
    centred = rows.alignment == MIDDLE
    for last in _candidates(top, bottom, first, rows, boundaries, above or not centred):
        middle = (boundaries[first] + boundaries[last]) / 2
        distance = (top + bottom) / 2 - middle if centred else _level_distance(top, bottom, first, last, rows)
        beyond = max(abs(distance) / rows.step - SPANS.tolerance, 0.0)
        cost = ROWS.misalignment * min(beyond, ROWS.max_distance)
        if above or (below and last == count):
            cost = 0.0
        elif (last == count and rows.continued and distance > 0) or (
            first == 0 and rows.continues and distance < 0
        ):
            cost = min(cost, SPANS.cut_by_page)
        spans.append((cost, RowSpan(cell.start, cell.stop, first, last, cost)))
    return spans


def _level_distance(top: float, bottom: float, first: int, last: int, rows: SpannedRows) -> float:
    """How far a cell is from the first line of its rows, or from the last, where cells are aligned there."""
    if rows.alignment == TOP:
        return top - rows.extents[first][0]
    return bottom - rows.extents[last - 1][1]


def _candidates(
    top: float, bottom: float, first: int, rows: SpannedRows, boundaries: Sequence[float], every: bool
) -> list[int]:
    """Behind which row a cell may end: where its middle is that of its rows, or the page ends."""
    count = len(rows.extents)
    if every:
        return list(range(first + 1, count + 1))
    end = bisect_left(boundaries, top + bottom - boundaries[first])
    return sorted({min(max(last, first + 1), count) for last in (end - 1, end, end + 1, count)})


def _stands_between_rows(top: float, bottom: float, row: int, rows: SpannedRows) -> bool:
    """Whether an item stands between a row and the one before, level with neither: a sum without cells."""
    least = LINES.min_step * rows.step
    under = row == 0 or top - rows.extents[row - 1][1] >= least
    over = row == len(rows.extents) or rows.extents[row][0] - bottom >= least
    return under and over
