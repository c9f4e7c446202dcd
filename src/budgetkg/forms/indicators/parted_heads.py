"""A merged header over several columns of cells: 指标值 over a sign, a number and a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from budgetkg.forms.indicators.leaves import Head, Leaf, below
from budgetkg.reading.grid import GridRow


def parted_head(head: Head, rows: Sequence[GridRow]) -> Head:
    """Cut a merged header where the cells below it stand in several columns: a sign, a number, a unit."""
    leaves = []
    own = [row for row in rows if row.table == head.rows[0].table]
    wide = _widened(head, own)
    for leaf, under in zip(wide, below(wide, own), strict=True):
        starts: set[int] = set()
        for _, found in groupby(under, key=lambda placed: id(placed[0])):
            here = [cell for _, cell in found]
            if len(here) > 1 and all(cell.column + cell.span <= leaf.end for cell in here):
                starts.update(cell.column for cell in here)
        ends = [*sorted(starts | {leaf.start})[1:], leaf.end]
        for start, end in zip(sorted(starts | {leaf.start}), ends, strict=True):
            leaves.append(replace(leaf, start=start, end=end))
    return Head(head.rows, tuple(leaves), head.sides)


def _widened(head: Head, rows: Sequence[GridRow]) -> tuple[Leaf, ...]:
    """The leaves, each up to the next where nothing is merged: a blank behind a header may be part of it."""
    flat = all(cell.span == 1 for row in (*head.rows, *rows) for cell in row.cells)
    if not flat:
        return head.leaves
    ends = [*(leaf.start for leaf in head.leaves[1:]), head.leaves[-1].end]
    return tuple(replace(leaf, end=max(leaf.end, end)) for leaf, end in zip(head.leaves, ends, strict=True))
