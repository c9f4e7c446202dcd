"""Sheets cut into pages through merged cells are laid together again before any table is read.

Each stretch of rows becomes one page as wide as the sheet: titles, goals and other cells that a cut runs
through are whole again, whatever tables stand on it. Pages of which :mod:`.seams` doesn't say that stay as
they are; :mod:`.wide_sheets` and :mod:`.column_blocks` may still put their columns together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product
from typing import TypeAlias

from budgetkg.reading.pdf.page import CLIPPED_BESIDE, VISIBLE, DrawnPage, Edge, Glyph
from budgetkg.reading.pdf.seams import PageSides, is_closed, is_cut_through, may_meet, sides_of
from budgetkg.reading.pdf.settings import BLOCKS, SEAMS, TABLES
from budgetkg.reading.pdf.text import bare_text, is_page_number, text_rows

Drawn: TypeAlias = tuple[DrawnPage, list[Glyph]]
"""A page, and what it draws over itself."""


@dataclass(frozen=True, slots=True)
class _Page:
    drawn: Drawn
    sides: PageSides | None


def whole_sheets(pages: Iterator[Drawn], headers: list[tuple[int, str]]) -> Iterator[Drawn]:
    """Yield pages in order, those of one stretch of rows of a sheet as one.

    Adds to ``headers`` the number of each page that was laid beside another one with its first line.
    """
    held = list(islice(pages, SEAMS.max_pages + 1))
    if len(held) > SEAMS.max_pages:
        yield from held
        yield from pages
        return
    sheets = [_Page(one, sides_of(one[0])) for one in held]
    at = 0
    while at < len(sheets):
        rows = _over_then_down(sheets[at:]) or _down_then_over(sheets[at:])
        for row in rows or [sheets[at : at + 1]]:
            headers += [(page.drawn[0].number, _first_line(page.drawn[0])) for page in row[1:]]
            yield _laid_together(row) if len(row) > 1 else row[0].drawn
        at += sum(map(len, rows)) or 1


def _over_then_down(pages: Sequence[_Page]) -> list[Sequence[_Page]]:
    """The stretches of rows of a sheet of which all columns of one are printed before the next."""
    for width in _widths(len(pages)):
        rows = [pages[:width]]
        while _goes_on(rows[0], further := pages[len(rows) * width : (len(rows) + 1) * width]):
            rows.append(further)
        if _goes_on(rows[0], rows[0]) and any(map(_is_sheet, rows)):
            return rows
    return []


def _down_then_over(pages: Sequence[_Page]) -> list[Sequence[_Page]]:
    """The stretches of rows of a sheet of which all rows of some columns are printed before the next ones."""
    for height in range(2, len(pages) // 2 + 1):
        for width in _widths(len(pages) // height):
            rows = [pages[row : width * height : height] for row in range(height)]
            cut = [row for row in rows if _is_sheet(row)]
            if cut and all(_goes_on(cut[0], row) for row in rows):
                return rows
    return []


def _widths(most: int) -> range:
    return range(2, min(BLOCKS.max_blocks, most) + 1)


def _is_sheet(row: Sequence[_Page]) -> bool:
    """Whether pages are all columns of some rows: cells are cut through between them, none at either end."""
    sides = [page.sides for page in row if page.sides is not None]
    return (
        len(sides) == len(row)
        and is_closed(sides[0], sides[0].left)
        and is_closed(sides[-1], sides[-1].right)
        and all(may_meet(one, other) and is_cut_through(one, other) for one, other in pairwise(sides))
    )


def _goes_on(first: Sequence[_Page], row: Sequence[_Page]) -> bool:
    """Whether pages hold further rows of a sheet: each begins and ends where that of the first rows does."""
    sides = [page.sides for page in row if page.sides is not None]
    if len(sides) < len(row) or len(row) < len(first):
        return False
    room = TABLES.boundary_tolerance
    alike = (
        abs(page.sides.left.x - own.left.x) <= room and abs(page.sides.right.x - own.right.x) <= room
        for page, own in zip(first, sides, strict=True)
        if page.sides is not None
    )
    return all(alike) and all(may_meet(one, other) for one, other in pairwise(sides))


def _first_line(page: DrawnPage) -> str:
    shown = [glyph for glyph in page.glyphs if glyph.visibility == VISIBLE and not glyph.text.isspace()]
    return next((bare_text(row) for row in text_rows(shown)), "")


def _laid_together(row: Sequence[_Page]) -> Drawn:
    """One page as wide as the sheet; glyphs of the later pages say on which page they are printed."""
    first, overprint = row[0].drawn
    whole = replace(first, glyphs=[*first.glyphs], edges=[*first.edges], furniture=[*first.furniture])
    right = 0.0
    above: set[str] = set()
    for at, page in enumerate(row):
        if page.sides is None:
            continue
        own = page.drawn[0]
        if at:
            shift = right - page.sides.left.x
            glyphs, again = _without_running_lines(own, page.sides, above)
            whole.glyphs += _moved(glyphs, shift, own.number)
            whole.furniture += _moved([*own.furniture, *again], shift, own.number)
            overprint = [*overprint, *_moved(page.drawn[1], shift, own.number)]
            whole.edges += [_moved_edge(edge, shift) for edge in own.edges]
        else:
            above = {bare_text(line) for line in text_rows(own.glyphs)}
        right += page.sides.right.x - (page.sides.left.x if at else 0.0)
    whole.glyphs, twice = _drawn_once(whole.glyphs)
    return replace(whole, width=max(right, first.width)), [*overprint, *twice]


def _without_running_lines(
    page: DrawnPage, sides: PageSides, above: set[str]
) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of a page, and those of lines outside its rows that count pages or repeat the first page."""
    top, bottom = sides.left.ys[0], sides.left.ys[-1]
    running: set[int] = set()
    for line in text_rows([glyph for glyph in page.glyphs if not top <= glyph.y <= bottom]):
        text = bare_text(line)
        if is_page_number(text) or text in above:
            running |= {id(glyph) for glyph in line}
    kept = [glyph for glyph in page.glyphs if id(glyph) not in running]
    return kept, [glyph for glyph in page.glyphs if id(glyph) in running]


def _moved(glyphs: Sequence[Glyph], shift: float, page: int) -> list[Glyph]:
    return [
        replace(glyph, x0=glyph.x0 + shift, x1=glyph.x1 + shift, x=glyph.x + shift, page=page)
        for glyph in glyphs
    ]


def _moved_edge(edge: Edge, shift: float) -> Edge:
    if edge.vertical:
        return replace(edge, at=edge.at + shift)
    return replace(edge, start=edge.start + shift, end=edge.end + shift)


def _drawn_once(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part glyphs into those that show, each once, and those that another page shows at the same place.

    A text that a cut runs through is drawn on both pages, each with the half of the other page clipped. Of a
    character that lies on the cut neither page may show enough.
    """
    # By text and square of a raster, so that many of one character cost no more than their number.
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        places[glyph.text, *_square(glyph)].append(glyph)
    gone: set[int] = set()
    for glyph in sorted(glyphs, key=lambda one: one.visibility != VISIBLE):
        if glyph.visibility in (VISIBLE, CLIPPED_BESIDE) and id(glyph) not in gone:
            column, line = _square(glyph)
            near = product((column - 1, column, column + 1), (line - 1, line, line + 1))
            alike = (other for square in near for other in places.get((glyph.text, *square), ()))
            again = {id(other) for other in alike if id(other) not in gone and _is_again(glyph, other)}
            if again:
                gone |= again
                glyph.visibility = VISIBLE
    kept = [glyph for glyph in glyphs if id(glyph) not in gone]
    return kept, [replace(glyph, visibility=VISIBLE) for glyph in glyphs if id(glyph) in gone]


def _square(glyph: Glyph) -> tuple[int, int]:
    return int(glyph.x0 // SEAMS.drawn_twice), int(glyph.top // SEAMS.drawn_twice)


def _is_again(glyph: Glyph, other: Glyph) -> bool:
    room = SEAMS.drawn_twice
    return (
        glyph.page != other.page
        and abs(glyph.x0 - other.x0) <= room
        and abs(glyph.top - other.top) <= room
        and other.visibility in (VISIBLE, CLIPPED_BESIDE)
    )
