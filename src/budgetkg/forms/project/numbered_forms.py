"""Forms of several projects stacked in one table, each begun by a numbered name: 项目一：某项目.

A number before a name is also how a list is printed, and how the parts of one form are headed. It begins
a form only where the numbers go up from one, no row names a project under a label of its own, and each
number has an indicator table of its own before the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from budgetkg.forms.indicators.leaves import head_of
from budgetkg.forms.layout.goals import GOALS
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.project.fields import Label, label_of
from budgetkg.forms.project.listed_amounts import AMOUNTS
from budgetkg.forms.project.pairs import Pair
from budgetkg.forms.settings import HEAD_ROWS, HEADER_ROWS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMBER = rf"(?P<number>[{_CHINESE}]{{1,3}}|\d{{1,2}}|[{_CIRCLED}])"
_WORD = r"(?:(?:预算|支出|绩效|重点|子)?项目(?:支出)?|专项(?:资金)?|政策)(?:名称)?"
# 项目一：…, 项目1 …, 专项（二）、…; without a mark or a blank behind it the number is part of a name
_WORDED = re.compile(rf"(?P<label>{_WORD}\s*+\(?{_NUMBER}\)?)(?:\s*+[:、.]|\s|$)")
# （一）…, 1、…, ①…, with or without 项目名称： behind it
_BARE = re.compile(rf"(?P<label>\(?{_NUMBER}(?:\)|[、.](?!\d))|[{_CIRCLED}])(?:\s*+{_WORD}\s*+:)?")
# what the parts of one form are called: 一、基本情况, 二、绩效目标, 三、2025年度
_PART = re.compile("(?:目标|指标|情况|信息|意见|说明|依据|表|期|年度|20[0-9][0-9]年|预算|金额)$|[。；;]")
_HEADS = frozenset({"unit_of_use", "budget_unit", "department", "owner", *AMOUNTS})

# one project's goals of several years and of one may stand over a table each
_PERIOD = re.compile("中期|长期|实施期|周期|三年")


@dataclass(frozen=True, slots=True)
class Begun:
    """A row that begins a project's form: its number, its name, and the cells beside, which may be pairs."""

    number: str
    pair: Pair
    others: tuple[Cell, ...]


def begun_by_number(layout: Layout, rows: Sequence[GridRow]) -> Mapping[int, Begun]:
    """The rows that begin forms by a numbered name, by their place; nothing where these only list."""
    if layout.kind != "project-form":
        return {}
    for pattern in (_WORDED, _BARE):
        begun: dict[int, Begun] = {}
        numbers = []
        for at, row in enumerate(rows):
            if (found := _mark(pattern, row)) is not None:
                begun[at] = found
                numbers.append(_count(found.number))
        ascending = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
        if ascending and _head_forms(layout, rows, list(begun), bare=pattern is _BARE):
            return begun
    return {}


def heads_differ(layout: Layout, rows: Sequence[GridRow]) -> bool:
    """Whether several indicator tables stand under heads of different things, and none names its project."""
    above = 0
    before: dict[str, str] = {}
    for header, depth in _headers(layout, rows).items():
        said = dict(_said(layout, rows[above:header]))
        if "name" in said:
            return False
        told = _HEADS if any(_PERIOD.search(row.place.text) for row in rows[:header]) else _HEADS | {*GOALS}
        if any(name in before and before[name] != text for name, text in said.items() if name in told):
            return True
        before, above = before | said, header + depth
    return False


def heads_another(layout: Layout, rows: Sequence[GridRow]) -> bool:
    """Whether rows print the head of a form, a unit or money, and neither a name nor indicators before it."""
    for at, row in enumerate(rows[:HEAD_ROWS]):
        said = {name for name, _ in _said(layout, (row,))}
        if "name" in said or head_of(layout, rows[at : at + HEADER_ROWS]) is not None:
            return False
        if said & _HEADS:
            return True
    return False


def _head_forms(layout: Layout, rows: Sequence[GridRow], marks: list[int], *, bare: bool) -> bool:
    """Whether each numbered name has an indicator table before the next, and no name stands under a label.

    A ``bare`` number, without a word for what it counts, needs a head of its own below it: 实施单位, 金额.
    """
    headers = list(_headers(layout, rows))
    over = {name for name, _ in _said(layout, rows[: marks[0]])}
    if headers[:1] < marks[:1] or over & {"name", *AMOUNTS, *GOALS}:
        return False  # parts of what these name or have: 资金总额 over 子项目一, 子项目二
    for mark, end in pairwise((*marks, len(rows))):
        header = next((at for at in headers if mark < at < end), None)
        said = {name for name, _ in _said(layout, rows[mark + 1 : header])} if header else {"name"}
        if "name" in said or (bare and not said & _HEADS):
            return False
    return True


def _headers(layout: Layout, rows: Sequence[GridRow]) -> dict[int, int]:
    """Where indicator tables begin, and how many rows their headers take."""
    found = ((at, head_of(layout, rows[at : at + HEADER_ROWS])) for at in range(len(rows)))
    return {at: len(head.rows) for at, head in found if head is not None}


def _said(layout: Layout, rows: Sequence[GridRow]) -> Iterator[tuple[str, str]]:
    """The fields that rows name, each with its value behind the label or in the next cell."""
    for row in rows:
        for cell, beside in zip_longest(row.cells, row.cells[1:]):
            label = label_of(layout, cell)
            if label is not None and label.value:
                yield label.name, key(label.value.text)
            elif label is not None and beside is not None and label_of(layout, beside) is None:
                yield label.name, beside.key


def _mark(pattern: re.Pattern[str], row: GridRow) -> Begun | None:
    """The numbered name with which a row begins: behind the number, or in the cell beside it."""
    cell = row.cells[0] if row.cells else None
    found = pattern.match(fold(cell.place.text)) if cell is not None else None
    if cell is None or found is None or (pattern is _BARE and len(row.cells) > 1):
        return None
    value, beside, others = cell.place[found.end() :].strip(), None, row.cells[1:]
    if not value and others:
        value, beside, others = others[0].place, others[0], others[1:]
    if not value or _PART.search(key(value.text)):
        return None
    label = Label("name", key(found["label"]).rstrip(":"), Healed() if beside else value)
    return Begun(found["number"] or found["label"][0], Pair(label, cell, value, beside), others)


def _count(numeral: str) -> int:
    """The number that a numeral of up to 99 says; 0 for none: 十二, ③, 4."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _CHINESE.index(numeral) + 1 if len(numeral) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)
