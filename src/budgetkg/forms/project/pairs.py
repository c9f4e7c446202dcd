"""Labels and their values side by side: 主管部门 | 寅县教育局 | 实施单位 | 寅县第一中学.

A label that nobody listed is still a label where a value stands beside it: both are quoted in a finding. A
cell merged down beside other rows is the heading of a part of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from budgetkg.forms.layout.date_spans import with_whole_spans
from budgetkg.forms.layout.filed import stampless, year_behind
from budgetkg.forms.layout.goals import REACHED, goal_beside
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.label_words import names_thing, spoken
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.layout.parted import parted
from budgetkg.forms.layout.people import is_dated
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.layout.yearly import whose
from budgetkg.forms.project.fields import Label, label_of, role_of, take, take_labelled
from budgetkg.forms.project.listed_amounts import AMOUNTS, Listed, labelled_amounts
from budgetkg.forms.project.pair_shapes import (
    explains,
    goal_under,
    has_own_value,
    heads_amounts,
    heads_labelled,
    heads_part,
    is_label,
    labels_itself,
    names_field,
    says_money,
    says_reached,
)
from budgetkg.forms.settings import SUMS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key

if TYPE_CHECKING:
    from budgetkg.forms.project.form_rules import State


_OWN_YEAR = re.compile("(?:本年度?|当年度?|今年|年度)(?:安排|资金|金额|数|额)?")
_LISTED = Label("listed", "", Healed())


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, the cell that prints it, and its value: behind its colon, in the cell beside it, or none."""

    label: Label
    cell: Cell
    value: Healed
    beside: Cell | None = None
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """A row of pairs; what is only furniture, and what stands under no known label."""

    pairs: tuple[Pair, ...]
    furniture: tuple[Cell, ...]
    strange: tuple[tuple[Cell, Cell | None], ...]


def pairs_of(layout: Layout, row: GridRow, below: GridRow | None = None) -> Pairs | None:
    """The pairs of a row; ``None`` for a lone cell that is no label. ``below`` is the row under it."""
    pairs: list[Pair] = []
    furniture: list[Cell] = []
    strange: list[tuple[Cell, Cell | None]] = []
    whole = with_whole_spans(row.cells)
    cells = [part for cell in whole for part in parted(cell, lambda text: names_field(layout, text))]
    if heads_part(layout, row, below):
        furniture.append(cells.pop(0))
    while cells:
        cell = cells.pop(0)
        label = label_of(layout, cell)
        if label is not None and not row.table and explains(label):
            return None
        following = cells[0] if cells else None
        beside, heads = _beside(layout, cell, label, cells)
        role = _role(layout, cell, beside, row) if label is None and beside is not None else None
        if role is not None:
            label = Label(role, cell.key.rstrip(":"), Healed())
        goal = goal_under(layout, cell, label, cells)
        if goal is not None or (following is not None and heads_labelled(layout, cell, label, following)):
            furniture.append(cell)
            pairs += [Pair(goal[0], goal[1], goal[2].place, goal[2])] if goal else []
            del cells[: 2 if goal else 0]
            continue
        listed = labelled_amounts(layout, cell)
        if listed and (label is None or label.name in (*AMOUNTS, "period_total")) and len(listed) > 1:
            pairs.append(Pair(_LISTED, cell, Healed(), None, tuple(listed)))
        elif label is not None and label.value:
            pairs.append(Pair(label, cell, label.value))
        elif label is not None and beside is not None:
            pairs.append(Pair(label, cell, beside.place, cells.pop(0)))
        elif label is not None and label.name == "name" and cell.column != row.cells[0].column:
            furniture.append(cell)  # a header of a list: 序号 | 项目名称
        elif label is not None:
            pairs.append(Pair(label, cell, Healed()))
        elif heads or layout.is_furniture(cell.text) or (cell.rows > 1 and cells):
            furniture.append(cell)
        elif beside is not None and len(row.cells) == 2 and says_reached(layout, cell):
            pairs.append(
                Pair(Label(REACHED, cell.key.rstrip(":"), Healed()), cell, beside.place, cells.pop(0))
            )
        elif listed:
            pairs.append(Pair(_LISTED, cell, Healed(), None, tuple(listed)))
        elif beside is not None:
            strange.append((cell, cells.pop(0)))
        elif pairs or strange or len(row.cells) > 1:
            strange.append((cell, None))
    return Pairs(tuple(pairs), tuple(furniture), tuple(strange)) if pairs or furniture or strange else None


def _beside(
    layout: Layout, cell: Cell, label: Label | None, following: list[Cell]
) -> tuple[Cell | None, bool]:
    """The next cell where it can be the value of this one; whether this one only heads amounts."""
    beside = following[0] if following and not is_label(layout, following[0]) else None
    if beside is None:
        return None, False
    heads = heads_amounts(cell, label, beside, following[1:])
    if label is not None and _is_blank_money(label, cell, beside):
        return None, False
    # 标题：… | 发布日期：… label themselves
    own = label is None and (labels_itself(cell) or labels_itself(beside))
    if heads or own or has_own_value(layout, cell, beside, following[1:]):
        return None, heads
    return beside, False


def _is_blank_money(label: Label, cell: Cell, beside: Cell) -> bool:
    """Whether a label of money has a blank cell beside it, and words behind that: 单位自筹 | | 社会投入."""
    gap = beside.column > cell.column + cell.span
    money = label.name in AMOUNTS or money_unit(cell.text) is not None
    return gap and money and not any(char.isdigit() for char in beside.key)


def _role(layout: Layout, label: Cell, beside: Cell, row: GridRow) -> str | None:
    of_year = label is not row.cells[0] and says_money(row.cells[0]) and _OWN_YEAR.fullmatch(label.key)
    if of_year and money_in(beside.text) is not None:
        return "total"  # 政策资金（万元） | 实施期总额 | 2500 | 本年度 | 520
    return role_of(label.text, beside.text) or goal_beside(layout, label.text, beside.text)


def named_at_head(found: Pairs, further: set[str]) -> Pairs:
    """The pairs of a form's first row, its name among them where no other row names it: 基金名称 | ….

    ``further`` are the fields that the rows below name.
    """
    if "name" in further or any(pair.label.name == "name" for pair in found.pairs):
        return found
    for label, value in found.strange:
        if value is None and (own := spoken_name(label)) is not None:
            rest = tuple(one for one in found.strange if one[0] is not label)
            return Pairs((own, *found.pairs), found.furniture, rest)
        if value is not None and names_thing(label.text, value.text):
            pair = Pair(Label("name", label.key.rstrip(":"), Healed()), label, value.place, value)
            rest = tuple(one for one in found.strange if one[0] is not label)
            return Pairs((pair, *found.pairs), found.furniture, rest)
    return found


def spoken_name(cell: Cell) -> Pair | None:
    """The name that a cell at the head of a form prints behind its label: 基金名称：某基金."""
    said = spoken(cell.place.text)
    if said is None:
        return None
    label, start = said
    value = cell.place[start:].strip()
    return Pair(Label("name", key(label), value), cell, value) if names_thing(label, value.text) else None


def _meant(label: Label, text: str) -> Label:
    """The label as its value tells it: 单位：某县林场 is none of money."""
    return replace(label, name="budget_unit") if label.name == "unit" and is_organisation(text) else label


def _begin_named(state: State, label: Label) -> None:
    """A name begins the next form where the one at hand has its own."""
    if state.forms and state.form.is_only_named:  # 专项名称 above 项目名称: what the project is paid from
        state.form.attributes.append((state.form.name_label, state.form.texts.pop("name", "")))
    elif not state.forms or state.form.named or (state.forms[1:] and state.form.indicators):
        state.begin()  # indicators under a further title, whose name isn't read, are not the next form's
    state.form.named, state.form.name_label = True, label.text


def take_pair(state: State, pair: Pair, page: int) -> None:
    """Put a value where its label says; ``page`` is the one that it stands on."""
    reader, parts = state.reader, state.parts
    text = pair.beside.text if pair.beside is not None else pair.value.text
    label = _meant(pair.label, text)
    if label.name == "listed":
        take_labelled(reader, state.form, pair.cell, pair.listed, parts.unit)
        return
    reader.furniture(pair.cell.place)
    if pair.beside is None and label.name in ("budget_unit", "department"):
        parts.year_label = parts.year_label or year_behind(pair.cell.text)
    if label.name in AMOUNTS and text and _of_another_year(state, pair.cell):
        reader.remark("amount-of-another-year", state.form.name, pair.value, label=label.text, printed=text)
        return
    if label.text in SUMS and state.forms and state.form.indicators:
        reader.remark("text-unread", state.form.name, pair.value, text=text[:200])
        return  # a sum below indicators is one of theirs
    parts.amount_places += label.name in AMOUNTS
    if label.name == "person":
        _take_person(state, pair, text)
        return
    if label.name == "name":
        _begin_named(state, label)
    if not pair.value:
        return
    if label.name == "budget_unit" and not state.forms:
        if stampless(text):
            first = state.filed_by = state.filed_by or (label.text, stampless(text))
            if key(first[1]) != key(stampless(text)):
                state.owner = stampless(text)  # a second unit at the head is below the first
            parts.evidence += reader.record(pair.value)
        return
    if label.name == "unit":
        parts.heading("unit", text, reader.record(pair.value))
        return
    if label.name == "department" and not _is_further_department(state, pair, stampless(text)):
        _take_department(state, pair, stampless(text))
        return
    if label.name == "year":
        parts.heading("year_label", f"{label.text}:{text}", reader.record(pair.value))
        return
    unread = label.name == "attribute" and not state.forms
    if unread or (label.name == REACHED and not (state.forms and state.form.goals)):
        report_unknown(reader, Cell(pair.cell.column, text, pair.value), label.text, page)
        return
    if label.name in ("unit_of_use", "budget_unit") and not stampless(text):
        return
    named = stampless(text) if label.name in ("unit_of_use", "budget_unit") else text
    take(reader, state.form, label, named, pair.value, pair.cell.column, parts.unit)


def _take_person(state: State, pair: Pair, text: str) -> None:
    """Keep a clerk's name or number apart; the day on which a form was filled in is no person's."""
    reader, parts, label = state.reader, state.parts, pair.label.text
    if pair.value and is_dated(label, text):
        parts.attributes += ((label, text),)
        parts.evidence += reader.record(pair.value)
    elif pair.value:
        parts.people += (PersonalDatum(label, text, reader.record(pair.value)),)


def _is_further_department(state: State, pair: Pair, name: str) -> bool:
    """Whether a department is the form's second one, under another label, which is left to the form.

    中央主管部门 stands over 省级主管部门, which has the money.
    """
    form, first = state.forms[-1] if state.forms else None, state.parts.department
    if form is None or not name:
        return False
    other = first is not None and key(first) != key(name)  # that of a further form
    return other or form.department_label not in (None, pair.label.text)


def _take_department(state: State, pair: Pair, name: str) -> None:
    """Take the document's department; the first that is printed counts."""
    if state.forms:
        state.forms[-1].department_label = pair.label.text
    if name and state.parts.department is None:
        state.parts.department_label = pair.label.text
    state.parts.heading("department", name, state.reader.record(pair.value))


def _of_another_year(state: State, label: Cell) -> bool:
    """Whether a label says a year that is not the form's: 2022年预算金额 in a form of 2023."""
    year = year_of(state.parts)
    return year is not None and whose(label.text, year) == "other"
