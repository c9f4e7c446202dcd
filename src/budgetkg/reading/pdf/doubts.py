"""Rows in doubt put others in doubt: what is only known through them, and what a page break may have cut."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from budgetkg.reading.pdf.row_breaks import is_figure
from budgetkg.reading.pdf.tables import PageCell, PageRow, PageTable


def doubt_what_hangs(tables: Sequence[PageTable]) -> None:
    """Put the rows in doubt that leave blank what a row in doubt above them prints on their left.

    ``tables`` are those of pages in order. A text in doubt that stands alone below other rows may be the
    title of a form: then all rows are, up to the next such one.
    """
    left: float | None = None
    lost = begun = False
    for table in tables:
        for row in table.rows:
            begins = min((cell.left for cell in row.cells if cell.lines), default=inf)
            whole = len(row.cells) == 1 and begins <= table.xs[0]
            if row.doubtful:
                lost = lost or (whole and begun)
                left = begins if left is None else min(left, begins)
            elif (lost and not whole) or (left is not None and begins > left):
                row.doubtful = True
            else:
                left, lost = None, False
            begun = begun or not whole


def may_be_cut(
    pairs: Sequence[tuple[PageCell | None, PageCell]], last: Sequence[PageCell], row: PageRow
) -> bool:
    """Whether a row below a page break may be the rest of the one above it, though texts end early there.

    ``last`` are the texts of that one, ``pairs`` those of the row below, each with the one above it. The rest
    of a row has none of its figures; where there are none, it stands below all texts and leaves others blank.
    """
    above = [one for one, _ in pairs if one is not None and one.visible]
    if len(above) < len(pairs) or len(pairs) < 2:
        return False
    if any(is_figure(cell) or cell.row_span > 1 for _, cell in pairs):
        return False  # a row of its own, or beside the rest of a merged cell, which the next step joins
    if any(is_figure(one) for one in last):
        return any(is_figure(one) and one not in above for one in last)
    return len(above) == len(last) > 2 and any(not cell.lines and cell.row_span == 1 for cell in row.cells)
