"""Tables of which only some rules are printed: a box around them, a ruled header, lines between columns.

What such rules enclose is no cell: rows have to be found as in a table without any.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from budgetkg.reading.pdf.page import SEEN, Glyph
from budgetkg.reading.pdf.rules import Grid
from budgetkg.reading.pdf.text import pieces, rows_of
from budgetkg.reading.pdf.unruled.band_lines import ink_line, is_figure
from budgetkg.reading.pdf.unruled.gutters import runs

_COLUMN_GAP = 1.8
_FEWEST_COLUMNS = 3
_FEWEST_LINES = 3
_MOST_HEADER_STRIPS = 4
_LEVEL = 1.0
_NEAR = 6.0
_MOST = 0.8

_Cells = Sequence[Sequence[Glyph]]


def is_loose(grid: Grid, cells: _Cells, outside: Sequence[Glyph]) -> bool:
    """Whether the rules of a table leave out those between its rows."""
    return (
        _is_box(grid, cells)
        or any(_holds_rows(grid, cells, strip) for strip in range(len(grid.ys) - 1))
        or _is_header(grid, cells, outside)
    )


def _is_box(grid: Grid, cells: _Cells) -> bool:
    """Whether a lone column of rules holds lines of several columns."""
    if len(grid.xs) > 2:
        return False
    return sum(_many(row) for cell in cells for row in _rows(cell)) >= _FEWEST_LINES


def _holds_rows(grid: Grid, cells: _Cells, strip: int) -> bool:
    """Whether two cells side by side hold several amounts each, level with one another."""
    figures = [
        [line.middle for line in map(ink_line, _rows(glyphs)) if is_figure(line)]
        for cell, glyphs in zip(grid.cells, cells, strict=True)
        if cell.row == strip
    ]
    several = [found for found in figures if len(found) > 1]
    return any(
        sum(any(abs(one - two) < _LEVEL for two in other) for one in first) > 1
        for number, first in enumerate(several) for other in several[number + 1 :]
    )  # fmt: skip


def _is_header(grid: Grid, cells: _Cells, outside: Sequence[Glyph]) -> bool:
    """Whether a few ruled names stand over lines that no rules part."""
    lines = [ink_line(row) for cell in cells for row in _rows(cell)]
    if len(grid.xs) <= _FEWEST_COLUMNS or len(grid.ys) - 1 > _MOST_HEADER_STRIPS or not lines:
        return False
    if any(map(is_figure, lines)):
        return False
    below = [row for row in _rows(outside) if ink_line(row).middle > grid.ys[-1]]
    if not below or below[0][0].top - grid.ys[-1] > _NEAR * below[0][0].size:
        return False
    columns = [_columns(row, grid.xs) for row in below]
    fitting = [found for found in columns if found]
    used = set().union(*fitting)
    return len(fitting) >= max(_FEWEST_LINES, _MOST * len(below)) and len(used) >= _FEWEST_COLUMNS


def _columns(row: Sequence[Glyph], xs: Sequence[float]) -> set[int]:
    """The columns in which the texts of a row stand; none where one reaches over two."""
    found = [{bisect_right(xs, glyph.x) for glyph in run} for run in runs(row)]
    inner = all(len(one) == 1 and 0 < min(one) < len(xs) for one in found)
    return set().union(*found) if inner else set()


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows = rows_of([glyph for glyph in glyphs if glyph.cut == SEEN and not glyph.turn])
    return [row for row in rows if any(not glyph.text.isspace() for glyph in row)]


def _many(row: Sequence[Glyph]) -> bool:
    return len(pieces(list(row), _COLUMN_GAP)) >= _FEWEST_COLUMNS
