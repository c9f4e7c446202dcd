"""Whether a row below the header of an indicator table is a sum of its weights and scores."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from budgetkg.forms.indicators.columns import named_leaves
from budgetkg.forms.indicators.continued import is_blank_like
from budgetkg.forms.indicators.leaves import Head
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import SUMS
from budgetkg.reading.grid import Cell
from budgetkg.values import parse_amount

_SUMS_OF_POINTS = SUMS | {"总分", "得分", "总得分", "自评总分", "分值合计", "合计得分"}


def sums_beside(layout: Layout, head: Head, left: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a label left of the table has nothing but points: 总分 |  |  |  | 100, its merge left blank."""
    starts = {leaf.start for leaf in named_leaves(layout, head.leaves)[2]}
    summed = all(cell.column in starts and is_blank_like(cell) for cell in cells)
    return len(left) == 1 and bool(cells) and summed and layout.labels.lookup(left[0].text) is None


def sums_alone(name: Cell, others: Sequence[Cell], points: Collection[int]) -> bool:
    """Whether a name says a sum and has nothing beside it but points: set in the middle of its row."""
    figures = all(other.column in points and parse_amount(other.text) is not None for other in others)
    return name.key in _SUMS_OF_POINTS and bool(others) and figures
