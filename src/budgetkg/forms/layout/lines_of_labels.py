"""Lines that print several labels with their values, parted by wide gaps: a cell for each.

编制部门：某县民政局　　　预算年度：2025　　　金额单位：元. On a printed page
the gaps part such a line already.
"""

from __future__ import annotations

import re
from dataclasses import replace

from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow

_GAP = re.compile(r"\s{2,}")
_LABELLED = re.compile(r"[^\s:：]{2,12}\s?[:：]")


def with_labels_apart(reading: Reading) -> Reading:
    """A reading whose lines of several labels have a cell for each of them."""
    rows = tuple(map(_parted, reading.rows))
    return replace(reading, rows=rows) if rows != reading.rows else reading


def _parted(row: GridRow) -> GridRow:
    if len(row.cells) != 1:
        return row
    (cell,) = row.cells
    whole = cell.place.strip()
    gaps = [found.span() for found in _GAP.finditer(whole.text)]
    ends = [0, *(at for gap in gaps for at in gap), len(whole.text)]
    places = [whole[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]
    if len(places) < 2 or not all(_LABELLED.match(place.text) for place in places):
        return row
    cells = tuple(Cell(cell.column + at, place.text, place) for at, place in enumerate(places))
    return replace(row, cells=cells, width=max(row.width, cells[-1].column + 1))
