"""Which rows of a borderless table may not be read: where no edge parts the cells, only their places tell.

A row is certain where each text stands within one column and the rows around it stand further off than the
lines of one cell do from one another, or are lines that end before they are full. Two cells with lines at
the same heights that end early are rows laid into one. Next to a row in doubt none is certain, and where
many are in doubt no row of the table is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetkg.reading.pdf.borderless.alignment import AlignedCell, AlignedRow
from budgetkg.reading.pdf.borderless.columns import extent_of, text_runs
from budgetkg.reading.pdf.borderless.lines import ColumnLine, is_amount
from budgetkg.reading.pdf.borderless.settings import CERTAINTY, LINES
from budgetkg.reading.pdf.page import VISIBLE
from budgetkg.reading.pdf.settings import BORDERLESS, TEXT
from budgetkg.reading.pdf.text import split_at_gaps


def mark_doubts(pages: Sequence[Sequence[AlignedRow]], boundaries: Sequence[float], step: float) -> None:
    """Mark the rows of a table in doubt, on all of its pages.

    ``boundaries`` are those of its columns, ``step`` is the distance between the lines of a cell, in points.
    """
    rows = [row for page in pages for row in page]
    merged = any(cell.rows > 1 for row in rows for cell in row.cells)
    table = _Table(boundaries, step, _widths(rows, len(boundaries) - 1), merged)
    unclear = {id(row) for row in rows if row.doubtful or table.is_unclear(row)}
    flowing = {id(page[0]) for page in pages[1:] if page}
    unclear |= {id(row) for row in rows if id(row) not in flowing and table.is_lone(row)}
    for page in pages:
        for upper, lower in pairwise(page):
            if not table.are_parted(upper, lower):
                unclear |= {id(upper), id(lower)}
    doubts = [id(row) in unclear for row in rows]
    whole = sum(doubts) > (0 if merged else CERTAINTY.max_doubtful_share * len(rows))
    near = CERTAINTY.rows_beside
    for at, row in enumerate(rows):
        row.doubtful = whole or any(doubts[max(0, at - near) : at + near + 1])


def _widths(rows: Sequence[AlignedRow], count: int) -> list[float]:
    """How far the lines of each column reach at most: a line that goes on with the next reaches as far."""
    widths = [0.0] * count
    for cell in (cell for row in rows for cell in row.cells):
        widths[cell.column] = max([widths[cell.column], *(line.width for line in cell.lines)])
    return widths


class _Table:
    """What holds for all rows of a table."""

    def __init__(
        self, boundaries: Sequence[float], step: float, widths: Sequence[float], merged: bool
    ) -> None:
        self._boundaries = boundaries
        self._least_gap = LINES.max_step * step
        self._widths = widths
        self._merged = merged

    def is_unclear(self, row: AlignedRow) -> bool:
        """Whether cells of a row may hold what belongs to others."""
        filled = [cell for cell in row.cells if cell.lines]
        several = [cell for cell in filled if len(cell.lines) > 1]
        return (
            any(self._leaves_column(cell, line) for cell in filled for line in cell.lines)
            or any(_is_parted(line) for cell in filled for line in cell.lines)
            or any(
                self._are_rows(one, other) for at, one in enumerate(several) for other in several[at + 1 :]
            )
        )

    def is_lone(self, row: AlignedRow) -> bool:
        """Whether a row has one text and no name: the rest of a text above or below."""
        filled = [cell for cell in row.cells if cell.lines]
        return len(filled) == 1 and filled[0].column > 0 and not self._merged

    def are_parted(self, upper: AlignedRow, lower: AlignedRow) -> bool:
        """Whether two rows are surely two: far apart, or of a line each that ends early or is an amount."""
        above, below = _own_lines(upper), _own_lines(lower)
        if not above or not below:
            return True
        last, first = max(line.middle for _, line in above), min(line.middle for _, line in below)
        if first - last >= self._least_gap:
            return True
        if _is_tall(above) or _is_tall(below):
            return False
        under = dict(below)
        both = [(number, line, under[number]) for number, line in above if number in under]
        return any(
            self._ends_early(number, line, other) or (is_amount(line) and is_amount(other))
            for number, line, other in both
        )

    def _leaves_column(self, cell: AlignedCell, line: ColumnLine) -> bool:
        """Whether a text reaches over the side of its column."""
        left, right = self._boundaries[cell.column], self._boundaries[cell.column + 1]
        extents = map(extent_of, text_runs([one for one in line.glyphs if one.visibility == VISIBLE]))
        far = CERTAINTY.crossing
        return any(one.left < left - far or one.right > right + far for one in extents)

    def _are_rows(self, one: AlignedCell, other: AlignedCell) -> bool:
        """Whether two cells have lines at the same heights that end early: rows laid into one."""
        near = BORDERLESS.level_tolerance
        return any(
            abs(upper - above) < near and abs(lower - below) < near
            for upper, lower in self._early_ends(one)
            for above, below in self._early_ends(other)
        )

    def _early_ends(self, cell: AlignedCell) -> Iterator[tuple[float, float]]:
        """The middles of each two lines of a cell between which its text has no need to break."""
        for one, other in pairwise(cell.lines):
            if self._ends_early(cell.column, one, other):
                yield one.middle, other.middle

    def _ends_early(self, column: int, line: ColumnLine, other: ColumnLine) -> bool:
        """Whether the first word of the next line had room on this one, by the widest line of the column."""
        room = LINES.full_line_room * (line.bottom - line.top)
        return line.width + other.first_word_width <= self._widths[column] - room


def _own_lines(row: AlignedRow) -> list[tuple[int, ColumnLine]]:
    """The lines of the cells of a row that cover no other, with the numbers of their columns."""
    return [(cell.column, line) for cell in row.cells if cell.rows == 1 for line in cell.lines]


def _is_tall(lines: Sequence[tuple[int, ColumnLine]]) -> bool:
    """Whether lines stand at several heights."""
    middles = [line.middle for _, line in lines]
    return max(middles) - min(middles) > BORDERLESS.level_tolerance


def _is_parted(line: ColumnLine) -> bool:
    """Whether wide blanks part a line of a cell, as two columns are."""
    return len(split_at_gaps(line.glyphs, TEXT.column_gap)) > 1
