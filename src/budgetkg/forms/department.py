"""Department forms from rows of cells: labels, budget, tasks and tier tables in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from budgetkg.folding import fold, key
from budgetkg.forms.budget import BudgetTable, budget_header, labelled_amount, read_budget_row, totals_of
from budgetkg.forms.layout import lookup
from budgetkg.forms.parts import Parts
from budgetkg.forms.policies import cited_policies
from budgetkg.forms.reader import Reader, take_year
from budgetkg.forms.tasks import read_task, task_header
from budgetkg.forms.tiers import TierTable, close_table, read_tier_row, tier_header
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import PersonalDatum

_COLON = re.compile(r"\s*:\s*")
_UNIT = re.compile(r"\((亿元|万元|千元|元)\)")


@dataclass(slots=True)
class State:
    """Which table the lines belong to."""

    tier_tables: list[TierTable] = field(default_factory=list)
    task_columns: dict[int, str] | None = None
    budget: BudgetTable | None = None
    row: Callable[[GridRow], None] | None = None
    task: int | None = None


def read_department(reader: Reader) -> Parts:
    """Read every line of a department form into the parts of a document record."""
    parts, state = Parts(), State()
    for row in reader.rows:
        _read_row(reader, parts, state, row)
    for table in state.tier_tables:
        close_table(reader, table)
        parts.empty_tiers += tuple(table.empty)
        _give(parts, table)
    parts.totals = totals_of(reader, parts)
    return parts


def _give(parts: Parts, table: TierTable) -> None:
    """Hand the indicators of a table to the task it stands under, or to the department."""
    for index, task in enumerate(parts.tasks):
        if table.owner and task.name == table.owner:
            task = replace(task, indicators=task.indicators + tuple(table.rows))
            parts.tasks = (*parts.tasks[:index], task, *parts.tasks[index + 1 :])
            return
    parts.indicators += tuple(table.rows)


def _read_row(reader: Reader, parts: Parts, state: State, row: GridRow) -> None:
    unit = _UNIT.search(fold(row.line.text))
    if unit and parts.unit is None:
        parts.unit = unit[1]
    if _is_title(reader, parts, row) or take_year(reader, parts, row.line):
        return
    if _starts_table(reader, parts, state, row) or _is_furniture(reader, row):
        return
    if _take_labels(reader, parts, row):
        state.row = None
    elif state.row is not None:
        state.row(row)


def _is_title(reader: Reader, parts: Parts, row: GridRow) -> bool:
    plain = key(row.line.text)
    if len(row.cells) != 1 or len(plain) > 60 or not any(mark in plain for mark in reader.layout.signature):
        return False
    if _split_label(reader, row.cells[0])[0] is not None:
        return False
    if parts.title is None:
        parts.title = row.cells[0].text.lstrip("# ")
        parts.evidence += reader.record(row.place)
    reader.furniture(row.place)
    return True


def _starts_table(reader: Reader, parts: Parts, state: State, row: GridRow) -> bool:
    """Whether a row is the header of a table; the rows after it are then read by it."""
    columns = tier_header(reader, row)
    if columns is not None:
        table = TierTable(columns, parts.tasks[-1].name if state.task is not None else "")
        state.tier_tables.append(table)
        state.row = lambda found: read_tier_row(reader, table, found)
        return True
    tasks = task_header(reader, row)
    if tasks is not None:
        state.task = len(parts.tasks)
        state.row = lambda found: read_task(reader, parts, tasks, found)
        # A header that prints amounts lists the tasks of a declaration, whose indicators are its own.
        state.task = None if "amount" in tasks.values() else state.task
        return True
    budget = budget_header(reader, row)
    if budget is not None:
        state.row = lambda found: read_budget_row(reader, parts, budget, found)
        return True
    return False


def _is_furniture(reader: Reader, row: GridRow) -> bool:
    layout = reader.layout
    alone = len(row.cells) == 1 and layout.is_mark(row.cells[0].text)
    if not (alone or all(layout.is_furniture(cell.text) for cell in row.cells)):
        return False
    for cell in row.cells:
        reader.furniture(cell.place)
    return True


def _take_labels(reader: Reader, parts: Parts, row: GridRow) -> bool:
    """Take 部门名称：… in one cell, or a label with its value in the next cell."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    taken = False
    for index, cell in enumerate(cells):
        label, value = _split_label(reader, cell)
        if label is None:
            continue
        taken = True
        place = cell.place
        if value is None and index + 1 < len(cells):
            following = cells[index + 1]
            value, place = following.text, following.place
            reader.furniture(cell.place)
        _take(reader, parts, cell, label, value or "", place)
    for cell in row.cells:
        if taken and reader.layout.is_furniture(cell.text):
            reader.furniture(cell.place)
    return taken


def _split_label(reader: Reader, cell: Cell) -> tuple[str | None, str | None]:
    """The label of a cell and the value behind its colon; ``None`` for a value in the next cell."""
    layout = reader.layout
    marks = list(_COLON.finditer(fold(cell.text)))
    head = cell.text[: marks[0].start()] if marks else cell.text
    value = cell.text[marks[0].end() :] if marks else None
    person = key(head) in {key(name) for name in layout.people}
    known = lookup(layout.labels, head) is not None
    amount = value is not None and lookup(layout.amounts, head) is not None
    return (head, value) if known or person or amount else (None, None)


def _take(reader: Reader, parts: Parts, cell: Cell, label: str, value: str, place: Healed) -> None:
    layout = reader.layout
    evidence = reader.record(cell.place) if value else ()
    name = lookup(layout.labels, label)
    if not value:
        reader.furniture(cell.place)
    elif key(label) in {key(person) for person in layout.people}:
        parts.people += (PersonalDatum(key(label), value, evidence),)
    elif name is not None:
        evidence = reader.record(place)
        parts.heading(name, value, evidence)
        if name in ("overall_goal", "functions"):
            parts.policies += cited_policies(reader.source, place)
    else:
        labelled_amount(reader, parts, label, value, evidence)
