"""Rows that head or sum up a group of projects and are neither a unit nor a project: 一、人员类, 小计."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.organisations import is_unit, numeral_of
from budgetkg.forms.project.rows import PrintedRow, Row
from budgetkg.text import comparison_key as key

_SUBTOTAL = "小计"


def total_of(rows: Sequence[PrintedRow], layout: Layout) -> tuple[Row | None, tuple[PrintedRow, ...]]:
    """The total row, in all its printings, and the rows that only sum up a part.

    A total may be printed on every page; where amounts differ, it is the one that is no 小计 and the largest.
    """
    named = [row for row in rows if key(row.name.text) in layout.totals]
    whole = [row for row in named if _SUBTOTAL not in key(row.name.text)] or named
    if not whole:
        return None, ()
    largest = max(whole, key=_value)
    if len(whole) == len(named) and largest.name.text and _SUBTOTAL in key(largest.name.text):
        whole = whole if len({_value(row) for row in whole}) == 1 else []
    total = [row for row in whole if _value(row) == _value(largest)]
    sums = tuple(row for row in named if not any(row is one for one in total))
    return Row(tuple(total)) if total else None, sums


def group_heads(rows: Sequence[PrintedRow]) -> frozenset[int]:
    """The rows without goal and indicators that head a group: the sum of what follows, or its list number."""
    return frozenset(index for index, row in enumerate(rows) if _heads_group(row, rows[index + 1 :]))


def department_rows(rows: Sequence[PrintedRow]) -> tuple[int, ...]:
    """The rows of departments, each right above the rows of its units and the sum of theirs.

    One department may be the only unit of its own: 310 某局 98 over 310001 某局 98 over the projects.
    """
    units = [row.is_bare and row.amounts.total is not None and is_unit(row.name.text, row.under_units)
             for row in rows]  # fmt: skip
    found = [at for at, (one, other) in enumerate(pairwise(units)) if one and other]
    for at, end in pairwise([*found, len(rows)]):
        own = sum((_value(rows[index]) for index in range(at + 1, end) if units[index]), Decimal(0))
        below = sum((_value(row) for row in rows[at + 1 : end] if not row.is_bare), Decimal(0))
        if not own == below == _value(rows[at]):
            return ()
    return tuple(found)


def _heads_group(row: PrintedRow, below: Sequence[PrintedRow]) -> bool:
    if not row.is_bare or is_unit(row.name.text, row.under_units):
        return False
    if row.amounts.total is None:
        return True
    numeral = numeral_of(row.name.text)
    if numeral and not any(numeral_of(one.name.text) == numeral for one in below if not one.is_bare):
        return any(not one.is_bare for one in below)
    return _value(row) in _sums(row, below)


def _sums(row: PrintedRow, below: Sequence[PrintedRow]) -> set[Decimal]:
    """What the rows below add up to, as far as each of the next rows of groups."""
    sums: set[Decimal] = set()
    total = Decimal(0)
    projects = 0
    for one in takewhile(lambda one: not (one.is_bare and is_unit(one.name.text, one.under_units)), below):
        if one.is_bare and projects:
            sums.add(total)
        if not one.is_bare:
            projects += 1
            total += _value(one)
    return sums | ({total} if projects else set())


def _value(row: PrintedRow) -> Decimal:
    return row.amounts.total.value if row.amounts.total else Decimal(0)
