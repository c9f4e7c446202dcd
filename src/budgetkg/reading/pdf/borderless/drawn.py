"""The rows of a page by the order in which its cells are drawn: row by row, each from left to right.

A spreadsheet program, a word processor and a browser draw a table so, whatever edges they print with it, a
merged cell with the first of its rows. (LibreOffice draws the cells of a sheet that take several lines after
all others, in the same order: a second pass.) So the cells say themselves in which row they begin; where they
end is said by their middle (:mod:`.spans`). An order that doesn't fit the places of the texts says nothing:
:class:`.bands.Uncertain`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.borderless.bands import Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID
from budgetkg.reading.pdf.page import CLIPPED_ABOVE


@dataclass(slots=True)
class Begun:
    """A cell, and the first and the last row in which it may begin.

    ``single`` is the row with whose other cells it is aligned, -1 where there is none; ``number`` counts the
    cells and ``row`` the rows of its pass.
    """

    cell: Block
    first: int
    last: int
    single: int
    number: tuple[int, int] = (0, 0)
    row: int = 0

    @property
    def is_single(self) -> bool:
        """Whether it surely covers one row alone."""
        return self.first == self.last == self.single


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

    def is_merged_to(self, place: float) -> bool:
        """Whether a cell of the row is merged down so that it is aligned to a place below it."""
        return any(
            not self.is_single(cell)
            and abs(cell.place(self.alignment) - place) <= GRID.row_tolerance * cell.size
            for cell in self.cells
        )

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
    if len(passes) == 1 and all(row.place > -inf for row in passes[0]):
        rows = [row.singles for row in passes[0]]
        begun = [
            Begun(cell, number, number, number if row.is_single(cell) else -1)
            for number, row in enumerate(passes[0])
            for cell in row.cells
        ]
        return rows, begun
    if len(passes) > DRAWN.max_passes:
        raise Uncertain
    rows = _rows_of_passes(passes)
    begun = []
    for number, own in enumerate(passes):
        cells_of_pass = _begun_in_pass(own, rows)
        begun += [replace(one, number=(number, at)) for at, one in enumerate(cells_of_pass)]
    return rows, begun


def _passes(cells: Sequence[Block], alignment: float) -> list[list[_Row]]:
    """The rows of each pass: it ends where a cell stands above the row drawn before."""
    passes = [[_Row(alignment, [cells[0]])]]
    for before, cell in pairwise(cells):
        rows, room = passes[-1], GRID.row_tolerance * cell.size
        place = cell.place(alignment)
        higher = len(rows) > 1 and place <= rows[-1].place + room
        if (
            higher
            and _is_right_of(rows[-1], rows[-2], room)
            and (cell.left < before.right - room or place <= rows[-2].place + room)
        ):
            # What stands to the right of a row and lower is merged down from it.
            merged = rows.pop()
            rows[-1].cells += merged.cells
        is_lower = place > (rows[-2].place if len(rows) > 1 else -inf) + room
        beside = cell.lines[0].top < before.bottom - room or rows[-1].is_merged_to(place)
        if cell.left >= before.right - room and beside and is_lower:
            rows[-1].cells.append(cell)
        elif (cell.left >= before.right - room and beside) or place <= rows[-1].place + room:
            passes.append([_Row(alignment, [cell])])
        else:
            rows.append(_Row(alignment, [cell]))
    return passes


def _is_right_of(row: _Row, above: _Row, room: float) -> bool:
    return row.cells[0].left >= above.cells[-1].right - room


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
    while len(rows) > 1:
        over = [_reach_over(one, other) for one, other in pairwise(rows)]
        near = [
            over[at : at + 1].count(True) + over[max(at - 1, 0) : at].count(True) for at in range(len(rows))
        ]
        if not max(near):
            break
        rows.pop(
            min(
                (at for at, count in enumerate(near) if count),
                key=lambda at: (len(rows[at].cells), -near[at], rows[at].cells[0].left),
            )
        )
    return [row.cells for row in rows]


def _reach_over(upper: _Row, lower: _Row) -> bool:
    """Whether the texts of two rows reach over one another's heights: then one of them is none."""
    bottom, top = max(cell.bottom for cell in upper.cells), min(cell.top for cell in lower.cells)
    return top < bottom - GRID.reach * lower.cells[0].size


def _begun_in_pass(own: Sequence[_Row], rows: Sequence[Sequence[Block]]) -> list[Begun]:
    """In which of all rows the cells of one pass begin.

    That is known where two of them are aligned with one another. One alone may be merged over rows, its
    row-mates drawn by the other pass: it begins between its neighbours.
    """
    row_of = {id(cell): number for number, row in enumerate(rows) for cell in row}
    places = [
        {row_of[id(cell)] for cell in row.singles if id(cell) in row_of} if len(row.cells) > 1 else set()
        for row in own
    ]
    known = [min(place, default=-1) for place in places]
    begun: list[Begun] = []
    for at, row in enumerate(own):
        first = last = known[at]
        if first < 0:
            first = max((number + 1 for number in known[:at]), default=0)
            last = min((number for number in known[at + 1 :] if number >= 0), default=len(rows) - 1)
        single = False
        for cell in row.cells:
            number = row_of.get(id(cell), -1)
            single = single or number >= 0
            # What stands left of the first cell in the row may be merged down from a row of other passes.
            above = min(first, max((one + 1 for one in known[:at]), default=0)) if not single else first
            begun.append(Begun(cell, above, last, number, row=at))
    if any(one.first > one.last for one in begun):
        raise Uncertain
    return begun
