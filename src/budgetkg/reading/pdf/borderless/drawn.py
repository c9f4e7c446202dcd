"""The rows of a page by the order in which its cells are drawn: row by row, each from left to right.

A spreadsheet program, a word processor and a browser draw a table so, whatever edges they print with it, a
merged cell with the first of its rows. (LibreOffice draws the cells of a sheet that take several lines after
all others, in the same order: a second pass.) So the cells say themselves in which row they begin; where they
end is said by their middle (:mod:`.spans`). An order that doesn't fit the places of the texts says nothing:
:class:`.bands.Uncertain`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.borderless.bands import Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.passes import Key, keys_of
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.borderless.settings import GRID
from budgetkg.reading.pdf.page import CLIPPED_ABOVE


@dataclass(slots=True)
class Begun:
    """A cell, and the first and the last row in which it may begin.

    ``single`` is the row with whose other cells it is aligned, -1 where there is none; ``number`` counts the
    passes and the cells of its pass.
    """

    cell: Block
    first: int
    last: int
    single: int
    number: tuple[int, int] = (0, 0)

    @property
    def is_single(self) -> bool:
        """Whether it surely covers one row alone."""
        return self.first == self.last == self.single


def clip_of(cell: Block) -> int:
    """On which side a page break hides the first line of a cell, or that it shows."""
    return next(glyph.visibility for glyph in cell.glyphs if not glyph.text.isspace())


def is_right_of(cell: Block, other: Block) -> bool:
    """Whether a cell stands so far right of another one that both may be of one row."""
    return cell.left >= other.right - GRID.row_tolerance * cell.size


def begun_cells(
    cells: Sequence[Block], second: int, alignment: float, *, cut_below: bool
) -> tuple[list[list[Block]], list[Begun]]:
    """The cells of each row that cover it alone, and in which rows all cells begin.

    ``cells`` come in the order in which they are drawn, those from number ``second`` on in a second pass.
    """
    passes = [own for own in (cells[:second], cells[second:]) if own]
    singles = [
        cell
        for own in passes
        for cell in _may_be_single(own, alignment, in_one=len(passes) == 1, cut_below=cut_below)
    ]
    alone = {id(cell) for cell in singles}
    merged = [cell.place(alignment) for cell in cells if id(cell) not in alone]
    rows = _rows_of(singles, merged, alignment)
    order = _Rows(rows, alignment, in_one=len(passes) == 1)
    return rows, [one for number, own in enumerate(passes) for one in order.begun(number, own)]


def _may_be_single(
    cells: Sequence[Block], alignment: float, *, in_one: bool, cut_below: bool
) -> Iterator[Block]:
    """The cells of a pass that may cover one row alone: none drawn later stands above or left of them.

    If there is no other pass, what stands beside the cell before and lower is merged down as well.
    """
    runs = _runs(cells)
    cut = {id(cell) for run in runs for cell in _cut_below(run, alignment)} if cut_below else set[int]()
    kept = [cell for cell in cells if id(cell) not in cut]
    least: Key = (len(kept) + 1, 0.0)
    merged: set[int] = set()
    for cell, key in reversed([*zip(kept, keys_of(kept, alignment), strict=True)]):
        if key > least or clip_of(cell) == CLIPPED_ABOVE:
            merged.add(id(cell))
        least = min(least, key)
    for run in runs:
        beside: list[Block] = []
        for cell in (one for one in run if id(one) not in cut):
            beside.append(cell)
            if id(cell) not in merged and not (in_one and _is_merged_beside(beside, alignment)):
                yield cell


def _runs(cells: Sequence[Block]) -> list[list[Block]]:
    """Cells that are drawn one after the other from left to right: those of a row are."""
    runs: list[list[Block]] = []
    for cell in cells:
        if runs and is_right_of(cell, runs[-1][-1]):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _cut_below(run: Sequence[Block], alignment: float) -> Iterator[Block]:
    """The cells of a run that go on behind the page break: a browser sets them to the top of their rows.

    Others, of which one begins at the same height, are aligned with one another further below.
    """
    for cell in run:
        room = GRID.row_tolerance * cell.size
        lower = [one for one in run if one.place(alignment) > cell.place(alignment) + room]
        if any(
            abs(one.lines[0].middle - cell.lines[0].middle) <= room
            and sum(abs(one.place(alignment) - other.place(alignment)) <= room for other in lower) > 1
            for one in lower
        ):
            yield cell


def _is_merged_beside(row: Sequence[Block], alignment: float) -> bool:
    """Whether the last of some cells from left to right stands beside the one before, but lower than one."""
    *others, cell = row
    place, room = cell.place(alignment), GRID.row_tolerance * cell.size
    places = [one.place(alignment) for one in others]
    beside = bool(others) and cell.lines[0].top < others[-1].bottom - room
    level = any(abs(place - other) <= room for other in places)
    return (beside or level) and place > min(places) + room


def _rows_of(singles: Sequence[Block], merged: Sequence[float], alignment: float) -> list[list[Block]]:
    """Cells at one place as a row each. Where the texts of two reach over one another one is none.

    ``merged`` are the places of cells that cover several rows: others at such a place may do so as well.
    """
    rows: list[list[Block]] = []
    for cell in sorted(singles, key=lambda one: one.place(alignment)):
        room = GRID.row_tolerance * cell.size
        if rows and cell.place(alignment) - rows[-1][0].place(alignment) <= room:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    while alignment == MIDDLE and len(rows) > 1:
        over = [_reach_over(one, other) for one, other in pairwise(rows)]
        near = [sum(over[max(at - 1, 0) : at + 1]) for at in range(len(rows))]
        if not max(near):
            break
        weights = [_weight(row, count, merged, alignment) for row, count in zip(rows, near, strict=True)]
        rows.pop(min((at for at, count in enumerate(near) if count), key=weights.__getitem__))
    return rows


def _weight(row: Sequence[Block], near: int, merged: Sequence[float], alignment: float) -> tuple[float, ...]:
    """How much speaks for it that some cells are a row; ``near`` counts the rows that it reaches over."""
    place, room = row[0].place(alignment), GRID.row_tolerance * row[0].size
    level = sum(abs(other - place) <= room for other in merged)
    return -level, len(row), -near, min(cell.left for cell in row)


def _reach_over(upper: Sequence[Block], lower: Sequence[Block]) -> bool:
    """Whether the texts of two rows reach over one another's heights: then one of them is none."""
    bottom, top = max(cell.bottom for cell in upper), min(cell.top for cell in lower)
    return top < bottom - GRID.reach * lower[0].size


class _Rows:
    """The rows of a page, to say where the cells of its passes begin."""

    def __init__(self, rows: Sequence[Sequence[Block]], alignment: float, *, in_one: bool) -> None:
        self._row_of = {id(cell): number for number, row in enumerate(rows) for cell in row}
        self._places = [sum(cell.place(alignment) for cell in row) / len(row) for row in rows]
        self._alignment, self._in_one = alignment, in_one

    def begun(self, number: int, cells: Sequence[Block]) -> list[Begun]:
        """In which rows the cells of a pass begin.

        That is known where two of them are aligned with one another, or if there is no other pass. One alone
        may be merged over rows, its row-mates drawn by the other pass: it begins between its neighbours.
        """
        rows = [self._row_of.get(id(cell), -1) for cell in cells]
        firsts: list[int] = []
        for at, (cell, row) in enumerate(zip(cells, rows, strict=True)):
            beside = at > 0 and is_right_of(cell, cells[at - 1])
            least = firsts[-1] + (not beside) if firsts else 0
            known = row >= 0 and (self._in_one or (beside and rows[at - 1] == row))
            firsts.append(row if known else least)
            if firsts[at] < least:
                raise Uncertain
        lasts: list[int] = []
        for at in reversed(range(len(cells))):
            beside = bool(lasts) and is_right_of(cells[at + 1], cells[at])
            most = lasts[-1] - (not beside) if lasts else len(self._places) - 1
            lasts.append(min(rows[at] if rows[at] >= 0 else self._last_above(cells[at]), most))
        begun = zip(cells, firsts, reversed(lasts), rows, strict=True)
        if any(first > last for first, last in zip(firsts, reversed(lasts), strict=True)):
            raise Uncertain
        return [
            Begun(cell, first, last, row, (number, at)) for at, (cell, first, last, row) in enumerate(begun)
        ]

    def _last_above(self, cell: Block) -> int:
        """The last row aligned to a place above that of a merged cell: none begins later, but cut ones."""
        if self._in_one:
            return len(self._places) - 1
        room = GRID.row_tolerance * cell.size
        return max(bisect_right(self._places, cell.place(self._alignment) + room) - 1, 0)
