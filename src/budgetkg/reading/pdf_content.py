"""A page's ink → what it holds from top to bottom: ruled tables, aligned ones, lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetkg.reading.pdf_aligned import aligned_table
from budgetkg.reading.pdf_page import SEEN, Glyph, Ink
from budgetkg.reading.pdf_rules import grids
from budgetkg.reading.pdf_tables import PageContent, PageTable, PageText, ruled_table
from budgetkg.reading.pdf_text import TextLine, line_of, pieces, rows_of

_COLUMN_GAP = 1.8


def content_of(ink: Ink, again: list[Glyph], before: Sequence[float] = ()) -> PageContent:
    """The tables and texts of a page set upright; ``again`` is what was drawn over itself.

    ``before`` are the columns of a table without rules on the page before.
    """
    found = grids(ink.rules)
    cells: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in found]
    outside: list[Glyph] = []
    for glyph in ink.glyphs:
        for grid, mine in zip(found, cells, strict=True):
            number = grid.cell_at(glyph.x, glyph.y)
            if number is not None:
                mine[number].append(glyph)
                break
        else:
            outside.append(glyph)
    # What is set sideways outside a table is no text of the form.
    level = [glyph for glyph in outside if not glyph.turn and glyph.cut == SEEN]
    odd = [glyph for glyph in outside if glyph.turn or glyph.cut != SEEN]
    hidden = [*_lines([*ink.stray, *again]), *_lines(odd)]
    items = [ruled_table(grid, mine) for grid, mine in zip(found, cells, strict=True)]
    content = PageContent(ink.number, ink.height, [*items, *_outside(level, before, not found)], hidden)
    content.items.sort(key=lambda item: item.top)
    return content


def aligned_columns(page: PageContent, before: list[float]) -> list[float]:
    """The columns of the last table, where no rules but blanks part them; ``before`` are the last page's."""
    tables = [item for item in page.items if isinstance(item, PageTable)]
    if not tables:
        return before
    return [] if tables[-1].ruled else tables[-1].xs


def _outside(glyphs: list[Glyph], before: Sequence[float], unruled: bool) -> Iterator[PageTable | PageText]:
    """Lines of text; on a page without rules the table that they make by their alignment."""
    rows = [row for row in rows_of(glyphs) if any(not glyph.text.isspace() for glyph in row)]
    table = aligned_table(rows, before) if unruled else None
    if table is not None:
        start, stop, found = table
        yield found
        del rows[start:stop]
    for row in rows:
        parts = [line_of(part) for part in pieces(row, _COLUMN_GAP)]
        yield PageText(parts, min(part.top for part in parts), max(part.bottom for part in parts))


def _lines(glyphs: list[Glyph]) -> list[TextLine]:
    return [line_of(row) for row in rows_of(glyphs) if any(not glyph.text.isspace() for glyph in row)]
