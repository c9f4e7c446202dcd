"""Rows printed again at a page break: the printed totals decide whether two printings are one row.

Two printings are one only where they meet at a page break, agree in name, amounts and goal (which
may stand in the first alone, where its column is printed on other pages), and the totals need it.
Where no total is printed the page break decides, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from budgetkg.forms.project.rows import PrintedRow, Row
from budgetkg.text import comparison_key as key

_EXHAUSTIVE = 12  # up to 2^12 subsets are tried; more repeats than that are all taken or none


def agree(one: PrintedRow, other: PrintedRow) -> bool:
    """Whether two rows meet at a page break and say the same."""
    return (
        one.closes_page
        and other.opens_page
        and one.identity == other.identity
        and key(other.goal.text) in (key(one.goal.text), "")
        and (one.indented is None or other.indented is None or one.indented == other.indented)
    )


def merge_units(units: list[PrintedRow]) -> list[int]:
    """Indexes of rows of which the next one is only another printing (unit rows, totals)."""
    return [index for index in range(len(units) - 1) if agree(units[index], units[index + 1])]


def merge_rows(rows: list[PrintedRow], total: Decimal | None) -> list[Row]:
    """The rows of one unit with their printings made one, as its printed total demands."""
    repeats = [index for index in range(len(rows) - 1) if agree(rows[index], rows[index + 1])]
    if not repeats:
        return [Row((row,)) for row in rows]
    chosen, undecided = _choose(rows, repeats, total)
    merged: list[list[PrintedRow]] = []
    for index, row in enumerate(rows):
        if index and index - 1 in chosen:
            merged[-1].append(row)
        else:
            merged.append([row])
    return [Row(tuple(group), undecided=undecided and len(group) > 1) for group in merged]


def _choose(rows: list[PrintedRow], repeats: list[int], total: Decimal | None) -> tuple[frozenset[int], bool]:
    if total is None:
        return frozenset(repeats), True
    printed = sum((_total(row) for row in rows), Decimal(0))
    for subset in _subsets(repeats):
        if printed - sum((_total(rows[index]) for index in subset), Decimal(0)) == total:
            return frozenset(subset), False
    return frozenset(repeats), True


def _subsets(repeats: list[int]) -> Iterator[tuple[int, ...]]:
    """Every choice of repeats, the fullest first; for very many only all of them and none."""
    if len(repeats) > _EXHAUSTIVE:
        yield tuple(repeats)
        yield ()
        return
    for size in range(len(repeats), -1, -1):
        yield from combinations(repeats, size)


def _total(row: PrintedRow) -> Decimal:
    return row.amounts.total.value if row.amounts.total else Decimal(0)
