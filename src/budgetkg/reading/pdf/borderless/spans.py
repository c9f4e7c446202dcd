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

Way = tuple[int, int]
"""A stretch of rows that a cell may cover: the first one and the last, the end left out."""
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
        spans.look_at(open_ones)
        for narrowed in (spans.possible, spans.nested, spans.filling):
            left = [one for one in open_ones if len(ways := narrowed(one)) != 1 or not spans.place(one, ways)]
            if len(left) < len(open_ones):
                break
        else:
            one = min(open_ones, key=spans.doubt_of)
            spans.place(one, spans.nested(one) or spans.possible(one))
            left.remove(one)
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
        self._fitting: dict[tuple[int, int], list[Way]] = {}
        self._ways: dict[tuple[int, int], tuple[Begun, list[Way]]] = {}

    def look_at(self, open_ones: Sequence[Begun]) -> None:
        """Find the stretches of rows that each of the cells not placed yet may cover.

        Raises :class:`.bands.Uncertain` where there is none.
        """
        self._ways = {one.number: (one, self._possible(one)) for one in open_ones}
        if not all(ways for _, ways in self._ways.values()):
            raise Uncertain

    def possible(self, one: Begun) -> list[Way]:
        """The stretches of rows that a cell may cover."""
        return [way for way in self._ways[one.number][1] if self._is_free(one.cell, *way)]

    def nested(self, one: Begun) -> list[Way]:
        """Those that part no rows that another cell holds together: so forms are laid out."""
        return [way for way in self.possible(one) if not self._crosses(*way)]

    def filling(self, one: Begun) -> list[Way]:
        """Those of them that leave no row blank above and below the cell, if it covers several rows."""
        ways = self.nested(one)
        return (
            [way for way in ways if self._fills(one, *way)]
            if (one.single, one.single + 1) not in ways
            else []
        )

    def doubt_of(self, one: Begun) -> int:
        """In how many rows it is in doubt whether a cell covers them."""
        ways = self.nested(one) or self.possible(one)
        return len(_union(ways)) - len(_common(ways))

    def place(self, one: Begun, ways: Sequence[Way]) -> bool:
        """Give a cell to the rows that it covers in any way; those that it may cover as well are in doubt."""
        rows = _common(ways) or range(*ways[0])
        self.doubts |= {*_union(ways)} - {*_common(ways)}
        self.placed.append(Placed(one.cell, rows[0], rows[-1] + 1))
        self._known[one.number] = (one, rows[0])
        del self._ways[one.number]
        return True

    def _possible(self, one: Begun) -> list[Way]:
        if one.number not in self._fitting:
            self._fitting[one.number] = [
                (first, last)
                for first in range(one.first, one.last + 1)
                for last in range(first + 1, self._count + 1)
                if (last > first + 1 or one.single in (first, -1)) and self._fits(one.cell, first, last)
            ]
        least, most = self._between(one)
        ways = [
            (first, last)
            for first, last in self._fitting[one.number]
            if least <= first <= most
            and self._is_free(one.cell, first, last)
            and (one.single < 0 or last == first + 1 or self._is_nested(one.cell, first, last))
        ]
        alone = (one.single, one.single + 1)
        if not ways and one.single >= 0 and self._is_free(one.cell, *alone):
            return [alone]  # no row is told by its text alone: rows with a blank one between them are looser
        if not ways and self._goes_on_below(one):
            return [(one.first, self._count)]
        return ways

    def _goes_on_below(self, one: Begun) -> bool:
        """Whether a page break may cut a cell that is set to the top of its rows, as a browser does."""
        room = GRID.row_tolerance * one.cell.size
        others = [cell for row, cell in self._starts if row == one.first and cell is not one.cell]
        return (
            self._cut[1]
            and one.first == one.last
            and any(abs(cell.lines[0].middle - one.cell.lines[0].middle) <= room for cell in others)
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
        """Whether a cell that covers some rows leaves none blank above and below it.

        Another cell of its column that isn't placed yet may cover the rows beside it.
        """
        own = [placed for placed in self.placed if _overlap(placed.block, one.cell)]
        beside = [
            way
            for other, ways in self._ways.values() if other is not one and _overlap(other.cell, one.cell)
            for way in ways
        ]  # fmt: skip
        above = max((placed.last for placed in own if placed.last <= first), default=0)
        below = [placed.first for placed in own if placed.first >= last]
        below += [row for row, other in self._starts if row >= last and _overlap(one.cell, other)]
        begins = one.first == one.last or above == first or any(end == first for _, end in beside)
        return begins and (
            min(below, default=self._count) == last or any(start == last for start, _ in beside)
        )

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

    def _crosses(self, first: int, last: int) -> bool:
        """Whether another cell covers some of these rows and others as well, but not all of these."""
        return any(
            one.first < last
            and first < one.last
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


def _common(ways: Sequence[Way]) -> range:
    """The rows of all stretches."""
    return range(max(first for first, _ in ways), min(last for _, last in ways))


def _union(ways: Sequence[Way]) -> range:
    """The rows from the first to the last of some stretches."""
    return range(min(first for first, _ in ways), max(last for _, last in ways))


def _overlap(one: Block, other: Block) -> bool:
    """Whether texts stand over one another."""
    return min(one.right, other.right) > max(one.left, other.left)
