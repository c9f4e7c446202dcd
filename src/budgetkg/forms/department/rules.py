"""The rules by which the rows of a department form are read, each with the taking of what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from budgetkg.forms.department.budget import BudgetTable, budget_header, read_budget_row
from budgetkg.forms.department.labels import (
    Labelled,
    is_blank_money,
    labels_of,
    leads_out,
    take_value,
    worded,
)
from budgetkg.forms.department.task_head import heading_beside
from budgetkg.forms.department.tasks import is_total, read_task, task_columns, task_header
from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.drift import holds
from budgetkg.forms.indicators.margins import with_margin
from budgetkg.forms.indicators.reading import read_block
from budgetkg.forms.indicators.table import IndicatorTable, indicator_header, open_table
from budgetkg.forms.indicators.tier_rows import headed_block_of
from budgetkg.forms.layout.driver import Progress, Rows
from budgetkg.forms.layout.goal_rows import goal_rows
from budgetkg.forms.layout.goals import OF_YEAR, REACHED, Goals, goals_of
from budgetkg.forms.layout.header import Header
from budgetkg.forms.layout.layouts import lookup
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.settings import GOAL_ROWS, HEADER_ROWS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key

_NTH = re.compile(r"任务[一二三四五六七八九十\d]")
_OWN_GOAL = ("year_goal", "overall_goal", "goal", "period_goal")


@dataclass(slots=True)
class State(Progress):
    """Which table the rows belong to, and the first column of its header."""

    tables: list[IndicatorTable] = field(default_factory=list)
    row: Callable[[GridRow], None] | None = None
    first_column: int = 0
    task: int | None = None
    task_end: int | None = None  # the row to which the heading of the tasks reaches
    task_rows: bool = False
    awaits_goal: bool = False
    unit_at: int = -1

    @property
    def owner(self) -> str:
        """The task whose indicators follow: the only one under its header, which what follows is no longer.

        Below a list of several, or below the heading merged down beside a list, they are the department's.
        """
        row = self.reader.rows[self.at]
        ended = self.task_end is not None and row.table > 0 and row.number > self.task_end
        alone = self.task is not None and len(self.parts.tasks) == self.task + 1 and not ended
        return self.parts.tasks[-1].name if alone else ""

    def leave_table(self) -> None:
        """What follows belongs to no table."""
        self.row, self.task_rows = None, False


def give(parts: Parts, owner: str, indicators: tuple[Indicator, ...]) -> None:
    """Hand the indicators of a table to the task it stands under, or to the department."""
    for index, task in enumerate(parts.tasks):
        if owner and task.name == owner:
            task = replace(task, indicators=task.indicators + indicators)
            parts.tasks = (*parts.tasks[:index], task, *parts.tasks[index + 1 :])
            return
    parts.indicators += indicators


def find_unit(state: State, rows: Rows) -> GridRow | None:
    """Any row may print the money unit, whatever else it is."""
    return rows[0] if state.parts.unit is None and state.unit_at != state.at else None


def take_unit(state: State, rows: Rows, found: GridRow) -> int:
    """The row is read by another rule then."""
    state.unit_at = state.at
    state.see_unit(found.cells)
    return 0


def find_goals(state: State, rows: Rows) -> Goals | None:
    """Goals under their headings; in a dump only where two of them stand side by side."""
    layout = state.reader.layout
    found = goal_rows(layout, rows[:GOAL_ROWS]) or goals_of(layout, rows[:GOAL_ROWS])
    several = found is not None and bool({REACHED, "period_goal"} & {kind for kind, _, _ in found.texts})
    return found if rows[0].table or several else None


def take_goals(state: State, rows: Rows, found: Goals) -> int:
    """The year's goal is the department's, what was reached stands beside it."""
    reader, parts = state.reader, state.parts
    for cell in found.heads:
        reader.furniture(cell.place)
    reader.goal_heads.extend(head for kind, head, _ in found.texts if kind in OF_YEAR)
    kinds = {kind: place for kind, _, place in found.texts}
    own = next((kinds[kind] for kind in _OWN_GOAL if kind in kinds), None)
    for kind, head, place in found.texts:
        if place is own:
            parts.heading("overall_goal", place.text, reader.record(place))
            parts.policies += cited_policies(reader.source, place)
        elif kind == REACHED:
            parts.heading("goal_reached", place.text, reader.record(place))
        else:
            parts.attributes += ((key(head.text), place.text),)
            parts.evidence += reader.record(place)
    state.leave_table()
    state.task = None
    return found.rows


def find_block(state: State, rows: Rows) -> Block | None:
    """An indicator table whose columns hold: those of a table do, those of a dump may have drifted."""
    found = headed_block_of(state.reader.layout, rows, year_of(state.parts))
    return found if found is not None and (rows[0].table or holds(found, rows)) else None


def take_block(state: State, rows: Rows, found: Block) -> int:
    """Its rows are taken wherever they stand."""
    parts, owner = state.parts, state.owner
    reading = read_block(state.reader, found, owner)
    give(parts, owner, with_margin(found, reading.indicators))
    parts.empty_tiers += reading.empty
    parts.attributes += reading.sums
    state.taken |= {state.at + entry.at for entry in found.rows if entry.taken}
    state.leave_table()
    state.first_column = found.head.start
    return found.depth


def find_drifting_table(state: State, rows: Rows) -> Header | None:
    """The header of an indicator table in a dump, whose cells may have drifted out of their columns."""
    return indicator_header(state.reader, rows[: HEADER_ROWS + 1])


def take_drifting_table(state: State, rows: Rows, found: Header) -> int:
    """The rows after it are read by it."""
    table = open_table(state.reader, found, state.owner)
    state.tables.append(table)
    state.first_column, state.task_rows = table.first_column, False
    state.row = lambda row: table.read(state.reader, row)
    return len(found.rows)


def find_tasks(state: State, rows: Rows) -> Header | None:
    """The header of a list of tasks."""
    return task_header(state.reader, rows[: HEADER_ROWS + 1])


def take_tasks(state: State, rows: Rows, found: Header) -> int:
    """One that prints amounts lists the tasks of a declaration, whose indicators are its own."""
    columns = task_columns(state.reader, found, rows[len(found.rows) :])
    side = heading_beside(found)
    numbered = side is not None and _NTH.search(side.key) is not None
    state.task = None if "amount" in found.names and not numbered else len(state.parts.tasks)
    state.task_end = None if side is None or numbered else rows[0].number + side.rows - 1
    state.first_column, state.task_rows = min(found.columns), True
    heads = {at: column.text for at, column in found.columns.items()}
    state.row = lambda row: read_task(state.reader, state.parts, columns, row, heads)
    return len(found.rows)


def find_budget(state: State, rows: Rows) -> BudgetTable | None:
    """The header of the budget's pairs of label and amount."""
    return budget_header(state.reader.layout, rows[0])


def take_budget(state: State, rows: Rows, found: BudgetTable) -> int:
    """The rows after it are read by it."""
    for cell in rows[0].cells:
        state.reader.furniture(cell.place)
    state.first_column, state.task_rows = 1 << 30, False
    state.row = lambda row: read_budget_row(state.reader, state.parts, found, row)
    return 1


def find_sum_of_tasks(state: State, rows: Rows) -> GridRow | None:
    """The row of a table that sums up the tasks, which is read like theirs."""
    own = state.task_rows and rows[0].table > 0 and state.row is not None
    return rows[0] if own and is_total([cell for cell in rows[0].cells if not cell.key.isspace()]) else None


def find_end_of_tasks(state: State, rows: Rows) -> GridRow | None:
    """A row under a header of tasks that is none: it prints labels of amounts where tasks are named."""
    layout = state.reader.layout
    labels = [cell for cell in rows[0].cells if lookup(layout.amounts, cell.text)]
    ends = len(labels) > 1 or any(cell.column <= state.first_column for cell in labels)
    return rows[0] if state.task_rows and ends else None


def take_end_of_tasks(state: State, rows: Rows, found: GridRow) -> int:
    """The row itself is read by another rule then."""
    state.leave_table()
    state.task = None
    return 0


def find_labels(state: State, rows: Rows) -> tuple[Labelled, ...] | None:
    """Labels with their values, where no table goes on."""
    layout = state.reader.layout
    if state.row is not None and not leads_out(layout, worded(layout, rows[0]), state.first_column):
        return None
    return labels_of(layout, rows[0]) or None


def take_labels(state: State, rows: Rows, found: tuple[Labelled, ...]) -> int:
    """Each value where its label says."""
    layout = state.reader.layout
    for pair in found:
        if pair.beside:
            state.reader.furniture(pair.cell.place)
        state.awaits_goal = not pair.value and layout.labels.lookup(pair.label) == "overall_goal"
        take_value(state.reader, state.parts, pair)
    money = any(lookup(layout.amounts, pair.label) for pair in found)
    for cell, beside in zip(rows[0].cells, (*rows[0].cells[1:], None), strict=True):
        if layout.is_furniture(cell.text) or (money and is_blank_money(cell, beside)):
            state.reader.furniture(cell.place)
    state.task = None if state.task_rows else state.task
    state.leave_table()
    return 1


def find_row(state: State, rows: Rows) -> GridRow | None:
    """A row of the table that is being read."""
    return rows[0] if state.row is not None and state.reader.may_hold(rows[0]) else None


def take_row(state: State, rows: Rows, found: GridRow) -> int:
    """Its table reads it."""
    if state.row is not None:
        state.row(found)
    return 1


def find_goal_text(state: State, rows: Rows) -> Cell | None:
    """The goal below its label, alone in its row."""
    return rows[0].cells[0] if state.awaits_goal and len(rows[0].cells) == 1 else None


def take_goal_text(state: State, rows: Rows, found: Cell) -> int:
    """It is the department's."""
    state.awaits_goal = False
    state.parts.heading("overall_goal", found.text, state.reader.record(found.place))
    state.parts.policies += cited_policies(state.reader.source, found.place)
    return 1
