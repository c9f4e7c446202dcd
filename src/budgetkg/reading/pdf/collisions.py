"""Lines drawn over each other within a cell: nobody can say what they read.

A spreadsheet whose rows are too low for their text draws it over the edges. The order of drawing mostly tells
which cell a line is of (:mod:`budgetkg.reading.pdf.overfull`); where lines still lie on one another in a cell
its rows are in doubt, and so is what is only known through them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from budgetkg.reading.pdf.doubts import doubt_what_hangs
from budgetkg.reading.pdf.lattice import Lattice
from budgetkg.reading.pdf.overfull import is_any_touched
from budgetkg.reading.pdf.overfull_settings import OVERFULL
from budgetkg.reading.pdf.page import VISIBLE, Glyph
from budgetkg.reading.pdf.tables import PageTable


def doubt_collisions(table: PageTable, lattice: Lattice, cells: Sequence[Sequence[Glyph]]) -> None:
    """Put the rows in doubt of cells in which one line lies over another, and what hangs on them.

    ``cells`` are the glyphs of each cell of the lattice from which the table was made.
    """
    if not is_any_touched(lattice, cells):
        return
    for cell, own in zip(lattice.cells, cells, strict=True):
        if _collide_any(own):
            for row in table.rows[cell.row : cell.row_end]:
                row.doubtful = True
    doubt_what_hangs([table])


def _collide_any(glyphs: Sequence[Glyph]) -> bool:
    """Whether two glyphs of a cell, on different lines, lie over each other."""
    shown = [glyph for glyph in glyphs
             if glyph.visibility == VISIBLE and not glyph.rotation and not glyph.text.isspace()]  # fmt: skip
    shown.sort(key=lambda glyph: glyph.y)
    heights = [glyph.y for glyph in shown]
    for glyph in shown:
        # Those of its own line are passed over at once: they are nearly all.
        nearest = glyph.y + OVERFULL.level * glyph.size / OVERFULL.same_size
        at, furthest = bisect_left(heights, nearest), glyph.y + OVERFULL.collides * glyph.size
        while at < len(shown) and heights[at] <= furthest:
            if _collide(glyph, shown[at]):
                return True
            at += 1
    return False


def _collide(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs of one size, on different lines, share much of their width."""
    small, large = sorted((one.size, other.size))
    apart = other.y - one.y
    if large > OVERFULL.same_size * small or apart < OVERFULL.level * small:
        return False
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > OVERFULL.shared_width * min(one.x1 - one.x0, other.x1 - other.x0)
