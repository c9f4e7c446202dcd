"""What stands left of an indicator table: the heading beside its header and rows, or that of another part."""

from __future__ import annotations

from budgetkg.forms.indicators.leaves import Head
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.grid import Cell, GridRow


def begins_part(layout: Layout, head: Head, row: GridRow, cell: Cell) -> bool:
    """Whether another heading than the header's is merged down beside a row, below it: 任务二."""
    top = head.rows[0]
    if any(tier_of(other.text) is not None for other in row.cells):
        return False  # tiers stand beside it: the heading of the table, cut by a page
    if not head.sides or row.table != top.table or cell.rows == 1 or tier_of(cell.text) is not None:
        return False
    reach = max(side.rows for side in head.sides)
    ended = reach > len(head.rows) and row.number > top.number + reach - 1
    own = (
        cell.key in {side.key for side in head.sides}
        or layout.column_groups.lookup(cell.text) == "indicators"
    )
    return ended and not own


def is_beside(layout: Layout, head: Head, cell: Cell, others: list[Cell]) -> bool:
    """Whether a cell stands beside the table: what stood beside its header, or more of it (绩效指 | 标)."""
    beside = [side.key for side in head.sides]
    if cell.key in beside or layout.is_furniture(cell.text):
        return True
    part = any(cell.key in text or text + cell.key in layout.furniture_labels for text in beside)
    return bool(others) and (part or (bool(beside) and cell.rows > 1 and len(others) > 1))
