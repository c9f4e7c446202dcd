"""PDF → a document's text, its rows of cells, and the place of every character on its page.

Runs the steps of decision 0016 one after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.reading.grid import GridBuilder, RawCell, Reading
from budgetkg.reading.ocr import Scans
from budgetkg.reading.pdf.column_blocks import join_column_blocks
from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.cut_texts import cut_texts, with_cut_texts
from budgetkg.reading.pdf.document_rows import CellPart, DocumentRow
from budgetkg.reading.pdf.engine import open_pages
from budgetkg.reading.pdf.header_footer import remove_headers_footers
from budgetkg.reading.pdf.indents import spell_indents
from budgetkg.reading.pdf.layout import layouts
from budgetkg.reading.pdf.limits import Budget
from budgetkg.reading.pdf.notices import PageCounts, clipped_texts
from budgetkg.reading.pdf.overlays import split_overprint
from budgetkg.reading.pdf.page import DrawnPage, Glyph, with_level_text
from budgetkg.reading.pdf.reprinted import remove_reprinted
from budgetkg.reading.pdf.settings import TABLES, TEXT
from budgetkg.reading.pdf.tables import PageTable
from budgetkg.reading.pdf.text import TextLine
from budgetkg.reading.pdf.whole_sheets import whole_sheets
from budgetkg.reading.pdf.wide_sheets import laid_side_by_side
from budgetkg.reading.source import Pages

MEDIA_TYPE = "application/pdf"
_QUOTED = 60  # characters of a row's name that a notice quotes


def read_pdf(data: bytes, name: str, budget: Budget, progress: Pages | None = None) -> Reading:
    """Read a PDF within a budget; ``progress`` is called with each page's number and their count.

    Raises :class:`budgetkg.errors.UnreadableDocument` with the reason where the file can't be read.
    """
    scans = Scans(data, name)
    drawn = (scans.read(page) for page in _drawn_pages(data, budget))
    return scans.with_confidences(read_pages(drawn, data, MEDIA_TYPE, budget, progress))


def read_pages(
    drawn: Iterator[DrawnPage], data: bytes, media_type: str, budget: Budget, progress: Pages | None = None
) -> Reading:
    """Read printed pages, whatever kind of file placed their characters and lines."""
    document, counts = DocumentRows(), PageCounts(budget.name)
    cut: list[tuple[int, str]] = []
    whole = whole_sheets(_counted(drawn, counts, budget, progress), cut)
    printed = list(layouts(whole))
    unprinted = cut_texts(printed)
    pages, headers = laid_side_by_side(printed)
    for page in pages:
        document.add(page)
        tables = [item for item in page.items if isinstance(item, PageTable)]
        headers += [header for table in tables for header in table.block_headers]
    whole_table, more = join_column_blocks(document)
    remove_reprinted(document)
    remove_headers_footers(document)
    spell_indents(document)
    builder, doubtful = _written(document, whole_table)
    for number, header in sorted([*cut, *headers, *more]):
        builder.notice("columns-split", f"p. {number}", column=header)
    for notice in (*counts.notices_of_file(), *clipped_texts(document)):
        builder.notice(notice.code, notice.where, **dict(notice.params))
    reading = builder.reading(data, budget.name, media_type, counts.pages)
    return _without(doubtful, with_cut_texts(unprinted, reading))


def _without(doubtful: Set[int], reading: Reading) -> Reading:
    """Set aside the rows that begin at these offsets: findings quote them, no record is made of them."""
    if not doubtful:
        return reading
    kept = tuple(row for row in reading.rows if row.line.start not in doubtful)
    return replace(
        reading, rows=kept, asides=tuple(row for row in reading.rows if row.line.start in doubtful)
    )


def _counted(
    pages: Iterator[DrawnPage], counts: PageCounts, budget: Budget, progress: Pages | None
) -> Iterator[tuple[DrawnPage, list[Glyph]]]:
    """Yield the pages with level text and what each draws over itself; count them as they go by."""
    for page in pages:
        counts.take(page)
        glyphs, overprint = split_overprint(page.glyphs)
        yield with_level_text(replace(page, glyphs=glyphs)), overprint
        if progress:
            progress(page.number, budget.counted)


def _drawn_pages(data: bytes, budget: Budget) -> Iterator[DrawnPage]:
    try:
        yield from open_pages(data, budget)
    except (BudgetkgError, MemoryError):
        raise
    except Exception as error:  # whatever a parser trips over is the file's fault
        raise UnreadableDocument(budget.name, "pdf-unreadable", error=_cause(error)) from error


def _cause(error: Exception) -> str:
    """The name of the error that another one wraps."""
    inner = next((argument for argument in error.args if isinstance(argument, Exception)), error)
    return type(inner).__name__


def _written(document: DocumentRows, whole_table: Mapping[int, int]) -> tuple[GridBuilder, set[int]]:
    """Write the rows and, behind the rows of each page, its furniture; also where rows in doubt begin."""
    builder = GridBuilder()
    doubtful: set[int] = set()
    columns = _Columns(document.sides, whole_table)
    furniture: dict[int, list[TextLine]] = defaultdict(list)
    for page, line in document.furniture:
        furniture[page].append(line)
    for row in document.rows:
        for page in sorted(number for number in furniture if number < row.first_page):
            _write_furniture(builder, page, furniture.pop(page))
        own = [part.page for part in row.parts if part.table == row.table and not part.in_further_block]
        last = max(own, default=row.first_page)
        written = builder.row(
            _cells_by_page(row, columns), columns.count(row.table), row.table, last, row.number
        )
        if written is not None and row.doubtful:
            whole, name = written.line, written.cells[0].text[:_QUOTED]
            builder.notice("row-doubtful", f"p. {whole.page}", whole.start, whole.end, row=name)
            doubtful.add(whole.start)
    for page in sorted(furniture):
        _write_furniture(builder, page, furniture[page])
    return builder, doubtful


def _write_furniture(builder: GridBuilder, page: int, lines: list[TextLine]) -> None:
    builder.furniture(page, [RawCell(0, (line.text,), (line.boxes,)) for line in lines])


def _cells_by_page(row: DocumentRow, columns: _Columns) -> list[tuple[int, list[RawCell]]]:
    """The cells of a row for the builder, those of each page on which it stands.

    A text that the side of a page cuts goes from page to page and back with each of its lines.
    """
    parts: dict[tuple[int, int], list[RawCell]] = {}
    turns: dict[int, tuple[int, int]] = {}
    column = -1
    before: CellPart | None = None
    for part in sorted(row.parts, key=lambda part: columns.left_of(part)):
        if row.table:
            column, span = columns.of(part.table, part.left, part.right)
        else:
            column, span = column + (before is None or not _goes_on(before, part)), 1
        before = part
        page, turn = turns.get(column, (0, 0))
        turns[column] = part.page, turn + (part.page < page)
        texts, boxes = tuple(line.text for line in part.lines), tuple(line.boxes for line in part.lines)
        own = parts.setdefault((turns[column][1], part.page), [])
        own.append(RawCell(column, texts, boxes, span, part.rows))
    return [(page, cells) for (_, page), cells in sorted(parts.items())]


def _goes_on(before: CellPart, part: CellPart) -> bool:
    """Whether a text outside any table goes on where the side of a page has cut it."""
    room = part.left - before.right
    return before.page != part.page and room <= TEXT.blank_beside_ideograph * part.lines[0].size


class _Columns:
    """The columns of each table, numbered from left to right over all the pages it runs on.

    ``sides`` are the boundaries of each table as they occur, ``whole_table`` the table to which a block of
    columns belongs: its columns follow those of that table.
    """

    def __init__(self, sides: Mapping[int, Set[float]], whole_table: Mapping[int, int]) -> None:
        self._boundaries = {table: _merged_sides(places) for table, places in sides.items()}
        self._before: dict[int, int] = {}
        self._count: dict[int, int] = {}
        for table, boundaries in sorted(self._boundaries.items()):
            whole = whole_table.get(table, table)
            self._before[table] = self._count.get(whole, 0)
            self._count[whole] = self._before[table] + max(len(boundaries) - 1, 1)

    def of(self, table: int, left: float, right: float) -> tuple[int, int]:
        """The number of the column in which a cell begins, and how many columns it covers."""
        boundaries = self._boundaries[table]
        first, last = (max(bisect_right(boundaries, side) - 1, 0) for side in (left, right))
        return self._before[table] + first, max(last - first, 1)

    def left_of(self, part: CellPart) -> float:
        """What parts are ordered by: their columns, so that those of one cell stay in the order of pages.

        Their sides may differ from page to page by a hair. Outside a table there are no columns.
        """
        return self.of(part.table, part.left, part.right)[0] if part.table else part.left

    def count(self, table: int) -> int:
        """How many columns a table has; text outside any table has one."""
        return self._count.get(table, 1)


def _merged_sides(sides: Set[float]) -> list[float]:
    """Boundaries that differ from page to page by a little as one each, a hair left of the first."""
    boundaries: list[float] = []
    last = float("-inf")
    for side in sorted(sides):
        if side - last > TABLES.drift_tolerance:
            boundaries.append(side - 0.01)
        last = side
    return boundaries
