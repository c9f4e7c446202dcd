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
from budgetkg.reading.pdf.borderless.drawn import Begun, clip_of, is_right_of
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID
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
    rows: Sequence[Sequence[Block]], begun: Sequence[Begun], cut: tuple[bool, bool]
) -> tuple[list[Placed], set[int]]:
    """All cells with the rows that they cover, and the numbers of the rows of which that is in doubt.

    ``cut`` says whether rows of the page before, and of that after, may be merged with these.
    """
    spans = _Spans(rows, begun, cut)
    open_ones = [one for one in begun if not one.is_single]
    while open_ones:
        # What can be said for sure comes first: it narrows what can be said of the others.
        left = [one for one in open_ones if not spans.place_if_sure(one)]
        if len(left) == len(open_ones):
            left = [one for one in open_ones if not spans.place_if_sure(one, nested=True)]
        if len(left) == len(open_ones):
            one = left.pop(0)
            spans.place(one, spans.ways(one))
        open_ones = left
    return spans.placed, spans.doubts


class _Spans:
    """The cells of a page while they are given to its rows."""

    def __init__(
        self, rows: Sequence[Sequence[Block]], begun: Sequence[Begun], cut: tuple[bool, bool]
    ) -> None:
        self.placed = [Placed(one.cell, one.single, one.single + 1) for one in begun if one.is_single]
        self.doubts: set[int] = set()
        self._known = {one.number: (one, one.first) for one in begun if one.first == one.last}
        self._count, self._cut = len(rows), cut
        self._bounds = bounds_of(rows, begun)
        self._starts = [(one.first, one.cell) for one in begun if one.first == one.last]

    def place_if_sure(self, one: Begun, *, nested: bool = False) -> bool:
        """Give a cell to rows if there is one way; raises :class:`.bands.Uncertain` where there is none.

        ``nested`` counts those ways alone that part no rows that a cell to the left holds together.
        """
        ways = self.ways(one)
        if not ways:
            raise Uncertain
        if nested:
            ways = [way for way in ways if not self._crosses(one.cell, *way)]
        if len(ways) == 1:
            self.place(one, ways)
        return len(ways) == 1

    def place(self, one: Begun, ways: Sequence[tuple[int, int]]) -> None:
        """Give a cell to rows; where it may cover others as well, all of them are in doubt."""
        if len(ways) > 1:
            self.doubts |= {*range(min(first for first, _ in ways), max(last for _, last in ways))}
        self.placed.append(Placed(one.cell, *ways[0]))
        self._known[one.number] = (one, ways[0][0])

    def ways(self, one: Begun) -> list[tuple[int, int]]:
        """The stretches of rows that a cell may cover; those that leave no row blank beside it, if any."""
        least, most = self._between(one)
        ways = [
            (first, last)
            for first in range(least, most + 1)
            for last in range(first + 1, self._count + 1)
            if (last > first + 1 or one.single in (first, -1))
            and self._fits(one.cell, first, last)
            and self._is_free(one.cell, first, last)
            and (one.single < 0 or last == first + 1 or self._is_nested(one.cell, first, last))
        ]
        alone = (one.single, one.single + 1)
        if not ways and one.single >= 0 and self._is_free(one.cell, *alone):
            return [alone]  # no row is told by its text alone: rows with a blank one between them are looser
        if not ways and self._goes_on_below(one):
            return [(one.first, self._count)]
        filling = [way for way in ways if self._fills(one, *way)]
        return filling if len(filling) == 1 and alone not in ways else ways

    def _goes_on_below(self, one: Begun) -> bool:
        """Whether a page break may cut a cell that is set to the top of its rows, as a browser does."""
        room = GRID.row_tolerance * one.cell.size
        tops = [cell.lines[0].middle for row, cell in self._starts if row == one.first and cell is not one.cell]
        return (
            self._cut[1]
            and one.first == one.last
            and any(abs(top - one.cell.lines[0].middle) <= room for top in tops)
            and self._is_free(one.cell, one.first, self._count)
        )

    def _between(self, one: Begun) -> tuple[int, int]:
        """The first and the last row in which a cell may begin, by those drawn before and after it."""
        least, most = one.first, one.last
        if least < most:
            for other, first in self._known.values():
                if other.number[0] == one.number[0] and other.number < one.number:
                    least = max(least, first + (not is_right_of(one.cell, other.cell)))
                elif other.number[0] == one.number[0]:
                    most = min(most, first - (not is_right_of(other.cell, one.cell)))
        return least, most

    def _fills(self, one: Begun, first: int, last: int) -> bool:
        """Whether a cell that covers some rows leaves none blank above and below it."""
        own = [placed for placed in self.placed if _overlap(placed.block, one.cell)]
        above = max((placed.last for placed in own if placed.last <= first), default=0)
        below = [placed.first for placed in own if placed.first >= last]
        below += [row for row, other in self._starts if row >= last and _overlap(one.cell, other)]
        return (one.first == one.last or above == first) and min(below, default=self._count) == last

    def _is_free(self, cell: Block, first: int, last: int) -> bool:
        """Whether no other cell stands in the rows that a cell may cover."""
        return not any(
            first <= row < last and other is not cell and _overlap(cell, other) for row, other in self._starts
        ) and not any(
            one.first < last and first < one.last and _overlap(cell, one.block) for one in self.placed
        )

    def _is_nested(self, cell: Block, first: int, last: int) -> bool:
        """Whether all cells to the left cover either all of some rows or none: so tables are parted."""
        return not any(
            one.first < last
            and first < one.last
            and one.block.right <= cell.left
            and not (one.first <= first and last <= one.last)
            for one in self.placed
        )

    def _crosses(self, cell: Block, first: int, last: int) -> bool:
        """Whether a cell to the left covers some of these rows and others as well, but not all of these."""
        return any(
            one.first < last
            and first < one.last
            and one.block.right <= cell.left
            and (one.first < first or last < one.last)
            and (first < one.first or one.last < last)
            for one in self.placed
        )

    def _fits(self, cell: Block, first: int, last: int) -> bool:
        """Whether the middle of a cell may be that of some rows."""
        cut_above, cut_below = self._cut[0] and first == 0, self._cut[1] and last == self._count
        clip = clip_of(cell)
        if (clip == CLIPPED_ABOVE and not cut_above) or (clip == CLIPPED_BELOW and not cut_below):
            return False
        (low, high), (least, most) = self._bounds[first], self._bounds[last]
        upper, lower = -inf if cut_above else low, inf if cut_below else most
        twice, room = 2 * cell.place(MIDDLE), DRAWN.rounding
        if clip == VISIBLE and (cell.top < upper - room or cell.bottom > lower + room):
            return False
        return upper + least - room <= twice <= high + lower + room


def _overlap(one: Block, other: Block) -> bool:
    """Whether texts stand over one another."""
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
