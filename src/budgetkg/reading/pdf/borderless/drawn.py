"""The rows of a page by the order in which its cells are drawn: row by row, each from left to right.

A spreadsheet program, a word processor and a browser draw a table so, whatever edges they print with it, a
merged cell with the first of its rows. (LibreOffice draws the cells of a sheet that take several lines after
all others, in the same order: a second pass.) So the cells say themselves in which row they begin; where they
end is said by their middle (:mod:`.spans`). An order that doesn't fit the places of the texts says nothing:
:class:`.bands.Uncertain`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.borderless.bands import Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID
from budgetkg.reading.pdf.page import CLIPPED_ABOVE


@dataclass(slots=True)
class Begun:
    """A cell, and the first and the last row in which it may begin; ``single`` covers that row alone."""

    cell: Block
    first: int
    last: int
    single: bool


@dataclass(slots=True)
class _Row:
    """The cells that one pass draws in one row."""

    alignment: float
    cells: list[Block] = field(default_factory=list)

    @property
    def place(self) -> float:
        """Where the cells of this row alone are aligned: merged ones stand lower, but for cut ones."""
        return min(
            (cell.place(self.alignment) for cell in self.cells if clip_of(cell) != CLIPPED_ABOVE),
            default=-inf,
        )

    def is_single(self, cell: Block) -> bool:
        """Whether a cell is aligned with the others of the row."""
        return abs(cell.place(self.alignment) - self.place) <= GRID.row_tolerance * cell.size

    @property
    def singles(self) -> list[Block]:
        """The cells that are aligned with one another."""
        return [cell for cell in self.cells if self.is_single(cell)]


def clip_of(cell: Block) -> int:
    """On which side a page break hides the first line of a cell, or that it shows."""
    return next(glyph.visibility for glyph in cell.glyphs if not glyph.text.isspace())


def begun_cells(cells: Sequence[Block], alignment: float) -> tuple[list[list[Block]], list[Begun]]:
    """The cells of each row that cover it alone, and in which rows all cells begin.

    ``cells`` come in the order in which they are drawn.
    """
    passes = _passes(cells, alignment)
    if len(passes) == 1:
        rows = [row.singles for row in passes[0]]
        begun = [
            Begun(cell, number, number, row.is_single(cell))
            for number, row in enumerate(passes[0])
            for cell in row.cells
        ]
        return rows, begun
    if len(passes) > DRAWN.max_passes:
        raise Uncertain
    rows = _rows_of_passes(passes)
    return rows, [one for own in passes for one in _begun_in_pass(own, rows)]


def _passes(cells: Sequence[Block], alignment: float) -> list[list[_Row]]:
    """The rows of each pass: it ends where a cell stands above the row drawn before."""
    passes = [[_Row(alignment, [cells[0]])]]
    for before, cell in pairwise(cells):
        rows, room = passes[-1], GRID.row_tolerance * cell.size
        place = cell.place(alignment)
        is_lower = place > (rows[-2].place if len(rows) > 1 else -inf) + room
        if cell.left >= before.right - room and cell.lines[0].top < before.bottom - room:
            if is_lower:
                rows[-1].cells.append(cell)
                continue
        elif place > rows[-1].place + room:
            rows.append(_Row(alignment, [cell]))
            continue
        elif len(rows) > 1 and is_lower and rows[-1].cells[0].left >= rows[-2].cells[-1].right:
            # What stood to the right and lower is merged down from the row before.
            rows[-2].cells += rows.pop().cells
            rows.append(_Row(alignment, [cell]))
            continue
        passes.append([_Row(alignment, [cell])])
    return passes


def _rows_of_passes(passes: Sequence[Sequence[_Row]]) -> list[list[Block]]:
    """Rows of several passes as one list: those at one place are one row.

    Merged cells whose row-mates another pass draws look like a row of their own, too close to others.
    """
    rows: list[_Row] = []
    for row in sorted((row for own in passes for row in own if row.place > -inf), key=lambda one: one.place):
        if rows and row.place - rows[-1].place <= GRID.row_tolerance * row.cells[0].size:
            rows[-1].cells += row.singles
        else:
            rows.append(_Row(row.alignment, row.singles))
    least = GRID.least_gap * _usual_gap(rows)
    while len(rows) > 1:
        gaps = [_top(other) - _bottom(one) for one, other in pairwise(rows)]
        near = [
            (at in range(len(gaps)) and gaps[at] < least) + (at > 0 and gaps[at - 1] < least)
            for at in range(len(rows))
        ]
        if not max(near):
            break
        rows.pop(min((at for at, count in enumerate(near) if count),
                     key=lambda at: (len(rows[at].cells), -near[at], min(cell.left for cell in rows[at].cells))))  # fmt: skip
    return [row.cells for row in rows]


def _top(row: _Row) -> float:
    return min(cell.top for cell in row.cells)


def _bottom(row: _Row) -> float:
    return max(cell.bottom for cell in row.cells)


def _usual_gap(rows: Sequence[_Row]) -> float:
    several = [row for row in rows if len(row.cells) > 1]
    gaps = sorted(_top(other) - _bottom(one) for one, other in pairwise(several))
    return max(gaps[len(gaps) // 2], 0.0) if gaps else 0.0


def _begun_in_pass(own: Sequence[_Row], rows: Sequence[Sequence[Block]]) -> list[Begun]:
    """In which of all rows the cells of one pass begin: known where a cell of theirs covers one row alone."""
    row_of = {id(cell): number for number, row in enumerate(rows) for cell in row}
    known = [next((row_of[id(cell)] for cell in row.singles if id(cell) in row_of), -1) for row in own]
    begun: list[Begun] = []
    for at, row in enumerate(own):
        first = last = known[at]
        if known[at] < 0:
            before = [number for number in known[:at] if number >= 0]
            after = [number for number in known[at + 1 :] if number >= 0]
            first, last = before[-1] + 1 if before else 0, after[0] if after else len(rows) - 1
        for cell in row.cells:
            begun.append(Begun(cell, first, last, id(cell) in row_of))
    if any(one.first > one.last for one in begun):
        raise Uncertain
    return begun
