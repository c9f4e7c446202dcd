"""Which rows a merged cell covers: it begins in a known row, and its middle is that of its rows.

Where a row begins and ends isn't printed, but two things bound it: no text of the rows above and below
reaches over it, and the cells of a row stand in its middle, so that its lower side is as far from them as its
upper one. From row to row the bounds are carried on; what is left is less than the padding of a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from budgetkg.reading.pdf.borderless.bands import Placed, Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.drawn import Begun, clip_of
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.borderless.settings import DRAWN
from budgetkg.reading.pdf.page import CLIPPED_ABOVE, CLIPPED_BELOW, VISIBLE

Bounds = list[tuple[float, float]]
"""Of each boundary between rows the least and the greatest y, those above and below all rows included."""


def bounds_of(rows: Sequence[Sequence[Block]], begun: Sequence[Begun]) -> Bounds:
    """The bounds of the boundaries of rows, from their cells that cover one row."""
    low, high = [-inf] * (len(rows) + 1), [inf] * (len(rows) + 1)
    for one in begun:
        at = one.single
        if one.is_single or (at >= 0 and len(rows[at]) == 1):
            low[at + 1], high[at] = max(low[at + 1], one.cell.bottom), min(high[at], one.cell.top)
        elif one.first == one.last and clip_of(one.cell) == VISIBLE:
            high[one.first] = min(high[one.first], one.cell.top)
    middles = [sum(cell.place(MIDDLE) for cell in row) / len(row) for row in rows]
    for number in (*range(len(rows)), *reversed(range(len(rows)))):
        twice = 2 * middles[number]
        _narrow(low, high, number + 1, twice - high[number], twice - low[number])
        _narrow(low, high, number, twice - high[number + 1], twice - low[number + 1])
    return list(zip(low, high, strict=True))


def _narrow(low: list[float], high: list[float], at: int, least: float, most: float) -> None:
    """Narrow the bounds of a boundary, if they agree: rows with a blank one between them don't."""
    least, most = max(low[at], least), min(high[at], most)
    if least <= most + DRAWN.rounding:
        low[at], high[at] = min(least, most), max(least, most)


def placed_cells(
    rows: Sequence[Sequence[Block]], begun: Sequence[Begun], *, cut_above: bool, cut_below: bool
) -> tuple[list[Placed], set[int]]:
    """All cells with the rows that they cover, and the numbers of the rows of which that is in doubt.

    ``cut_above`` and ``cut_below`` say that rows of the page before and after may be merged with these.
    """
    bounds = bounds_of(rows, begun)
    placed = [Placed(one.cell, one.single, one.single + 1) for one in begun if one.is_single]
    doubts: set[int] = set()
    starts = [(one.first, one.cell) for one in begun if one.first == one.last]
    starts += [(one.single, one.cell) for one in begun if one.first < one.last and one.single >= 0]
    merged = [one for one in begun if not one.is_single]
    for one in sorted(merged, key=lambda own: (own.cell.left, own.cell.top)):
        ways = [
            (first, last)
            for first in range(one.first, one.last + 1)
            for last in range(first + 1, len(rows) + 1)
            if (last > first + 1 or one.single in (first, -1))
            and _is_free(one.cell, first, last, starts, placed)
            and _fits(one.cell, first, last, bounds, (cut_above and first == 0, cut_below and last == len(rows)))
        ]
        if len(ways) > 1:
            ways = _filling(one.cell, ways, starts, len(rows)) or ways
        if not ways:
            raise Uncertain
        if len(ways) > 1:
            doubts |= {*range(min(first for first, _ in ways), max(last for _, last in ways))}
        placed.append(Placed(one.cell, *ways[0]))
    return placed, doubts


def _is_free(
    cell: Block, first: int, last: int, starts: Sequence[tuple[int, Block]], placed: Sequence[Placed]
) -> bool:
    """Whether no other cell stands in the rows that a cell may cover."""
    return not any(
        first <= row < last and other is not cell and _overlap(cell, other) for row, other in starts
    ) and not any(
        one.first < last and first < one.last and _overlap(cell, one.block) for one in placed
    )


def _overlap(one: Block, other: Block) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _fits(cell: Block, first: int, last: int, bounds: Bounds, cut: tuple[bool, bool]) -> bool:
    """Whether the middle of a cell may be that of some rows."""
    clip = clip_of(cell)
    if (clip == CLIPPED_ABOVE and not cut[0]) or (clip == CLIPPED_BELOW and not cut[1]):
        return False
    low, high = bounds[first]
    least, most = bounds[last]
    upper = low if not cut[0] else -inf
    lower = most if not cut[1] else inf
    twice, room = 2 * cell.place(MIDDLE), DRAWN.rounding
    if clip == VISIBLE and (cell.top < upper - room or cell.bottom > lower + room):
        return False
    return upper + least - room <= twice <= high + lower + room


def _filling(
    cell: Block, ways: Sequence[tuple[int, int]], starts: Sequence[tuple[int, Block]], count: int
) -> list[tuple[int, int]]:
    """Of the ways of a cell to cover rows those that leave none blank above the next cell of its column."""
    below = min((row for row, other in starts if row > ways[0][0] and _overlap(cell, other)), default=count)
    return [way for way in ways if way[1] == below]
