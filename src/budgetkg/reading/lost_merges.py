"""The merged cells of a header, found again where a file writes none: values parted by commas, pipe tables.

Such a file leaves blanks where cells were merged. Of a row of headers each reaches to the next one; the row
below goes on with the header where it leaves blank what stands under headers of one column, and parts wider
ones, the first part standing under the header's own column, into several each. A row of the table's body does
otherwise: it prints something under a header of one column. So no word is looked at, and a table of which any
cell is merged is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from budgetkg.reading.grid import Cell, GridRow, Reading

_FEWEST = 3
"""Cells of a header's first row: a label and its value are no header."""
_MOST_ROWS = 4
_LONGEST = 40
"""Characters of a header; longer ones are sentences."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A header that the rows below may part: its cell, its row among the rows, where it ends."""

    cell: Cell
    row: int
    end: int
    parted: bool = False


def with_merges(reading: Reading) -> Reading:
    """The reading with the merged headers of its tables as merged."""
    rows: list[GridRow] = []
    for table, found in groupby(reading.rows, key=lambda row: row.table):
        own = list(found)
        flat = all(cell.span == cell.rows == 1 for row in own for cell in row.cells)
        rows += _carried_down(list(_restored(own))) if table and flat else own
    return replace(reading, rows=tuple(rows))


def _restored(rows: Sequence[GridRow]) -> Iterator[GridRow]:
    at = 0
    while at < len(rows):
        band = _header(rows[at : at + _MOST_ROWS])
        yield from band
        at += len(band)


def _carried_down(rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows with each cell merged over the blanks below it that begin a row: a tier, what a block shares.

    A row that begins with a blank says what stands above the blank once more, as far as the row above does.
    """
    reach: dict[tuple[int, int], int] = {}
    last: dict[int, int] = {}
    for at, row in enumerate(rows):
        first = row.cells[0].column
        if at and (row.number != rows[at - 1].number + 1 or _is_line(rows[at - 1])):
            last = {}
        for column in [column for column in last if column < first]:
            above = rows[last[column]].at(column)
            if above is not None:
                reach[last[column], column] = at - last[column] + 1
        last = {c: r for c, r in last.items() if c < first} | {cell.column: at for cell in row.cells}
    return [
        replace(row, cells=tuple(replace(cell, rows=max(cell.rows, reach.get((at, cell.column), 1)))
                                 for cell in row.cells))
        for at, row in enumerate(rows)
    ]  # fmt: skip


def _header(rows: Sequence[GridRow]) -> list[GridRow]:
    """The header that begins with the first of some rows, its merges restored; else that row as it is."""
    top = rows[0]
    if len(top.cells) < _FEWEST or not _is_short(top):
        return [top]
    every = open_ = _opened(top.cells, 0, top.width)
    depth = 1
    for above, below in pairwise(rows):
        parted = _parted(open_, below, depth) if below.number == above.number + 1 else None
        if parted is None:
            break
        held, added = parted
        every = [one for one in every if one not in open_] + held + added
        open_, depth = [one for one in held if not one.parted] + added, depth + 1
    return [_merged(row, at, depth, every) for at, row in enumerate(rows[:depth])] if depth > 1 else [top]


def _parted(open_: Sequence[_Open], below: GridRow, depth: int) -> tuple[list[_Open], list[_Open]] | None:
    """The headers above a row, marked where it parts them, and its own; ``None`` where it is no header."""
    if not _is_short(below):
        return None
    held: list[_Open] = []
    added: list[_Open] = []
    for one in open_:
        under = [cell for cell in below.cells if one.cell.column <= cell.column < one.end]
        if under and (len(under) == 1 or under[0].column != one.cell.column):
            return None
        held.append(replace(one, parted=bool(under)))
        added += _opened(under, depth, one.end)
    return (held, added) if added and len(added) == len(below.cells) else None


def _opened(cells: Sequence[Cell], row: int, end: int) -> list[_Open]:
    ends = [*(cell.column for cell in cells[1:]), end]
    return [_Open(cell, row, reach) for cell, reach in zip(cells, ends, strict=False)]


def _merged(row: GridRow, at: int, depth: int, every: Sequence[_Open]) -> GridRow:
    own = {one.cell.column: one for one in every if one.row == at}
    cells = tuple(
        replace(
            cell, span=own[cell.column].end - cell.column, rows=1 if own[cell.column].parted else depth - at
        )
        for cell in row.cells
    )
    return replace(row, cells=cells)


def _is_line(row: GridRow) -> bool:
    """Whether a row is a title or a note: one cell at the left."""
    return len(row.cells) == 1 and row.cells[0].column == 0


def _is_short(row: GridRow) -> bool:
    """Whether all cells of a row may be headers: short, and no numbers."""
    return all(len(cell.text) <= _LONGEST and any(map(str.isalpha, cell.text)) for cell in row.cells)
