"""Borderless tables: found by their header, read by columns and rows, taken out of the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.borderless.alignment import AlignedRow, rows_of_pages
from budgetkg.reading.pdf.borderless.certainty import mark_doubts
from budgetkg.reading.pdf.borderless.columns import (
    Extent,
    Row,
    column_boundaries,
    column_of,
    crosses_names,
    header_lines,
    read_header,
    text_runs,
)  # fmt: skip
from budgetkg.reading.pdf.borderless.grid import read_grid
from budgetkg.reading.pdf.borderless.lines import (
    ColumnLine,
    PageColumn,
    column_line,
    has_amounts,
    usual_step,
    usual_width,
)  # fmt: skip
from budgetkg.reading.pdf.borderless.side_by_side import lay_side_by_side, possible_blocks
from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.settings import BORDERLESS, TEXT
from budgetkg.reading.pdf.tables import BorderlessPage, PageCell, PageRow, PageTable
from budgetkg.reading.pdf.text import bare_text, cell_lines, is_page_number, split_at_gaps, text_rows


@dataclass(slots=True)
class _Table:
    """A table that runs over pages: the names of its header, the boundaries of its columns.

    ``headers`` and ``lines`` are the lines of its header and its other lines on each of its ``pages``.
    """

    names: list[Extent]
    boundaries: list[float]
    pages: list[BorderlessPage]
    headers: list[list[Row]]
    lines: list[list[Row]]


def find_borderless_tables(pages: Sequence[BorderlessPage]) -> None:
    """Find the tables in the lines of pages in order, and move their lines to ``page.table``.

    A table may run on over pages; each page holds one table at most.
    """
    for page in pages:
        page.rows = [row for row in page.rows if any(not glyph.text.isspace() for glyph in row)]
    at = 0
    while at < len(pages):
        rest = pages[at:]
        before = _state(rest)
        drawn = _state(rest) if read_grid(rest, as_drawn=True) else None
        if drawn is not None and _has_merged_cells(rest):
            return
        _restore(rest, before)
        count = _table_in_blocks(rest) or _table_down_the_pages(rest)
        if _is_in_doubt(rest[:count]):
            found = _state(rest)
            if drawn is not None:
                _restore(rest, drawn)
                return
            _restore(rest, before)
            if read_grid(rest, as_drawn=False):
                return
            _restore(rest, found)
        at += count


_State = list[tuple[list[Sequence[Glyph]], list[Glyph], PageTable | None]]


def _state(pages: Sequence[BorderlessPage]) -> _State:
    """The lines, the cut cells and the table of each page, to come back to."""
    return [(page.rows, page.clipped, page.table) for page in pages]


def _restore(pages: Sequence[BorderlessPage], state: _State) -> None:
    for page, (rows, clipped, table) in zip(pages, state, strict=True):
        page.rows, page.clipped, page.table = rows, clipped, table


def _has_merged_cells(pages: Sequence[BorderlessPage]) -> bool:
    """Whether cells cover several rows, as those of forms do; lists are read column by column."""
    tables = [page.table for page in pages if page.table is not None]
    return any(cell.row_span > 1 for table in tables for row in table.rows for cell in row.cells)


def _is_in_doubt(pages: Sequence[BorderlessPage]) -> bool:
    """Whether rows of the table on some pages are in doubt."""
    return any(row.doubtful for page in pages if page.table is not None for row in page.table.rows)


def _table_down_the_pages(pages: Sequence[BorderlessPage]) -> int:
    """Read the table that begins on the first of some pages; returns how many pages that settles."""
    table = _table_from(pages)
    if table is None:
        return 1
    _read(table)
    return len(table.pages)


def _table_in_blocks(pages: Sequence[BorderlessPage]) -> int:
    """The same for a table of which further columns stand on further pages, if its cells then agree.

    Returns 0 where they don't.
    """
    at = _first_wide_line(pages[0].rows)
    if at is None:
        return 0
    header = pages[0].rows[at]
    for blocks in possible_blocks(pages, header):
        sheet = lay_side_by_side(blocks, header, _is_page_number)
        if _table_down_the_pages(sheet.pages) < len(sheet.pages):
            continue
        tables = [page.table for page in sheet.pages if page.table is not None]
        rows = [row for table in tables for row in table.rows]
        most = BORDERLESS.max_doubtful_share * len(rows)
        if tables and _names_all_columns(tables[0]) and sum(row.doubtful for row in rows) <= most:
            sheet.give_back(blocks)
            first = blocks[0][0].table
            if first is not None:
                first.block_headers += [_block_header(first, block[0].number) for block in blocks[1:]]
            return sum(map(len, blocks))
    return 0


def _names_all_columns(table: PageTable) -> bool:
    """Whether each column of each further block has a name: a row of text at the header's height has not."""
    sides = {cell.left for row in table.rows for cell in row.cells if cell.page}
    return sides <= {cell.left for row in table.rows[:2] for cell in row.cells if cell.page and cell.lines}


def _block_header(table: PageTable, page: int) -> tuple[int, str]:
    """The page and the header text with which a block of columns begins."""
    return page, "".join(cell.text for row in table.rows[:1] for cell in row.cells if cell.page == page)


def _first_wide_line(rows: Sequence[Row]) -> int | None:
    """The number of the first line that wide blanks part into as many pieces as a table has columns."""
    pieces = (len(split_at_gaps(row, TEXT.column_gap)) for row in rows)
    return next((at for at, count in enumerate(pieces) if count >= BORDERLESS.min_columns), None)


def _table_from(pages: Sequence[BorderlessPage]) -> _Table | None:
    """The table that begins on the first of some pages, as far as it goes."""
    first = pages[0].rows
    at = _first_wide_line(first)
    if at is None:
        return None
    start, stop = header_lines(first, at)
    names = read_header(first[start:stop]).names
    header_texts = [bare_text(row) for row in first[start:stop]]
    above = {bare_text(row) for row in first[:start]}
    headers, lines = [first[start:stop]], [_lines_of_table(first[stop:], names, set())]
    for page in pages[1:]:
        own = _lines_of_table(page.rows, names, above)
        if sum(any(crosses_names(run, names) for run in text_runs(row)) for row in own) * 2 > len(own):
            break
        repeated = [bare_text(row) for row in own[: len(header_texts)]] == header_texts
        again = len(header_texts) if repeated else 0
        headers.append(own[:again])
        lines.append(own[again:])
    boundaries = column_boundaries(names, [row for page in lines for row in page])
    if len(boundaries) <= BORDERLESS.min_columns or len(lines[0]) + len(headers[0]) < BORDERLESS.min_lines:
        return None
    return _Table(names, boundaries, [*pages[: len(lines)]], headers, lines)


def _lines_of_table(rows: Sequence[Row], names: Sequence[Extent], above: set[str]) -> list[Row]:
    """The lines of a page without those over and under the table; ``above`` are texts over it."""
    start, stop = 0, len(rows)
    while start < stop and (bare_text(rows[start]) in above or _is_no_row(rows[start], names)):
        start += 1
    while stop > start + 1:
        last = rows[stop - 1]
        far = last[0].top - rows[stop - 2][0].bottom > BORDERLESS.footer_gap * last[0].size
        if not (_is_no_row(last, names) or (far and len(split_at_gaps(last, 1)) == 1)):
            break
        stop -= 1
    return list(rows[start:stop])


def _is_no_row(row: Row, names: Sequence[Extent]) -> bool:
    return _is_page_number(row) or any(crosses_names(run, names) for run in text_runs(row))


def _is_page_number(row: Row) -> bool:
    return is_page_number(bare_text(row)) and len(split_at_gaps(row, TEXT.column_gap)) == 1


def _read(table: _Table) -> None:
    """Split the lines of each page into rows, and take them out of the page's lines."""
    parts = [
        _column_lines([*lines, *_clipped(page, table.boundaries)], table)
        for page, lines in zip(table.pages, table.lines, strict=True)
    ]
    by_column = [[line for page in parts for line in page[at]] for at in range(len(table.boundaries) - 1)]
    step = usual_step(part for page in parts for part in page)
    rooms = [right - left for left, right in pairwise(table.boundaries)]
    widths = [usual_width(lines, room) for lines, room in zip(by_column, rooms, strict=True)]
    amounts = [has_amounts(lines) for lines in by_column]
    pages = [
        [PageColumn(lines, step, width, has) for lines, width, has in zip(page, widths, amounts, strict=True)]
        for page in parts
    ]
    rows_by_page = rows_of_pages(pages, step)
    mark_doubts(rows_by_page, table.boundaries, step)
    for page, header, lines, rows in zip(table.pages, table.headers, table.lines, rows_by_page, strict=True):
        gone = {id(row) for row in (*header, *lines)}
        page.rows = [row for row in page.rows if id(row) not in gone]
        if gone or rows:
            page.table = _page_table(rows, header, table.boundaries)
            _set_pages(page.table, page.block_starts)


def _set_pages(table: PageTable, block_starts: Sequence[tuple[float, int]]) -> None:
    """Set of the cells of further blocks on which page they are printed."""
    for cell in (cell for row in table.rows for cell in row.cells):
        starts = ((left, page) for left, page in block_starts if cell.left >= left)
        cell.page = max(starts, default=(0.0, 0))[1]


def _clipped(page: BorderlessPage, boundaries: Sequence[float]) -> list[list[Glyph]]:
    """Take out of a page the text of cells that a page break cuts: it shows on the page before or after."""
    left, right = boundaries[0], boundaries[-1]
    own = [glyph for glyph in page.clipped if left <= glyph.x <= right]
    page.clipped = [glyph for glyph in page.clipped if not left <= glyph.x <= right]
    return [row for row in text_rows(own) if any(not glyph.text.isspace() for glyph in row)]


def _column_lines(rows: Sequence[Row], table: _Table) -> list[list[ColumnLine]]:
    """The lines of each column; a text that reaches over several stands in the one where it begins."""
    glyphs: list[list[Glyph]] = [[] for _ in pairwise(table.boundaries)]
    for row in rows:
        for run in text_runs(row):
            over = crosses_names(run, table.names)
            for glyph in run:
                glyphs[column_of((run[0] if over else glyph).x, table.boundaries)].append(glyph)
    return [[column_line(row) for row in text_rows(own)] for own in glyphs]


def _page_table(rows: Sequence[AlignedRow], header: Sequence[Row], boundaries: list[float]) -> PageTable:
    glyphs = [glyph for row in header for glyph in row]
    glyphs += [glyph for row in rows for cell in row.cells for line in cell.lines for glyph in line.glyphs]
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    table = PageTable(boundaries, top, bottom, ruled=False)
    if header:
        table.rows += read_header(header).rows(boundaries)
    for at, aligned in enumerate(rows):
        row = PageRow([], aligned.height, doubtful=aligned.doubtful)
        for cell in aligned.cells:
            lines = cell_lines([glyph for line in cell.lines for glyph in line.glyphs])
            left, right = boundaries[cell.column], boundaries[cell.column + 1]
            row_span = min(cell.rows, len(rows) - at)
            ends = at + row_span == len(rows)
            row.cells.append(PageCell(left, right, lines, ends_page=ends, row_span=row_span))
        table.rows.append(row)
    return table
