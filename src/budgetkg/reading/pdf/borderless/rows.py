"""The rows of a borderless table whose cells take several lines.

A spreadsheet program aligns the cells of a row to its top, its middle or its bottom. So the lines of a page
are split into rows such that the cells of each row agree in their vertical alignment, hold evenly stepped
lines, no second amount and no second numbering. The split that costs least is found by dynamic programming
over the places between lines, as a paragraph is broken into lines by Knuth and Plass (*Breaking Paragraphs
into Lines*, 1981): the cheapest way to each place is the cheapest way to an earlier one and one more row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.borderless.lines import ColumnLine, PageColumn
from budgetkg.reading.pdf.borderless.settings import IMPOSSIBLE, LINES, ROWS

TOP, MIDDLE, BOTTOM = 0.0, 0.5, 1.0
"""Vertical alignments, as the share of the free height of its row that is left above a cell."""

ALIGNMENTS = (MIDDLE, TOP, BOTTOM)
"""In the order in which they are preferred where they cost the same."""

_Extent = tuple[int, float, float]
"""The number of a column, and the middles of the first and the last line of its cell."""


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What holds for the rows of one page.

    ``step`` is the distance between the lines of a cell in points, ``alignment`` how the cells of each
    column are aligned; ``continues`` is true where the first row may go on from the page before,
    ``continued`` where the last one may go on on the next page.
    """

    step: float
    alignment: tuple[float, ...]
    continues: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class RowSplit:
    """How a page is split into rows.

    ``lines`` are its lines from top to bottom, each with the number of its column; ``starts`` the numbers
    of the lines with which rows begin; ``misalignment`` the part of ``cost`` that cells which don't agree
    have; ``doubts`` says of each row whether its lines may belong to other rows.
    """

    lines: tuple[tuple[int, ColumnLine], ...]
    starts: tuple[int, ...]
    cost: float
    misalignment: float
    doubts: tuple[bool, ...] = ()

    def rows(self) -> list[list[tuple[int, ColumnLine]]]:
        """The lines of each row with the numbers of their columns."""
        return [list(self.lines[one:other]) for one, other in pairwise((*self.starts, len(self.lines)))]


def split_into_rows(columns: Sequence[PageColumn], settings: PageSettings) -> RowSplit:
    """Split the lines of a page into rows at the least cost."""
    return _Splitter(columns, settings).split()


class _Splitter:
    """The lines of a page in order, and for each place between them how many lines of each column are above.

    A row is given by the places at which it starts and stops.
    """

    def __init__(self, columns: Sequence[PageColumn], settings: PageSettings) -> None:
        self.columns = columns
        self.settings = settings
        self.lines = sorted(
            ((number, line) for number, column in enumerate(columns) for line in column.lines),
            key=lambda entry: entry[1].middle,
        )
        above = [0] * len(columns)
        self.above = [tuple(above)]
        for number, _ in self.lines:
            above[number] += 1
            self.above.append(tuple(above))
        self.any_amounts = any(column.has_amounts for column in columns)

    def split(self) -> RowSplit:
        """Walk down the page, each place remembering the cheapest way to it."""
        end = len(self.lines)
        places = self._places()
        best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
        for index, stop in enumerate(places[1:], start=1):
            cheapest = (IMPOSSIBLE, places[index - 1])
            parting = self._cost_of_break(stop) if stop < end else 0.0
            for start in reversed(places[:index]):
                own = self._cost_of_row(start, stop)
                if own >= IMPOSSIBLE:
                    break
                cheapest = min(cheapest, (best[start][0] + own + parting, start))
                if stop - start > ROWS.max_lines:
                    break
            before = cheapest[1]
            possible = cheapest[0] < IMPOSSIBLE
            best[stop] = cheapest if possible else (best[before][0] + ROWS.max_distance, before)
        starts = [best[end][1]] if end else []
        while starts and starts[-1]:
            starts.append(best[starts[-1]][1])
        starts.reverse()
        rows = list(pairwise((*starts, end)))
        misalignment = sum(self._misalignment(*row) for row in rows)
        doubts = tuple(self._is_doubtful(*row) for row in rows)
        return RowSplit(tuple(self.lines), tuple(starts), best[end][0], misalignment, doubts)

    def _is_doubtful(self, start: int, stop: int) -> bool:
        """Whether cells of a row disagree in their alignment, hold what two cells would, or are too few."""
        cells = [self._cell(number, start, stop) for number in range(len(self.columns))]
        cost, amounts = sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)
        unnamed = start > 0 and self.above[start][0] == self.above[stop][0]
        bare = unnamed and not amounts and self.any_amounts
        disagree = self._misalignment(start, stop) >= ROWS.doubtful_misalignment
        return bare or cost >= ROWS.doubtful_cells or disagree

    def _places(self) -> list[int]:
        """Where rows may part.

        Where no line reaches from one into the other, and where two lines of a column stand too close to be
        of one cell, because its text is higher than its row.
        """
        least = LINES.min_step * self.settings.step
        inner = [
            number
            for number, (one, other) in enumerate(pairwise(self.lines), start=1)
            if one[0] == other[0] or other[1].middle - one[1].middle >= least
        ]
        return [0, *inner, len(self.lines)] if self.lines else [0]

    def _cost_of_row(self, start: int, stop: int) -> float:
        cost = ROWS.row
        first = start == 0
        amounts = cells = 0
        for number in range(len(self.columns)):
            own, own_amounts = self._cell(number, start, stop)
            if own_amounts > 1:
                return IMPOSSIBLE
            cells += self.above[start][number] != self.above[stop][number]
            amounts += own_amounts
            cost += own
        if cost > ROWS.hopeless:
            return IMPOSSIBLE
        if not first or self.settings.continues:
            missing = ROWS.no_name if self.above[start][0] == self.above[stop][0] else 0.0
            missing += ROWS.no_amount if not amounts and self.any_amounts else 0.0
            share = 1.0
            if first:
                both = missing >= ROWS.no_name + ROWS.no_amount
                share = ROWS.rest_of_row_share if both else ROWS.first_row_share
            cost += share * (missing + (ROWS.single_cell if cells == 1 else 0.0))
        return cost + self._misalignment(start, stop)

    def _cell(self, number: int, start: int, stop: int) -> tuple[float, int]:
        """What it costs to take the lines of a column in a row as one cell, and how many are amounts."""
        column, one, other = self.columns[number], self.above[start][number], self.above[stop][number]
        if one == other:
            return 0.0, 0
        continues = start == 0 and self.settings.continues
        return column.cost_of_cell(one, other, continues), column.amounts(one, other)

    def _misalignment(self, start: int, stop: int) -> float:
        """How far the cells of a row disagree in their alignment, against the tallest of them."""
        tallest: _Extent | None = None
        extents: list[_Extent] = []
        for number, column in enumerate(self.columns):
            one, other = self.above[start][number], self.above[stop][number]
            if one == other:
                continue
            top, bottom = column.lines[one].middle, column.lines[other - 1].middle
            extents.append((number, top, bottom))
            if tallest is None or bottom - top > tallest[2] - tallest[1]:
                tallest = extents[-1]
        if tallest is None:
            return 0.0
        if start == 0 and not self.settings.continues:
            # The header is aligned as it likes, whatever the rows under it are.
            return min(self._distances(extents, tallest, (one,) * len(self.columns)) for one in ALIGNMENTS)
        alignment = self.settings.alignment
        cost = self._distances(extents, tallest, alignment)
        if cost and stop < len(self.lines) and len(set(alignment)) > 1:
            # Where some cells are aligned to the top, the next row tells how high this one is.
            lower = max(tallest[2], self.lines[stop][1].middle - self.settings.step)
            cost = min(cost, self._distances(extents, (tallest[0], tallest[1], lower), alignment))
        if start == 0 or (stop == len(self.lines) and self.settings.continued):
            # Text that flows on over the page break begins at the top of each of its parts.
            all_top = self._distances(extents, tallest, (TOP,) * len(self.columns))
            cost = min(cost, ROWS.cut_by_page + all_top)
        return cost

    def _distances(self, extents: list[_Extent], tallest: _Extent, alignment: Sequence[float]) -> float:
        """The cost of how far cells are from where they would stand in the row of the tallest."""
        _, upper, lower = tallest
        step, cost = self.settings.step, 0.0
        for number, top, bottom in extents:
            share = alignment[number]
            distance = abs(top - upper + share * (bottom - top - lower + upper)) / step
            cost += ROWS.misalignment * min(max(distance - ROWS.tolerance, 0.0), ROWS.max_distance)
        return cost

    def _cost_of_break(self, place: int) -> float:
        """What it costs to part texts that look like going on."""
        return sum(
            column.cost_of_break(above)
            for column, above in zip(self.columns, self.above[place], strict=True)
            if 0 < above < len(column.lines)
        )
