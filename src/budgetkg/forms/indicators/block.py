"""The block of indicator rows below a header: found by shape, so that no other row can become an indicator.

A row belongs to the block where its cells stand in the columns of the header: a name in the column of names,
tiers left of it, values right of it. A row whose first cell is merged over the names, or whose text spans
several columns, is none: 总分, 审核意见, a unit line. What stands left of the first column ends the block
unless it is what stood beside the header (绩效指标).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from budgetkg.forms.indicators.column_numbers import counts_columns
from budgetkg.forms.indicators.columns import Column, named_leaves, settled
from budgetkg.forms.indicators.continued import is_blank_like, moved, offset_of
from budgetkg.forms.indicators.foreign_rows import foreign_from
from budgetkg.forms.indicators.leaves import Head, Leaf, below, head_of, roles_of
from budgetkg.forms.indicators.parted_heads import parted_head
from budgetkg.forms.indicators.sides import begins_part, is_beside
from budgetkg.forms.indicators.sum_lines import sums_alone, sums_beside
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.goals import goals_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.people import is_personal
from budgetkg.forms.settings import GOAL_ROWS, HEADER_ROWS, LOOK_AHEAD
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

_BOTH_TIERS = 2
_VALUES = frozenset({"annual_value", "period_value", "actual_value", "weight", "score"})


class Kind(Enum):
    """What a row below a header is."""

    INDICATOR = "indicator"
    TIERS = "tiers without an indicator"
    SUM = "sum of weights or scores"
    NUMBERS = "numbers of the columns"
    AGAIN = "the header printed again"
    OTHER = "no row of the block"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the block: what it is, and its place among the rows looked at."""

    at: int
    kind: Kind
    row: GridRow

    @property
    def taken(self) -> bool:
        """Whether the row is the block's own."""
        return self.kind is not Kind.OTHER


@dataclass(frozen=True, slots=True)
class Block:
    """An indicator table found: its header, its columns as settled, its rows, a tier alone over it."""

    head: Head
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: Cell | None = None
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where the columns begin, if each begins behind the one before; else nothing."""

    def __post_init__(self) -> None:
        leaves = [column.leaf for column in self.columns]
        apart = all(left.end <= right.start for left, right in pairwise(leaves))
        object.__setattr__(self, "_starts", tuple(leaf.start for leaf in leaves) if apart else ())

    @property
    def depth(self) -> int:
        """The rows of its header, and of the tier over it."""
        return len(self.head.rows) + (self.heading is not None)

    @property
    def sets(self) -> tuple[tuple[Column, ...], ...]:
        """Columns by set, those of 中期 and of 年度 apart; tiers printed once serve all."""
        numbers = sorted({column.number for column in self.columns})
        shared = {c.role: c for c in self.columns
                  if c.number == 0 and c.role in ("tier1", "tier2") and not c.leaf.under}  # fmt: skip
        found = []
        for number in numbers:
            own = [column for column in self.columns if column.number == number]
            has = {column.role for column in own}
            found.append((*(c for role, c in shared.items() if role not in has), *own))
        return tuple(found)

    def has(self, role: str) -> bool:
        """Whether a column of a field is printed."""
        return any(column.role == role for column in self.columns)

    def at(self, column: int) -> Column | None:
        """The column in which a cell begins."""
        near = self.columns
        if self._starts:
            last = bisect_right(self._starts, column)
            near = near[max(last - 1, 0) : last]
        return next((c for c in near if c.leaf.start <= column < c.leaf.end), None)


def of_period(block: Block) -> Block:
    """The block with its values as those of several years, where it prints no year's beside them."""
    roles = {column.role for column in block.columns}
    if "period_value" in roles or block.columns[-1].number:
        return block
    columns = tuple(replace(column, role="period_value") if column.role == "annual_value" else column
                    for column in block.columns)  # fmt: skip
    return replace(block, columns=columns)


def block_of(layout: Layout, rows: Sequence[GridRow], year: int | None = None) -> Block | None:
    """The block whose header is the first of some rows; ``year`` is the form's, where it prints one."""
    head = head_of(layout, rows[: HEADER_ROWS + 1])
    if head is None:
        return None
    found = list(_body(layout, head, rows))
    parted = parted_head(head, [entry.row for entry in found if entry.kind is not Kind.AGAIN])
    if parted != head:
        head, found = parted, list(_body(layout, parted, rows))
    if not any(entry.taken for entry in found) and goals_of(layout, rows[:GOAL_ROWS]) is not None:
        return None  # 年度目标 | 完成情况 over texts, no row of a table below them
    _, tiers, points, values = named_leaves(layout, head.leaves)
    read = [(entry.row, entry.kind is Kind.INDICATOR) for entry in found]
    signs = [leaf for leaf in head.leaves if "operator" in roles_of(layout, leaf.text)]
    found = found[: foreign_from(read, tiers, [*points, *values, *signs])]
    inside = [entry.row for entry in found if entry.kind is Kind.INDICATOR]
    texts = [[cell.text for _, cell in under] for under in below(head.leaves, inside)]
    columns = settled(layout, head.leaves, texts, year)
    block = Block(head, columns, tuple(found))
    has = {column.role for column in columns}
    return block if "name" in has else None


def leads_out(layout: Layout, row: GridRow) -> bool:
    """Whether the first cell of a row is a label of the form, which begins another part."""
    cell = row.cells[0]
    if tier_of(cell.text) is not None:
        return False
    head = key(cell.text).partition(":")[0]
    named = layout.labels.lookup(head) is not None or layout.is_person(head)
    return named or layout.amounts.lookup(head) is not None


def _body(layout: Layout, head: Head, rows: Sequence[GridRow]) -> Iterator[Row]:
    at, table, offset, pending = len(head.rows), head.rows[0].table, 0, 0
    while at < len(rows):
        row = rows[at]
        if row.table != table:
            if not row.table and table and len(row.cells) == 1 and pending < LOOK_AHEAD:
                pending, at = pending + 1, at + 1  # a page number between two parts of a table
                continue
            found = offset_of(layout, head, rows, at) if row.table and table else None
            if found is None or leads_out(layout, row):
                return  # 预算单位 | … over the table of a further form
            table, offset = row.table, found
        row = moved(row, offset)
        kind = _kind(layout, head, row)
        if kind is None:
            return
        if kind is Kind.OTHER:
            pending += 1
            if pending > LOOK_AHEAD or len(row.cells) != 1:
                return
        else:
            pending = 0
        again = head_of(layout, rows[at : at + HEADER_ROWS + 1]) if kind is Kind.AGAIN else None
        if again is not None and len(again.rows) > len(head.rows):
            return  # the same first row over more: 指标值 parted into 前年 | 上年 | 预计当年实现
        for more in range(len(again.rows) if again else 1):
            yield Row(at + more, kind, moved(rows[at + more], offset))
        at += len(again.rows) if again else 1


def _kind(layout: Layout, head: Head, row: GridRow) -> Kind | None:
    """What a row is; ``None`` where the block ends before it."""
    left = [cell for cell in row.cells if cell.column + cell.span <= head.start]
    cells = [cell for cell in row.cells if cell.column + cell.span > head.start]
    if counts_columns(row):
        return Kind.NUMBERS
    if any(begins_part(layout, head, row, cell) for cell in left):
        return None
    if any(not is_beside(layout, head, cell, cells) for cell in left):
        return Kind.SUM if sums_beside(layout, head, left, cells) else None
    if len(cells) > 1 and is_personal(cells[0].text) and tier_of(cells[0].text) is None:
        return None  # 填表人 | … | 联系电话 | …
    if not cells:
        return Kind.OTHER if left and not row.cells[1:] else None
    if len(cells) > 1 and _names_project(layout, row):
        return None  # 项目名称 | 候鸟监测: the next form of a stack, as wide as this one
    texts = [cell.key for cell in cells]
    heads = {cell.key for line in head.rows for cell in line.cells}
    if len(cells) > 1 and all(text in heads for text in texts):
        other = head_of(layout, (row,))
        same = [cell.key for cell in head.rows[0].cells if cell.column >= head.start]
        return Kind.AGAIN if texts == same else None if other else Kind.OTHER
    if head_of(layout, (row,)) is not None or _heads_further(layout, cells):
        return None
    return _fits(head, layout, row, cells)


def _heads_further(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether a row heads values without a name: 权重 | 得分, columns of a sheet too wide for a page."""
    return any(layout.tier_columns.lookup(cell.text) in _VALUES for cell in cells[1:])


def _names_project(layout: Layout, row: GridRow) -> bool:
    """Whether a row of labels and values names a project, first or behind 预算单位 | …."""
    said = [layout.labels.lookup(cell.text) for cell in row.cells]
    return said[0] == "name" or (leads_out(layout, row) and "name" in said[2:-1:2])


def _fits(head: Head, layout: Layout, row: GridRow, cells: list[Cell]) -> Kind | None:
    names, tiers, points, values = named_leaves(layout, head.leaves)
    name_cells = [cell for cell in cells if any(leaf.start <= cell.column < leaf.end for leaf in names)]
    over = [cell for cell in cells if _covers(cell, names[0].start) and cell.column < names[0].start]
    ahead = [cell for cell in cells if cell.column < names[0].start]
    behind = [cell for cell in cells if cell.column > names[0].start]
    if name_cells and not over:
        if sums_alone(name_cells[0], [*ahead, *behind], [leaf.start for leaf in points]):
            return Kind.SUM
        wide = name_cells[0].column + name_cells[0].span > names[0].end
        if wide and not any(tier_of(cell.text) for cell in ahead):
            return None if leads_out(layout, row) else Kind.OTHER
        if not behind and ahead and not any(tier_of(c.text) or c.rows > 1 for c in ahead):
            return None
        leads = leads_out(layout, row) and not _is_weighed(points, behind)
        edge = tiers[0].end if tiers else names[0].start  # a label begins there; a second tier doesn't
        if leads and len(ahead) < len(tiers) and row.cells[0].column < edge:
            return None
        if not behind and not ahead:
            lone = tier_of(name_cells[0].text) is not None
            return Kind.TIERS if lone else Kind.INDICATOR if not _wraps(name_cells[0], head) else Kind.OTHER
        return Kind.INDICATOR
    if over:
        if len(cells) == 1 and tier_of(over[0].text) is not None:
            return Kind.TIERS  # 产出指标 over the whole width
        numbers = [cell for cell in cells if cell not in over]
        at = {leaf.start for leaf in points}
        if _names_itself(over[0], names[0], tiers, [leaf.start for leaf in values], at, numbers):
            return Kind.INDICATOR
        label = layout.labels.lookup(over[0].key.partition(":")[0])
        if len(cells) == 1 and label in (None, "attribute"):
            return Kind.OTHER  # 注：…, 小计 over the whole width: the rows below may go on
        summed = all(cell.column in at or is_blank_like(cell) for cell in numbers)
        return Kind.SUM if numbers and at and summed and all(map(is_blank_like, numbers)) else None
    if all(tier_of(cell.text) is not None or cell.rows > 1 for cell in ahead) and ahead:
        return Kind.TIERS
    if leads_out(layout, row) or len(cells) > 1:
        numbers = [cell for cell in cells if cell.column > names[0].start]
        at = {leaf.start for leaf in points}
        words = [cell for cell in ahead if not (cell.column in at and is_blank_like(cell))]
        if numbers and points and all(map(is_blank_like, numbers)) and len(words) == 1:
            return Kind.SUM
        return None
    return Kind.OTHER


def _is_weighed(points: Sequence[Leaf], behind: Sequence[Cell]) -> bool:
    """Whether a number stands in a column of weights: 绩效目标（10分） is then a tier, no label of a goal."""
    starts = {leaf.start for leaf in points}
    return any(cell.column in starts and parse_amount(cell.text) is not None for cell in behind)


def _names_itself(
    cell: Cell, name: Leaf, tiers: list[Leaf], values: list[int], points: set[int], behind: list[Cell]
) -> bool:
    """Whether a cell merged over tiers and name is a name without them: 预算执行率 | ≥95% | 96% | 10 | 9.6.

    It ends where names end, and its values stand in their columns: one of them, or with the first tier left
    out two and a weight.
    """
    if cell.column + cell.span != name.end or len(tiers) < _BOTH_TIERS:
        return False
    filled = [other.column for other in behind]
    told = sum(at in values for at in filled)
    if cell.column == tiers[-1].start:
        return told > 0
    return told > 1 and any(at in points for at in filled)


def _wraps(cell: Cell, head: Head) -> bool:
    """Whether a lone cell spans the table."""
    return cell.column + cell.span >= head.leaves[-1].end and len(head.leaves) > 1


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.span
