"""A table of one page made wider by the columns of another page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from budgetkg.reading.pdf.page import BESIDE, SEEN
from budgetkg.reading.pdf.tables import PageCell, PageRow, PageTable

_LEVEL = 1.5
_SIDE = 1.5


def widen(whole: PageTable, table: PageTable, page: int, first: int, shift: float) -> list[PageCell]:
    """Add the columns of a table, from one of them on, to the right of another one.

    Returns the parts of merged cells that say again what another part says.
    """
    ys = sorted(whole.ys + [y for y in table.ys if all(abs(y - other) > _LEVEL for other in whole.ys)])
    rows = [PageRow([], lower - upper) for upper, lower in pairwise(ys)]
    left = table.xs[first] - _SIDE
    moved = [
        (upper, lower, _moved(cell, page, shift))
        for upper, lower, cell in _placed(table)
        if cell.left >= left
    ]
    for upper, lower, cell in (*_placed(whole), *moved):
        start, end = _nearest(ys, upper), _nearest(ys, lower)
        rows[start].cells.append(replace(cell, strips=end - start))
    for row in rows:
        row.cells.sort(key=lambda found: found.left)
    seam = whole.xs[-1]
    whole.rows, whole.ys = rows, ys
    whole.xs = whole.xs + [x + shift for x in table.xs[first + 1 :]]
    return [again for row in rows if (again := _healed(row, seam)) is not None]


def _healed(row: PageRow, seam: float) -> PageCell | None:
    """Unite a cell that the side of the page cuts: its words are drawn whole in both parts, and clipped.

    A part that lies between them may show nothing, not even a rule.
    """
    for number, (one, other) in enumerate(pairwise(row.cells)):
        parts = (one, other)
        if (
            one.right - _SIDE <= seam <= other.left + _SIDE
            and sorted(one.text) == sorted(other.text)
            and one.strips == other.strips
            and any(line.cut == BESIDE for part in parts for line in part.lines)
        ):
            kept, again = sorted(parts, key=lambda part: not part.seen)
            cut = SEEN if kept.seen else BESIDE
            lines = [replace(line, cut=cut) for line in kept.lines]
            row.cells[number : number + 2] = [replace(kept, left=one.left, right=other.right, lines=lines)]
            return again
    return None


def _placed(table: PageTable) -> Iterator[tuple[float, float, PageCell]]:
    """The cells of a table, each with the heights at which it begins and ends."""
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            yield table.ys[number], table.ys[number + cell.strips], cell


def _nearest(ys: list[float], y: float) -> int:
    return min(range(len(ys)), key=lambda number: abs(ys[number] - y))


def _moved(cell: PageCell, page: int, shift: float) -> PageCell:
    """A cell as it stands on another page, moved to its place beside the first columns."""
    lines = [replace(line, x0=line.x0 + shift, x1=line.x1 + shift) for line in cell.lines]
    return replace(cell, left=cell.left + shift, right=cell.right + shift, lines=lines, page=page)
