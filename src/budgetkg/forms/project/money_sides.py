"""Income and expenditure beside each other in a one-project form: 收入 | 支出 over labels with their amounts.

The grid tells: each heading is as wide as a label and its amount, and such pairs stand under it in every row
below. So the heading is no value of the label at its side (项目资金（万元） | 收入).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.project.fields import Label, label_of, take
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.project.listed_amounts import AMOUNTS
from budgetkg.forms.project.pair_shapes import says_money
from budgetkg.forms.settings import BLANKS, FUND_ROWS, LONGEST_LABEL, SUMS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key

_FEWEST = 2  # headings
_INCOME = ("收入", "来源", "筹集")
_SUM = (*sorted(SUMS), "总额")


@dataclass(frozen=True, slots=True)
class Line:
    """A label with its amount, blank where none is filled in, under the heading of its side."""

    head: Cell
    label: Cell
    amount: Cell | None


@dataclass(frozen=True, slots=True)
class Sides:
    """How many rows the table takes, what only heads it, its lines."""

    rows: int
    heads: tuple[Cell, ...]
    lines: tuple[Line, ...]


def find_sides(state: State, rows: Rows) -> Sides | None:
    """Two headings or more, with nothing but labels and their amounts under each."""
    return sides_of(state.reader.layout, rows[:FUND_ROWS])


def sides_of(layout: Layout, rows: Sequence[GridRow]) -> Sides | None:
    """The table that begins with the first of some rows."""
    top, below = rows[0], rows[1] if len(rows) > 1 else None
    if below is None or not below.cells or below.table != top.table or not top.cells:
        return None
    side = top.cells[:1] if top.cells[0].column < below.cells[0].column else ()
    heads = top.cells[len(side) :]
    if len(heads) < _FEWEST or not all(says_money(cell) for cell in side):
        return None
    if any(not _is_heading(layout, cell) for cell in heads):
        return None
    lines: list[Line] = []
    own = takewhile(lambda row: row.table == top.table and bool(row.cells), rows[1:])
    count = 1
    for row in own:
        found = _lines(heads, row)
        if found is None:
            break
        lines += found
        count += 1
    if len({line.head.column for line in lines}) < _FEWEST:
        return None
    return Sides(count, (*side, *heads), tuple(lines))


def take_sides(state: State, rows: Rows, found: Sides) -> int:
    """Income by its sources is the project's money; what it is spent on stands beside it as printed."""
    reader, form = state.reader, state.form
    state.see_label_unit([*found.heads, *(line.label for line in found.lines)])
    for cell in (*found.heads, *(line.label for line in found.lines)):
        reader.furniture(cell.place)
    for line in found.lines:
        if line.amount is None or line.amount.key in BLANKS:
            continue
        label = _label(reader.layout, line, found.lines)
        take(reader, form, label, line.amount.text, line.amount.place, line.amount.column, state.parts.unit)
    state.parts.amount_places += 1
    return found.rows


def _is_heading(layout: Layout, cell: Cell) -> bool:
    words = any(char.isalpha() for char in cell.key) and not any(char.isdigit() for char in cell.key)
    return words and len(cell.key) <= LONGEST_LABEL and label_of(layout, cell) is None


def _lines(heads: Sequence[Cell], row: GridRow) -> list[Line] | None:
    """The lines of a row; ``None`` where anything in it is no label or amount of them."""
    found: list[Line] = []
    for at, head in enumerate(heads):
        end = heads[at + 1].column if at + 1 < len(heads) else 1 << 30
        cells = [cell for cell in row.cells if head.column <= cell.column < end]
        if not cells:
            continue
        label, *rest = cells
        if len(rest) > 1 or label.column != head.column or money_in(label.text) is not None:
            return None
        if any(money_in(cell.text) is None and cell.key not in BLANKS for cell in rest):
            return None
        found.append(Line(head, label, next(iter(rest), None)))
    whole = sum(1 if line.amount is None else 2 for line in found)
    filled = any(line.amount is not None for line in found)
    return found if filled and whole == len(row.cells) else None


def _label(layout: Layout, line: Line, lines: Sequence[Line]) -> Label:
    """The field of an amount: its label's, the total where it is the sum of its side; else none."""
    said = label_of(layout, line.label)
    words = line.label.key.rstrip(":")
    if not any(word in line.head.key for word in _INCOME):
        return Label("attribute", words if line.head.key in words else line.head.key + words, Healed())
    if said is not None and said.name in (*AMOUNTS, "attribute"):
        return said
    return Label("total" if _is_sum(line, lines) else "attribute", words, Healed())


def _is_sum(line: Line, lines: Sequence[Line]) -> bool:
    """Whether an amount is called a sum, and is that of the others on its side."""
    others = [one.amount for one in lines if one.head is line.head and one is not line and one.amount]
    values = [money.amount.value for cell in others if (money := money_in(cell.text))]
    own = money_in(line.amount.text) if line.amount is not None else None
    called = key(line.label.text).rstrip(":").endswith(_SUM)
    return called and own is not None and own.amount.value == sum(values, Decimal(0))
