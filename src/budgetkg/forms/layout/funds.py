"""The money of a self-evaluation: a small table of 年初预算数, 全年预算数, 全年执行数, 执行率 by source.

Found by shape: a row of at least two headings of money, below it rows of a label and what stands under the
headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.names_index import spellings
from budgetkg.forms.settings import BLANKS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key

_SOURCES = frozenset(
    {"total", "fiscal_appropriation", "fiscal_special_account", "other", "part", "period_total", "attribute",
     "expenditure", None}
)  # fmt: skip
MONEY = ("initial", "adjusted", "executed")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label, its cells by field, and those under no known heading."""

    label: Cell
    cells: dict[str, Cell]
    others: tuple[Cell, ...]
    row: GridRow


@dataclass(frozen=True, slots=True)
class Funds:
    """The table: how many rows it takes, the cells that head it, its lines."""

    rows: int
    heads: tuple[Cell, ...]
    unknown: tuple[Cell, ...]
    lines: tuple[Line, ...]


@cache
def _names(layout: Layout) -> dict[str, str]:
    return {key(text).rstrip(":"): role for role, texts in layout.fund_columns.items() for text in texts}


def fund_role(layout: Layout, text: str) -> str | None:
    """The field that a heading of money names."""
    names = _names(layout)
    return next((names[form] for form in spellings(text) if form in names), None)


def funds_of(layout: Layout, rows: Sequence[GridRow]) -> Funds | None:
    """The money table that begins with the first of some rows."""
    row = rows[0]
    named = [(cell, role) for cell in row.cells if (role := fund_role(layout, cell.text))]
    if len(named) < 2 or not any(role in MONEY for _, role in named):
        return None
    first = named[0][0].column
    heads: dict[str, Cell] = {}
    for cell, role in named:
        heads.setdefault(role, cell)
    side = [cell for cell in row.cells if cell.column < first]
    start = max((cell.column + cell.span for cell in side if cell.rows > 1), default=0)
    reach = min((cell.rows for cell in side if cell.rows > 1), default=0)
    lines = []
    for below in rows[1:]:
        line = _line(heads, below, row, start, first)
        if line is None or (reach and below.number >= row.number + reach):
            break
        if not _is_money(layout, line):
            break
        lines.append(line)
    if not lines or not any(money_in(cell.text) for line in lines for cell in line.cells.values()):
        return None
    unknown = tuple(cell for cell in row.cells if cell.column > first and cell not in heads.values())
    return Funds(1 + len(lines), (*side, *heads.values()), unknown, tuple(lines))


def _is_money(layout: Layout, line: Line) -> bool:
    """Whether a row says money: its label names none other than a source, and its amounts are amounts."""
    named = layout.labels.lookup(line.label.text) or layout.amounts.lookup(line.label.text)
    if named not in _SOURCES or any(
        money_in(cell.text) is None and cell.key not in BLANKS
        for role, cell in line.cells.items()
        if role in MONEY
    ):
        return False
    return named is not None or any(money_in(line.cells[role].text) for role in MONEY if role in line.cells)


def _line(heads: dict[str, Cell], row: GridRow, top: GridRow, start: int, first: int) -> Line | None:
    if row.table != top.table or not row.cells:
        return None
    label = row.cells[0]
    if not start <= label.column < first or label.column + label.span > first:
        return None
    if label.rows > 1 or money_in(label.text):
        return None
    cells: dict[str, Cell] = {}
    others = []
    for cell in row.cells[1:]:
        role = next((role for role, head in heads.items()
                     if head.column <= cell.column < head.column + head.span), None)  # fmt: skip
        if role is None or role in cells:
            others.append(cell)
        else:
            cells[role] = cell
    return Line(label, cells, tuple(others), row)
