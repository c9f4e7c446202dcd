"""PDF → a document's text, its rows of cells, and the place of every character on its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.reading.grid import GridBuilder, RawCell, Reading
from budgetkg.reading.ocr import Scans
from budgetkg.reading.pdf.columns import Columns
from budgetkg.reading.pdf.content import contents
from budgetkg.reading.pdf.engine import open_pages
from budgetkg.reading.pdf.flow import Flow, FlowRow
from budgetkg.reading.pdf.indent import spell_indents
from budgetkg.reading.pdf.limits import Budget
from budgetkg.reading.pdf.page import Glyph, Ink, upright, without_overprint
from budgetkg.reading.pdf.remarks import Told, hidden_texts
from budgetkg.reading.pdf.running import set_aside_running_lines
from budgetkg.reading.pdf.runs import stitch
from budgetkg.reading.pdf.sheets import side_by_side
from budgetkg.reading.pdf.tables import PageTable
from budgetkg.reading.pdf.text import TextLine
from budgetkg.reading.source import Pages

MEDIA_TYPE = "application/pdf"
_QUOTED = 60


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark may stand behind a little of something else."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, name: str, budget: Budget, progress: Pages | None = None) -> Reading:
    """Read a PDF within a budget; raise UnreadableDocument where that can't be done."""
    scans = Scans(data, name)
    inks = (scans.read(ink) for ink in _pages(data, budget))
    return scans.marked(read_pages(inks, data, MEDIA_TYPE, budget, progress))


def read_pages(
    pages: Iterator[Ink], data: bytes, media_type: str, budget: Budget, progress: Pages | None = None
) -> Reading:
    """Read printed pages, whatever kind of file placed their characters and lines."""
    name = budget.name
    flow = Flow()
    told = Told(name)
    inks = _told(pages, told, budget, progress)
    laid, begun = side_by_side(list(contents(inks)))
    for content in laid:
        flow.add(content)
        begun += [run for item in content.items if isinstance(item, PageTable) for run in item.begun]
    lead, more = stitch(flow)
    set_aside_running_lines(flow)
    spell_indents(flow)
    builder = _written(flow, lead)
    for page, header in sorted([*begun, *more]):
        builder.notice("columns-split", f"p. {page}", column=header)
    for notice in (*told.remarks(), *hidden_texts(flow)):
        builder.notice(notice.code, notice.where, **dict(notice.params))
    return builder.reading(data, name, media_type, told.pages)


def _told(
    inks: Iterator[Ink], told: Told, budget: Budget, progress: Pages | None
) -> Iterator[tuple[Ink, list[Glyph]]]:
    """The pages set upright, and what each draws over itself; they are counted as they go by."""
    for ink in inks:
        told.page(ink)
        glyphs, again = without_overprint(ink.glyphs)
        yield upright(replace(ink, glyphs=glyphs)), again
        if progress:
            progress(ink.number, budget.counted)


def _pages(data: bytes, budget: Budget) -> Iterator[Ink]:
    try:
        yield from open_pages(data, budget)
    except (BudgetkgError, MemoryError):
        raise
    except Exception as error:  # whatever a parser trips over is the file's fault
        reason = f"no readable PDF, or one cut short ({_cause(error)})"
        raise UnreadableDocument(budget.name, reason) from error


def _cause(error: Exception) -> str:
    """The name of the error that another one wraps."""
    inner = next((argument for argument in error.args if isinstance(argument, Exception)), error)
    return type(inner).__name__


def _written(flow: Flow, lead: Mapping[int, int]) -> GridBuilder:
    builder = GridBuilder()
    columns = Columns(flow.sides, lead)
    hidden: dict[int, list[TextLine]] = defaultdict(list)
    for page, line in flow.hidden:
        hidden[page].append(line)
    for row in flow.rows:
        for page in sorted(number for number in hidden if number < row.first_page):
            _furniture(builder, page, hidden.pop(page))
        own = [place.page for place in row.places if place.table == row.table and not place.aside]
        last = max(own, default=row.first_page)
        written = builder.row(_parts(row, columns), columns.width(row.table), row.table, last, row.number)
        if written is not None and row.doubtful:
            whole, name = written.line, written.cells[0].text[:_QUOTED]
            builder.notice("row-doubtful", f"p. {whole.page}", whole.start, whole.end, row=name)
    for page in sorted(hidden):
        _furniture(builder, page, hidden[page])
    return builder


def _furniture(builder: GridBuilder, page: int, lines: list[TextLine]) -> None:
    builder.furniture(page, [RawCell(0, (line.text,), (line.boxes,)) for line in lines])


def _parts(row: FlowRow, columns: Columns) -> list[tuple[int, list[RawCell]]]:
    parts: dict[int, list[RawCell]] = {}
    for index, place in enumerate(sorted(row.places, key=lambda found: (found.page, found.left))):
        column, span = columns.of(place.table, place.left, place.right) if row.table else (index, 1)
        cell = RawCell(
            column,
            tuple(line.text for line in place.lines),
            tuple(line.boxes for line in place.lines),
            span,
            place.rows,
        )
        parts.setdefault(place.page, []).append(cell)
    return sorted(parts.items())
