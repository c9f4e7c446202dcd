"""A page's ink → what it holds from top to bottom: ruled tables, aligned ones, lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetkg.reading.pdf.page import ABOVE, BELOW, BESIDE, SEEN, Glyph, Ink
from budgetkg.reading.pdf.rules import Grid, grids
from budgetkg.reading.pdf.spill import spilled
from budgetkg.reading.pdf.tables import AlignedPage, PageContent, PageTable, PageText, ruled_table
from budgetkg.reading.pdf.text import TextLine, line_of, pieces, rows_of
from budgetkg.reading.pdf.unruled.loose import is_loose
from budgetkg.reading.pdf.unruled.tables import lay_aligned
from budgetkg.reading.pdf.uprights import with_uprights

_COLUMN_GAP = 1.8
_MOST_HELD = 60


@dataclass(slots=True)
class _Page:
    """A page set upright: its ruled tables, the text outside them, and what carries nothing."""

    number: int
    height: float
    tables: list[PageTable]
    outside: AlignedPage
    hidden: list[TextLine]


def contents(pages: Iterable[tuple[Ink, list[Glyph]]]) -> Iterator[PageContent]:
    """The tables and texts of pages set upright; beside each what was drawn over itself.

    Pages without rules are held together, because the columns of a table show over all of them.
    """
    held: list[_Page] = []
    for ink, again in with_uprights(pages):
        page = _page(ink, again)
        if page.tables or len(held) >= _MOST_HELD:
            yield from _unruled(held)
            held = []
        if page.tables:
            yield _content(page)
        else:
            held.append(page)
    yield from _unruled(held)


def _page(ink: Ink, again: list[Glyph]) -> _Page:
    found = grids(ink.rules)
    cells, outside = _by_cell(ink.glyphs, found)
    loose = [is_loose(grid, mine, outside) for grid, mine in zip(found, cells, strict=True)]
    if any(loose):
        found = [grid for grid, is_so in zip(found, loose, strict=True) if not is_so]
        cells, outside = _by_cell(ink.glyphs, found)
    # What is set sideways outside a table is no text of the form.
    level = [glyph for glyph in outside if not glyph.turn and glyph.cut == SEEN]
    clipped = [glyph for glyph in outside if not glyph.turn and glyph.cut in (ABOVE, BELOW)]
    odd = [glyph for glyph in outside if glyph.turn or glyph.cut == BESIDE]
    hidden = [*_lines([*ink.stray, *again]), *_lines(odd)]
    tables = [ruled_table(grid, mine) for grid, mine in zip(found, cells, strict=True)]
    unruled = AlignedPage([*rows_of(level)], clipped, number=ink.number)
    return _Page(ink.number, ink.height, tables, unruled, hidden)


def _by_cell(glyphs: list[Glyph], found: list[Grid]) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """The glyphs of each cell of each grid, and those outside."""
    cells: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in found]
    outside: list[Glyph] = []
    for glyph in glyphs:
        for grid, mine in zip(found, cells, strict=True):
            number = grid.cell_at(glyph.x, glyph.y)
            if number is not None:
                mine[number].append(glyph)
                break
        else:
            outside.append(glyph)
    if found:
        for number, more in spilled(found[-1], outside, cells[-1]).items():
            cells[-1][number] += more
            held = set(map(id, more))
            outside = [glyph for glyph in outside if id(glyph) not in held]
    return cells, outside


def _unruled(held: list[_Page]) -> Iterator[PageContent]:
    lay_aligned([page.outside for page in held])
    for page in held:
        yield _content(page)


def _content(page: _Page) -> PageContent:
    aligned = page.outside
    items: list[PageTable | PageText] = [*page.tables]
    if aligned.table is not None:
        items.append(aligned.table)
    for row in aligned.rows:
        if any(not glyph.text.isspace() for glyph in row):
            parts = [line_of(part) for part in pieces(list(row), _COLUMN_GAP)]
            items.append(PageText(parts, min(part.top for part in parts), max(part.bottom for part in parts)))
    items.sort(key=lambda item: item.top)
    return PageContent(page.number, page.height, items, [*page.hidden, *_lines(aligned.clipped)])


def _lines(glyphs: list[Glyph]) -> list[TextLine]:
    return [line_of(row) for row in rows_of(glyphs) if any(not glyph.text.isspace() for glyph in row)]
