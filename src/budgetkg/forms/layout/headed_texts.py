"""Tables of texts that a form prints beside its own: lists with counted rows, remarks under headings.

The grid tells: 序号 | 乡镇 | 建设内容 over rows that count 1 2 3 is a list; 情况说明 | 存在问题 over rows
that have one cell more, at their left, heads the texts of these rows. So no cell of theirs is the value
of the cell before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.goals import goal_kind
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.settings import LONGEST_LABEL, SUMS
from budgetkg.reading.grid import Cell, GridRow, joined

Columns = tuple[tuple[Cell, tuple[Cell, ...]], ...]
Found = tuple[int, tuple[Cell, ...], Columns]
"""Rows of a table, the cells beside it, each heading with the cells under it."""

_FEWEST_HEADS = 3  # of a list; of remarks two
_FEWEST_ROWS = 2
_TIERS = ("tier1", "tier2", "name")


def list_of(layout: Layout, rows: Sequence[GridRow]) -> Found | None:
    """A list whose rows are counted in its first column, a sum below them."""
    heads = rows[0].cells
    if len(heads) < _FEWEST_HEADS or any(not is_heading(cell) or _is_tier(layout, cell) for cell in heads):
        return None
    body: list[tuple[Cell, ...]] = []
    counted = 0
    for row in takewhile(lambda row: row.table == rows[0].table, rows[1:]):
        under = [_above(heads, cell) for cell in row.cells]
        if not row.cells or None in under or len(set(under)) < len(under) or under[0] != 0:
            break
        first = row.cells[0].key
        if first not in SUMS and first != str(counted + 1):
            break
        counted += first not in SUMS
        body.append(row.cells)
    if counted < _FEWEST_ROWS or not rows[0].table:
        return None
    columns = tuple((head, tuple(cell for cells in body for cell in cells if _above(heads, cell) == at))
                    for at, head in enumerate(heads))  # fmt: skip
    return 1 + len(body), (), columns


def remarks_of(layout: Layout, rows: Sequence[GridRow]) -> Found | None:
    """Headings over texts, each row of which has its own label left of them."""
    top = rows[0]
    below = list(takewhile(lambda row: row.table == top.table, rows[1:]))
    if not top.table or len(below) < _FEWEST_ROWS or not below[0].cells:
        return None
    label = below[0].cells[0]
    sides = tuple(cell for cell in top.cells if cell.column <= label.column)
    heads = top.cells[len(sides) :]
    if len(heads) < 2 or len(sides) > 1 or any(side.column == label.column for side in sides):
        return None
    if any(_is_known(layout, cell) for cell in heads):
        return None
    places = [cell.column for cell in heads]
    columns: dict[int, list[Cell]] = {at: [] for at in places}
    count = 1
    for row in below:
        own, *texts = row.cells or (None,)
        if own is None or own.column != label.column or _is_known(layout, own):
            break
        if [cell.column for cell in texts] != places or any(money_in(cell.text) for cell in texts):
            break
        labelled = Cell(texts[0].column, f"{own.text}：{texts[0].text}", joined(own, texts[0]))
        for at, cell in zip(places, (labelled, *texts[1:]), strict=True):
            columns[at].append(cell)
        count += 1
    if count <= _FEWEST_ROWS:
        return None
    return count, sides, tuple((head, tuple(columns[head.column])) for head in heads)


def is_heading(cell: Cell) -> bool:
    """Whether a cell may head others: a few words, no amount, no sentence, no label with its value."""
    plain = cell.key
    says = any(char.isalpha() for char in plain) and len(plain) <= LONGEST_LABEL
    return says and money_in(cell.text) is None and not re.search(r":.|[。；;]", plain)


def _is_tier(layout: Layout, cell: Cell) -> bool:
    return layout.tier_columns.lookup(cell.text) in _TIERS or tier_of(cell.text) is not None


def _is_known(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is no heading of remarks, or one that the form has a field for."""
    named = layout.labels.lookup(cell.text) or layout.amounts.lookup(cell.text)
    known = named is not None or _is_tier(layout, cell) or goal_kind(layout, cell.text) is not None
    return known or not is_heading(cell)


def _above(heads: Sequence[Cell], cell: Cell) -> int | None:
    return next(
        (at for at, head in enumerate(heads) if head.column <= cell.column < head.column + head.span), None
    )
