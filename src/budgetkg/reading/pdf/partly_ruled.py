"""Tables whose printed edges leave out those between their rows: they are read as borderless ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from budgetkg.reading.pdf.borderless.lines import ColumnLine, column_line, is_amount
from budgetkg.reading.pdf.lattice import Lattice
from budgetkg.reading.pdf.page import VISIBLE, Glyph, is_inked
from budgetkg.reading.pdf.settings import BORDERLESS, LAYOUT, TABLES, TEXT
from budgetkg.reading.pdf.text import split_at_gaps, text_rows

_CellGlyphs = Sequence[Sequence[Glyph]]

_FIGURE = re.compile(r"-?(\d{1,3}([,，]\d{3})+|\d+)([.．]\d+)?%?")
_UNFINISHED = re.compile(r"[.．,，]$")  # no figure ends so
_FURTHER = re.compile(r"[.．,，%]")  # nor begins so


def is_partly_ruled(lattice: Lattice, cells: _CellGlyphs, outside: Sequence[Glyph]) -> bool:
    """Whether the edges of a table leave out those between its rows: then it is read as a borderless one.

    That is a box around the whole table, lines between columns only, or a ruled header over open rows.
    """
    return (
        _is_box(lattice, cells)
        or _leaves_rows_open(lattice, cells)
        or _is_ruled_header(lattice, cells, outside)
    )


def _is_box(lattice: Lattice, cells: _CellGlyphs) -> bool:
    """Whether a lattice of one column holds lines of several columns."""
    if len(lattice.xs) > 2:
        return False
    rows = [row for cell in cells for row in _visible_rows(cell)]
    wide = [row for row in rows if len(split_at_gaps(row, TEXT.column_gap)) >= BORDERLESS.min_columns]
    return len(wide) >= BORDERLESS.min_lines


def _leaves_rows_open(lattice: Lattice, cells: _CellGlyphs) -> bool:
    """Whether rows of amounts stand together in rows of the lattice, and more of them than have edges."""
    levels = [_amount_levels(lattice, cells, row) for row in range(len(lattice.ys) - 1)]
    together = sum(count for count in levels if count > 1)
    return together > LAYOUT.open_rows_ratio * sum(count == 1 for count in levels)


def _amount_levels(lattice: Lattice, cells: _CellGlyphs, row: int) -> int:
    """At how many heights a row of the lattice holds amounts: at those where two cells agree, or at one."""
    amounts = [
        [line.middle for line in _figure_lines(lattice.xs[cell.column_end] - lattice.xs[cell.column], glyphs)]
        for cell, glyphs in zip(lattice.cells, cells, strict=True)
        if cell.row == row
    ]
    several = [values for values in amounts if len(values) > 1]
    shared = (
        sum(any(abs(one - two) < BORDERLESS.level_tolerance for two in other) for one in first)
        for number, first in enumerate(several) for other in several[number + 1 :]
    )  # fmt: skip
    return max(*shared, 1, 1) if several else int(any(amounts))


def _figure_lines(width: float, glyphs: Sequence[Glyph]) -> list[ColumnLine]:
    """The lines of a cell that begin an amount; one that a narrow cell wraps is one amount."""
    begun: list[ColumnLine] = []
    text, last = "", None
    for line in map(column_line, _visible_rows(glyphs)):
        if last is not None and text and _wraps(text, last, line, width):
            text += line.text
        else:
            text = line.text if is_amount(line) else ""
            begun += [line] if text else []
        last = line
    return begun


def _wraps(text: str, last: ColumnLine, line: ColumnLine, width: float) -> bool:
    """Whether a figure goes on in the next line: it isn't whole, or a longer one had no room in its cell."""
    if not is_amount(line) and line.text != "%":
        return False
    if _UNFINISHED.search(text) or _FURTHER.match(line.text):
        return True
    room = width - last.width - (line.glyphs[0].x1 - line.glyphs[0].x0)
    full = room <= LAYOUT.full_figure_room * (last.bottom - last.top)
    joined = text + line.text
    return full and _FIGURE.fullmatch(joined) is not None and not joined.isdecimal()


def _is_ruled_header(lattice: Lattice, cells: _CellGlyphs, outside: Sequence[Glyph]) -> bool:
    """Whether a few ruled names stand over lines of text that fit under them and have no edges."""
    lines = [column_line(row) for cell in cells for row in _visible_rows(cell)]
    too_large = len(lattice.ys) - 1 > TABLES.max_header_rows
    if len(lattice.xs) <= BORDERLESS.min_columns or too_large or not lines or any(map(is_amount, lines)):
        return False
    below = [row for row in _visible_rows(outside) if column_line(row).middle > lattice.ys[-1]]
    if not below or below[0][0].top - lattice.ys[-1] > LAYOUT.ruled_header_gap * below[0][0].size:
        return False
    columns = [_columns_of(row, lattice.xs) for row in below]
    fitting = [fits for fits in columns if fits]
    used = set().union(*fitting)
    enough = len(fitting) >= max(BORDERLESS.min_lines, LAYOUT.fitting_lines_share * len(below))
    return enough and len(used) >= BORDERLESS.min_columns


def _columns_of(row: Sequence[Glyph], xs: Sequence[float]) -> set[int]:
    """The columns in which the texts of a row stand; none where one reaches over two."""
    runs = split_at_gaps(row, BORDERLESS.touch_gap)
    by_run = [{bisect_right(xs, glyph.x) for glyph in run} for run in runs]
    inner = all(len(one) == 1 and 0 < min(one) < len(xs) for one in by_run)
    return set().union(*by_run) if inner else set()


def _visible_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    shown = [glyph for glyph in glyphs if glyph.visibility == VISIBLE and not glyph.rotation]
    return [row for row in text_rows(shown) if is_inked(row)]
