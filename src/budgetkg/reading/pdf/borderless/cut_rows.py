"""Rows of a form without edges that a page break cuts: put together again, or in doubt.

A word processor and a browser let the texts of a row go on at the top of the next page. What stands there may
be a row of its own as well: where nobody can say, both are in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkg.reading.pdf.borderless.settings import DRAWN, LINES
from budgetkg.reading.pdf.doubts import may_be_cut
from budgetkg.reading.pdf.row_breaks import is_figure
from budgetkg.reading.pdf.settings import TABLES
from budgetkg.reading.pdf.tables import PageCell, PageRow, PageTable, repeated_rows
from budgetkg.reading.pdf.text import TextLine

Sides = tuple[float, float]
_PAIR = 2  # texts of a pair: one above a page break, one below it


@dataclass(frozen=True, slots=True)
class _Pair:
    """A text below a page break and the one of its column above it, with the row in which that one begins."""

    row: PageRow
    above: PageCell
    below: PageCell

    def give_back(self, number: int) -> None:
        """Put the text below the page break, on a page of this number, into the row of that above it."""
        self.row.cells.append(replace(self.below, page=number, row_span=self.above.row_span))
        self.row.cells.sort(key=lambda cell: cell.left)


def join_cut_rows(tables: Sequence[PageTable], numbers: Sequence[int]) -> None:
    """Give the first row of a page back to the last one of the page before, where it goes on with it.

    ``numbers`` are those of the pages. Both rows are in doubt where nobody can say whether it does.
    """
    columns = _Columns(tables)
    header = tables[0].rows[: TABLES.max_header_rows] if tables else []
    for table in tables:
        table.settled = True
    for (upper, table), number in zip(pairwise(tables), numbers[1:], strict=True):
        at = repeated_rows(header, table)  # below a header printed again
        if at == len(table.rows):
            continue
        if all(row.doubtful for row in upper.rows) or all(row.doubtful for row in table.rows):
            # Where nobody can tell the rows of a page, nobody can say what goes on above and below it.
            upper.rows[-1].doubtful = table.rows[at].doubtful = True
            continue
        _give_back_merged(upper, table.rows[at], columns, number)
        first = [cell for cell in table.rows[at].cells if cell.visible]
        last = [cell for _, cell in _ending(upper)]
        if not first:
            table.rows[at].cells = [cell for cell in table.rows[at].cells if cell.row_span > 1]
        elif last:
            _join_rows(upper, table, at, columns, number)


def _ending(table: PageTable) -> list[tuple[PageRow, PageCell]]:
    """The texts that reach the end of a page, with the rows in which they begin."""
    return [(row, cell) for row in table.rows for cell in row.cells if cell.ends_page and cell.visible]


def _pairs(upper: PageTable, row: PageRow) -> list[_Pair]:
    below = {_sides(cell): cell for cell in row.cells if cell.visible}
    return [
        _Pair(begun, cell, below[_sides(cell)]) for begun, cell in _ending(upper) if _sides(cell) in below
    ]


def _give_back_merged(upper: PageTable, first: PageRow, columns: _Columns, number: int) -> None:
    """Give a text below a page break back to a merged cell above it, if that cell surely goes on.

    It does where a merged cell to its left that begins in the same row goes on without any text.
    """
    filled = {_sides(cell) for cell in first.cells if cell.visible}
    merged = [(row, cell) for row, cell in _ending(upper) if cell.row_span > 1]
    for pair in _pairs(upper, first):
        left = [cell for row, cell in merged if row is pair.row and cell.right <= pair.above.left]
        flows = len(pair.above.visible) >= DRAWN.flowing_lines and columns.is_full(pair)
        if pair.above.row_span > 1 and flows and any(_sides(cell) not in filled for cell in left):
            pair.give_back(number)
            pair.below.lines = []


def _join_rows(upper: PageTable, table: PageTable, at: int, columns: _Columns, number: int) -> None:
    """Join the row below a page break to the last one above it, or put both in doubt, or neither."""
    row, last = table.rows[at], [cell for _, cell in _ending(upper)]
    first = [cell for cell in row.cells if cell.visible]
    pairs = _pairs(upper, row)
    whole = [(columns.is_whole(pair.above), columns.is_whole(pair.below)) for pair in pairs]
    full = [columns.is_full(pair) for pair in pairs]
    all_full = all(full) and len(pairs) == len(first)
    if any(map(all, whole)):
        return  # two whole texts in one column are two rows'
    if (
        all_full and not any(map(any, whole)) and len(first) < len(last)
        and all(cell.row_span == 1 for cell in first)
    ):  # fmt: skip
        for pair in pairs:
            pair.give_back(number)
        del table.rows[at]
        return
    begins = first[0].left > min(cell.left for cell in last) and (len(first) == 1 or any(full))
    figures = any(is_figure(pair.above) and is_figure(pair.below) for pair in pairs)
    may_go_on = all(any(_may_go_on(one, cell) for one in last) for cell in first)
    cut = any(full) and may_be_cut([(pair.above, pair.below) for pair in pairs], last, row)
    if may_go_on and (all_full or (begins and not figures) or (cut and len(pairs) == len(first))):
        upper.rows[-1].doubtful = row.doubtful = True
        for pair in pairs:
            pair.row.doubtful = True


class _Columns:
    """What the columns of a form print, on all its pages."""

    def __init__(self, tables: Sequence[PageTable]) -> None:
        self._widths: dict[Sides, float] = {}
        self._texts: Counter[tuple[Sides, str]] = Counter()
        for cell in (cell for table in tables for row in table.rows for cell in row.cells if cell.lines):
            self._texts[_sides(cell), cell.text] += 1
            if len(cell.lines) > 1:  # only where a text breaks it is known how far its lines may reach
                reach = max(line.x1 for line in cell.lines)
                self._widths[_sides(cell)] = max(self._widths.get(_sides(cell), 0.0), reach)

    def is_whole(self, cell: PageCell) -> bool:
        """Whether further cells of the column have the very text of a cell: it is no part of another one.

        The pair itself may hold it twice.
        """
        return self._texts[_sides(cell), cell.text] > _PAIR

    def is_full(self, pair: _Pair) -> bool:
        """Whether the first character below a page break had no room on the last line above it."""
        line, other = pair.above.lines[-1], pair.below.lines[0]
        room = LINES.full_line_room * line.size
        width = self._widths.get(_sides(pair.below), pair.below.right)
        return line.x1 + _first_character(other) > width - room


def _sides(cell: PageCell) -> Sides:
    return cell.left, cell.right


def _may_go_on(upper: PageCell, lower: PageCell) -> bool:
    """Whether a text is set below another one as the next line of it would be."""
    line, other = upper.lines[-1], lower.lines[0]
    left, right = other.x0 - line.x0, other.x1 - line.x1
    aligned = min(abs(left), abs(right), abs(left + right) / 2) <= DRAWN.aligned * line.size
    over = min(line.x1, other.x1) > max(line.x0, other.x0)
    return over and (aligned or -DRAWN.indent * line.size <= left <= 0)


def _first_character(line: TextLine) -> float:
    """How wide the first character of a line is."""
    box = next(box for char, box in zip(line.text, line.boxes, strict=True) if not char.isspace())
    return box[2] - box[0]
