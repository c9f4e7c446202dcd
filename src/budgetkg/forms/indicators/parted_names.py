"""A header over tiers and names that is parted below, beside headers that are merged down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgetkg.reading.grid import Cell, GridRow

_KEYS = frozenset({"tier1", "tier2", "tier3", "name"})


def parts_names(rows: Sequence[GridRow], roles_of: Callable[[str], Sequence[str]]) -> bool:
    """Whether a merged header is parted into tiers and names, every other header being merged down.

    指标名称 over 二级指标 | 三级指标, and beside it 本年度计划水平, two rows high. ``roles_of`` says what a
    header may name: the merges alone don't tell a header from a row of the table.
    """
    top = rows[0]
    if len(rows) < 2 or rows[1].table != top.table or not rows[1].cells:
        return False
    wide = [cell for cell in top.cells if cell.span > 1 and cell.rows == 1]
    tall = [cell for cell in top.cells if cell not in wide]
    under = [set(roles_of(cell.text)) for cell in rows[1].cells]
    named = set().union(*under) & _KEYS
    covered = all(
        any(over.column <= cell.column < over.column + over.span for over in wide) for cell in rows[1].cells
    )
    headed = all(under) and len(named) > 1 and "name" in named
    return bool(wide) and bool(tall) and covered and headed and all(cell.rows > 1 for cell in tall)


def behind_sides(top: GridRow, below: GridRow) -> list[Cell]:
    """The headers of a parted header: those from its first parted one on."""
    return [cell for cell in top.cells if cell.column >= below.cells[0].column]
