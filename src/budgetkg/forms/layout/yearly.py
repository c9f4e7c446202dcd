"""Amounts of several years side by side: 年度 | 2022年 | 2023年 over 10 | 20, or one below the other.

Only the column of the form's own year holds its amount; a column of the whole period is the period's, and
what another year got is quoted. Where the form prints no year, none of the columns is its own. Quarters are
read alike: their sum is the year's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from budgetkg.forms.layout.money import money_in
from budgetkg.forms.settings import BLANKS, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key

Which = Literal["this", "other", "period", "part"]

_YEAR = re.compile(r"(?<!\d)20\d\d(?=年|\(|$)")
_LONG = re.compile(r"20\d\d年?[-—至~]20\d\d年?度?")
_THIS = re.compile(r"^(?:本年|当年|今年)")
_OTHER = re.compile(r"^(?:上年|去年|上一年|前年|往年|以前年度|下年|下一年|明年|以后年度|次年)")
_PART = re.compile(r"(?:第?[一二三四1-4]季度?|[上下]半年|\d{1,2}月)(?:预算|资金|金额|数|\([^()]*\))*")
_PERIOD = re.compile(r"^(?:合计|总计|小计|总额|总量|中期|实施期|三年)")
_MONEY_WORDS = re.compile(
    r"(?:预算|资金|金额|安排|申请|申报|批复|下达|计划|投资|项目|财政|拨款|总|数|额|度|年|\([^()]*\))*"
)
_YEAR_AND_AMOUNT = re.compile(
    r"\s*+(?P<year>20\d\d年度?)\s*+[:：]?\s*+(?P<amount>\d[\d,.]{0,15}(?:亿元|万元|元)?)\s*+"
)
_FEWEST_ALONG = 3  # cells: a label, a year, and the amount beside it
_NOTE = re.compile("备注|说明")
_SPENT = re.compile(r"执行|决算|支出|完成|使用")


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount: the cell that labels it, the one that says its year, whose it is, and the amount itself."""

    label: Cell
    head: Cell
    which: Which
    amount: Cell


@dataclass(frozen=True, slots=True)
class Yearly:
    """The table: how many rows it takes, the cells that head it, its amounts; cells with other headings."""

    rows: int
    heads: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    unknown: tuple[tuple[Cell, Cell], ...] = ()


def whose(text: str, year: int | None) -> Which | None:
    """Whose amount a heading says that it is; ``None`` where it speaks of no year, or of money spent."""
    plain = key(text)
    if len(plain) > LONGEST_LABEL:
        return None
    years = _YEAR.findall(plain)
    rest = _YEAR.sub("", plain)
    found: Which | None = None
    if _PART.fullmatch(plain):
        return "part"
    if _LONG.match(plain) or _PERIOD.match(plain):
        return "period"
    if len(years) == 1:
        found = "this" if year is not None and int(years[0]) == year else "other"
    else:
        for pattern, which in ((_THIS, "this"), (_OTHER, "other")):
            matched = pattern.match(plain)
            if matched:
                found, rest = ("this" if which == "this" else "other"), plain[matched.end() :]
    if found is None or (found == "this" and _SPENT.search(rest)):
        return None
    return found if found == "other" or _MONEY_WORDS.fullmatch(rest) else None


def yearly_of(rows: Sequence[GridRow], year: int | None) -> Yearly | None:
    """The table that begins with the first of some rows, its years in the first row or the first column."""
    return _years_across(rows, year) or _years_down(rows, year) or _years_along(rows[0], year)


def _years_across(rows: Sequence[GridRow], year: int | None) -> Yearly | None:
    top = rows[0]
    heads = [(cell, which) for cell in top.cells if (which := whose(cell.text, year))]
    if any(which == "part" for _, which in heads):
        heads = [(cell, "this" if which == "period" else which) for cell, which in heads]
    if not _several_years([cell for cell, _ in heads]):
        return None
    heads = _with_sum(rows, heads)
    first = heads[0][0].column
    side = [cell for cell in top.cells if cell.column < first]
    others = [cell for cell in top.cells if cell not in side and all(cell is not head for head, _ in heads)]
    if len(side) > 2 or len(others) >= len(heads) or any(money_in(cell.text) for cell in top.cells):
        return None
    entries: list[Entry] = []
    unknown: list[tuple[Cell, Cell]] = []
    count = 1
    for row in rows[1:]:
        strange = [(head, cell) for head in others for cell in row.cells if _is_over(head, cell)]
        kept = tuple(cell for cell in row.cells if all(cell is not other for _, other in strange))
        found = _line(replace(row, cells=kept), top, side, heads)
        if found is None:
            break
        entries += found
        unknown += strange
        count += 1
    if not any(money_in(entry.amount.text) for entry in entries):
        return None
    blank = [
        cell for cell in others if _NOTE.match(cell.key) and all(head is not cell for head, _ in unknown)
    ]
    others = [cell for cell in others if cell not in blank]
    return Yearly(count, (*side, *blank, *(cell for cell, _ in heads)), tuple(entries),
                  (*((cell, cell) for cell in others), *unknown))  # fmt: skip


def _with_sum(rows: Sequence[GridRow], heads: list[tuple[Cell, Which]]) -> list[tuple[Cell, Which]]:
    """The headings with the one right before them whose amount is the sum of the years' amounts."""
    before = [cell for cell in rows[0].cells if cell.column < heads[0][0].column]
    if len(before) < 2 or len(rows) < 2:
        return heads
    below = {cell.column: money for cell in rows[1].cells if (money := money_in(cell.text))}
    whole, years = below.get(before[-1].column), [below.get(head.column) for head, _ in heads]
    if whole is None or None in years:
        return heads
    summed = sum((one.amount.value for one in years if one), Decimal(0)) == whole.amount.value
    return [(before[-1], "period"), *heads] if summed else heads


def _is_over(head: Cell, cell: Cell) -> bool:
    return head.column <= cell.column < head.column + head.span


def _line(
    row: GridRow, top: GridRow, side: list[Cell], heads: list[tuple[Cell, Which]]
) -> list[Entry] | None:
    """The amounts of a row under the years; ``None`` where it is no row of them."""
    first = heads[0][0].column
    own = [cell for cell in row.cells if cell.column < first]
    merged = [cell for cell in side if cell.rows > 1]
    first_below = [*merged, *(side if row.number == top.number + 1 else ())]  # blank where it isn't merged
    label = own[-1] if own else next(iter(first_below[-1:]), None)
    amounts = [cell for cell in row.cells if cell.column >= first]
    if row.table != top.table or not amounts or len(own) > 2 or any(money_in(cell.text) for cell in own):
        return None
    entries = []
    for cell in amounts:
        over = [(head, which) for head, which in heads if _is_over(head, cell)]
        if not over or (money_in(cell.text) is None and cell.key not in BLANKS):
            return None
        entries.append(Entry(label or over[0][0], over[0][0], over[0][1], cell))
    return entries


def _years_down(rows: Sequence[GridRow], year: int | None) -> Yearly | None:
    top = rows[0]
    if len(top.cells) < 2 or any(money_in(cell.text) for cell in top.cells):
        return None
    labels = {cell.column: cell for cell in top.cells[1:]}
    lines: list[tuple[Cell, Which, tuple[Cell, ...]]] = []
    for row in rows[1:]:
        which = whose(row.cells[0].text, year) if row.cells and row.table == top.table else None
        amounts = row.cells[1:]
        fits = row.cells and row.cells[0].column == top.cells[0].column and amounts
        if which is None or not fits or any(cell.column not in labels for cell in amounts):
            break
        if any(money_in(cell.text) is None and cell.key not in BLANKS for cell in amounts):
            break
        lines.append((row.cells[0], which, amounts))
    if not _several_years([head for head, _, _ in lines]):
        return None
    entries = [
        Entry(labels[cell.column], head, which, cell) for head, which, cells in lines for cell in cells
    ]
    return Yearly(1 + len(lines), (*top.cells, *(head for head, _, _ in lines)), tuple(entries))


def _years_along(row: GridRow, year: int | None) -> Yearly | None:
    """Years and their amounts in turn behind one label: 年度金额 | 2025年 | 600 | 2026年 650."""
    if len(row.cells) < _FEWEST_ALONG:
        return None
    side, *cells = row.cells
    parts = [part for cell in cells for part in _parted_year(cell)]
    heads, amounts = parts[::2], parts[1::2]
    said = [whose(head.text, year) for head in heads]
    if len(heads) != len(amounts) or not all(which in ("this", "other") for which in said):
        return None
    if any(money_in(cell.text) is None for cell in amounts) or not _several_years(heads):
        return None
    entries = (Entry(side, head, which, amount)
               for head, which, amount in zip(heads, said, amounts, strict=True) if which)  # fmt: skip
    return Yearly(1, tuple(heads), tuple(entries)) if money_in(side.text) is None else None


def _parted_year(cell: Cell) -> tuple[Cell, ...]:
    """A cell that prints a year and its amount as two: 2027年 700."""
    found = _YEAR_AND_AMOUNT.fullmatch(cell.place.text)
    if found is None:
        return (cell,)
    head, amount = cell.place[: found.start("amount")].strip(), cell.place[found.start("amount") :].strip()
    return Cell(cell.column, found["year"], head), Cell(cell.column, amount.text, amount)


def _several_years(heads: Sequence[Cell]) -> bool:
    """Whether headings speak of different years, and not only of a year and its whole period."""
    said = [_year_of(cell.key) for cell in heads if not _LONG.match(cell.key)]
    return len({year for year in said if year}) > 1


def _year_of(plain: str) -> str | None:
    """The year, or the part of one, that a heading says, in figures or in words (上年)."""
    found = _PART.match(plain) or _YEAR.search(plain) or _THIS.match(plain) or _OTHER.match(plain)
    return found[0] if found else None
