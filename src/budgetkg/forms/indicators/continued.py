"""Where a table goes on: on the next page, perhaps without the column that stood beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetkg.forms.indicators.columns import named_leaves
from budgetkg.forms.indicators.leaves import Head, Leaf, head_of
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import BLANKS, GOES_ON_ROWS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.values import parse_amount


def moved(row: GridRow, offset: int) -> GridRow:
    """A row whose columns are counted from another edge."""
    if not offset:
        return row
    return replace(row, cells=tuple(replace(cell, column=cell.column + offset) for cell in row.cells))


def offset_of(layout: Layout, head: Head, rows: Sequence[GridRow], at: int) -> int | None:
    """How far the columns of a table that goes on elsewhere stand from those of the header.

    On the next page a table may lack the column that stood beside it, and blank ones behind it. It goes on
    where its tiers and points stand in their columns again; otherwise it is another table.
    """
    part = [row for row in rows[at : at + GOES_ON_ROWS] if row.table == rows[at].table]
    if head_of(layout, part[:4]) is not None:
        return 0 if part[0].width == head.rows[0].width else None
    names, tiers, points, _ = named_leaves(layout, head.leaves)
    best: tuple[int, int] | None = None
    for offset in {0, head.start}:
        good = 0
        for row in (moved(row, offset) for row in part):
            for cell in row.cells:
                tier = tier_of(cell.text) is not None and not cell.key.isdigit()
                if any(leaf.start == cell.column for leaf in tiers):
                    good += 1 if tier else 0
                elif tier and not any(leaf.start == cell.column for leaf in names):
                    good -= 1
                elif any(leaf.start == cell.column for leaf in points):
                    good += 1 if is_blank_like(cell) else -1
        if good > 0 and (best is None or good > best[0]):
            best = good, offset
    if best is None and part[0].width == head.rows[0].width and _are_names(layout, names, part):
        return 0
    return best[1] if best is not None else None


def _are_names(layout: Layout, names: Sequence[Leaf], rows: Sequence[GridRow]) -> bool:
    """Whether most of what stands where the header has its names can be some: no header, no number.

    A sheet that is too wide for a page goes on with its further columns: 执行率 | 得分 over 100% | 10.
    """
    cells = [cell for row in rows for cell in row.cells if any(leaf.start == cell.column for leaf in names)]
    named = sum(not is_blank_like(cell) and layout.tier_columns.lookup(cell.text) is None for cell in cells)
    return not cells or named * 2 > len(cells)


def is_blank_like(cell: Cell) -> bool:
    """Whether a cell holds a number or the mark of a blank."""
    return cell.key in BLANKS or parse_amount(cell.key.rstrip("分%")) is not None
