"""Rows of items by columns of amounts: 支出内容 | 合计 | 财政拨款 | 其他资金 over 设备购置 | 40 | 30 | 10.

The grid tells: every row below the heads has its item under the first of them and amounts under others, so
that no cell is the value of the one beside it, even where a head (财政拨款) is a label elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.headed_texts import is_heading
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.settings import BLANKS, SUMS
from budgetkg.reading.grid import Cell, GridRow

_FEWEST_HEADS = 3  # two may be a label with its value, over another
_FEWEST_ITEMS = 2
_OF_MONEY = ("total", "fiscal_appropriation", "fiscal_special_account", "other", "part", "expenditure",
             "attribute", "period_total", None)  # fmt: skip
_COUNTS = frozenset({"序号", "编号"})
_TIERS = ("tier1", "tier2", "name", "annual_value", "period_value")


@dataclass(frozen=True, slots=True)
class Details:
    """The rows that it takes, what stands beside it, the heads, and each item with its cells by head."""

    rows: int
    beside: tuple[Cell, ...]
    heads: tuple[Cell, ...]
    items: tuple[tuple[Cell, dict[int, Cell]], ...]

    @property
    def columns(self) -> tuple[tuple[Cell, tuple[Cell, ...]], ...]:
        """Each head with the cells under it."""
        first = (self.heads[0], tuple(item for item, _ in self.items))
        others = tuple((head, tuple(cells[head.column] for _, cells in self.items if head.column in cells))
                       for head in self.heads[1:])  # fmt: skip
        return first, *others


def details_of(layout: Layout, rows: Sequence[GridRow]) -> Details | None:
    """The table of items that begins with the first of some rows."""
    top = rows[0]
    below = list(takewhile(lambda row: row.table == top.table, rows[1:]))
    if not top.table or len(below) < _FEWEST_ITEMS or not below[0].cells:
        return None
    beside = tuple(cell for cell in top.cells if cell.column + cell.span <= below[0].cells[0].column)
    heads = top.cells[len(beside) :]
    counted = heads[:1] if heads and heads[0].key in _COUNTS else ()
    heads = heads[len(counted) :]
    if len(heads) < _FEWEST_HEADS or not all(_may_head(layout, cell) for cell in heads):
        return None
    reach = top.number + min((cell.rows for cell in beside if cell.rows > 1), default=len(rows))
    items: list[tuple[Cell, dict[int, Cell]]] = []
    for row in takewhile(lambda row: row.number < reach, below):
        numbers = [cell for cell in row.cells if counted and cell.column == counted[0].column]
        numbers = [cell for cell in numbers if cell.key.isdigit()]
        found = _item(layout, heads, row.cells[len(numbers) :])
        if found is None and counted and not numbers:  # 合计 stands under 序号
            found = _item(layout, (*counted, *heads[1:]), row.cells)
        if found is None:
            break
        items.append(found)
        beside += tuple(numbers)
    own = [cells for item, cells in items if item.key not in SUMS]
    if len(items) < _FEWEST_ITEMS or not own or not _are_columns(heads[1:], own):
        return None
    return Details(1 + len(items), (*beside, *counted), heads, tuple(items))


def _may_head(layout: Layout, cell: Cell) -> bool:
    if not is_heading(cell) or cell.rows > 1:
        return False
    if layout.tier_columns.lookup(cell.text) in _TIERS:
        return False
    named = layout.labels.lookup(cell.text)
    return named in _OF_MONEY and lookup(layout.amounts, cell.text) in _OF_MONEY


def _item(layout: Layout, heads: Sequence[Cell], row: Sequence[Cell]) -> tuple[Cell, dict[int, Cell]] | None:
    """A row of the table: its item, and what stands under the other heads."""
    if not row:
        return None
    item, *others = row
    columns = [head.column for head in heads]
    if item.column != columns[0] or item.rows > 1 or not any(char.isalpha() for char in item.key):
        return None
    if layout.labels.lookup(item.text) not in _OF_MONEY or tier_of(item.text) is not None:
        return None
    if not others or any(cell.column not in columns[1:] for cell in others):
        return None
    pairs = any(_names_money(layout, cell) and money_in(beside.text) for cell, beside in pairwise(others))
    amounts = not pairs and any(money_in(cell.text) is not None for cell in others)
    return (item, {cell.column: cell for cell in others}) if amounts else None


def _names_money(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is a label of money: beside its amount it is none of an item's."""
    named = layout.labels.lookup(cell.text) or lookup(layout.amounts, cell.text)
    return named in _OF_MONEY and named is not None


def _are_columns(heads: Sequence[Cell], rows: Sequence[dict[int, Cell]]) -> bool:
    """Whether some column is of nothing but amounts; one that says a tier (数量) must be of them."""
    numbers = []
    for head in heads:
        under = [row[head.column] for row in rows if head.column in row]
        cells = [cell for cell in under if cell.key not in BLANKS]
        only = bool(cells) and all(money_in(cell.text) is not None for cell in cells)
        if tier_of(head.text) is not None and not only:
            return False
        numbers += [head] if only else []
    return bool(numbers)
