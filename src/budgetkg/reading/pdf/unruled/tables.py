"""Tables without rules: columns that blanks keep apart, rows whose cells agree in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.tables import AlignedPage, PageCell, PageRow, PageTable
from budgetkg.reading.pdf.text import is_page_number, lines_of, pieces, rows_of
from budgetkg.reading.pdf.unruled.band_lines import (
    Column,
    InkLine,
    ink_line,
    is_figured,
    usual_step,
    usual_width,
)  # fmt: skip
from budgetkg.reading.pdf.unruled.gutters import Row, Span, boundaries, crosses, runs
from budgetkg.reading.pdf.unruled.heads import head_of, zone
from budgetkg.reading.pdf.unruled.laid import LaidRow, rows_of_pages
from budgetkg.reading.pdf.unruled.runs import runs_of, united

_COLUMN_GAP = 1.8
_FEWEST_COLUMNS = 3
_FEWEST_LINES = 3
_FAR = 4.0
_DOUBTS = 0.15


@dataclass(slots=True)
class _Found:
    """A table that runs over pages: its header's names, its columns, its lines on each page."""

    names: list[Span]
    bounds: list[float]
    pages: list[AlignedPage]
    heads: list[list[Row]]
    lines: list[list[Row]]


def lay_aligned(pages: Sequence[AlignedPage]) -> None:
    """Find the tables that the lines of pages in order make by their alignment, and take their lines out.

    A table may run on over pages.
    """
    for page in pages:
        page.rows = [row for row in page.rows if any(not glyph.text.isspace() for glyph in row)]
    at = 0
    while at < len(pages):
        at += _side_by_side(pages[at:]) or _one_below_another(pages[at:])


def _one_below_another(pages: Sequence[AlignedPage]) -> int:
    """Lay the table that begins on the first of some pages; returns how many pages that settles."""
    table = _table_from(pages)
    if table is None:
        return 1
    _lay(table)
    return len(table.pages)


def _side_by_side(pages: Sequence[AlignedPage]) -> int:
    """The same for a table whose columns run on over further pages, where its cells then agree."""
    found = _first_of_columns(pages[0].rows)
    if found is None:
        return 0
    header = pages[0].rows[found]
    for parts in runs_of(pages, header):
        sheet = united(parts, header, _is_page_number)
        if _one_below_another(sheet.pages) < len(sheet.pages):
            continue
        tables = [page.table for page in sheet.pages if page.table is not None]
        rows = [row for table in tables for row in table.rows]
        if tables and _is_named(tables[0]) and sum(row.doubtful for row in rows) <= _DOUBTS * len(rows):
            sheet.give_back(parts)
            first = parts[0][0].table
            if first is not None:
                first.begun += [_begun(first, part[0].number) for part in parts[1:]]
            return sum(map(len, parts))
    return 0


def _is_named(table: PageTable) -> bool:
    """Whether each column of each further run has a name: a row of text at the header's height has not."""
    sides = {cell.left for row in table.rows for cell in row.cells if cell.page}
    return sides <= {cell.left for row in table.rows[:2] for cell in row.cells if cell.page and cell.lines}


def _begun(table: PageTable, page: int) -> tuple[int, str]:
    """With which page and header a run of columns begins."""
    return page, "".join(cell.text for row in table.rows[:1] for cell in row.cells if cell.page == page)


def _first_of_columns(rows: Sequence[Row]) -> int | None:
    many = (at for at, row in enumerate(rows) if len(pieces(list(row), _COLUMN_GAP)) >= _FEWEST_COLUMNS)
    return next(many, None)


def _table_from(pages: Sequence[AlignedPage]) -> _Found | None:
    """The table that begins on the first of some pages, as far as it goes."""
    first = pages[0].rows
    found = _first_of_columns(first)
    if found is None:
        return None
    start, stop = zone(first, found)
    names = head_of(first[start:stop]).names
    named = [_text(row) for row in first[start:stop]]
    above = {_text(row) for row in first[:start]}
    heads, lines = [first[start:stop]], [_own_lines(first[stop:], names, set())]
    for page in pages[1:]:
        mine = _own_lines(page.rows, names, above)
        if sum(any(crosses(run, names) for run in runs(row)) for row in mine) * 2 > len(mine):
            break
        again = len(named) if [_text(row) for row in mine[: len(named)]] == named else 0
        heads.append(mine[:again])
        lines.append(mine[again:])
    bounds = boundaries(names, [row for page in lines for row in page])
    if len(bounds) <= _FEWEST_COLUMNS or len(lines[0]) + len(heads[0]) < _FEWEST_LINES:
        return None
    return _Found(names, bounds, [*pages[: len(lines)]], heads, lines)


def _own_lines(rows: Sequence[Row], names: Sequence[Span], above: set[str]) -> list[Row]:
    """The lines of a page without those over and under the table."""
    start, stop = 0, len(rows)
    while start < stop and (_text(rows[start]) in above or _is_aside(rows[start], names)):
        start += 1
    while stop > start + 1:
        far = rows[stop - 1][0].top - rows[stop - 2][0].bottom > _FAR * rows[stop - 1][0].size
        if not (_is_aside(rows[stop - 1], names) or (far and len(pieces(list(rows[stop - 1]), 1)) == 1)):
            break
        stop -= 1
    return list(rows[start:stop])


def _is_aside(row: Row, names: Sequence[Span]) -> bool:
    return _is_page_number(row) or any(crosses(run, names) for run in runs(row))


def _is_page_number(row: Row) -> bool:
    return is_page_number(_text(row)) and len(pieces(list(row), _COLUMN_GAP)) == 1


def _text(row: Row) -> str:
    return "".join(glyph.text for glyph in row if not glyph.text.isspace())


def _lay(table: _Found) -> None:
    """Part the lines of each page into rows, and take them out of the page's lines."""
    parts = [
        _columns([*lines, *_clipped(page, table.bounds)], table)
        for page, lines in zip(table.pages, table.lines, strict=True)
    ]
    every = [[line for page in parts for line in page[number]] for number in range(len(table.bounds) - 1)]
    step = usual_step(part for page in parts for part in page)
    rooms = [right - left for left, right in pairwise(table.bounds)]
    widths = [usual_width(lines, room) for lines, room in zip(every, rooms, strict=True)]
    figured = [is_figured(lines) for lines in every]
    pages = [
        [Column(lines, step, width, has) for lines, width, has in zip(page, widths, figured, strict=True)]
        for page in parts
    ]
    laid = rows_of_pages(pages, step)
    for page, head, lines, rows in zip(table.pages, table.heads, table.lines, laid, strict=True):
        gone = {id(row) for row in (*head, *lines)}
        page.rows = [row for row in page.rows if id(row) not in gone]
        if gone or rows:
            page.table = _page_table(rows, head, table.bounds)
            _say_pages(page.table, page.begins)


def _say_pages(table: PageTable, begins: Sequence[tuple[float, int]]) -> None:
    """Say of the cells to the right on which page they are printed."""
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.page = max(((left, page) for left, page in begins if cell.left >= left), default=(0.0, 0))[1]


def _clipped(page: AlignedPage, bounds: Sequence[float]) -> list[list[Glyph]]:
    """What shows on the page before or after of the cells that a page break cuts."""
    mine = [glyph for glyph in page.clipped if bounds[0] <= glyph.x <= bounds[-1]]
    page.clipped = [glyph for glyph in page.clipped if not bounds[0] <= glyph.x <= bounds[-1]]
    return [row for row in rows_of(mine) if any(not glyph.text.isspace() for glyph in row)]


def _columns(rows: Sequence[Row], table: _Found) -> list[list[InkLine]]:
    """The lines of each column; a text that reaches over several stands in the one where it begins."""
    glyphs: list[list[Glyph]] = [[] for _ in pairwise(table.bounds)]
    for row in rows:
        for run in runs(row):
            over = crosses(run, table.names)
            for glyph in run:
                glyphs[_column((run[0] if over else glyph).x, table.bounds)].append(glyph)
    return [[ink_line(row) for row in rows_of(mine)] for mine in glyphs]


def _column(x: float, bounds: Sequence[float]) -> int:
    return max(sum(x >= bound for bound in bounds[:-1]) - 1, 0)


def _page_table(rows: Sequence[LaidRow], head: Sequence[Row], bounds: list[float]) -> PageTable:
    glyphs = [glyph for row in head for glyph in row]
    glyphs += [glyph for row in rows for cell in row.cells for line in cell.lines for glyph in line.glyphs]
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    table = PageTable(bounds, top, bottom, ruled=False)
    if head:
        table.rows += head_of(head).rows(bounds)
    for at, laid in enumerate(rows):
        row = PageRow([], laid.height, doubtful=laid.doubtful)
        for cell in laid.cells:
            lines = lines_of([glyph for line in cell.lines for glyph in line.glyphs])
            left, right = bounds[cell.column], bounds[cell.column + 1]
            strips = min(cell.rows, len(rows) - at)
            row.cells.append(
                PageCell(left, right, lines, ends_page=at + strips == len(rows), strips=strips)
            )
        table.rows.append(row)
    return table
