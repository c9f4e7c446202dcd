"""Department forms from rows of cells: labels, budget, tasks and tier tables in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from budgetkg.folding import fold, key
from budgetkg.forms.department.budget import budget_header, labelled_amount, read_budget_row, totals_of
from budgetkg.forms.department.tasks import read_task, task_columns, task_header
from budgetkg.forms.indicators.block import block_of
from budgetkg.forms.indicators.reading import read_block
from budgetkg.forms.indicators.table import IndicatorTable, indicator_header, joined_periods, open_table
from budgetkg.forms.layout.fund_lines import read_funds
from budgetkg.forms.layout.funds import funds_of
from budgetkg.forms.layout.goals import REACHED, goals_of
from budgetkg.forms.layout.layouts import lookup
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader, take_heading, take_note, take_year, take_year_and_unit
from budgetkg.forms.layout.titles import is_title
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amounts, Indicator, PersonalDatum
from budgetkg.values import amounts_from, parse_amount

_COLON = re.compile(r"\s*:\s*")


_WINDOW = 400  # rows that a rule may look at


@dataclass(slots=True)
class State:
    """Which table the lines belong to, and the first column of its header."""

    tables: list[IndicatorTable] = field(default_factory=list)
    row: Callable[[GridRow], None] | None = None
    first_column: int = 0
    task: int | None = None
    task_rows: bool = False
    awaits_goal: bool = False
    taken: set[int] = field(default_factory=set)
    at: int = 0


def read_department(reader: Reader) -> Parts:
    """Read every line of a department form into the parts of a document record."""
    parts, state = Parts(), State()
    at = 0
    while at < len(reader.rows):
        state.at = at
        at += 1 if at in state.taken else _read_rows(reader, parts, state, reader.rows[at : at + _WINDOW])
    for table in state.tables:
        indicators = table.close(reader)
        parts.empty_tiers += tuple(table.empty)
        _give(parts, table.owner, indicators)
    parts.indicators = joined_periods(list(parts.indicators))
    totals = totals_of(reader, parts)
    parts.totals = totals if totals != Amounts() else parts.totals
    return parts


def _give(parts: Parts, owner: str, indicators: tuple[Indicator, ...]) -> None:
    """Hand the indicators of a table to the task it stands under, or to the department."""
    for index, task in enumerate(parts.tasks):
        if owner and task.name == owner:
            task = replace(task, indicators=task.indicators + indicators)
            parts.tasks = (*parts.tasks[:index], task, *parts.tasks[index + 1 :])
            return
    parts.indicators += indicators


def _read_rows(reader: Reader, parts: Parts, state: State, rows: Sequence[GridRow]) -> int:
    """Read the first of some rows; returns how many were read (a header may take several)."""
    row = rows[0]
    parts.unit = parts.unit or next(filter(None, (money_unit(cell.text) for cell in row.cells)), None)
    if is_title(reader, parts, row) or take_year(reader, parts, row.line):
        return 1
    if take_year_and_unit(reader, parts, row) or take_note(reader, row):
        return 1
    count = _take_goals(reader, parts, state, rows) or _take_funds(reader, parts, state, rows)
    if count:
        return count
    count = _starts_table(reader, parts, state, rows)
    if count or _is_furniture(reader, row):
        return count or 1
    if state.task_rows and _leaves_tasks(reader, state, row):
        state.row, state.task, state.task_rows = None, None, False
    if _take_amounts_below(reader, parts, state, rows):
        return 2
    if _take_labels(reader, parts, state, row):
        state.task = None if state.task_rows else state.task
        state.row, state.task_rows = None, False
    elif state.row is not None and reader.may_hold(row):
        state.row(row)
    elif state.awaits_goal and len(row.cells) == 1:
        state.awaits_goal = False
        parts.heading("overall_goal", row.cells[0].text, reader.record(row.place))
        parts.policies += cited_policies(reader.source, row.cells[0].place)
    return 1


def _starts_table(reader: Reader, parts: Parts, state: State, rows: Sequence[GridRow]) -> int:
    """How many rows are the header of a table (0 for none); the rows after it are then read by it."""
    block = block_of(reader.layout, rows) if rows[0].table else None
    if block is not None:
        owner = parts.tasks[-1].name if state.task is not None and parts.tasks else ""
        reading = read_block(reader, block, owner)
        _give(parts, owner, reading.indicators)
        parts.empty_tiers += reading.empty
        parts.attributes += reading.sums
        state.taken |= {state.at + entry.at for entry in block.rows if entry.taken}
        state.row, state.task_rows, state.first_column = None, False, block.head.start
        return len(block.head.rows)
    header = indicator_header(reader, rows[:4])
    state.task_rows = state.task_rows and header is None
    if header is not None:
        # A header of tasks may be printed without a task below it.
        owner = parts.tasks[-1].name if state.task is not None and parts.tasks else ""
        table = open_table(reader, header, owner)
        state.tables.append(table)
        state.first_column = table.first_column
        state.row = lambda found: table.read(reader, found)
        return len(header.rows)
    tasks = task_header(reader, rows[:4])
    if tasks is not None:
        columns = task_columns(reader, tasks)
        state.task = len(parts.tasks)
        state.first_column = min(tasks.columns)
        state.task_rows = True
        state.row = lambda found: read_task(reader, parts, columns, found)
        # A header that prints amounts lists the tasks of a declaration, whose indicators are its own.
        state.task = None if "amount" in tasks.names else state.task
        return len(tasks.rows)
    budget = budget_header(reader, rows[0])
    if budget is None:
        return 0
    state.first_column, state.task_rows = 1 << 30, False
    state.row = lambda found: read_budget_row(reader, parts, budget, found)
    return 1


def _take_goals(reader: Reader, parts: Parts, state: State, rows: Sequence[GridRow]) -> int:
    """Goals under their headings: the year's is the department's, what was reached stands beside it."""
    found = goals_of(reader.layout, rows[:12])
    if found is None or not rows[0].table:
        return 0
    for cell in found.heads:
        reader.furniture(cell.place)
    kinds = {kind: place for kind, _, place in found.texts}
    own = next((kinds[kind] for kind in ("year_goal", "overall_goal", "goal", "period_goal") if kind in kinds), None)
    for kind, head, place in found.texts:
        if place is own:
            parts.heading("overall_goal", place.text, reader.record(place))
            parts.policies += cited_policies(reader.source, place)
        elif kind == REACHED:
            parts.heading("goal_reached", place.text, reader.record(place))
        else:
            parts.attributes += ((key(head.text), place.text),)
            parts.evidence += reader.record(place)
    state.row, state.task_rows, state.task = None, False, None
    return found.rows


def _take_funds(reader: Reader, parts: Parts, state: State, rows: Sequence[GridRow]) -> int:
    """The money of a self-evaluation."""
    found = funds_of(reader.layout, rows[:16]) if rows[0].table else None
    if found is None:
        return 0
    lines = read_funds(reader, found, "", parts.unit)
    parts.funds += lines
    values = {line.source: amount for line in reversed(lines) if line.source
              and (amount := line.initial or line.adjusted or line.executed)}  # fmt: skip
    parts.totals = amounts_from(values)
    parts.totals_evidence += tuple(e for line in lines for e in line.evidence)
    state.row, state.task_rows = None, False
    return found.rows


def _is_furniture(reader: Reader, row: GridRow) -> bool:
    layout = reader.layout
    alone = len(row.cells) == 1 and layout.is_mark(row.cells[0].text)
    if not (alone or all(layout.is_furniture(cell.text) for cell in row.cells)):
        return False
    for cell in row.cells:
        reader.furniture(cell.place)
    return True


def _take_labels(reader: Reader, parts: Parts, state: State, row: GridRow) -> bool:
    """Take 部门名称：… in one cell, or a label with its value in the next cell."""
    furniture = reader.layout.is_furniture
    cells = [cell for at, cell in enumerate(row.cells)
             if not furniture(cell.text) or _has_value(reader, row.cells[at : at + 2])]  # fmt: skip
    if state.row is not None and not _leads_out(reader, state, cells):
        return False
    taken: list[Cell] = []
    for index, cell in enumerate(cells):
        if cell in taken:
            continue
        label, value = _split_label(reader, cell, cells[index + 1 : index + 2])
        if label is None:
            continue
        taken.append(cell)
        place = cell.place
        if value is None and index + 1 < len(cells) and not _names_field(reader, cells[index + 1]):
            following = cells[index + 1]
            value, place = following.text, following.place
            taken.append(following)
            reader.furniture(cell.place)
        state.awaits_goal = not value and reader.layout.labels.lookup(label) == "overall_goal"
        _take(reader, parts, cell, label, value or "", place)
    for cell in row.cells:
        if taken and reader.layout.is_furniture(cell.text):
            reader.furniture(cell.place)
    return bool(taken)


def _leaves_tasks(reader: Reader, state: State, row: GridRow) -> bool:
    """Whether a row under a header of tasks is none: it prints labels of amounts where tasks are named."""
    labels = [cell for cell in row.cells if lookup(reader.layout.amounts, cell.text)]
    return len(labels) > 1 or any(cell.column <= state.first_column for cell in labels)


def _take_amounts_below(reader: Reader, parts: Parts, state: State, rows: Sequence[GridRow]) -> bool:
    """Amounts under a row of their labels: 资金总额 | 财政拨款 | 其他资金, the numbers in the next row."""
    furniture = reader.layout.is_furniture
    if len(rows) < 2:
        return False
    heads, below = ([cell for cell in row.cells if not furniture(cell.text)] for row in rows[:2])
    labels = {cell.column: cell for cell in heads if lookup(reader.layout.amounts, cell.text)}
    numbers = {cell.column: cell for cell in below if parse_amount(cell.text)}
    if len(labels) < 2 or len(labels) < len(heads) or len(numbers) < max(1, len(below)):
        return False
    if not numbers.keys() <= labels.keys():
        return False
    state.row = None
    for cell in (*rows[0].cells, *rows[1].cells):
        reader.furniture(cell.place)
    for at, cell in numbers.items():
        evidence = reader.record(labels[at].place) + reader.record(cell.place)
        labelled_amount(reader, parts, labels[at].text, cell.text, evidence)
    return True


def _has_value(reader: Reader, cells: Sequence[Cell]) -> bool:
    """Whether what is a heading elsewhere (年度目标) is a label here: with its value in the next cell."""
    layout = reader.layout
    if len(cells) < 2:
        return False
    if layout.amounts.lookup(cells[0].text) is not None and parse_amount(cells[1].text) is not None:
        return True
    if layout.labels.lookup(cells[0].text) is None:
        return False
    return not layout.is_furniture(cells[1].text) and _split_label(reader, cells[1], ()) == (None, None)


def _names_field(reader: Reader, cell: Cell) -> bool:
    """Whether a cell is a label itself, and so no value of the one before it."""
    return reader.layout.labels.lookup(cell.text) is not None


def _leads_out(reader: Reader, state: State, cells: list[Cell]) -> bool:
    """Whether a row ends the table that is being read: a label leads it, and no cell of the table."""
    if not cells:
        return False
    label, value = _split_label(reader, cells[0], cells[1:2])
    if label is None or (value is None and reader.layout.labels.lookup(label) is None
                         and not reader.layout.is_person(label)):  # fmt: skip
        return False
    spoken = value is not None or cells[0].key.endswith(":")
    return spoken or reader.layout.is_person(label) or cells[0].column <= state.first_column


def _split_label(reader: Reader, cell: Cell, following: Sequence[Cell]) -> tuple[str | None, str | None]:
    """The label of a cell and the value behind its colon; ``None`` for a value in the next cell."""
    layout = reader.layout
    marks = list(_COLON.finditer(fold(cell.text)))
    head = cell.text[: marks[0].start()] if marks else cell.text
    value = cell.text[marks[0].end() :] if marks else None
    if lookup(layout.labels, cell.text) is not None:
        head, value = cell.text, None
    if lookup(layout.amounts, cell.text) is not None:
        head, value, marks = cell.text, None, []  # 1、资金来源：（1）政府预算资金
    known = lookup(layout.labels, head) is not None
    number = value or "".join(found.text for found in following)
    amount = lookup(layout.amounts, head) is not None and (bool(marks) or parse_amount(number) is not None)
    return (head, value or None) if known or layout.is_person(head) or amount else (None, None)


def _take(reader: Reader, parts: Parts, cell: Cell, label: str, value: str, place: Healed) -> None:
    layout = reader.layout
    name = lookup(layout.labels, label)
    evidence = reader.record(cell.place) if value and name is None else ()
    if not value:
        reader.furniture(cell.place)
    elif layout.is_person(label):
        parts.people += (PersonalDatum(key(label), value, reader.record(place)),)
    elif name == "attribute":
        parts.attributes += ((key(label), value),)
        parts.evidence += reader.record(place)
    elif name is not None:
        take_heading(reader, parts, name, value, place)
        if name in ("overall_goal", "functions"):
            parts.policies += cited_policies(reader.source, place)
    else:
        labelled_amount(reader, parts, label, value, evidence + (reader.record(place) if place else ()))
