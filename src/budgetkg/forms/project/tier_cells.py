"""Indicators inside cells under 产出指标, 效益指标, … beside a project: one cell of them all."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.header import Header
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed


def joined_under_tiers(header: Header, cells: Sequence[Cell]) -> Cell:
    """The cells of a row as one text, each behind the header over it in brackets: 【产出指标】…."""
    whole = Healed()
    heads = [head for above in header.rows for head in above.cells if tier_of(head.text)]
    for cell in cells:
        head = next(head for head in heads if head.column == cell.column)
        offsets = head.place.offsets
        mark = Healed(f"【{head.place.text}】", (offsets[0], *offsets, offsets[-1]))
        whole = Healed(
            whole.text + mark.text + cell.place.text, whole.offsets + mark.offsets + cell.place.offsets
        )
    return Cell(cells[0].column, whole.text, whole)
