"""The header of an indicator table in a grid → its leaves: the columns, each with the headers over it.

Rows below belong to the header as far as its merged cells reach, or where every cell of them stands under
a wider one. A cell at the left that is merged down beyond the header is no column: it stands beside the
whole table (绩效指标).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from budgetkg.forms.indicators.levels import Level
from budgetkg.forms.indicators.parted_names import behind_sides, parts_names
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.indicators.told_by_cells import told_by_cells
from budgetkg.forms.layout.funds import PART_OF_YEAR
from budgetkg.forms.layout.header import says_more
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.names_index import spellings
from budgetkg.forms.settings import HEADER_ROWS, KEPT, LONGEST_HEADER
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key

_MONTHS = r"0?{}月?(?:份)?[-—–~至到]{}月(?:份)?"
_WHOLE_YEAR = re.compile(_MONTHS.format(1, 12))
_TO_YEAR_END = re.compile(rf"{_MONTHS.format(1, 12)}|截[至止](?:20\d\d年?)?(?:年[底末]|12月(?:[底末]|31日)?)")
_TIME = re.compile(
    rf"第?[一二三四1-4]季度?|q[1-4]|[上下]半年|{_MONTHS.format('[1-9]', '[01]?[0-9]')}"
    r"|20\d\d年?度?|[1-9]月|1[0-2]月",
    re.IGNORECASE,
)
_KEYS = ("tier1", "tier2", "name")
_NAMES = frozenset({"名称", "指标名称", "内容", "指标内容"})
_VALUES = ("period_value", "annual_value")
_GROUPED = ("period", "annual", "value", "indicators")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column: where it begins and ends (behind its last), the cells over it from top to bottom.

    ``told`` is the field that its cells tell, where its header is on no list.
    """

    start: int
    end: int
    over: tuple[Cell, ...]
    told: str | None = None

    @property
    def text(self) -> str:
        """The lowest header."""
        return self.over[-1].text if self.over else ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Its headers from top to bottom."""
        return tuple(cell.text for cell in self.over)

    @property
    def title(self) -> str:
        """All of its headers, as a message says them."""
        return " / ".join(cell.text for cell in self.over)

    @property
    def under(self) -> tuple[str, ...]:
        """The tiers that are printed as headings over it: 产出指标 over 指标 | 指标值."""
        return tuple(cell.text for cell in self.over[:-1] if tier_of(cell.text) is not None)


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of a header, its leaves, and what stands beside the table."""

    rows: tuple[GridRow, ...]
    leaves: tuple[Leaf, ...]
    sides: tuple[Cell, ...] = ()

    @property
    def start(self) -> int:
        """The first column that has a header."""
        return self.leaves[0].start


@cache
def _roles(layout: Layout) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for role, variants in layout.tier_columns.items():
        for variant in variants:
            roles = found.setdefault(key(variant).rstrip(":"), [])
            if role not in roles:
                roles.append(role)
    return {text: tuple(roles) for text, roles in found.items()}


@lru_cache(maxsize=KEPT)
def roles_of(layout: Layout, text: str) -> tuple[str, ...]:
    """Every field that a layout lists a header for, the first meaning first."""
    known = _roles(layout)
    found = [role for form in spellings(text) for role in known.get(form, ())]
    if not found and layout.holds_value(text):
        return ("name",)
    return tuple(dict.fromkeys(found))


def below(leaves: Sequence[Leaf], rows: Iterable[GridRow]) -> list[list[tuple[GridRow, Cell]]]:
    """The cells of some rows that begin under each column, in their order, each with its row."""
    cells = [(row, cell) for row in rows for cell in row.cells]
    order = sorted(range(len(cells)), key=lambda at: cells[at][1].column)
    columns = [cells[at][1].column for at in order]
    return [
        [cells[at] for at in sorted(order[bisect_left(columns, leaf.start) : bisect_left(columns, leaf.end)])]
        for leaf in leaves
    ]


def roles_said(layout: Layout, headers: tuple[str, ...], told: str | None) -> tuple[str, ...]:
    """The fields that a column's headers name: its lowest, or under it 名称 the tier that stands above."""
    lowest = headers[-1] if headers else ""
    own = roles_of(layout, lowest)
    above = roles_of(layout, headers[-2]) if len(headers) > 1 else ()
    is_name = key(lowest) in _NAMES and above and above[0] in ("tier1", "tier2", "tier3", "name")
    return above if is_name else own or ((told,) if told else ())


def head_of(layout: Layout, rows: Sequence[GridRow]) -> Head | None:
    """The header that begins with the first of some rows, if it prints what an indicator table needs."""
    if not rows or len(rows[0].cells) < 2:
        return None
    top = rows[0]
    told = _told(layout, top, rows[1:])
    known = [cell for cell in top.cells if roles_of(layout, cell.text) or cell.column in told]
    parted = len(known) < 2 and parts_names(rows, lambda text: roles_of(layout, text))
    over_headers = parted or (len(known) < 2 and _tiers_over_headers(layout, rows))
    known = behind_sides(top, rows[1]) if parted else list(top.cells) if over_headers else known
    if len(known) < 2 or any(says_more(cell) and cell not in known for cell in top.cells):
        return None
    depth = 2 if over_headers else _depth(layout, rows, known)
    reach = top.number + depth - 1
    sides = tuple(cell for cell in top.cells if _is_side(layout, cell, known, reach))
    block = tuple(rows[:1]) + tuple(row for row in rows[1:depth] if row.table == top.table)
    sides = tuple(cell for cell in sides if not _holds_tiers(cell, rows[depth:]))
    named = [set(roles_of(layout, cell.text)) & {"name", "tier2"} for row in block for cell in row.cells]
    if sides and not told and not any(named):
        sides = sides[:-1]  # 绩效指标 heads the names themselves where nothing else does
    leaves = tuple(replace(leaf, told=told.get(leaf.start)) for leaf in _leaves(block, sides))
    roles = {role for leaf in leaves for role in roles_said(layout, leaf.headers, leaf.told)}
    names = "name" in roles or {"tier1", "tier2"} <= roles or heads_names(layout, leaves[0].text)
    said = sum(
        bool(roles_said(layout, leaf.headers, leaf.told)) or _grouped(layout, leaf) or says_time(leaf.text)
        for leaf in leaves
    )
    valued = (
        parted
        or bool(roles & {"annual_value", "period_value", "actual_value", "tier2"})
        or any(
            _grouped(layout, leaf) or says_time(leaf.text) or layout.holds_value(leaf.text) for leaf in leaves
        )
    )
    enough = parted or said * 2 >= len(leaves) or roles.issuperset(_KEYS)
    return Head(block, leaves, sides) if names and valued and enough else None


def _told(layout: Layout, top: GridRow, rows: Sequence[GridRow]) -> dict[int, str]:
    """The columns that only their cells tell: none where the header names the indicators itself."""
    roles = {cell.column: roles_of(layout, cell.text) for cell in top.cells}
    if any("name" in found for found in roles.values()):
        return {}
    values = [column for column, found in roles.items() if set(found) & set(_VALUES)]
    told = told_by_cells(top, rows, values) if values else {}
    return {column: role for column, role in told.items() if not roles[column]}


def _grouped(layout: Layout, leaf: Leaf) -> bool:
    return any(layout.column_groups.lookup(cell.text) in _GROUPED for cell in leaf.over)


def _depth(layout: Layout, rows: Sequence[GridRow], known: list[Cell]) -> int:
    """How many rows the header takes."""
    top = rows[0]
    tall = [cell.rows for cell in known if cell.rows > 1]
    merged = min(tall) if len(tall) > 1 else min(cell.rows for cell in known)
    if merged > 1:
        reach = top.number + min(merged, HEADER_ROWS) - 1
        return 1 + sum(row.table == top.table and row.number <= reach for row in rows[1:HEADER_ROWS])
    if len(rows) > 1 and rows[1].table == top.table and _goes_on(layout, top, rows[1], known):
        return 2
    return 1


def _goes_on(layout: Layout, above: GridRow, below: GridRow, known: list[Cell]) -> bool:
    """Whether a row is the header's next: all of its cells are headers, several under each one parted."""
    if _parts_headers(above, below, known):
        return True
    if not all(
        roles_of(layout, cell.text) or layout.column_groups.lookup(cell.text) or cell.key in _NAMES
        for cell in below.cells
    ):
        return False
    level, columns = Level.of(above, above.cells), sorted(cell.column for cell in below.cells)
    for cell in below.cells:
        over = level.over(cell.column)
        if over is None:
            return False
        beside = bisect_left(columns, level.end(over)) - bisect_left(columns, over.column)
        wide = over.span > 1 or layout.column_groups.lookup(over.text) is not None
        if beside == 1 and not (wide and not roles_of(layout, over.text)):
            return False
    return True


def _tiers_over_headers(layout: Layout, rows: Sequence[GridRow]) -> bool:
    """Whether tiers stand over headers, several under each: 产出指标 | 效益指标 over 指标内容 | 指标值."""
    top = rows[0]
    if len(rows) < 2 or rows[1].table != top.table or not all(tier_of(cell.text) for cell in top.cells):
        return False
    level = Level.of(top, top.cells)
    under = Counter(over.column if (over := level.over(cell.column)) else -1 for cell in rows[1].cells)
    headed = all(roles_of(layout, cell.text) for cell in rows[1].cells)
    return headed and -1 not in under and len(under) == len(top.cells) and min(under.values()) > 1


def _parts_headers(above: GridRow, below: GridRow, known: list[Cell]) -> bool:
    """Whether a row only parts headers that leave blanks behind themselves, where nothing is merged.

    A first row of the table's body prints its first tier; a row that leaves the first header's column blank,
    and all other columns but those under such headers, goes on with the header: 优 | 良 | 中 under 评分标准.
    """
    if any(cell.span > 1 or cell.rows > 1 for cell in (*above.cells, *below.cells)):
        return False
    level = Level.of(above, above.cells)
    under = Counter(over.column if (over := level.over(cell.column)) else -1 for cell in below.cells)
    behind = bool(below.cells) and below.cells[0].column > known[0].column
    short = all(len(cell.key) <= LONGEST_HEADER for cell in below.cells)
    return behind and short and -1 not in under and min(under.values()) > 1


def _is_side(layout: Layout, cell: Cell, known: list[Cell], reach: int) -> bool:
    first = known[0].column
    if cell.column >= first and not (cell.column == first and cell.rows > 1 + HEADER_ROWS):
        return False
    return (
        cell.rows > 1 or layout.is_furniture(cell.text) or layout.column_groups.lookup(cell.text) is not None
    )


def _holds_tiers(side: Cell, below: Sequence[GridRow]) -> bool:
    """Whether first tiers are printed under a heading, which heads them then: 分解目标.

    A tier heads no other: 产出指标 beside a header, 效益指标 beside the next, have the rows beside them.
    """
    if tier_of(side.text) is not None and not side.key.isdigit():
        return False
    under = [cell for row in below for cell in row.cells
             if cell.column == side.column and not cell.key.isdigit()]  # fmt: skip
    return any((tier := tier_of(cell.text)) is not None and tier.broader is None for cell in under)


def _leaves(block: Sequence[GridRow], sides: tuple[Cell, ...]) -> tuple[Leaf, ...]:
    cells = [[cell for cell in row.cells if cell not in sides] for row in block]
    least = min(cell.column for cell in cells[0])
    leaves: list[Leaf] = []
    levels = [Level.of(row, line) for row, line in zip(block, cells, strict=True)]
    for at, level in enumerate(levels):
        for cell in level.cells:
            if cell.column < least:
                continue
            reach = max(level.end(cell), cell.column + cell.span)
            if cell.rows < len(block) and any(lower.begins(cell.column, reach) for lower in levels[at + 1 :]):
                continue
            over = [found for upper in levels[:at] if (found := upper.over(cell.column)) is not None]
            leaves.append(Leaf(cell.column, cell.column + cell.span, (*over, cell)))
    return tuple(sorted(leaves, key=lambda leaf: leaf.start))


def heads_names(layout: Layout, text: str) -> bool:
    """Whether a header says 绩效指标, which heads names where no other column does."""
    group = layout.column_groups.lookup(text)
    return group == "indicators" or (group is None and layout.is_furniture(text))


def says_time(text: str) -> bool:
    """Whether a header says a part of a year, or a year: 一季度, 1-6月, 下半年, 2025年."""
    return _TIME.fullmatch(key(text)) is not None


def says_part_of_year(text: str) -> bool:
    """Whether a header's values are those of a part of the year, or foreseen: 1-8月完成值, 全年预计完成值."""
    return PART_OF_YEAR.search(_TO_YEAR_END.sub("", key(text))) is not None


def says_whole_year(text: str) -> bool:
    """Whether a header says the whole year by its months: 1-12月."""
    return _WHOLE_YEAR.fullmatch(key(text)) is not None
