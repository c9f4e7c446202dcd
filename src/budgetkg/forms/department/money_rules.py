"""The rules of a department form that read its money: in columns, by year, by source."""

from __future__ import annotations

from dataclasses import replace

from budgetkg.forms.department import columned
from budgetkg.forms.department.rules import State
from budgetkg.forms.department.tasks import task_header
from budgetkg.forms.department.yearly import take_yearly_amounts
from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.fund_lines import read_funds
from budgetkg.forms.layout.funds import Funds, funds_of
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.layout.yearly import Yearly, yearly_of
from budgetkg.forms.settings import FUND_ROWS, HEADER_ROWS
from budgetkg.records import Amounts
from budgetkg.values import amounts_from


def find_columned(state: State, rows: Rows) -> columned.Columned | None:
    """Heads in columns over the only row of their values."""
    if not rows[0].table or task_header(state.reader, rows[: HEADER_ROWS + 1]) is not None:
        return None
    return columned.columned_of(state.reader.layout, rows)


def take_columned(state: State, rows: Rows, found: columned.Columned) -> int:
    """Each value where its head says."""
    state.leave_table()
    return columned.take_columned(state.reader, state.parts, found)


def find_yearly(state: State, rows: Rows) -> Yearly | None:
    """Amounts of several years side by side."""
    return yearly_of(rows[:FUND_ROWS], year_of(state.parts)) if rows[0].table else None


def take_yearly(state: State, rows: Rows, found: Yearly) -> int:
    """The department's own year is taken, what another year got is quoted."""
    take_yearly_amounts(state.reader, state.parts, found)
    state.leave_table()
    return found.rows


def find_funds(state: State, rows: Rows) -> Funds | None:
    """The money of a self-evaluation; a header of tasks with their amounts heads no money of its own."""
    if task_header(state.reader, rows[: HEADER_ROWS + 1]) is not None:
        return None
    return funds_of(state.reader.layout, rows[:FUND_ROWS])


def take_funds(state: State, rows: Rows, found: Funds) -> int:
    """The first column of money is what the department's totals are."""
    parts = state.parts
    lines = read_funds(state.reader, found, "", parts.unit)
    parts.funds += lines
    values = {line.source: replace(amount, label=line.label) for line in reversed(lines) if line.source
              and (amount := line.initial or line.adjusted or line.executed)}  # fmt: skip
    parts.totals = amounts_from(values) if parts.totals == Amounts() else parts.totals
    parts.totals_evidence += tuple(e for line in lines for e in line.evidence)
    state.leave_table()
    return found.rows
