"""The unit's name on a line over a form, which is the form's unit where it prints no other.

It stands beside or before the money unit, or by itself right over the title or the table of the form.
"""

from __future__ import annotations

import re

from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.filed import without_unit
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.layout.reader import YEAR_LINE, year_or_unit
from budgetkg.forms.layout.titles import title_row
from budgetkg.forms.project.fields import label_of
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.settings import LONGEST_HEADER
from budgetkg.reading.grid import Cell, GridRow

_NAME_LABELS = 3  # rows below a unit line within which the next form begins
_SENTENCE = re.compile(r"[。；;，,:：]")
Owner = tuple[Cell, Cell | None]


def find_owner(state: State, rows: Rows) -> Owner | None:
    """A line that heads a form with a unit's name: 天津市… | 单位:万元."""
    layout, row = state.reader.layout, rows[0]
    cells, units = _parted(row)
    if len(cells) != 1 or len(units) > 1 or len(cells[0].key) > LONGEST_HEADER:
        return None
    if _SENTENCE.search(cells[0].key) or label_of(layout, cells[0]) or layout.is_furniture(cells[0].text):
        return None
    if layout.is_other_title(cells[0].text):
        return None  # a line of a list of tables, above the form's own title
    following = rows[1 : 1 + _NAME_LABELS]
    begins = [row for row in following if title_row(layout, row) or _names_project(state, row)]
    beside = bool(units) or (
        row.table > 0 and bool(following) and title_row(layout, following[0]) is not None
    )
    if not begins or not (beside or _stands_over(state, cells[0], rows)):
        return None
    return cells[0], next(iter(units), None)


def _parted(row: GridRow) -> tuple[list[Cell], list[Cell]]:
    """The cells that print no money unit and those that do; a name before the unit is a cell of its own."""
    cells = [cell for cell in row.cells if not money_unit(cell.text)]
    units = [cell for cell in row.cells if money_unit(cell.text)]
    if cells or len(units) != 1:
        return cells, units
    whole = units[0]
    name = without_unit(whole.place)
    if not name or not is_organisation(name.text):
        return cells, units
    rest = whole.place[len(name.text) :]
    return [Cell(whole.column, name.text, name)], [Cell(whole.column, rest.text, rest)]


def _stands_over(state: State, name: Cell, rows: Rows) -> bool:
    """Whether an organisation's name is the last line before a form, but for its year and money unit."""
    if not is_organisation(name.text):
        return False
    for row in rows[1 : 1 + _NAME_LABELS]:
        if title_row(state.reader.layout, row) is not None or _names_project(state, row):
            return True
        if year_or_unit(row, YEAR_LINE) is None:
            return False
    return False


def _names_project(state: State, row: GridRow) -> bool:
    labels = (label_of(state.reader.layout, cell) for cell in row.cells)
    return any(label is not None and label.name == "name" for label in labels)


def take_owner(state: State, rows: Rows, found: Owner) -> int:
    """The unit that a form belongs to where it prints no other."""
    cell, unit = found
    state.parts.evidence += state.reader.record(cell.place)
    state.owner = cell.text
    above = state.reader.rows[state.at - 1] if state.at else None
    if above is not None and title_row(state.reader.layout, above, state.at == 1) is not None:
        state.under_titles.add(cell.text)
    if unit is not None:
        state.parts.unit = state.parts.unit or money_unit(unit.text)
        state.parts.evidence += state.reader.record(unit.place)
    return 1
