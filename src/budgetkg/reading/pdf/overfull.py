"""Cells lower than their text: lines that a program draws over the edges, into the cells above and below.

A spreadsheet whose rows are too low for wrapped text prints it all the same, the lines of one cell one after
the other. Where such a line is struck by an edge, the lines that were drawn together belong to one cell: the
one to which they are aligned, by their middle, top or bottom.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from budgetkg.reading.pdf.lattice import Lattice
from budgetkg.reading.pdf.overfull_settings import OVERFULL
from budgetkg.reading.pdf.page import VISIBLE, Glyph
from budgetkg.reading.pdf.settings import TEXT

_Tops: TypeAlias = dict[int, dict[int, float]]
_LEVEL_CELLS = 2
"""A line begins its cell where the first lines of so many other cells of the row are level with it."""


@dataclass(slots=True)
class _Line:
    """Glyphs drawn one after the other at one height, between two vertical edges.

    ``cell`` is the number of the cell they lie in, ``depth`` how far their middle is from its nearest
    horizontal edge, in heights of a glyph.
    """

    glyphs: list[Glyph]
    cell: int | None
    depth: float

    @property
    def size(self) -> float:
        """The height in points."""
        return self.glyphs[0].size

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return self.glyphs[0].y


def moved_to_own_cells(
    glyphs: Sequence[Glyph], lattice: Lattice, cells: Sequence[Sequence[Glyph]]
) -> dict[int, int]:
    """The glyphs of a page that belong to another cell than the one they lie in: id of glyph → cell.

    ``glyphs`` come in the order in which they are drawn, ``cells`` are those of each cell of the lattice.
    """
    if not is_any_touched(lattice, cells):
        return {}
    moved: dict[int, int] = {}
    lines = [*_lines(glyphs, lattice)]
    for block in _blocks(lines, lattice, _tops(lines, lattice)):
        if len({line.cell for line in block}) < 2:
            continue
        own = _aligned_cell(lattice, block)
        moved |= {id(glyph): own for line in block if line.cell != own for glyph in line.glyphs}
    return moved


def is_any_touched(lattice: Lattice, cells: Sequence[Sequence[Glyph]]) -> bool:
    """Whether any text reaches over an edge; where none does, each glyph is in its cell."""
    share = OVERFULL.touched
    for cell, own in zip(lattice.cells, cells, strict=True):
        upper, lower = lattice.ys[cell.row], lattice.ys[cell.row_end]
        for glyph in own:
            if min(glyph.y - upper, lower - glyph.y) < share * glyph.size and not glyph.text.isspace():
                return True
    return False


def _lines(glyphs: Iterable[Glyph], lattice: Lattice) -> Iterator[_Line]:
    """The lines in the order in which they are drawn."""
    line: _Line | None = None
    for glyph in glyphs:
        if glyph.text.isspace() or glyph.rotation or glyph.visibility != VISIBLE:
            continue
        if line is not None and _goes_on(line.glyphs[-1], glyph, lattice):
            line.glyphs.append(glyph)
            continue
        if line is not None:
            yield line
        line = _line(glyph, lattice)
    if line is not None:
        yield line


def _line(glyph: Glyph, lattice: Lattice) -> _Line:
    number = lattice.cell_at(glyph.x, glyph.y)
    if number is None:
        nearest = min(abs(glyph.y - lattice.ys[0]), abs(glyph.y - lattice.ys[-1]))
    else:
        cell = lattice.cells[number]
        nearest = min(glyph.y - lattice.ys[cell.row], lattice.ys[cell.row_end] - glyph.y)
    return _Line([glyph], number, nearest / max(glyph.size, 0.1))


def _goes_on(before: Glyph, glyph: Glyph, lattice: Lattice) -> bool:
    """Whether a glyph stands level with the one before and no vertical edge parts them at their height.

    Of glyphs that touch, an edge of the row that they reach into parts none: they are one text.
    """
    size = max(before.size, glyph.size)
    if abs(before.y - glyph.y) > TEXT.line_tolerance * size or glyph.x <= before.x:
        return False
    if glyph.x0 - before.x1 > TEXT.column_gap * size:
        return False
    column = bisect_right(lattice.xs, before.x)
    if column == bisect_right(lattice.xs, glyph.x) < len(lattice.xs):
        return True  # no edge stands between them at any height
    unparted = (
        lattice.cell_at(before.x, y) == lattice.cell_at(glyph.x, y)
        for y in (glyph.y, glyph.y - size / 2, glyph.y + size / 2)
    )
    touching = abs(glyph.x0 - before.x1) < OVERFULL.touching * size
    return any(unparted) if touching else all(unparted)


def _tops(lines: Iterable[_Line], lattice: Lattice) -> _Tops:
    """The middle of the first line of each cell that holds any, by the row in which the cell begins."""
    tops: _Tops = defaultdict(dict)
    for line in lines:
        if line.cell is not None:
            row = tops[lattice.cells[line.cell].row]
            row[line.cell] = min(line.middle, row.get(line.cell, line.middle))
    return tops


def _blocks(lines: Iterable[_Line], lattice: Lattice, tops: _Tops) -> Iterator[list[_Line]]:
    """Lines drawn one below the other, as far apart as the lines of one text."""
    block: list[_Line] = []
    for line in lines:
        if block and _is_next_line(block, line, lattice) and not _begins_row(block[-1], line, lattice, tops):
            block.append(line)
            continue
        # Lines of one cell go together, before any of another cell: the first line below a header.
        own = len(block) > 1 and block[-2].cell != block[-1].cell == line.cell
        if own and _is_next_line(block[-1:], line, lattice):
            last = block.pop()
            yield block
            block = [last, line]
            continue
        if block:
            yield block
        block = [line]
    if block:
        yield block


def _is_next_line(block: Sequence[_Line], line: _Line, lattice: Lattice) -> bool:
    above = block[-1]
    size = max(above.size, line.size)
    step = line.middle - above.middle
    if not OVERFULL.least_step * size <= step <= OVERFULL.most_step * size:
        return False
    if any(abs(two.middle - one.middle - step) > OVERFULL.step_drift * size for one, two in pairwise(block)):
        return False
    if above.cell == line.cell:
        return above.cell is not None
    if not _share_columns(above, line, lattice):
        return False
    if above.cell is None or line.cell is None:  # beside the table, unless it reaches into it
        return (above if above.cell is None else line).depth < OVERFULL.touched
    depth = min(above.depth, line.depth)
    if depth < OVERFULL.struck:
        return True
    return depth < OVERFULL.touched and not _as_rows(
        above.cell, line.cell, step, lattice, OVERFULL.step_drift * size
    )


def _begins_row(above: _Line, line: _Line, lattice: Lattice, tops: _Tops) -> bool:
    """Whether a line is the first of its cell, as those level with it are of other cells of the row.

    The cell has room for a line more: so they are all set to the top of the row, and none reaches over it.
    """
    if line.cell is None or above.cell == line.cell:
        return False
    cell, room = lattice.cells[line.cell], OVERFULL.step_drift * line.size
    row = tops[cell.row]
    more = lattice.ys[cell.row_end] - line.middle >= 2 * OVERFULL.least_step * line.size
    level = sum(abs(top - line.middle) <= room for number, top in row.items() if number != line.cell)
    return more and row[line.cell] == line.middle and level >= _LEVEL_CELLS


def _share_columns(above: _Line, line: _Line, lattice: Lattice) -> bool:
    """Whether two lines stand one below the other between the same vertical edges."""
    one, two = above.glyphs, line.glyphs
    return min(one[-1].x1, two[-1].x1) > max(one[0].x0, two[0].x0) and all(
        lattice.cell_at(one[0].x, y) == lattice.cell_at(two[0].x, y) for y in (above.middle, line.middle)
    )


def _as_rows(upper: int, lower: int, step: float, lattice: Lattice, room: float) -> bool:
    """Whether two lines are ``step`` points apart as their cells are: then each is set in its own."""
    one, two = lattice.cells[upper], lattice.cells[lower]
    tops = lattice.ys[two.row] - lattice.ys[one.row]
    bottoms = lattice.ys[two.row_end] - lattice.ys[one.row_end]
    return min(abs(step - tops), abs(step - bottoms), abs(step - (tops + bottoms) / 2)) <= room


def _aligned_cell(lattice: Lattice, block: Sequence[_Line]) -> int:
    """The cell to whose middle, top or bottom the lines are aligned.

    It is one that they lie in or, where two lines reach over both edges of a row, the one between.
    """
    top = min(line.glyphs[0].top for line in block)
    bottom = max(line.glyphs[0].bottom for line in block)

    def distance(number: int) -> float:
        cell = lattice.cells[number]
        upper, lower = top - lattice.ys[cell.row], bottom - lattice.ys[cell.row_end]
        return min(abs(upper + lower) / 2, abs(upper), abs(lower))

    between = lattice.cell_at(block[0].glyphs[0].x, (top + bottom) / 2)
    return min({cell for cell in (between, *(line.cell for line in block)) if cell is not None}, key=distance)
