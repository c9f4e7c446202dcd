"""Rules that every form has: its title, the year and the money unit on a line of their own, marks, notes."""

from __future__ import annotations

from budgetkg.forms.layout.driver import Progress, Rows
from budgetkg.forms.layout.reader import YEAR_LINE, year_or_unit
from budgetkg.forms.layout.titles import TitleRow, take_title, title_row
from budgetkg.reading.grid import Cell, GridRow


def find_title(progress: Progress, rows: Rows) -> TitleRow | None:
    """The title, in any kind of file a row of its own."""
    return title_row(progress.reader.layout, rows[0], progress.at == 0)


def take_title_row(progress: Progress, rows: Rows, found: TitleRow) -> int:
    """The first title counts."""
    take_title(progress.reader, progress.parts, found)
    return 1


def find_year_or_unit(progress: Progress, rows: Rows) -> tuple[str | None, str | None] | None:
    """A row of nothing but the budget year or the money unit."""
    return year_or_unit(rows[0], YEAR_LINE)


def take_year_or_unit(progress: Progress, rows: Rows, found: tuple[str | None, str | None]) -> int:
    """The first printed counts."""
    year, unit = found
    parts = progress.parts
    parts.year_label = parts.year_label or year
    parts.unit = parts.unit or unit
    parts.evidence += progress.reader.record(rows[0].place)
    return 1


def find_note(progress: Progress, rows: Rows) -> GridRow | None:
    """A remark on the form (注：…), alone in its row."""
    row = rows[0]
    return row if len(row.cells) == 1 and progress.reader.layout.is_note(row.cells[0].text) else None


def take_note(progress: Progress, rows: Rows, found: GridRow) -> int:
    """A remark belongs to no table."""
    place = found.place
    progress.reader.remark("text-unread", f"p. {found.line.page}", place, text=place.text[:200])
    return 1


def find_furniture(progress: Progress, rows: Rows) -> tuple[Cell, ...] | None:
    """A page number or another mark that stands alone; a row of nothing but declared labels."""
    layout, cells = progress.reader.layout, rows[0].cells
    alone = len(cells) == 1 and layout.is_mark(cells[0].text)
    if len(cells) == 1 and YEAR_LINE.fullmatch(cells[0].key):
        return None  # 2023年度 is no label 年度
    return cells if alone or all(layout.is_furniture(cell.text) for cell in cells) else None


def take_furniture(progress: Progress, rows: Rows, found: tuple[Cell, ...]) -> int:
    """Furniture is furniture."""
    for cell in found:
        progress.reader.furniture(cell.place)
    return 1
