"""Tables that a form prints beside its own: a row of headings, numbers in the rows below it.

The grid tells: where two headings side by side have numbers under them, the row can be no labels with their
values: 评估内容 | 分值 | 得分 over 立项必要性 | 10 | 9. None of it is in the records; each
column is quoted once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.details import details_of
from budgetkg.forms.layout.driver import Progress, Rows
from budgetkg.forms.layout.funds import funds_of
from budgetkg.forms.layout.goals import goal_kind
from budgetkg.forms.layout.headed_texts import is_heading, list_of, remarks_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import BLANKS, FUND_ROWS, SUMS, WINDOW
from budgetkg.reading.grid import Cell, GridRow

_FEWEST = 3  # headings: two may be a label and its value
_HEADER_ROWS = 2  # a heading over others; with three rows a form's own rules know it
_TIERS = ("tier1", "tier2", "name", "annual_value", "period_value")
_NUMBER = re.compile(r"[<>=≥≤]?-?\d[\d,.]*(?:[%‰分]|\(.{0,6}\))?")


@dataclass(frozen=True, slots=True)
class Headed:
    """The table: how many rows it takes, the cells beside it, each column's heading with what it heads."""

    rows: int
    beside: tuple[Cell, ...]
    columns: tuple[tuple[Cell, tuple[Cell, ...]], ...]


def find_headed(progress: Progress, rows: Rows) -> Headed | None:
    """A table of numbers under headings that no rule of the form has found."""
    layout = progress.reader.layout
    found = headed_of(layout, rows[:WINDOW])
    texts = None if found else list_of(layout, rows[:WINDOW]) or remarks_of(layout, rows[:WINDOW])
    return Headed(*texts) if texts else found


def find_details(progress: Progress, rows: Rows) -> Headed | None:
    """A table of items by amounts."""
    found = details_of(progress.reader.layout, rows[:WINDOW])
    return Headed(found.rows, found.beside, found.columns) if found else None


def take_headed(progress: Progress, rows: Rows, found: Headed) -> int:
    """Each column is quoted with its heading."""
    page = rows[0].line.page
    for cell in found.beside:
        progress.reader.furniture(cell.place)
    for head, cells in found.columns:
        for cell in (head, *cells):
            report_unknown(progress.reader, cell, head.text, page)
    return found.rows


def headed_of(layout: Layout, rows: Sequence[GridRow]) -> Headed | None:
    """The table that begins with the first of some rows, its headings in one row or two."""
    for count in range(1, 1 + _HEADER_ROWS):
        heads = _heads(rows[:count]) if len(rows) > count else ()
        if count > 1 and heads and funds_of(layout, rows[1:FUND_ROWS]) is not None:
            continue  # a row of labels and values over the headings of the form's money
        beside = tuple(cell for cell in rows[0].cells if heads and _is_beside(cell, rows[count]))
        if count > 1 and (_names_field(layout, rows[0].cells[0]) or not all(map(is_heading, rows[0].cells))):
            continue  # 年度目标 with its text over a table: a label is no heading of columns
        own = tuple(cell for cell in heads if cell not in beside)
        if len(own) < _FEWEST or any(not is_heading(cell) or _is_known(layout, cell) for cell in own):
            continue
        body = _body(layout, own, rows[count:])
        if body:
            columns = tuple((head, tuple(cell for row in body for cell in row if _is_over(head, cell)))
                            for head in own)  # fmt: skip
            return Headed(count + len(body), beside, columns)
    return None


def _heads(rows: Sequence[GridRow]) -> tuple[Cell, ...]:
    """The lowest headings of one or two rows, those of the second under cells wider than they are."""
    top = rows[0]
    if len(rows) == 1:
        return top.cells
    below = rows[1]
    if not below.cells or below.table != top.table:
        return ()
    edges = [cell.column for cell in top.cells[1:]] + [top.width]
    parents = [next((cell for cell, edge in zip(top.cells, edges, strict=True)
                     if cell.column <= one.column < edge and edge - cell.column > 1), None)
               for one in below.cells]  # fmt: skip
    if None in parents:
        return ()
    lowest = [cell for cell in top.cells if cell not in parents]
    return tuple(sorted((*lowest, *below.cells), key=lambda cell: cell.column))


def _is_beside(cell: Cell, below: GridRow) -> bool:
    """Whether a cell stands beside the table: merged down, or nothing is printed under it."""
    return bool(below.cells) and cell.column + cell.span <= below.cells[0].column


def _body(layout: Layout, heads: Sequence[Cell], rows: Sequence[GridRow]) -> list[tuple[Cell, ...]]:
    """The rows under headings; none where no two headings side by side have numbers under them."""
    found: list[tuple[Cell, ...]] = []
    numbers: set[int] = set()
    for row in rows:
        under = [_above(heads, cell) for cell in row.cells]
        own = [at for at, cell in zip(under, row.cells, strict=True) if at is not None and _is_number(cell)]
        if row.table != rows[0].table or not own or None in under or len(set(under)) < len(under):
            break
        if row.cells[0].column == heads[0].column and _names_field(layout, row.cells[0]):
            break
        found.append(row.cells)
        numbers |= set(own)
    beside = any(at + 1 in numbers for at in numbers)
    return found if beside else []


def _above(heads: Sequence[Cell], cell: Cell) -> int | None:
    """Which of the headings stands over a cell."""
    return next((at for at, head in enumerate(heads) if _is_over(head, cell)), None)


def _is_known(layout: Layout, cell: Cell) -> bool:
    """Whether a cell says something that the form has a field for: then its own rules read the row."""
    tier = layout.tier_columns.lookup(cell.text) in _TIERS or tier_of(cell.text) is not None
    return tier or _names_field(layout, cell) or goal_kind(layout, cell.text) is not None


def _names_field(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is the label of a field; a sum's is not that of a table of any kind."""
    named = layout.labels.lookup(cell.text) or layout.amounts.lookup(cell.text)
    return named not in (None, "attribute") and cell.key not in SUMS


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.key) is not None or cell.key in BLANKS


def _is_over(head: Cell, cell: Cell) -> bool:
    return head.column <= cell.column < head.column + head.span
