"""Rules that every form has: its title, the year and the money unit on a line of their own, marks, notes."""

from __future__ import annotations

import re

from budgetkg.forms.layout.driver import Progress, Rows
from budgetkg.forms.layout.layouts import layouts
from budgetkg.forms.layout.reader import YEAR_LINE, year_or_unit
from budgetkg.forms.layout.titles import TitleRow, take_title, title_row
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.site_lines import is_site_line

_LETTER = re.compile(
    r".{0,24}关于[^。;;]{0,24}20\d\d年[^。;;]{0,24}(?:预算|绩效|资金|经费|补助|专款)"
    r"[^。;;]{0,24}(?:通知|批复|函|决定|公告|公示)"
)
_COVER = re.compile(r"[^。;；,，:：]{0,30}20\d\d年度?[^。;；,，:：]{0,24}(?:预算|绩效)[^。;；,，:：]{0,24}")
_YEARS = re.compile(r"20\d\d")


def find_title(progress: Progress, rows: Rows) -> TitleRow | None:
    """The title, in any kind of file a row of its own."""
    layout, first = progress.reader.layout, progress.at == 0
    found = title_row(layout, rows[0], first)
    if found is None and progress.parts.title is None and not rows[0].table:
        # 转移支付整体绩效目标申报表 over a fund's form: what the form is its head says
        others = (title_row(other, rows[0], first) for other in layouts() if other.kind != layout.kind)
        found = next(filter(None, others), None)
    return found


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


def find_site_line(progress: Progress, rows: Rows) -> GridRow | None:
    """A line beside the tables that a website printed, in a copy of its page: a trail, buttons, a counter."""
    row = rows[0]
    return row if not progress.reader.may_hold(row) and is_site_line(row.place.text) else None


def take_site_line(progress: Progress, rows: Rows, found: GridRow) -> int:
    """It is none of the form's."""
    progress.reader.furniture(found.place)
    return 1


def find_letter(progress: Progress, rows: Rows) -> GridRow | None:
    """A line over the form that prints the budget year: 关于批复2023年部门预算的通知, 某县2025年预算文本."""
    row, parts = rows[0], progress.parts
    if len(row.cells) != 1 or parts.year_label is not None:
        return None
    plain = row.cells[0].key
    cover = parts.title is None and len(set(_YEARS.findall(plain))) == 1 and _COVER.fullmatch(plain)
    return row if cover or _LETTER.fullmatch(plain) else None


def take_letter(progress: Progress, rows: Rows, found: GridRow) -> int:
    """Its year is the budget's where the form itself prints none; else the line is none of the form's."""
    progress.parts.year_label, progress.parts.cover = found.place.text.strip(), found.place.strip()
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
    progress.see_unit(found)
    for cell in found:
        progress.reader.furniture(cell.place)
    return 1
