"""Indicators inside cells under 产出指标, 效益指标, … beside a project: one cell of them all."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.header import Header
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed


def joined_under_tiers(header: Header, cells: Sequence[Cell]) -> Cell:
    """The cells of a row as one text, each behind the tiers over it in brackets: 【产出指标-数量指标】…."""
    whole = Healed()
    heads = [head for above in header.rows for head in above.cells if tier_of(head.text)]
    for cell in cells:
        over = [head.place for head in heads if head.column <= cell.column < head.column + head.span]
        upper = f"{over[0].text}-" if over[0].text != over[-1].text else ""
        # All of the mark has the place of the lower head: a jump to another row would part it as lines are.
        first, last = over[-1].offsets[0], over[-1].offsets[-1]
        offsets = (*[first] * (len(upper) + 1), *over[-1].offsets, last)
        mark = Healed(f"【{upper}{over[-1].text}】", offsets)
        whole = Healed(
            whole.text + mark.text + cell.place.text, whole.offsets + mark.offsets + cell.place.offsets
        )
    return Cell(cells[0].column, whole.text, whole)
