"""Which lines of the pages are a form's, and how a row that a page break cuts is put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from budgetkg.reading.pdf.borderless.blocks import line_step, pieces_of
from budgetkg.reading.pdf.borderless.lines import ColumnLine
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID, LINES
from budgetkg.reading.pdf.page import is_inked
from budgetkg.reading.pdf.row_breaks import is_figure
from budgetkg.reading.pdf.tables import BorderlessPage, PageCell, PageTable
from budgetkg.reading.pdf.text import TextLine, is_page_number, text_rows

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


def join_cut_rows(tables: Sequence[PageTable], numbers: Sequence[int]) -> None:
    """Give the first row of a page back to the last one of the page before, where it goes on with it.

    ``numbers`` are those of the pages. Both rows are in doubt where nobody can say whether it does.
    """
    widths: dict[tuple[float, float], float] = {}
    for cell in (cell for table in tables for row in table.rows for cell in row.cells):
        if len(cell.lines) > 1:  # only where a text breaks it is known how far its lines may reach
            widths[_sides(cell)] = max(widths.get(_sides(cell), 0.0), *(line.x1 for line in cell.lines))
    for (upper, table), number in zip(pairwise(tables), numbers[1:], strict=True):
        last = [cell for row in upper.rows for cell in row.cells if cell.ends_page and cell.visible]
        first = [cell for cell in table.rows[0].cells if cell.visible]
        above = [next((one for one in last if _sides(one) == _sides(cell)), None) for cell in first]
        full = [
            one is not None and _is_full(one, cell, widths.get(_sides(cell), cell.right))
            for one, cell in zip(above, first, strict=True)
        ]
        if all(row.doubtful for row in upper.rows) or all(row.doubtful for row in table.rows):
            # Where nobody can tell the rows of a page, nobody can say what goes on above and below it.
            upper.rows[-1].doubtful = table.rows[0].doubtful = True
        if not first or not last or table.rows[0].doubtful:
            continue
        if all(full) and len(first) < len(last) and all(cell.row_span == 1 for cell in first):
            upper.rows[-1].cells += [replace(cell, page=number) for cell in first]
            upper.rows[-1].cells.sort(key=lambda cell: cell.left)
            del table.rows[0]
        elif all(any(_may_go_on(one, cell) for one in last) for cell in first) and (
            all(full)
            or (
                first[0].left > min(cell.left for cell in last)
                and (len(first) == 1 or any(full))
                and not any(
                    one and is_figure(one) and is_figure(cell) for one, cell in zip(above, first, strict=True)
                )
            )
        ):
            upper.rows[-1].doubtful = table.rows[0].doubtful = True


def _sides(cell: PageCell) -> tuple[float, float]:
    return cell.left, cell.right


def _is_full(upper: PageCell, lower: PageCell, width: float) -> bool:
    """Whether the first character of a text had no room on the last line of the one above the page break."""
    line, other = upper.lines[-1], lower.lines[0]
    room = LINES.full_line_room * line.size
    return line.x1 + _first_character(other) > width - room


def _may_go_on(upper: PageCell, lower: PageCell) -> bool:
    """Whether a text is set below another one as the next line of it would be."""
    line, other = upper.lines[-1], lower.lines[0]
    left, right = other.x0 - line.x0, other.x1 - line.x1
    aligned = min(abs(left), abs(right), abs(left + right) / 2) <= DRAWN.aligned * line.size
    over = min(line.x1, other.x1) > max(line.x0, other.x0)
    return over and (aligned or -DRAWN.indent * line.size <= left <= 0)


def _first_character(line: TextLine) -> float:
    """How wide the first character of a line is."""
    box = next(box for char, box in zip(line.text, line.boxes, strict=True) if not char.isspace())
    return box[2] - box[0]
