"""Words of a cell that a page break cuts and that stand below the last rule of their table.

A browser closes the short cells of a row at a page break, and lets a tall merged one run on without its
sides: its words are within its columns and as close as the lines of one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.rules import Grid
from budgetkg.reading.pdf.text import is_page_number, rows_of

_PADDING = 0.2
_LINE_GAP = 1.0


def spilled(grid: Grid, outside: Sequence[Glyph], cells: Sequence[Sequence[Glyph]]) -> dict[int, list[Glyph]]:
    """Of the glyphs below a table those that go on with its open cells, by the number of the cell.

    ``cells`` are the glyphs within the table. A page number at the foot goes on with nothing.
    """
    if not any(cell.open_bottom for cell in grid.cells):
        return {}
    found: dict[int, list[Glyph]] = {}
    reach = dict.fromkeys(range(len(grid.cells)), grid.ys[-1])
    for row in rows_of([glyph for glyph in outside if glyph.y > grid.ys[-1] and not glyph.turn]):
        inked = [glyph for glyph in row if not glyph.text.isspace()]
        if is_page_number("".join(glyph.text for glyph in inked)):
            return found
        parts = _by_cell(grid, inked)
        if not all(_is_in_line(part, [*cells[number], *found.get(number, ())]) for number, part in parts):
            return found
        if any(part[0].top - reach[number] > _LINE_GAP * part[0].size for number, part in parts):
            return found
        for number, part in parts:
            found.setdefault(number, []).extend(part)
            reach[number] = max(glyph.bottom for glyph in part)
        if not parts:
            return found
    return found


def _is_in_line(part: Sequence[Glyph], above: Sequence[Glyph]) -> bool:
    """Whether a line is set as the last one above it in its cell: from one side, or in the middle."""
    last = next(reversed(rows_of([glyph for glyph in above if not glyph.text.isspace()])), None)
    if last is None:
        return True
    left, right = part[0].x0 - last[0].x0, part[-1].x1 - last[-1].x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= part[0].size


def _by_cell(grid: Grid, row: Sequence[Glyph]) -> list[tuple[int, list[Glyph]]]:
    """A line parted by open cells; nothing where it stands elsewhere too, or runs from one to the next."""
    parts = [
        (number, list(part)) for number, part in groupby(row, lambda one: grid.cell_at(one.x, grid.ys[-1]))
    ]
    apart = all(
        other[0].x0 - one[-1].x1 >= _PADDING * one[-1].size for (_, one), (_, other) in pairwise(parts)
    )
    found = [(at, part) for at, part in parts if at is not None and grid.cells[at].open_bottom]
    return found if apart and len(found) == len(parts) else []
