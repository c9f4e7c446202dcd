"""The national layout: one form per project, labels with their values beside them, then a tier table.

Several forms in one file are several projects of one document; a unit of use is the 实施单位 printed,
else the department. Sums that no form prints stay blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetkg.forms.indicators.table import indicator_header, joined_periods, open_table
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.money_unit import money_unit, unit_behind
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader, take_note, take_year, take_year_and_unit
from budgetkg.forms.layout.titles import is_title
from budgetkg.forms.project.fields import (
    AMOUNTS,
    GOALS,
    Form,
    Label,
    label_of,
    take,
    take_amounts_below,
    take_amounts_within,
)
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amounts, PersonalDatum, Project, UnitOfUse
from budgetkg.values import amounts_from

_HEADER_ROWS = 4


def read_project_forms(reader: Reader) -> Parts:
    """Read every form of a file into the projects of one document."""
    parts = Parts()
    forms: list[Form] = []
    at = 0
    while at < len(reader.rows):
        at += _read_rows(reader, parts, forms, reader.rows[at : at + _HEADER_ROWS])
    parts.units_of_use = _units(reader, parts, forms)
    parts.empty_tiers = tuple(pair for form in forms for table in form.tables for pair in table.empty)
    return parts


def _read_rows(reader: Reader, parts: Parts, forms: list[Form], rows: Sequence[GridRow]) -> int:
    """Read the first of some rows; returns how many were read (a header may take several)."""
    row = rows[0]
    parts.unit = (
        parts.unit
        or money_unit(row.line.text)
        or next(filter(None, (money_unit(cell.text) for cell in row.cells)), None)
    )
    if is_title(reader, parts, row):
        if forms:
            forms[-1].awaited = {}
        return 1
    if take_year(reader, parts, row.line) or _is_mark(reader, row) or _is_section(reader, forms, row):
        return 1
    if take_year_and_unit(reader, parts, row) or take_note(reader, row):
        return 1
    header = indicator_header(reader, rows)
    if header is not None:
        form = forms[-1] if forms else Form()
        forms[:] = forms or [form]
        form.tables.append(open_table(reader, header, form.name, form.section))
        form.awaited, form.section = {}, None
        return len(header.rows)
    below = bool(forms) and take_amounts_below(reader, forms[-1], row)
    if not below and not _take_awaited(reader, forms, row):
        _read_row(reader, parts, forms, row)
    return 1


def _is_mark(reader: Reader, row: GridRow) -> bool:
    """Whether a row is a page number or another mark that stands alone."""
    if len(row.cells) != 1 or not reader.layout.is_mark(row.cells[0].text):
        return False
    reader.furniture(row.place)
    return True


def _is_section(reader: Reader, forms: list[Form], row: GridRow) -> bool:
    """Whether a row says only whose values the table below it holds: 长期绩效目标表."""
    group = reader.layout.column_groups.lookup(row.cells[0].text) if len(row.cells) == 1 else None
    if not forms or group not in ("period", "annual") or label_of(reader, row.cells[0]) is not None:
        return False
    forms[-1].section = group
    reader.furniture(row.place)
    return True


def _read_row(reader: Reader, parts: Parts, forms: list[Form], row: GridRow) -> None:
    tables = forms[-1].tables if forms else []
    if tables and reader.may_hold(row) and _is_tier_row(reader, row, tables[-1].first_column):
        tables[-1].read(reader, row)
    elif not _take_pairs(reader, parts, forms, row):
        _report(reader, row)


def _is_tier_row(reader: Reader, row: GridRow, first_column: int) -> bool:
    """Whether a row below a tier header goes on with its table: no label of the form leads it."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    if not cells:
        return False
    label = label_of(reader, cells[0])
    if label is not None and cells[0].column <= first_column and tier_of(cells[0].text) is None:
        return False
    alone = len(row.cells) == 1
    return not (
        alone and tier_of(cells[0].text) is None and (cells[0].column <= first_column or not row.width)
    )


def _take_awaited(reader: Reader, forms: list[Form], row: GridRow) -> bool:
    """Texts that stand under their headings: 实施期目标 | 年度目标, the words in the rows below."""
    if not forms or not forms[-1].awaited:
        return False
    form = forms[-1]
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    begun = any(form.goals.get(name) for name in form.awaited.values())
    strange = [cell for cell in cells if begun and cell.column not in form.awaited]
    if not cells or strange or any(label_of(reader, cell) for cell in cells):
        form.awaited = {}
        return False
    for cell in cells:
        left = [column for column in form.awaited if column <= cell.column] or [min(form.awaited)]
        name = form.awaited[max(left)]
        take(reader, form, Label(name, name, Healed()), cell.text, cell.place, cell.column)
    for cell in row.cells:
        reader.furniture(cell.place)
    return True


def _take_pairs(reader: Reader, parts: Parts, forms: list[Form], row: GridRow) -> bool:
    """Labels with a value behind the colon or in the next cell."""
    headings: dict[int, str] = {}
    money: dict[int, Label] = {}
    others: list[Cell] = []
    taken = False
    at = 0
    while at < len(row.cells):
        cell, following = row.cells[at], row.cells[at + 1 : at + 2]
        label = label_of(reader, cell)
        beside = following[0] if following and not _is_label(reader, following[0]) else None
        at += 1
        if label is None or (reader.layout.is_furniture(cell.text) and beside is None):
            others.append(cell)
            continue
        taken = True
        reader.furniture(cell.place)
        value = label.value
        if not value and beside is not None:
            value, at = beside.place, at + 1
        if value:
            text = beside.text if beside is not None and not label.value else value.text
            _take_value(reader, parts, forms, label, text, value, cell.column)
        elif label.name in GOALS:
            headings[cell.column] = label.name
        elif label.name in (*AMOUNTS, "attribute"):
            money[cell.column] = label
    if forms and headings:
        forms[-1].awaited = headings
    if forms and sum(label.name in AMOUNTS for label in money.values()) > 1:
        forms[-1].money_heads = money
    left = [cell for cell in others if not _take_other(reader, forms, cell)]
    if taken:
        _report(reader, replace(row, cells=tuple(left)))
    return taken or len(left) < len(others)


def _is_label(reader: Reader, cell: Cell) -> bool:
    return label_of(reader, cell) is not None or reader.layout.is_furniture(cell.text)


def _take_other(reader: Reader, forms: list[Form], cell: Cell) -> bool:
    if reader.layout.is_furniture(cell.text):
        reader.furniture(cell.place)
        return True
    return bool(forms) and take_amounts_within(reader, forms[-1], cell)


def _take_value(
    reader: Reader, parts: Parts, forms: list[Form], label: Label, text: str, place: Healed, column: int
) -> None:
    if label.name == "person":
        parts.people += (PersonalDatum(label.text, text, reader.record(place)),)
    elif label.name in ("department", "unit") or (label.name == "budget_unit" and not forms):
        parts.heading("unit" if label.name == "unit" else "department", text, reader.record(place))
    else:
        if label.name == "name" and (not forms or "name" in forms[-1].texts):
            forms.append(Form())
        if not forms:
            report_unknown(reader, Cell(column, text, place), label.text, 0)
            return
        if label.name in AMOUNTS:
            parts.unit = parts.unit or unit_behind(text)
        take(reader, forms[-1], label, text, place, column)


def _report(reader: Reader, row: GridRow) -> None:
    """A label that no layout names, and what stands beside it: neither is guessed."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    for cell in row.cells:
        if cell not in cells:
            reader.furniture(cell.place)
    if len(cells) < 2:
        return
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        report_unknown(reader, label, label.text, row.line.page)
        report_unknown(reader, value, label.text, row.line.page)


def _units(reader: Reader, parts: Parts, forms: list[Form]) -> tuple[UnitOfUse, ...]:
    units: dict[str, list[Project]] = {}
    named = {form.texts.get("budget_unit") for form in forms}
    if parts.department is None and len(named) == 1:
        parts.department = named.pop()
    for form in forms:
        name = form.texts.get("unit_of_use") or form.texts.get("budget_unit") or parts.department or ""
        units.setdefault(name, []).append(_project(reader, form))
    return tuple(UnitOfUse(name, Amounts(), tuple(projects), projects[0].evidence)
                 for name, projects in units.items())  # fmt: skip


def _project(reader: Reader, form: Form) -> Project:
    goal = form.goal
    others = [(name, text) for name, text in form.goals.items() if text.offsets != goal.offsets]
    labels = {"goal": "总体目标", "year_goal": "年度目标", "period_goal": "实施期目标"}
    indicators = [row for table in form.tables for row in table.close(reader)]
    return Project(
        name=form.name,
        amounts=amounts_from(form.amounts),
        goal=goal.text.strip() or None,
        indicators=joined_periods(indicators),
        policies=cited_policies(reader.source, goal),
        evidence=form.evidence,
        attributes=(*form.attributes, *((labels[name], text.text.strip()) for name, text in others)),
    )
