"""The header of a list of tasks: known headers, or a part of the form that says so with columns beside it.

A heading such as 年度重点工作 merged down beside rows of cells says what these rows are; what each column
holds is told by its cells: numbers that count, money, and two columns of words, the name before what is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from budgetkg.forms.layout.header import Column, Header, read_header, says_more
from budgetkg.forms.layout.header_words import Vocabulary
from budgetkg.forms.layout.label_words import is_money_header
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.settings import BLANKS, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.values import parse_amount

_SIDE = re.compile(r"任务|重点工作|主要工作")
_IN_YUAN = re.compile(r"[(（][亿万千]?元[)）]$")
_OF_YEAR = re.compile(r"本年|当年|年度|预算")
_REACHED = re.compile(r"完成|实际|得分|分值|权重|说明|备注|责任|时间|时限|科室|部门|单位|指标|目标|评|级")
_AMOUNTS = ("amount", "fiscal_appropriation", "fiscal_special_account", "other")
_SPENT = re.compile("执行|决算|实际|支出数|完成")
_WORDS = ("name", "content")
_SHORTEST = 3  # cells of a row of headers beside the heading of their part


@cache
def task_vocabulary(layout: Layout) -> Vocabulary:
    """The headers that a list of tasks may have."""
    return Vocabulary(layout, (("", layout.task_columns),))


def header_of_tasks(layout: Layout, rows: Sequence[GridRow]) -> Header | None:
    """The header of a task table that begins with the first of some rows."""
    vocabulary = task_vocabulary(layout)
    found = read_header(rows, vocabulary, lambda header: {"name", "content"} <= header.names)
    found = found or _named_before(read_header(rows, vocabulary, _lacks_names), rows)
    found = _named_beside(found, rows) if found else _beside_heading(layout, vocabulary, rows)
    return _with_money(_of_one_field(found), rows[len(found.rows) :]) if found is not None else None


def _of_one_field(header: Header) -> Header:
    """The header with one column for each amount: of 预算数 and 执行数 over 总额 that of what was planned.

    The others are quoted, each under both of its heads.
    """
    columns = dict(header.columns)
    for name in _AMOUNTS:
        alike = [at for at, column in columns.items() if column.name == name]
        planned = [at for at in alike if not _SPENT.search(header.label(at))]
        for at in (one for one in alike if one != (planned or alike)[0]):
            columns[at] = replace(columns[at], name=None, text=header.label(at))
    return replace(header, columns=columns)


def heading_beside(header: Header) -> Cell | None:
    """The cell merged down beside a header's other cells and the rows below: 年度重点工作任务."""
    first = header.rows[0].cells[0]
    return first if first.rows > len(header.rows) else None


def _beside_heading(layout: Layout, vocabulary: Vocabulary, rows: Sequence[GridRow]) -> Header | None:
    """A row of headers right of a heading of tasks that is merged down over it and the rows below."""
    top = rows[0] if rows else None
    if top is None or not top.table or len(top.cells) < _SHORTEST:
        return None
    side, *heads = top.cells
    body = [row for row in rows[1:] if row.table == top.table and row.number < top.number + side.rows]
    if side.rows < 2 or not body or not _SIDE.search(side.key) or len(side.key) > LONGEST_LABEL:
        return None
    if any(cell.rows > 1 or says_more(cell) or layout.tier_columns.lookup(cell.text) in ("tier1", "tier2")
           for cell in heads):  # fmt: skip
        return None
    under = {
        cell.column: [one for row in body for one in row.cells if one.column == cell.column] for cell in heads
    }
    columns: dict[int, Column] = {}
    for cell in heads:
        choices = vocabulary.choices(cell.text)
        columns[cell.column] = Column(cell.text, choices[0] if choices else _told(under[cell.column]))
    taken = {column.name for column in columns.values()}
    free = [
        cell for cell in heads if columns[cell.column].name is None and _is_words(cell, under[cell.column])
    ]
    for name in (one for one in _WORDS if one not in taken):
        if free and (name != "content" or free[0].column > min(columns)):
            at = free.pop(0).column
            columns[at] = replace(columns[at], name=name)
    first = columns[heads[0].column]
    if first.name == "projects" and not any(column.name == "name" for column in columns.values()):
        columns[heads[0].column] = replace(first, name="name")  # 对应项目 | 主要内容: what names the task
    header = Header(columns, (top,), (side,))
    return header if {"name", "content"} <= header.names or {"name", "amount"} <= header.names else None


def _named_beside(header: Header, rows: Sequence[GridRow]) -> Header:
    """The header with its names in the first unknown column of words, where its heading took their field.

    年度重点工作任务 beside 名称 | 主要内容: the heading is merged down beside the rows and holds no names.
    """
    side = heading_beside(header)
    if side is None or header.columns.get(side.column, Column("", None)).name != "name":
        return header
    below = [row for row in rows[len(header.rows) :] if row.number < rows[0].number + side.rows]
    for head in header.rows[-1].cells:
        under = [one for row in below for one in row.cells if one.column == head.column]
        if head.column in header.unknown() and _is_words(head, under):
            named = {
                side.column: replace(header.columns[side.column], name=None),
                head.column: replace(header.columns[head.column], name="name"),
            }
            return replace(header, columns=header.columns | named)
    return header


def _lacks_names(header: Header) -> bool:
    """Whether a header says what is done with which money, and leaves who or what it is for to its cells."""
    return "content" in header.names and bool({"amount", "projects"} & header.names)


def _named_before(header: Header | None, rows: Sequence[GridRow]) -> Header | None:
    """The header with its names in the only column of words before what is done: 职能 | 主要内容 | 总额."""
    if header is None or "name" in header.names:
        return None
    content = next(at for at, column in header.columns.items() if column.name == "content")
    cells = [cell for row in header.rows for cell in row.cells if cell.column < content]
    before = [cell for cell in cells if cell.column in header.unknown()]
    below = [row for row in rows[len(header.rows) :] if row.table == rows[0].table][:1]
    under = [cell for row in below for cell in row.cells if before and cell.column == before[0].column]
    worded = [any(char.isalpha() for char in cell.key) and not is_organisation(cell.text) for cell in under]
    if len(before) != 1 or not worded or not all(worded):
        return None
    at = before[0].column
    return replace(header, columns=header.columns | {at: replace(header.columns[at], name="name")})


def _told(cells: Sequence[Cell]) -> str | None:
    counted = [cell.key for cell in cells] == [str(number + 1) for number in range(len(cells))]
    return "row_number" if cells and counted else None


def _is_words(head: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a column may hold names of tasks or what they are: words, and no header says otherwise."""
    words = cells and all(
        money_in(cell.text) is None and any(c.isalpha() for c in cell.key) for cell in cells
    )
    return bool(words) and not _REACHED.search(head.key) and not _is_money(head.text)


def _with_money(header: Header, below: Sequence[GridRow]) -> Header:
    """The header with the unknown column that is the money of its tasks, where one alone can be it."""
    if "amount" in header.names or not below:
        return header
    cells = {cell.column: cell for cell in below[0].cells}
    found = [at for at, text in header.unknown().items() if _is_money(text) and _is_amount(cells.get(at))]
    if len(found) > 1:
        values = {at: one.value for at, cell in cells.items() if (one := parse_amount(cell.text))}
        everything = sum((value for at, value in values.items() if at in header.columns), Decimal(0))
        whole = [at for at in found if at in values and values[at] * 2 == everything]
        found = whole or [at for at in found if _OF_YEAR.search(header.columns[at].text)]
    if len(found) != 1:
        return header
    columns = header.columns | {found[0]: replace(header.columns[found[0]], name="amount")}
    return replace(header, columns=columns)


def _is_money(text: str) -> bool:
    """Whether a header says planned money, or a money unit and nothing of what was spent."""
    return is_money_header(text) or (_IN_YUAN.search(text) is not None and not _REACHED.search(text))


def _is_amount(cell: Cell | None) -> bool:
    return cell is not None and (money_in(cell.text) is not None or cell.key in BLANKS)
