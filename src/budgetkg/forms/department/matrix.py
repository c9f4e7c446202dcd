"""A department's money in rows by columns: 支出类别 | 合计 | 财政拨款 over 基本支出 | 70 | 60.

What stands in the column of sums is its row's, what stands in the row of sums its column's; each other
amount is kept under both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.forms.department.budget import labelled_amount
from budgetkg.forms.department.rules import State
from budgetkg.forms.layout.details import Details, details_of
from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.label_words import is_sum_words
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.settings import BLANKS, SUMS, WINDOW
from budgetkg.reading.grid import Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table, the head of its sums and the label of the row of sums, where it has them."""

    details: Details
    of_rows: Cell | None
    of_columns: Cell | None
    known: bool


def find_matrix(state: State, rows: Rows) -> Matrix | None:
    """A table of items by amounts, where no other table goes on."""
    layout = state.reader.layout
    found = details_of(layout, rows[:WINDOW])
    if found is None:
        return None
    heads, items = found.heads[1:], [item for item, _ in found.items]
    of_rows, of_columns = _sum_of(layout, heads), _sum_of(layout, items)
    known = _are_known(layout, heads, of_rows) and _are_known(layout, items, of_columns)
    return Matrix(found, of_rows, of_columns, known)


def take_matrix(state: State, rows: Rows, found: Matrix) -> int:
    """Each amount to its row, its column or both; where their labels are on no list each column is quoted."""
    reader, details = state.reader, found.details
    state.leave_table()
    for cell in details.beside:
        reader.furniture(cell.place)
    if not found.known:
        for head, cells in details.columns:
            for cell in (head, *cells):
                report_unknown(reader, cell, head.text, rows[0].line.page)
        return details.rows
    for cell in (*details.heads, *(item for item, _ in details.items)):
        reader.furniture(cell.place)
    state.see_unit(rows[0].cells)
    for head in details.heads[1:]:
        for item, own in details.items:
            if head.column in own:
                _take_amount(state, found, head, item, own[head.column])
    return details.rows


def _take_amount(state: State, found: Matrix, head: Cell, item: Cell, cell: Cell) -> None:
    reader, parts = state.reader, state.parts
    if cell.key in BLANKS:
        reader.furniture(cell.place)
        return
    own = item if head is found.of_rows else head if item is found.of_columns else None
    if own is None:
        parts.attributes += ((f"{item.key} {head.key}", cell.text),)
        parts.evidence += reader.record(cell.place)
        return
    evidence = reader.record(own.place) + reader.record(cell.place)
    spent = lookup(reader.layout.amounts, own.text) == "expenditure"
    is_sum = own is found.of_columns
    labelled_amount(reader, parts, own.text, cell.text, evidence, is_sum=is_sum, spent=spent)


def _are_known(layout: Layout, labels: Sequence[Cell], whole: Cell | None) -> bool:
    """Whether labels are those of a department's money: all of them, or most beside their sum."""
    known = sum(_is_money(layout, cell) for cell in labels)
    return known == len(labels) or (whole is not None and known * 2 > len(labels))


def _is_money(layout: Layout, cell: Cell) -> bool:
    return lookup(layout.amounts, cell.text) is not None or cell.key in SUMS or is_sum_words(cell.text)


def _sum_of(layout: Layout, cells: Sequence[Cell]) -> Cell | None:
    """The only one of some labels that says a sum."""
    sums = [cell for cell in cells if lookup(layout.amounts, cell.text) == "total"
            or cell.key in SUMS or is_sum_words(cell.text)]  # fmt: skip
    return sums[0] if len(sums) == 1 and money_in(sums[0].text) is None else None
