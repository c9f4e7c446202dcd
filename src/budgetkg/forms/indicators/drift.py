"""Whether a table in a dump has kept its columns, so that it can be read by them."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.forms.indicators.block import Block, Kind
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.reading.grid import GridRow

_SAID = frozenset({"annual_value", "period_value"})  # without one of them a row has slid


def holds(block: Block, rows: Sequence[GridRow]) -> bool:
    """Whether the cells of a dump have kept their columns: tiers where tiers are headed, and nowhere else.

    ``rows`` are those that the block was found in; one with a tier behind its end has drifted out of it.
    """
    if not all(column.role for column in block.columns):
        return False
    if any(entry.kind is Kind.OTHER for entry in block.rows):
        return False
    last = block.columns[-1].leaf.end
    for entry in block.rows:
        roles = {column.role for cell in entry.row.cells if (column := block.at(cell.column))}
        if entry.kind is Kind.INDICATOR and not roles & _SAID:
            return False
        for cell in entry.row.cells:
            column = block.at(cell.column)
            tier = tier_of(cell.text) is not None and not cell.key.isdigit()
            in_tiers = column is not None and column.role in ("tier1", "tier2")
            if entry.kind is Kind.INDICATOR and (cell.column >= last or tier != in_tiers):
                return False
    end = 1 + max((entry.at for entry in block.rows if entry.taken), default=len(block.head.rows) - 1)
    behind = rows[end].cells[:2] if end < len(rows) else ()
    return bool(block.rows) and not any(tier_of(cell.text) for cell in behind)
