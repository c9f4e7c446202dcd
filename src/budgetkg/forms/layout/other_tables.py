"""Tables of a budget that are not the form, beside one that is: 收支总表, 项目支出表, 三公经费表.

Such a table has a title of its own kind, and under it a header of its own kind; it ends at the next title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetkg.forms.department.tasks import has_task_header
from budgetkg.forms.indicators.table import has_indicator_header
from budgetkg.forms.layout.layouts import layouts
from budgetkg.forms.layout.segments import form_begun, form_named
from budgetkg.forms.project.heads import project_header
from budgetkg.reading import Notice, Reading
from budgetkg.reading.grid import GridRow
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

_HEADER_ROWS = 4
_LONGEST_TITLE, _LONGEST_HEADER = 40, 20
_FEWEST_HEADERS = 2
_YEAR = re.compile(r"20\d\d年度?")


def without_other_tables(reading: Reading) -> Reading:
    """A document without the tables of another kind; where it holds no form, as it is."""
    rows = reading.rows
    starts = [(at, kind) for at, row in enumerate(rows) if (kind := _title(row)) is not None]
    if not any(kind for _, kind in starts) or not any(row.table for row in rows):
        return reading
    bounds = [at for at, _ in starts] + [len(rows)]
    others = [(at, stop) for (at, own), stop in zip(starts, bounds[1:], strict=True)
              if not own and _is_other(rows[at:stop])]  # fmt: skip
    if not others:
        return reading
    gone = {at for start, stop in others for at in range(start, stop)}
    notices = (*reading.source.notices, *(_notice(rows[start:stop]) for start, stop in others))
    kept = tuple(row for at, row in enumerate(rows) if at not in gone)
    asides = (*reading.asides, *(rows[at] for at in sorted(gone)))
    return Reading(replace(reading.source, notices=notices), kept, asides)


def _title(row: GridRow) -> bool | None:
    """Whether a row is the title of a form, or begins one; ``False`` for that of another table."""
    if form_named(row.line.text) is not None or form_begun(row.line.text) is not None:
        return True
    plain = row.cells[0].key if row.cells else ""
    alone = len(row.cells) == 1 and len(plain) <= _LONGEST_TITLE
    return False if alone and any(layout.is_other_title(plain) for layout in layouts()) else None


def _is_other(rows: Sequence[GridRow]) -> bool:
    """Whether the rows from a title on hold a table of another kind, and none of a form's."""
    header = next((row for row in rows if len(row.cells) > 1 and _heads_amounts(row)), None)
    first = next((row for row in rows if len(row.cells) > 1 and row.table), None)
    if header is None or first is None:
        return False
    return not any(_begins_form(rows, at) for at in range(len(rows)))


def _heads_amounts(row: GridRow) -> bool:
    texts = [cell.key for cell in row.cells]
    if any(len(text) > _LONGEST_HEADER or parse_amount(text) is not None for text in texts):
        return False
    known = {text for layout in layouts() for text in layout.other_headers}
    plain = (_YEAR.sub("", text) for text in texts)  # 2024年预算数 | 2025年预算数
    return sum(text in known for text in plain) >= _FEWEST_HEADERS


def _begins_form(rows: Sequence[GridRow], at: int) -> bool:
    window = rows[at : at + _HEADER_ROWS]
    return any(_heads(window))


def _heads(window: Sequence[GridRow]) -> Iterator[bool]:
    for layout in layouts():
        yield has_indicator_header(layout, window)
        yield layout.kind == "project-table" and project_header(layout, window) is not None
        yield layout.kind == "department" and has_task_header(layout, window)


def _notice(rows: Sequence[GridRow]) -> Notice:
    title = key(rows[0].cells[0].text)
    where = f"p. {rows[0].line.page}"
    return Notice("table-without-form", where, rows[0].line.start, rows[-1].line.end, (("title", title),))
