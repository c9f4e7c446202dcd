"""Columns whose headers are on no list, told by the cells below: tiers, and names behind them.

类型 | 内容 | 年度目标值: nobody listed 类型 or 内容, but below the first nothing but tiers is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.settings import LONGEST_HEADER
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.values import parse_amount


def told_by_cells(top: GridRow, rows: Sequence[GridRow], values: Collection[int]) -> dict[int, str]:
    """Column → its field, where the header itself says nothing.

    ``rows`` are those below the header ``top``, ``values`` the columns that it heads as values. Nothing is
    told unless the first row below prints a tier in the last column of tiers and a name beside it.
    """
    below = [row for row in rows if row.table == top.table]
    heads = sorted(top.cells, key=lambda cell: cell.column)
    if not below or not values or any(len(cell.key) > LONGEST_HEADER for cell in heads):
        return {}
    tiers = [cell for cell in heads if cell.column < min(values) and _all_tiers(cell, below)]
    if not tiers:
        return {}
    levels = dict(zip((cell.column for cell in tiers), _levels(tiers, below), strict=True))
    behind = [cell for cell in heads if tiers[-1].column < cell.column < min(values)]
    if len(behind) != 1 or not _all_named(behind[0], below):
        return {}
    return levels | {behind[0].column: "name"}


def _under(head: Cell, rows: Sequence[GridRow]) -> list[list[Cell]]:
    end = head.column + head.span
    return [[cell for cell in row.cells if head.column <= cell.column < end] for row in rows]


def _all_tiers(head: Cell, rows: Sequence[GridRow]) -> bool:
    """Whether the first row prints a tier under a header, and every other row one or nothing."""
    under = _under(head, rows)
    texts = [cell.text for cells in under for cell in cells]
    return bool(under[0]) and all(tier_of(text) is not None and not text.isdigit() for text in texts)


def _levels(tiers: Sequence[Cell], rows: Sequence[GridRow]) -> list[str]:
    if len(tiers) > 1:
        return ["tier1", "tier2", *["tier3"] * (len(tiers) - 2)]
    found = [tier_of(cell.text) for cells in _under(tiers[0], rows) for cell in cells]
    return ["tier2" if all(tier is not None and tier.broader for tier in found) else "tier1"]


def _all_named(head: Cell, rows: Sequence[GridRow]) -> bool:
    """Whether every row prints one text under a header that is no number and no tier."""
    return all(
        len(cells) == 1 and parse_amount(cells[0].text) is None and tier_of(cells[0].text) is None
        for cells in _under(head, rows)
    )
