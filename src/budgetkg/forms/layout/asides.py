"""Sheets of a workbook that are not the form: covers, lists for drop-downs; other tables of the budget.

A sheet belongs to a form where it prints a form's title or header, or where it goes on with the
table of the sheet before: as wide, and beginning with a row instead of a title. What stands on any
other sheet is left alone, and a finding quotes it. A table under a title and a header of another kind
(收支总表) is left alone too, wherever a form is printed beside it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from budgetkg.forms.layout.dumped_cells import with_rows
from budgetkg.forms.layout.layouts import Layout, layouts, lookup
from budgetkg.forms.layout.lines_of_labels import with_labels_apart
from budgetkg.forms.layout.other_tables import without_other_tables
from budgetkg.forms.layout.segments import department_named, form_named
from budgetkg.forms.layout.shared_out import with_receivers_apart
from budgetkg.forms.layout.transposed import upright
from budgetkg.forms.settings import HEAD_ROWS
from budgetkg.reading import Notice, Reading
from budgetkg.reading.grid import GridRow

_FEWEST_HEADERS = 3


def set_aside(reading: Reading) -> Reading:
    """A document without other sheets and tables; its own upright, and a form for each receiver."""
    own = without_other_tables(_without_other_sheets(with_labels_apart(with_rows(reading))))
    return with_receivers_apart(upright(own))


def _without_other_sheets(reading: Reading) -> Reading:
    if not reading.source.addresses:
        return reading
    sheets = [list(rows) for _, rows in groupby(reading.rows, key=lambda row: row.line.page)]
    own = [any(_prints_form(row) for row in rows) for rows in sheets]
    if not any(own):
        return reading
    kept: list[list[GridRow]] = []
    notices = []
    before: list[GridRow] | None = None
    cover: list[GridRow] = []
    for rows, is_form in zip(sheets, own, strict=True):
        before = rows if is_form or (before is not None and _goes_on(before, rows)) else None
        if before is None and not (kept or cover) and _is_cover(rows):
            cover = rows  # what it says of the department holds for the forms behind it
        elif before is None:
            notices.append(_notice(reading, rows))
        else:
            kept += [cover, rows] if cover else [rows]
            cover = []
    source = replace(reading.source, notices=(*reading.source.notices, *notices))
    forms = tuple(row for rows in kept for row in rows)
    starts = {row.line.start for row in forms}
    return Reading(source, forms, tuple(row for row in reading.rows if row.line.start not in starts))


def _prints_form(row: GridRow) -> bool:
    return any(form_named(cell.text) for cell in row.cells) or any(
        _heads(row, layout) for layout in layouts()
    )


def _heads(row: GridRow, layout: Layout) -> bool:
    """Whether a row is the header of a table that a layout knows."""
    tiers = {lookup(layout.tier_columns, cell.text) for cell in row.cells} - {None}
    columns = {lookup(layout.columns, cell.text) for cell in row.cells} - {None}
    return ("name" in tiers and len(tiers) >= _FEWEST_HEADERS) or {"name", "total", "goal"} <= columns


def _is_cover(rows: list[GridRow]) -> bool:
    """Whether a sheet says little more than whose budget it is: 部门名称：某县融媒体中心."""
    short = len(rows) <= HEAD_ROWS and all(len(row.cells) <= 2 for row in rows)
    return short and any(department_named(row.line.text) is not None for row in rows)


def _goes_on(before: list[GridRow], rows: list[GridRow]) -> bool:
    return len(rows[0].cells) > 1 and rows[0].width == before[-1].width


def _notice(reading: Reading, rows: list[GridRow]) -> Notice:
    source, start = reading.source, rows[0].line.start
    sheet = (source.evidence(start, start + 1).cells or "").rpartition("!")[0].strip("'")
    return Notice("sheet-without-form", sheet, start, rows[-1].line.end, (("sheet", sheet),))
