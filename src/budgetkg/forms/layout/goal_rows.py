"""A goal in several rows beside its label: 年度目标, merged down, beside 目标1：… and 目标2：….

The grid tells: the label reaches over the rows, or is blank below, and each of them has its text in the very
same column. A column of 1, 2, 3 before the texts only counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from budgetkg.forms.layout.goals import Goals, goal_kind
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed

_COUNT = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、.．]?")
_WITH_COUNT = 2  # columns: what counts the texts, and the texts


def goal_rows(layout: Layout, rows: Sequence[GridRow]) -> Goals | None:
    """The texts in the rows that a label of a goal reaches over, as one goal."""
    first = rows[0]
    if not first.table or len(first.cells) not in (2, 1 + _WITH_COUNT):
        return None
    side, *own = first.cells
    kind = goal_kind(layout, side.text)
    if kind is None:
        return None
    columns = [cell.column for cell in own]
    taken = list(takewhile(lambda row: _reaches(side, first, row, columns), rows))
    if len(taken) < 2 or not _is_text(layout, taken, len(columns)):
        return None
    counts = [cell for row in taken for cell in _beside(row, columns)[:-1]]
    texts = [_beside(row, columns)[-1].place for row in taken]
    offsets = tuple(offset for text in texts for offset in text.offsets)
    whole = Healed("".join(text.text for text in texts), offsets)
    return Goals(len(taken), ((kind, side, whole),), (side, *counts))


def _beside(row: GridRow, columns: Sequence[int]) -> list[Cell]:
    return [cell for cell in row.cells if cell.column in columns]


def _reaches(side: Cell, first: GridRow, row: GridRow, columns: Sequence[int]) -> bool:
    """Whether a row stands beside the label: within what it is merged over, or with a blank under it."""
    if row is first:
        return True
    within = side.rows == 1 or row.number < first.number + side.rows
    return row.table == first.table and within and [cell.column for cell in row.cells] == columns


def _is_text(layout: Layout, rows: Sequence[GridRow], columns: int) -> bool:
    """Whether what stands beside the label are texts: no headings, no labels with their values."""
    cells = [row.cells[-1] for row in rows]
    counts = [row.cells[-2] for row in rows] if columns == _WITH_COUNT else []
    alike = len({(cell.column, cell.span) for cell in cells}) == 1
    return alike and all(_COUNT.fullmatch(cell.key) for cell in counts) and not any(_named(layout, cells))


def _named(layout: Layout, cells: Sequence[Cell]) -> Iterator[bool]:
    for cell in cells:
        known = (layout.labels, layout.tier_columns, layout.amounts)
        yield goal_kind(layout, cell.text) is not None or any(lookup(one, cell.text) for one in known)
