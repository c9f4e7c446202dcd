"""Parts of an indicator table that hold the values of different periods: 长期绩效指标 above 年度绩效指标.

What stands beside the rows, or alone in a row over them, says whose values they hold. The grid says that it
is beside them; its words only tell the period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetkg.forms.indicators.block import Block, Kind, Row
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.text import comparison_key as key

_OF_PERIOD = re.compile("[中长]期|实施期|周期|总体")
_OF_YEAR = re.compile("年度|[本当]年")


def period_of(layout: Layout, text: str) -> str | None:
    """The period that a heading says, ``period`` or ``annual``."""
    group = layout.column_groups.lookup(text)
    if group in ("period", "annual"):
        return group
    plain = key(text)
    if len(plain) > LONGEST_LABEL or ":" in plain or not re.search("指标|目标", plain):
        return None
    if _OF_PERIOD.search(plain):
        return "period"
    return "annual" if _OF_YEAR.search(plain) else None


def sections_of(layout: Layout, block: Block, first: str | None) -> tuple[tuple[str | None, Block], ...]:
    """The parts of a block, each with the period that it says; ``first`` is that of a title over it."""
    said = (period_of(layout, cell.text) for cell in block.head.sides)
    period = first or next(filter(None, said), None)
    parts: list[tuple[str | None, list[Row]]] = [(period, [])]
    for entry in block.rows:
        here = _said(layout, block, entry)
        if here is not None and here != parts[-1][0]:
            parts.append((here, []))
        parts[-1][1].append(entry)
    if not parts[0][1]:
        parts = parts[1:] or parts
    return tuple((period, replace(block, rows=tuple(rows))) for period, rows in parts)


def _said(layout: Layout, block: Block, entry: Row) -> str | None:
    first = next(
        (c.leaf.start for c in block.columns if c.role in ("tier1", "tier2", "name")), block.head.start
    )
    cells: Sequence[str] = [cell.text for cell in entry.row.cells if cell.column < first]
    if entry.kind is Kind.OTHER and len(entry.row.cells) == 1:
        cells = [entry.row.cells[0].text]
    return next(filter(None, (period_of(layout, text) for text in cells)), None)
