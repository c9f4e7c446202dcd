"""What cells of a row of labels and values are to each other: a heading, a label with its value, a text."""

from __future__ import annotations

import re

from budgetkg.forms.layout.goals import GOALS, REACHED, goal_kind
from budgetkg.forms.layout.label_words import is_money_words, is_office_label
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.year import YEAR_LABEL
from budgetkg.forms.project.fields import Label, label_of
from budgetkg.forms.project.listed_amounts import AMOUNTS, labelled_amounts
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key

_OF_MONEY = re.compile("预算|资金|金额|支出|执行率|评价|结论")
_MONEY_HEAD = re.compile("资金|金额|预算|投资|经费")
_PART_OF = "其中"


def says_reached(layout: Layout, cell: Cell) -> bool:
    """Whether a cell beside a text of the whole width says that it is what was reached: 完成情况."""
    return goal_kind(layout, cell.text) == REACHED and _OF_MONEY.search(cell.key) is None


def goal_under(
    layout: Layout, side: Cell, label: Label | None, following: list[Cell]
) -> tuple[Label, Cell, Cell] | None:
    """The goal that a row prints under a heading merged down beside it: 绩效目标 | 年初目标 | 新增三场."""
    if label is None or label.name not in GOALS or label.value or len(following) < 2:
        return None
    if side.rows < 2 and len(following) > 2:
        return None
    head, text = following[:2]
    kind = goal_kind(layout, head.text)
    if kind is None or goal_kind(layout, text.text) is not None or head.rows > 1:
        return None
    return Label(kind, head.key.rstrip(":"), Healed()), head, text


def has_own_value(layout: Layout, label: Cell, beside: Cell, further: list[Cell]) -> bool:
    """Whether blank cells part a label from the next text, which has a value of its own at its side.

    A number is no label, so it has none.
    """
    if not any(char.isalpha() for char in beside.key):
        return False
    if beside.column <= label.column + label.span or not further or is_label(layout, further[0]):
        return False
    return further[0].column == beside.column + beside.span


def heads_amounts(cell: Cell, label: Label | None, beside: Cell, further: list[Cell]) -> bool:
    """Whether a cell heads labels of amounts in its row: 债券资金（万元） | 计划发行总额 | 8600."""
    if label is not None and (label.value or label.name not in (*AMOUNTS, "period_total")):
        return False
    if not further or money_in(cell.text) is not None:
        return False
    if not says_money(cell) and not is_money_words(beside.text):
        return False
    told = money_in(beside.text) is None and any(char.isalpha() for char in beside.key)
    return told and len(beside.key) <= LONGEST_LABEL and money_in(further[0].text) is not None


def explains(label: Label) -> bool:
    """Whether a line of prose explains a word for money: 一、财政拨款收入：指财政当年拨付的资金."""
    said = label.value.text
    amount = money_in(said) is not None or any(char.isdigit() for char in said)
    return label.name in AMOUNTS and len(key(said)) > LONGEST_LABEL // 2 and not amount


def labels_itself(cell: Cell) -> bool:
    """Whether a cell prints a label with its value."""
    head, mark, value = cell.key.partition(":")
    return bool(mark and value) and 0 < len(head) <= LONGEST_LABEL and head != _PART_OF


def heads_labelled(layout: Layout, cell: Cell, label: Label | None, following: Cell) -> bool:
    """Whether a cell only heads the next, which labels what it prints: 资金来源 | 财政拨款70　其他2."""
    if label is not None and (label.value or label.name not in ("attribute", *AMOUNTS)):
        return False
    if money_in(cell.text) is not None or len(cell.key) > LONGEST_LABEL or labels_itself(cell):
        return False
    listed = labelled_amounts(layout, following)
    own = label_of(layout, following) if label is None else None
    known = any(layout.labels.lookup(one.label) in AMOUNTS for one in listed)
    money = len(listed) > 1 and known and _MONEY_HEAD.search(cell.key) is not None
    return money or (own is not None and bool(own.value))


def says_money(cell: Cell) -> bool:
    """Whether a cell at the side of amounts says that they are money: 资金安排（万元）."""
    return _MONEY_HEAD.search(cell.key) is not None and money_in(cell.text) is None


def names_field(layout: Layout, text: str) -> bool:
    """Whether a label in front of a colon names a field that holds a short value."""
    name = layout.labels.lookup(text)
    if name is not None:
        return name not in GOALS
    return layout.is_person(text) or is_office_label(text) or YEAR_LABEL.fullmatch(key(text)) is not None


def is_label(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is a label that the form knows, or furniture."""
    return label_of(layout, cell) is not None or layout.is_furniture(cell.text)


def heads_part(layout: Layout, row: GridRow, below: GridRow | None) -> bool:
    """Whether the first cell of a row heads the pairs of it and of the rows below: 立项情况 | 依据 | 某文件.

    It is merged down, or blank where it isn't; under each cell beside it another begins.
    """
    if len(row.cells) != 3 or below is None or not below.cells or below.table != row.table:
        return False
    first, label, value = row.cells
    named = label_of(layout, first)
    if named is None or named.value or named.name != "attribute" or label_of(layout, label) is not None:
        return False
    words = len(label.key) <= LONGEST_LABEL and money_in(label.text) is None and not labels_itself(label)
    columns = [cell.column for cell in below.cells]
    return words and columns == [label.column, value.column] and label.column > first.column
