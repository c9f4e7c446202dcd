"""Which lines of the pages are a form's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetkg.reading.pdf.borderless.blocks import line_step, pieces_of
from budgetkg.reading.pdf.borderless.lines import ColumnLine
from budgetkg.reading.pdf.borderless.settings import GRID
from budgetkg.reading.pdf.page import is_inked
from budgetkg.reading.pdf.tables import BorderlessPage
from budgetkg.reading.pdf.text import is_page_number, text_rows

Pieces = list[ColumnLine]


def bodies_of(pages: Sequence[BorderlessPage]) -> list[Pieces]:
    """The texts of a form on each page: from its first line of several texts to its last one.

    A text that a line of the form stands close to belongs to it; between pages all does but their numbers.
    """
    lines = [[pieces_of(row) for row in page.rows] for page in pages]
    step = line_step([[piece for pieces in page for piece in pieces] for page in lines])
    wide = [_lines_of_several(page) for page in lines]
    filled = [at for at, several in enumerate(wide) if several]
    bodies: list[Pieces] = []
    above: set[str] = set()
    for at, page in enumerate(lines):
        several = wide[at]
        if not several:
            bodies.append([])
            continue
        start, stop = several[0], several[-1] + 1
        if at == filled[0]:
            while start and _is_near(page[start - 1], page[start], step):
                start -= 1
            above = {_text(pieces) for pieces in page[:start]}
        else:
            start = next(number for number, pieces in enumerate(page) if _text(pieces) not in above)
        while stop < len(page) and (at != filled[-1] or _is_near(page[stop - 1], page[stop], step)):
            stop += 1
        kept = (one for one in page[start:stop] if len(one) > 1 or not is_page_number(_text(one)))
        bodies.append([piece for pieces in kept for piece in pieces])
    return bodies


def _lines_of_several(page: Sequence[Pieces]) -> list[int]:
    """The numbers of the lines of several texts, and of texts beside one another at different heights."""
    beside = [
        lower[0].top < upper[0].bottom - GRID.reach * (lower[0].bottom - lower[0].top)
        for upper, lower in pairwise(page)
    ]
    return [at for at, pieces in enumerate(page) if len(pieces) > 1 or any(beside[max(at - 1, 0) : at + 1])]


def clipped_lines(page: BorderlessPage, extent: tuple[float, float]) -> Pieces:
    """The texts that a page break hides, of cells that it cuts, within the sides of a form."""
    left, right = extent
    own = [glyph for glyph in page.clipped if left <= glyph.x <= right]
    return [piece for row in text_rows(own) if is_inked(row) for piece in pieces_of(row)]


def _text(pieces: Sequence[ColumnLine]) -> str:
    return "".join(piece.text for piece in pieces)


def _is_near(upper: Sequence[ColumnLine], lower: Sequence[ColumnLine], step: float) -> bool:
    return lower[0].middle - upper[0].middle <= GRID.together * step
