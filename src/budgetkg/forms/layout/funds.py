"""The money of a self-evaluation: a small table of 年初预算数, 全年预算数, 全年执行数, 执行率 by source.

Found by shape: a row of at least two headings of money, below it rows of a label and what stands under the
headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.names_index import spellings
from budgetkg.forms.settings import BLANKS, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width

_SOURCES = frozenset(
    {"total", "fiscal_appropriation", "fiscal_special_account", "other", "part", "period_total", "attribute",
     "expenditure", None}
)  # fmt: skip
MONEY = ("initial", "adjusted", "executed")
_TELLING = tuple(
    (role, re.compile(words))
    for role, words in (
        ("rate", "率|进度"),
        ("score", "得分|评分"),
        ("weight", "分值|权重"),
        ("note", "原因|说明|备注"),
        ("", "追加|增减"),
        ("executed", "执行|决算|支出|实际"),
        ("adjusted", "调整|全年预算"),
        ("initial", "年初|预算|额度|下达|安排|计划"),
    )
)
"""What a heading's words tell, the more telling first: 预算执行率 is a rate, 预算执行数 what was spent."""


PART_OF_YEAR = re.compile(r"\d{1,2}[-—–~至]\d{1,2}月|截[至止]|半年|季度|预计|[1-9]\d?月[份底末]?")
"""A column of what a part of the year brought, or of what the year will: 1-7月执行数, 全年预计执行数."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label, its cells by field, and those under no known heading."""

    label: Cell
    cells: dict[str, Cell]
    others: tuple[Cell, ...]
    row: GridRow


_HEADED_ROW = 2  # rows of the headings and of what the only label beside them labels
_OF_ALL = re.compile(
    r"(?:部门|单位|整体|项目|年度|本年|专项)*(?:预算)?(?:资金|预算|经费|支出)(?:情况|安排|执行|使用|总额|合计)*"
    r"(?:\([^()]*\))?:?|(?:年度|本年)?财政资金(?:总额|合计):?"
)
"""What heads the only row of a table of money and names no source of it: 资金情况（万元）."""


@dataclass(frozen=True, slots=True)
class Funds:
    """The table: how many rows it takes, the cells that head it, its lines."""

    rows: int
    heads: tuple[Cell, ...]
    unknown: tuple[Cell, ...]
    lines: tuple[Line, ...]

    def is_total(self, layout: Layout) -> bool:
        """Whether its first row is all the money there is.

        It is the only one, and its label names no source and no part; or no row has a label of its own, and
        the others add up to it.
        """
        label = self.lines[0].label
        if self.is_unlabelled:
            own, *rest = (_first_money(line) for line in self.lines)
            return own is not None and own == sum((one for one in rest if one is not None), Decimal(0))
        whole = len(self.lines) == 1 and _OF_ALL.fullmatch(label.key) is not None
        return whole and layout.amounts.lookup(label.text) is None

    @property
    def is_unlabelled(self) -> bool:
        """Whether several rows have only the label beside them all, which says nothing of any one of them."""
        return len(self.lines) > 1 and all(line.label is self.lines[0].label for line in self.lines)


def _first_money(line: Line) -> Decimal | None:
    found = (money_in(line.cells[role].text) for role in MONEY if role in line.cells)
    return next((money.amount.value for money in found if money is not None), None)


@cache
def _names(layout: Layout) -> dict[str, str]:
    return {key(text).rstrip(":"): role for role, texts in layout.fund_columns.items() for text in texts}


def fund_role(layout: Layout, text: str) -> str | None:
    """The field that a heading of money is listed for."""
    names = _names(layout)
    return next((names[form] for form in spellings(text) if form in names), None)


def _roles(layout: Layout, placed: Sequence[tuple[int, Cell]]) -> list[tuple[int, Cell, str]]:
    """The headings with their fields; beside one that is listed, others are told by the word in them.

    One of a part of the year is of money, too, but of no field: it says nothing of the year's end.
    """
    listed = [fund_role(layout, cell.text) for _, cell in placed]
    found = []
    for (at, cell), role in zip(placed, listed, strict=True):
        known = layout.labels.lookup(cell.text) or layout.budget.lookup(cell.text)
        if role is None and any(listed) and known is None and len(cell.key) <= LONGEST_LABEL:
            role = next((said for said, word in _TELLING if word.search(cell.key)), None)
        if role is not None:
            found.append((at, cell, "" if PART_OF_YEAR.search(cell.key) else role))
    return found


def funds_of(layout: Layout, rows: Sequence[GridRow]) -> Funds | None:
    """The money table that begins with the first of some rows."""
    top, below = rows[0], next(iter(rows[1:]), None)
    if below is None or below.table != top.table or any(money_in(cell.text) for cell in top.cells):
        return None
    placed = _placed(top, below)
    named = _roles(layout, placed)
    if len(named) < 2 or not any(role in MONEY for _, _, role in named):
        return None
    first = _first_amount(placed, below, named[0][0])
    heads: dict[str, tuple[int, Cell]] = {}
    for at, cell, role in sorted(named, key=lambda one: fund_role(layout, one[1].text) is None):
        if role:
            heads.setdefault(role, (at, cell))
    own = [cell for _, cell in heads.values()]
    side = [cell for cell in top.cells if cell.column < first and cell not in own]
    start = max((cell.column + cell.span for cell in side if cell.rows > 1), default=0)
    reach = min((cell.rows for cell in side if cell.rows > 1), default=0)
    beside = next((cell for cell in reversed(top.cells) if cell.column < first), None)
    bare = (
        beside
        if beside is not None and (beside.rows > _HEADED_ROW or _names_no_source(layout, beside))
        else None
    )
    lines = []
    for row in rows[1:]:
        label = bare if bare is not None and (bare.rows > 1 or row is below) else None
        line = _line(heads, row, label, start, first) if row.table == top.table and row.cells else None
        if line is None or (reach and row.number >= top.number + reach) or not _is_money(layout, line):
            break
        lines.append(line)
    if not lines or not any(money_in(cell.text) for line in lines for cell in line.cells.values()):
        return None
    unknown = tuple(cell for at, cell in placed if at > first and cell not in own)
    return Funds(1 + len(lines), (*side, *own), unknown, tuple(lines))


def _names_no_source(layout: Layout, cell: Cell) -> bool:
    return layout.labels.lookup(cell.text) in ("total", None)


def _first_amount(placed: Sequence[tuple[int, Cell]], below: GridRow, named: int) -> int:
    """The column in which the money begins: that of the first heading with an amount under it.

    ``named`` is that of the first heading that is known; one before it may be of money, too.
    """
    amounts = [cell.column for cell in below.cells if money_in(cell.text)]
    over = [at for at, cell in placed if any(at <= one < at + cell.span for one in amounts)]
    return min(named, *over) if over else named


def _placed(top: GridRow, below: GridRow) -> list[tuple[int, Cell]]:
    """The headings of a row with the columns that they stand over.

    A heading over the labels heads no money. Where the row lacks one, and what stands beside it is merged too
    wide, its cells have moved to the left by the width of a label: the row below has one cell more than there
    are headings, or ends one column later than they do.
    """
    merged = [cell for cell in top.cells[:-1] if cell.rows > 1]
    heads = [cell for cell in top.cells if cell not in merged]
    if not heads or not below.cells:
        return []
    label, last = below.cells[0], heads[-1]
    if money_in(label.text) is not None:  # what stands before the amounts is beside them
        return [(cell.column, cell) for cell in heads if cell.column + cell.span > label.column]
    first = label.column == heads[0].column
    if first and len(below.cells) == len(heads) + 1 and label.span + 1 <= sum(one.span for one in merged):
        return list(zip((cell.column for cell in below.cells[1:]), heads, strict=True))
    if first and merged and below.cells[-1].column >= last.column + last.span:
        return [(cell.column + label.span, cell) for cell in heads]
    return [(cell.column, cell) for cell in heads if cell.column > label.column]


def _is_money(layout: Layout, line: Line) -> bool:
    """Whether a row says money: its label names none other than a source, and its amounts are amounts."""
    named = layout.labels.lookup(line.label.text) or layout.amounts.lookup(line.label.text)
    if named not in _SOURCES or any(
        money_in(cell.text) is None and cell.key not in BLANKS
        for role, cell in line.cells.items()
        if role in MONEY
    ):
        return False
    return named is not None or any(money_in(line.cells[role].text) for role in MONEY if role in line.cells)


def _line(
    heads: dict[str, tuple[int, Cell]], row: GridRow, beside: Cell | None, start: int, first: int
) -> Line | None:
    """A row of the table; ``beside`` is the label of rows that have none of their own: 项目资金."""
    label = row.cells[0]
    if beside is not None and label.column >= first:
        return _under(heads, beside, row.cells, row)
    if not start <= label.column < first or label.column + label.span > first:
        return None
    if label.rows > 1 or money_in(label.text):
        return None
    return _under(heads, label, row.cells[1:], row)


def _under(heads: dict[str, tuple[int, Cell]], label: Cell, amounts: Sequence[Cell], row: GridRow) -> Line:
    """The line of some cells, each in the field of the heading over it."""
    cells: dict[str, Cell] = {}
    others = []
    for cell in map(_amount_only, amounts):
        role = next((role for role, (at, head) in heads.items() if at <= cell.column < at + head.span), None)
        if role is None or role in cells:
            others.append(cell)
        else:
            cells[role] = cell
    return Line(label, cells, tuple(others), row)


def _amount_only(cell: Cell) -> Cell:
    """A cell without the label that it prints before its amount: 到位数：480.00."""
    label, mark, amount = fold_width(cell.text).partition(":")
    if not mark or not 0 < len(key(label)) <= LONGEST_LABEL or money_in(amount) is None:
        return cell
    return replace(cell, text=cell.text[len(label) + 1 :].strip())
