"""Labels of a department form with their values: 部门名称：… in one cell, or the value in the next cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from budgetkg.forms.department.budget import labelled_amount
from budgetkg.forms.layout.date_spans import is_span, with_whole_spans
from budgetkg.forms.layout.filed import named, year_behind
from budgetkg.forms.layout.goals import CHANGED, REACHED, goal_beside, is_of_years
from budgetkg.forms.layout.label_words import amount_said, is_remark, is_sum_words, organisation_role
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parted import parted
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.people import is_dated
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader, take_heading
from budgetkg.forms.layout.titles import title_text
from budgetkg.forms.layout.year import YEAR_LABEL, printed_year
from budgetkg.forms.settings import KEPT, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_MONEY = re.compile(r"(?:资金|收入|拨款|补助|经费|支出|结转|结余)(?:\([^()]*\))?:?$")
_COLON = re.compile(r"(?<!\s)\s*+:\s*+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in a cell, its value and where that stands; ``beside`` is whether it is the next cell's."""

    cell: Cell
    label: str
    value: str
    place: Healed
    beside: bool


def labels_of(layout: Layout, row: GridRow) -> tuple[Labelled, ...]:
    """The labels of a row with their values; none where no cell is one."""
    whole = with_whole_spans(worded(layout, row))
    cells = [part for cell in whole for part in parted(cell, lambda text: _is_short(layout, text))]
    found: list[Labelled] = []
    used: set[int] = set()
    for index, cell in enumerate(cells):
        if index in used:
            continue
        label, value = split_label(layout, cell, cells[index + 1 : index + 2])
        if label is None:
            continue
        following = cells[index + 1] if index + 1 < len(cells) else None
        if value is None and following is not None and _is_value(layout, *cells[index + 1 : index + 3]):
            used.add(index + 1)
            found.append(Labelled(cell, label, following.text, following.place, beside=True))
        else:
            found.append(Labelled(cell, label, value or "", cell.place, beside=False))
    return tuple(found)


def _is_value(layout: Layout, cell: Cell, beside: Cell | None = None) -> bool:
    """Whether a cell beside a label can be its value: another label, or what heads a form, is none.

    Nor is one that says whose goal stands ``beside`` it: 部门年度目标 | 预算年度（2024年）绩效目标 | ….
    """
    if beside is not None and goal_beside(layout, cell.text, beside.text) is not None:
        return False
    return layout.labels.lookup(cell.text) is None and title_text(cell.text, layout) is None


def _is_short(layout: Layout, text: str) -> bool:
    """Whether a label in front of a colon names something that is said in a few words."""
    return layout.labels.lookup(text) in ("department", "unit", "attribute") or layout.is_person(text)


def worded(layout: Layout, row: GridRow) -> list[Cell]:
    """The cells of a row that are more than furniture."""
    return [cell for at, cell in enumerate(row.cells)
            if not layout.is_furniture(cell.text) or _has_value(layout, row.cells[at : at + 2])]  # fmt: skip


def leads_out(layout: Layout, cells: Sequence[Cell], first_column: int) -> bool:
    """Whether a row ends the table that is being read: a label leads it, and no cell of the table."""
    if not cells:
        return False
    label, value = split_label(layout, cells[0], cells[1:2])
    person = label is not None and layout.is_person(label)
    if label is None or (value is None and layout.labels.lookup(label) is None and not person):
        return False
    spoken = value is not None or cells[0].key.endswith(":")
    return spoken or person or cells[0].column <= first_column


def split_label(layout: Layout, cell: Cell, following: Sequence[Cell]) -> tuple[str | None, str | None]:
    """The label of a cell and the value behind its colon; ``None`` for a value in the next cell."""
    marks = list(_COLON.finditer(fold(cell.text)))
    head = cell.text[: marks[0].start()] if marks else cell.text
    value = cell.text[marks[0].end() :] if marks else None
    if lookup(layout.labels, cell.text) is not None:
        head, value = cell.text, None
    if not marks and (said := amount_said(cell.text)) and lookup(layout.amounts, said[0]):
        return said[0], cell.text[said[1] :]
    if lookup(layout.amounts, cell.text) is not None:
        head, value, marks = cell.text, None, []  # 1、资金来源：（1）政府预算资金
    elif marks and following and (source := _source_behind(layout, cell.text[marks[-1].end() :], following)):
        head, value, marks = source, None, []  # 1、资金来源：（1）财政性资金 | 1,865.32
    if key(head) == "其中" and len(marks) > 1:  # 其中：一般公共预算：3,145.20
        head, value = cell.text[: marks[1].start()], cell.text[marks[1].end() :]
    number = value or "".join(found.text for found in following)
    known = field_of(layout, head, number) is not None or is_span(number)
    amount = lookup(layout.amounts, head) is not None and (bool(marks) or money_in(number) is not None)
    amount = amount or (is_sum_words(head) and money_in(number) is not None)
    return (head, value or None) if known or layout.is_person(head) or amount else (None, None)


def _source_behind(layout: Layout, text: str, following: Sequence[Cell]) -> str | None:
    """The label behind a heading's colon where it names money that stands in the next cell."""
    named = lookup(layout.amounts, text) is not None and money_in(following[0].text) is not None
    return text if named else None


def is_blank_money(cell: Cell, beside: Cell | None) -> bool:
    """Whether a cell beside labels of money is another that has no amount: 专户资金 | | 其他资金 | 20."""
    blank = beside is None or beside.column > cell.column + cell.span
    return blank and len(cell.key) <= LONGEST_LABEL and _MONEY.search(cell.key) is not None


@lru_cache(maxsize=KEPT)
def field_of(layout: Layout, label: str, value: str) -> str | None:
    """The field of a label: as it is listed, else the department where its words and its value say so."""
    said = lookup(layout.labels, label)
    if said is None and YEAR_LABEL.fullmatch(key(label)) and printed_year(value) is not None:
        return "year_label"
    if said is None and lookup(layout.amounts, label) is None:
        role = organisation_role(label, named(value))
        said = "department" if role in ("department", "budget_unit") else None
        goal = goal_beside(layout, label, value) if said is None else None
        said = said or (goal if goal in (None, CHANGED, REACHED) else "overall_goal")
        said = said or ("attribute" if is_remark(label, value) else None)
    return said


def _has_value(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether what is a heading elsewhere (年度目标) is a label here: with its value in the next cell."""
    if len(cells) < 2:
        return False
    if layout.amounts.lookup(cells[0].text) is not None and money_in(cells[1].text) is not None:
        return True
    if layout.labels.lookup(cells[0].text) is None:
        return False
    return not layout.is_furniture(cells[1].text) and split_label(layout, cells[1], ()) == (None, None)


def take_value(reader: Reader, parts: Parts, pair: Labelled) -> None:
    """Put a value where its label says."""
    layout = reader.layout
    name = field_of(layout, pair.label, pair.value)
    if not pair.value:
        reader.furniture(pair.cell.place)
    elif is_dated(pair.label, pair.value):
        parts.attributes += ((key(pair.label), pair.value),)
        parts.evidence += reader.record(pair.place)
    elif layout.is_person(pair.label):
        parts.people += (PersonalDatum(key(pair.label), pair.value, reader.record(pair.place)),)
    elif name == "attribute" or (name == "overall_goal" and _is_further_goal(reader, parts, pair)):
        parts.attributes += ((key(pair.label), pair.value),)
        parts.evidence += reader.record(pair.place)
    elif name == "department":
        _take_department(reader, parts, pair)
    elif name is not None:
        if name == "overall_goal":
            _see_goal(reader, parts, pair)
        take_heading(reader, parts, name, pair.value, pair.place)
        if name in ("overall_goal", "functions"):
            parts.policies += cited_policies(reader.source, pair.place)
    else:
        evidence = reader.record(pair.cell.place) + reader.record(pair.place)
        labelled_amount(reader, parts, pair.label, pair.value, evidence)


def _see_goal(reader: Reader, parts: Parts, pair: Labelled) -> None:
    """The year's goal is the department's: that of several years before it stands beside it, as printed."""
    if pair.beside and not is_of_years(pair.label):
        reader.goal_heads.append(pair.cell)
    if parts.goal_of_years and parts.overall_goal is not None and not is_of_years(pair.label):
        parts.attributes += ((parts.goal_of_years, parts.overall_goal),)
        parts.overall_goal, parts.goal_of_years = None, None
    elif parts.overall_goal is None and is_of_years(pair.label):
        parts.goal_of_years = key(pair.label)


def _is_further_goal(reader: Reader, parts: Parts, pair: Labelled) -> bool:
    """Whether a goal under a label on no list stands beside the department's own."""
    if parts.goal_of_years and not is_of_years(pair.label):
        return False
    return parts.overall_goal is not None and lookup(reader.layout.labels, pair.label) is None


def _take_department(reader: Reader, parts: Parts, pair: Labelled) -> None:
    """The name alone: behind it a line may print the place for a stamp, the year and the money unit."""
    parts.year_label = parts.year_label or year_behind(pair.value)
    parts.unit = parts.unit or money_unit(pair.value)
    name = named(pair.value)
    if not name:
        reader.furniture(pair.cell.place)
        return
    if parts.department is not None and key(parts.department) != key(name):
        parts.attributes += ((key(pair.label).rstrip(":"), name),)  # 主管部门 before 单位名称
        parts.evidence += reader.record(pair.place)
        return
    parts.heading("department", name, reader.record(pair.place))
