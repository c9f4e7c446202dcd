"""Department forms from rows of cells: labels, budget, tasks and tier tables in one pass."""

from __future__ import annotations

from budgetkg.forms.department import money_rules as money
from budgetkg.forms.department import rules
from budgetkg.forms.department.amounts_below import find_amounts_below, take_amounts_below
from budgetkg.forms.department.budget import told_apart, totals_of
from budgetkg.forms.department.matrix import find_matrix, take_matrix
from budgetkg.forms.department.rules import State, give
from budgetkg.forms.indicators.table import joined_periods
from budgetkg.forms.layout import line_rules as lines
from budgetkg.forms.layout.driver import Rule, drive
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Amounts

RULES: tuple[Rule[State], ...] = (
    (rules.find_unit, rules.take_unit),
    (lines.find_title, lines.take_title_row),
    (lines.find_year_or_unit, lines.take_year_or_unit),
    (lines.find_site_line, lines.take_site_line),
    (lines.find_note, lines.take_note),
    (money.find_columned, money.take_columned),
    (money.find_yearly, money.take_yearly),
    (rules.find_goals, rules.take_goals),
    (money.find_funds, money.take_funds),
    (rules.find_block, rules.take_block),
    (rules.find_drifting_table, rules.take_drifting_table),
    (rules.find_tasks, rules.take_tasks),
    (rules.find_budget, rules.take_budget),
    (lines.find_furniture, lines.take_furniture),
    (rules.find_sum_of_tasks, rules.take_row),
    (rules.find_end_of_tasks, rules.take_end_of_tasks),
    (find_matrix, take_matrix),
    (find_amounts_below, take_amounts_below),
    (rules.find_labels, rules.take_labels),
    (rules.find_row, rules.take_row),
    (rules.find_goal_text, rules.take_goal_text),
)
"""In the order in which they are asked."""


def read_department(reader: Reader) -> Parts:
    """Read every line of a department form into the parts of a document record."""
    state = State(reader)
    drive(state, RULES)
    parts = state.parts
    for table in state.tables:
        indicators = table.close(reader)
        parts.empty_tiers += tuple(table.empty)
        give(parts, table.owner, indicators)
    parts.indicators = joined_periods(list(parts.indicators))
    parts.budget = told_apart(reader.layout, parts.budget)
    totals = totals_of(reader, parts)
    if totals != Amounts():
        parts.totals = totals
        parts.attributes += _further_sums(parts)
    return parts


def _further_sums(parts: Parts) -> tuple[tuple[str, str], ...]:
    """What the row that sums the tasks up prints otherwise than the department's totals."""
    said = ((label, amount, getattr(parts.totals, name)) for name, label, amount in parts.task_sums)
    return tuple((label, one.printed) for label, one, own in said if own is None or own.value != one.value)
