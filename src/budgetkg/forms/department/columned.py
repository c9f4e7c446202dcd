"""Heads in columns over rows of values: 单位编码 | 单位名称 | 资金总额 over 515001 | 某中心 | 326.45.

The grid tells: every value stands under the lowest head that begins in its column, so a head beside a head
is none of its values. Over one row they are the document's; several rows are a list of departments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkg.forms.department.labels import Labelled, field_of, take_value
from budgetkg.forms.indicators.column_numbers import counts_columns
from budgetkg.forms.layout.goals import goal_kind
from budgetkg.forms.layout.header import report_unknown, says_more
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import BLANKS, HEADER_ROWS
from budgetkg.reading.grid import Cell, GridRow, cells_over
from budgetkg.reading.source import Healed
from budgetkg.records import BudgetLine

_FEWEST = 3  # columns: two may be a label with its value, over another
_SIDES = (("收入", "income"), ("来源", "income"), ("支出", "expenditure"))
_CODE_HEAD = re.compile("(?:代码|编码|编号)$")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]+")
_TIERS = ("tier1", "tier2", "name")


@dataclass(frozen=True, slots=True)
class Columned:
    """The rows of the heads, each value with its head, whether indicators stand beside the values."""

    heads: tuple[GridRow, ...]
    values: tuple[tuple[Cell, Cell], ...]
    beside: bool


def columned_of(layout: Layout, rows: Sequence[GridRow]) -> Columned | None:
    """The heads that begin with the first of some rows, over the only row of their values."""
    found = heads_over_values(layout, rows)
    return found if found is not None and len(bodies_of(layout, rows)) == 1 else None


def bodies_of(layout: Layout, rows: Sequence[GridRow]) -> tuple[int, ...]:
    """The rows of values under the heads that begin with the first of some rows: one for each department."""
    found = heads_over_values(layout, rows)
    if found is None:
        return ()
    heads = {cell.column: head for head, cell in found.values}
    first = len(found.heads)
    bodies = [first]
    for at, row in enumerate(rows[first + 1 :], first + 1):
        if row.table != rows[first].table:
            break
        cells = [cell for cell in row.cells if cell.column in heads]
        fits = sum(_is_known(layout, heads[cell.column], cell) for cell in cells)
        if fits >= _FEWEST and not any(_is_head(layout, cell) for cell in cells):
            bodies.append(at)
    return tuple(bodies)


def names_departments(layout: Layout, rows: Sequence[GridRow], bodies: Sequence[int]) -> bool:
    """Whether each row of values names a department of its own: rows of tasks with their money don't."""
    found = heads_over_values(layout, rows)
    heads = {cell.column: head for head, cell in found.values} if found else {}
    names = [
        tuple(
            cell.key
            for cell in rows[body].cells
            if cell.column in heads and field_of(layout, heads[cell.column].text, cell.text) == "department"
        )
        for body in bodies
    ]
    return all(names) and len(set(names)) == len(names)


def heads_over_values(layout: Layout, rows: Sequence[GridRow]) -> Columned | None:
    """The heads that begin with the first of some rows, and the first row of values below them."""
    body = _body(rows)
    if body is None:
        return None
    heads, values = rows[:body], rows[body]
    lowest = _lowest(heads)
    own: list[tuple[Cell, Cell]] = []
    for cell in values.cells:
        head = lowest.get(cell.column)
        if head is not None and layout.tier_columns.lookup(head.text) in _TIERS:
            break
        if head is None or says_more(head) or _is_head(layout, cell):
            return None
        own.append((head, cell))
    known = [head for head, cell in own if _is_known(layout, head, cell)]
    if len(own) < _FEWEST or len(known) < _FEWEST:
        return None
    return Columned(tuple(heads), tuple(own), len(own) < len(values.cells))


def take_columned(reader: Reader, parts: Parts, found: Columned) -> None:
    """Each value goes where its head says; the rows of indicators beside them are read by their own rule."""
    end, over = found.values[-1][1].column, _over(found.heads)
    for row in found.heads:
        parts.unit = parts.unit or next(filter(None, (money_unit(cell.text) for cell in row.cells)), None)
        for cell in row.cells:
            if cell.column <= end or row is found.heads[0] or counts_columns(row):
                reader.furniture(cell.place)
    for head, cell in found.values:
        if cell.key in BLANKS:
            reader.furniture(cell.place)
        elif _is_known(reader.layout, head, cell):
            before = len(parts.budget)
            take_value(reader, parts, Labelled(head, head.text, cell.text, cell.place, beside=True))
            new = (grouped(one, over.get(head.place)) for one in parts.budget[before:])
            parts.budget = (*parts.budget[:before], *new)
        elif _CODE_HEAD.search(head.key) and _CODE.fullmatch(cell.key):
            parts.attributes += ((head.key, cell.text),)
            parts.evidence += reader.record(cell.place)
        else:
            report_unknown(reader, cell, head.text, found.heads[0].line.page)


def _body(rows: Sequence[GridRow]) -> int | None:
    """Where the values begin: the next row that has a cell in the first column of the heads."""
    top = rows[0]
    if len(top.cells) < _FEWEST or any(says_more(cell) for cell in top.cells):
        return None
    for at, row in enumerate(rows[1 : HEADER_ROWS + 2], 1):
        if row.table != top.table or not row.cells:
            return None
        if row.cells[0].column <= top.cells[0].column and not counts_columns(row):
            return at
    return None


def _lowest(heads: Sequence[GridRow]) -> dict[int, Cell]:
    """The lowest head that begins in each column."""
    return {cell.column: cell for row in heads if not counts_columns(row) for cell in row.cells}


def _over(heads: Sequence[GridRow]) -> dict[Healed, str]:
    """The heading over each head: 按收入性质分 over 一般公共预算."""
    over = (found for above, row in pairwise(heads) for found in cells_over(above, row))
    return {cell.place: parent.text for cell, parent, _ in over if parent is not None}


def grouped(line: BudgetLine, over: str | None) -> BudgetLine:
    """A line of the budget with the heading that says whether it is income or expenditure."""
    side = next((side for word, side in _SIDES if word in (over or "")), None)
    return replace(line, group=over, side=side) if side else line


def _is_known(layout: Layout, head: Cell, value: Cell) -> bool:
    """Whether a head names a field that its value fits."""
    if lookup(layout.amounts, head.text) is not None:
        return money_in(value.text) is not None or value.key in BLANKS
    return field_of(layout, head.text, value.text) is not None


def _is_head(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is a head itself, so that no row of values stands there."""
    known = layout.labels.lookup(cell.text) or layout.amounts.lookup(cell.text)
    return known is not None or goal_kind(layout, cell.text) is not None or cell.key.endswith(":")
