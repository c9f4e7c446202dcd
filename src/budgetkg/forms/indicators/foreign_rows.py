"""Rows at the end of a block that stand in its columns by chance: 制表 | 甲 | 复核 | 乙.

Where the rows above print tiers that some edition knows, a last one that prints two which none knows is an
indicator only where its value or its points say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.forms.indicators.leaves import Leaf
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.reading.grid import GridRow

_BOTH_TIERS = 2
_TIER_LIKE = re.compile("指标|目标|效益|执行")
_TOLD = re.compile(r"^[≥≤≧≦<>=]|^\d+(?:[.,]\d+)*|[%％]$")


def foreign_from(rows: Sequence[tuple[GridRow, bool]], tiers: Sequence[Leaf], told: Sequence[Leaf]) -> int:
    """Where such rows begin, or how many rows there are.

    ``rows`` say whether each was taken for an indicator, ``told`` are columns of values, points and signs.
    """
    end = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        row, named = rows[at]
        if named and not _is_foreign(row, tiers, told):
            break
        above = (text for other, _ in rows[:at] for text in _texts(other, tiers))
        if named and not any(map(tier_of, above)):
            return len(rows)
        end = at if named else end
    return end


def _is_foreign(row: GridRow, tiers: Sequence[Leaf], told: Sequence[Leaf]) -> bool:
    said = _texts(row, tiers)
    if len(said) < _BOTH_TIERS or any(tier_of(text) or _TIER_LIKE.search(text) for text in said):
        return False
    return not any(
        _TOLD.search(cell.key)
        for cell in row.cells
        for leaf in told
        if leaf.start <= cell.column and cell.column + cell.span <= leaf.end
    )


def _texts(row: GridRow, leaves: Sequence[Leaf]) -> list[str]:
    return [cell.text for cell in row.cells if any(leaf.start <= cell.column < leaf.end for leaf in leaves)]
