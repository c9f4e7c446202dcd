"""What one page draws → its layout: ruled tables, borderless tables and lines of text, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from budgetkg.reading.pdf.borderless.tables import find_borderless_tables
from budgetkg.reading.pdf.collisions import doubt_collisions
from budgetkg.reading.pdf.lattice import Lattice, find_lattices, joined
from budgetkg.reading.pdf.overfull import moved_to_own_cells
from budgetkg.reading.pdf.page import (
    CLIPPED_ABOVE,
    CLIPPED_BELOW,
    CLIPPED_BESIDE,
    VISIBLE,
    DrawnPage,
    Glyph,
    is_inked,
)  # fmt: skip
from budgetkg.reading.pdf.partly_ruled import is_partly_ruled
from budgetkg.reading.pdf.settings import LAYOUT, TEXT
from budgetkg.reading.pdf.tables import BorderlessPage, PageLayout, PageTable, PageText, ruled_table
from budgetkg.reading.pdf.text import TextLine, by_page, is_page_number, split_at_gaps, text_line, text_rows
from budgetkg.reading.pdf.vertical_edges import with_vertical_edges

_CellGlyphs = Sequence[Sequence[Glyph]]


@dataclass(slots=True)
class _Page:
    """A page with its ruled tables, the rest of its glyphs, and the text that carries nothing."""

    number: int
    height: float
    tables: list[PageTable]
    rest: BorderlessPage
    furniture: list[TextLine]


def layouts(pages: Iterable[tuple[DrawnPage, list[Glyph]]]) -> Iterator[PageLayout]:
    """Yield the layout of each page; pages come with level text, each with the glyphs drawn over others.

    Pages without ruled tables are held together (up to a limit), because the columns of a borderless
    table show over all pages on which it stands.
    """
    held: list[_Page] = []
    for drawn, overprint in with_vertical_edges(pages):
        page = _page(drawn, overprint)
        if page.tables or len(held) >= LAYOUT.max_held_pages:
            yield from _borderless(held)
            held = []
        if page.tables:
            yield _layout(page)
        else:
            held.append(page)
    yield from _borderless(held)


def _page(drawn: DrawnPage, overprint: list[Glyph]) -> _Page:
    lattices = find_lattices(drawn.edges)
    cells, outside = _by_cell(drawn.glyphs, lattices)
    partly = [is_partly_ruled(one, own, outside) for one, own in zip(lattices, cells, strict=True)]
    if any(partly):
        lattices = [one for one, is_so in zip(lattices, partly, strict=True) if not is_so]
        cells, outside = _by_cell(drawn.glyphs, lattices)
    # What is set sideways outside a table is no text of the form.
    level = [glyph for glyph in outside if not glyph.rotation]
    shown = [glyph for glyph in level if glyph.visibility == VISIBLE]
    clipped = [glyph for glyph in level if glyph.visibility in (CLIPPED_ABOVE, CLIPPED_BELOW)]
    odd = [glyph for glyph in outside if glyph.rotation or glyph.visibility == CLIPPED_BESIDE]
    furniture = [*_lines([*drawn.furniture, *overprint]), *_lines(odd)]
    tables = [ruled_table(lattice, own) for lattice, own in zip(lattices, cells, strict=True)]
    for table, lattice, own in zip(tables, lattices, cells, strict=True):
        doubt_collisions(table, lattice, own)
    rest = BorderlessPage([*text_rows(shown)], clipped, number=drawn.number, drawn=level)
    if not tables:
        rest.rules = [edge for edge in joined(drawn.edges) if not edge.vertical]
    return _Page(drawn.number, drawn.height, tables, rest, furniture)


def _by_cell(glyphs: list[Glyph], lattices: list[Lattice]) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """The glyphs of each cell of each lattice, and those outside."""
    cells: list[list[list[Glyph]]] = [[[] for _ in lattice.cells] for lattice in lattices]
    outside: list[Glyph] = []
    for glyph in glyphs:
        for lattice, own in zip(lattices, cells, strict=True):
            number = lattice.cell_at(glyph.x, glyph.y)
            if number is not None:
                own[number].append(glyph)
                break
        else:
            outside.append(glyph)
    for lattice, own in zip(lattices, cells, strict=True):
        moved = moved_to_own_cells(glyphs, lattice, own)
        if moved:
            outside = _moved(moved, own, outside)
    if lattices:
        for number, more in _overflow(lattices[-1], outside, cells[-1]).items():
            cells[-1][number] += more
            taken = set(map(id, more))
            outside = [glyph for glyph in outside if id(glyph) not in taken]
    return cells, outside


def _moved(moved: dict[int, int], cells: list[list[Glyph]], outside: list[Glyph]) -> list[Glyph]:
    """Put glyphs drawn over an edge into their own cells; returns what is left outside."""
    taken = [glyph for glyphs in (*cells, outside) for glyph in glyphs if id(glyph) in moved]
    for number, glyphs in enumerate(cells):
        cells[number] = [glyph for glyph in glyphs if id(glyph) not in moved]
    for glyph in taken:
        cells[moved[id(glyph)]].append(glyph)
    return [glyph for glyph in outside if id(glyph) not in moved]


def _borderless(held: list[_Page]) -> Iterator[PageLayout]:
    find_borderless_tables([page.rest for page in held])
    for page in held:
        yield _layout(page)


def _layout(page: _Page) -> PageLayout:
    rest = page.rest
    items: list[PageTable | PageText] = [*page.tables]
    if rest.table is not None:
        items.append(rest.table)
    for row in rest.rows:
        if any(not glyph.text.isspace() for glyph in row):
            parts = [text_line(own) for part in split_at_gaps(row, TEXT.column_gap) for own in by_page(part)]
            items.append(PageText(parts, min(part.top for part in parts), max(part.bottom for part in parts)))
    items.sort(key=lambda item: item.top)
    return PageLayout(page.number, page.height, items, [*page.furniture, *_lines(rest.clipped)])


def _lines(glyphs: list[Glyph]) -> list[TextLine]:
    return [text_line(own) for row in text_rows(glyphs) for own in by_page(row) if is_inked(own)]


def _overflow(lattice: Lattice, outside: Sequence[Glyph], cells: _CellGlyphs) -> dict[int, list[Glyph]]:
    """The glyphs below a table that go on with its open cells, by the number of the cell.

    A browser closes the short cells of a row at a page break, and lets a tall merged one run on without
    its sides: its text is within its columns, as close as the lines of one text. A page number goes on
    with nothing.
    """
    if not any(cell.open_bottom for cell in lattice.cells):
        return {}
    overflow: dict[int, list[Glyph]] = {}
    bottoms = dict.fromkeys(range(len(lattice.cells)), lattice.ys[-1])
    for row in text_rows([glyph for glyph in outside if glyph.y > lattice.ys[-1] and not glyph.rotation]):
        inked = [glyph for glyph in row if not glyph.text.isspace()]
        if is_page_number("".join(glyph.text for glyph in inked)):
            return overflow
        parts = _by_open_cell(lattice, inked)
        if not all(_is_aligned(part, [*cells[number], *overflow.get(number, ())]) for number, part in parts):
            return overflow
        gap = LAYOUT.overflow_line_gap
        if any(part[0].top - bottoms[number] > gap * part[0].size for number, part in parts):
            return overflow
        for number, part in parts:
            overflow.setdefault(number, []).extend(part)
            bottoms[number] = max(glyph.bottom for glyph in part)
        if not parts:
            return overflow
    return overflow


def _is_aligned(part: Sequence[Glyph], above: Sequence[Glyph]) -> bool:
    """Whether a line is set as the last one above it in its cell: flush left, flush right, or centred."""
    last = next(reversed(text_rows([glyph for glyph in above if not glyph.text.isspace()])), None)
    if last is None:
        return True
    left, right = part[0].x0 - last[0].x0, part[-1].x1 - last[-1].x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= part[0].size


def _by_open_cell(lattice: Lattice, row: Sequence[Glyph]) -> list[tuple[int, list[Glyph]]]:
    """A line parted by open cells; nothing where it stands elsewhere too, or runs from one to the next."""
    bottom = lattice.ys[-1]
    by_cell = groupby(row, lambda glyph: lattice.cell_at(glyph.x, bottom))
    parts = [(number, list(part)) for number, part in by_cell]
    apart = all(
        other[0].x0 - one[-1].x1 >= LAYOUT.cell_padding * one[-1].size
        for (_, one), (_, other) in pairwise(parts)
    )
    open_parts = [(at, part) for at, part in parts if at is not None and lattice.cells[at].open_bottom]
    return open_parts if apart and len(open_parts) == len(parts) else []
