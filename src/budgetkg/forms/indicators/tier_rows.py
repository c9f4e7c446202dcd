"""First tiers in rows of their own over an indicator table: （一）产出指标 over 二级指标 | 指标值."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetkg.forms.indicators.block import Block, block_of
from budgetkg.forms.indicators.headless import headless_block_of
from budgetkg.forms.indicators.tier_labels import first_tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.grid import Cell, GridRow


def headed_block_of(layout: Layout, rows: Sequence[GridRow], year: int | None = None) -> Block | None:
    """The block whose header is the first of some rows, or the second below the tier of all its rows.

    Also one without a header, where its rows leave no doubt.
    """
    tier = _tier_alone(rows[0])
    if tier is None:
        return block_of(layout, rows, year) or headless_block_of(layout, rows)
    block = block_of(layout, rows[1:], year)
    if block is None or block.has("tier1") or rows[0].table != rows[1].table:
        return None
    return replace(block, heading=tier, rows=tuple(replace(row, at=row.at + 1) for row in block.rows))


def _tier_alone(row: GridRow) -> Cell | None:
    """The only cell of a row where it is a first tier."""
    if len(row.cells) != 1:
        return None
    tier = first_tier_of(row.cells[0].text)
    return row.cells[0] if tier is not None and tier.broader is None else None
