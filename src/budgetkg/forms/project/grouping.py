"""Which printed rows are the total, which are units of use, and which are projects under them.

Where names are set in, the indent says it. Elsewhere a unit is a row without goal and indicators,
and the printed sums confirm it: each unit is the sum of its projects, the total that of the units.
A row that only heads or sums up a group of projects (一、人员类, 小计) is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.organisations import is_unit
from budgetkg.forms.project.group_heads import department_rows, group_heads, total_of
from budgetkg.forms.project.repeats import merge_rows, merge_units
from budgetkg.forms.project.rows import PrintedRow, Row
from budgetkg.text import comparison_key as key

_MOST_DOUBTFUL = 10


@dataclass(frozen=True, slots=True)
class Group:
    """A unit of use as printed (all its printings), its projects, its name in a column of its own."""

    head: Row | None
    projects: tuple[Row, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """The total row and the units in printed order; ``asides`` are rows that only head or sum up a group.

    ``department`` is the row of the department that all of the units are below, where one is printed.
    """

    total: Row | None
    groups: tuple[Group, ...]
    asides: tuple[PrintedRow, ...] = ()
    department: PrintedRow | None = None

    @property
    def rows(self) -> list[Row]:
        """Every project, in printed order."""
        return [row for group in self.groups for row in group.projects]


def group_rows(rows: list[PrintedRow], layout: Layout) -> Grouping:
    """Group the rows of a table under their units."""
    rows = _drop_reprints(rows)
    total, sums = total_of(rows, layout)
    printed = [row for row in rows if key(row.name.text) not in layout.totals]
    heads = group_heads(printed)
    asides = (*sums, *(printed[index] for index in sorted(heads)))
    others = [row for index, row in enumerate(printed) if index not in heads]
    above = department_rows(others)
    departments = tuple(others[index] for index in above)
    others = [row for index, row in enumerate(others) if index not in above]
    if total is None and len(departments) == 1:
        return Grouping(Row(departments), _grouped(others, Row(departments)), asides, departments[0])
    only = departments[0] if len(departments) == 1 else None
    return Grouping(total, _grouped(others, total), (*asides, *departments), only)


def _grouped(rows: list[PrintedRow], total: Row | None) -> tuple[Group, ...]:
    named = [index for index, row in enumerate(rows) if is_unit(row.name.text, row.under_units)]
    bare = [index for index in named if rows[index].is_bare]
    if any(row.indented for row in rows) and not all(row.indented for row in rows):
        return _split(rows, {index for index in named if not rows[index].indented}, total)
    best = _split(rows, set(bare), total)
    if not bare or len(bare) > _MOST_DOUBTFUL or _reconciles(best, total):
        return best
    for size in range(1, len(bare)):
        for projects in combinations(bare, size):
            groups = _split(rows, set(bare) - set(projects), total)
            if _reconciles(groups, total):
                return groups
    return best


def group_by_column(rows: list[PrintedRow], heads: dict[str, PrintedRow], layout: Layout) -> Grouping:
    """Group the rows of a table that names the unit of use in a column of its own."""
    total, sums = total_of(rows, layout)
    units: dict[str, list[PrintedRow]] = {}
    for row in rows:
        if key(row.name.text) not in layout.totals:
            units.setdefault(row.unit or "", []).append(row)
    groups = []
    for name, projects in units.items():
        head = heads.get(name)
        own = head.amounts.total.value if head and head.amounts.total else None
        printed = Row((head,)) if head else None
        groups.append(Group(printed, tuple(merge_rows(projects, own)), name or None))
    return Grouping(total, tuple(groups), sums)


def _drop_reprints(rows: list[PrintedRow]) -> list[PrintedRow]:
    """Fold a bare row into its printing on top of the next page."""
    again = {index for index in merge_units(rows) if rows[index].is_bare}
    kept: list[PrintedRow] = []
    earlier: tuple[PrintedRow, ...] = ()
    for index, row in enumerate(rows):
        if index in again:
            earlier = (*earlier, row)
        else:
            kept.append(replace(row, earlier=earlier))
            earlier = ()
    return kept


def _split(rows: list[PrintedRow], heads: set[int], total: Row | None) -> tuple[Group, ...]:
    groups: list[tuple[PrintedRow | None, list[PrintedRow]]] = []
    for index, row in enumerate(rows):
        if index in heads:
            groups.append((row, []))
        else:
            if not groups:
                groups.append((None, []))
            groups[-1][1].append(row)
    printed = total.first.amounts.total if total else None
    single = printed.value if printed and len(groups) == 1 else None
    return tuple(_group(head, projects, single) for head, projects in groups)


def _group(head: PrintedRow | None, projects: list[PrintedRow], fallback: Decimal | None) -> Group:
    own = head.amounts.total.value if head and head.amounts.total else fallback
    return Group(Row((*head.earlier, head)) if head else None, tuple(merge_rows(projects, own)))


def _reconciles(groups: tuple[Group, ...], total: Row | None) -> bool:
    sums = Decimal(0)
    for group in groups:
        projects = sum((_value(row) for row in group.projects), Decimal(0))
        if group.head is not None and _value(group.head) != projects:
            return False
        sums += _value(group.head) if group.head is not None else projects
    return total is None or total.first.amounts.total is None or sums == _value(total)


def _value(row: Row) -> Decimal:
    amount = row.first.amounts.total
    return amount.value if amount else Decimal(0)
