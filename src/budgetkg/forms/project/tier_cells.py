"""Indicators inside cells under 产出指标, 效益指标, … beside a project: one cell of them all."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.header import Header
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed


def joined_under_tiers(header: Header, cells: Sequence[Cell]) -> Cell:
    """The cells of a row as one text, each behind the tiers over it in brackets: 【产出指标-数量指标】….

    A merged first tier begins in the column of its first second tier, so that both are looked for by place.
    """
    whole = Healed()
    heads = [head for above in header.rows for head in above.cells if tier_of(head.text)]
    for cell in cells:
        over = [head for head in heads if head.column <= cell.column < head.column + head.span]
        mark = _bracketed(over or [head for head in heads if head.column <= cell.column][-1:])
        whole = Healed(
            whole.text + mark.text + cell.place.text, whole.offsets + mark.offsets + cell.place.offsets
        )
    return Cell(cells[0].column, whole.text, whole)


def _bracketed(heads: Sequence[Cell]) -> Healed:
    """The first and the last of some tiers in brackets, all of it with the place of the last.

    A jump to another row would part it as lines are.
    """
    lower = heads[-1].place
    upper = f"{heads[0].place.text}-" if heads[0].place.text != lower.text else ""
    first, last = lower.offsets[0], lower.offsets[-1]
    return Healed(f"【{upper}{lower.text}】", (*[first] * (len(upper) + 1), *lower.offsets, last))
