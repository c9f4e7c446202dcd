"""A project's amounts under heads in two rows: 财政拨款 | 其他资金 over 本年 | 上年结转, each over a number.

The grid tells: every number stands under the lowest head that begins in its column. A sum under a source is
the source's, what else it is parted into keeps both heads.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.project.fields import Label, label_of, take
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.project.listed_amounts import AMOUNTS
from budgetkg.forms.project.pair_shapes import says_money
from budgetkg.forms.settings import LONGEST_LABEL, SUMS
from budgetkg.reading.grid import Cell, GridRow, cells_over
from budgetkg.reading.source import Healed

_ROWS = 3
_FEWEST = 3  # amounts


@dataclass(frozen=True, slots=True)
class Grouped:
    """The cells that head and stand beside the amounts, and each amount with its label."""

    heads: tuple[Cell, ...]
    amounts: tuple[tuple[Label, Cell], ...]


def find_grouped(state: State, rows: Rows) -> Grouped | None:
    """Two rows of heads over a row of numbers."""
    return grouped_of(state.reader.layout, rows[:_ROWS])


def take_grouped(state: State, rows: Rows, found: Grouped) -> int:
    """Each number to the heads over it."""
    state.see_label_unit(found.heads)
    for cell in found.heads:
        state.reader.furniture(cell.place)
    for label, cell in found.amounts:
        take(state.reader, state.form, label, cell.text, cell.place, cell.column, state.parts.unit)
    return _ROWS


def grouped_of(layout: Layout, rows: Rows) -> Grouped | None:
    """The amounts that begin with the first of some rows."""
    if len(rows) < _ROWS or not rows[0].table or len({row.table for row in rows}) > 1:
        return None
    top, lower, last = rows
    if not (last.cells and lower.cells) or any(money_in(cell.text) is None for cell in last.cells):
        return None
    first = last.cells[0].column
    sides = [cell for cell in top.cells if cell.column < first]
    over = [cell for cell in top.cells if cell.column >= first]
    if len(last.cells) < _FEWEST or not all(map(says_money, sides)) or not _are_heads(over, lower):
        return None
    lowest = {cell.column: cell for cell in (*over, *lower.cells)}
    if {cell.column for cell in last.cells} != lowest.keys():
        return None
    parents = {cell.column: parent for cell, parent, _ in cells_over(top, lower) if parent is not None}
    labels = {at: _label(layout, parents.get(at), cell) for at, cell in lowest.items()}
    if not any(label.name in AMOUNTS for label in labels.values()):
        return None
    return Grouped((*top.cells, *lower.cells), tuple((labels[cell.column], cell) for cell in last.cells))


def _are_heads(over: list[Cell], lower: GridRow) -> bool:
    """Whether the upper heads part into several lower ones, or reach down beside them."""
    columns = [cell.column for cell in lower.cells]
    parted = all(cell.rows > 1 or sum(cell.column <= at < cell.column + cell.span for at in columns) > 1
                 for cell in over)  # fmt: skip
    words = all(
        money_in(cell.text) is None and len(cell.key) <= LONGEST_LABEL for cell in (*over, *lower.cells)
    )
    return bool(over) and parted and words


def _label(layout: Layout, parent: Cell | None, own: Cell) -> Label:
    """The label of an amount by its heads."""
    if parent is None or parent.rows > 1:
        return label_of(layout, own) or Label("attribute", own.key, Healed())
    above = label_of(layout, parent)
    if own.key in SUMS and above is not None:
        return above
    return Label("attribute", f"{parent.key} {own.key}", Healed())
