"""The national layout: one form per project, labels with their values beside them, then a tier table.

Several forms in one file are several projects of one document; a unit of use is the 实施单位 printed,
else the department. Sums that no form prints stay blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgetkg.findings import Evidence
from budgetkg.folding import fold, key
from budgetkg.forms.layout import lookup
from budgetkg.forms.parts import Parts
from budgetkg.forms.policies import cited_policies
from budgetkg.forms.reader import Reader, take_year
from budgetkg.forms.tiers import TierTable, close_table, read_tier_row, tier_header
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amount, Amounts, PersonalDatum, Project, UnitOfUse
from budgetkg.values import amounts_from, parse_amount

_AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_COLON = re.compile(r"\s*:\s*")
_UNIT = re.compile(r"\((?:单位:)?(亿元|万元|千元|元)\)|单位:\s*(亿元|万元|千元|元)")


@dataclass(slots=True)
class Form:
    """One project's form being read."""

    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, Amount] = field(default_factory=dict)
    goal: Healed = field(default_factory=Healed)
    evidence: tuple[Evidence, ...] = ()
    tiers: TierTable | None = None
    awaited: dict[int, str] = field(default_factory=dict)


def read_project_forms(reader: Reader) -> Parts:
    """Read every form of a file into the projects of one document."""
    parts = Parts()
    forms: list[Form] = []
    for row in reader.rows:
        _read_row(reader, parts, forms, row)
    for form in forms:
        if form.tiers is not None:
            close_table(reader, form.tiers)
            parts.empty_tiers += tuple(form.tiers.empty)
    parts.units_of_use = _units(reader, parts, forms)
    return parts


def _read_row(reader: Reader, parts: Parts, forms: list[Form], row: GridRow) -> None:
    unit = _UNIT.search(fold(row.line.text))
    if unit and parts.unit is None:
        parts.unit = unit[1] or unit[2]
    if _is_title(reader, parts, row) or take_year(reader, parts, row.line) or _is_mark(reader, row):
        return
    columns = tier_header(reader, row)
    if columns is not None and forms:
        forms[-1].tiers = TierTable(columns, forms[-1].texts.get("name", ""))
    elif _take_awaited(reader, forms, row) or _take_pairs(reader, parts, forms, row):
        return
    elif forms and forms[-1].tiers is not None:
        read_tier_row(reader, forms[-1].tiers, row)
    else:
        for cell in row.cells:
            if reader.layout.is_furniture(cell.text):
                reader.furniture(cell.place)


def _is_mark(reader: Reader, row: GridRow) -> bool:
    """Whether a row is a page number or another mark that stands alone."""
    if len(row.cells) != 1 or not reader.layout.is_mark(row.cells[0].text):
        return False
    reader.furniture(row.place)
    return True


def _is_title(reader: Reader, parts: Parts, row: GridRow) -> bool:
    plain = key(row.line.text)
    if len(row.cells) > 2 or len(plain) > 60 or not any(mark in plain for mark in reader.layout.signature):
        return False
    if parts.title is None:
        parts.title = row.cells[0].text
        parts.evidence += reader.record(row.cells[0].place)
    reader.furniture(row.place)
    return True


def _take_awaited(reader: Reader, forms: list[Form], row: GridRow) -> bool:
    """Texts that stand under their headings: 实施期目标 | 年度目标, the words in the row below."""
    if not forms or not forms[-1].awaited:
        return False
    awaited, forms[-1].awaited = forms[-1].awaited, {}
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    if any(lookup(reader.layout.labels, cell.text) for cell in cells):
        return False
    for cell in cells:
        name = awaited.get(cell.column) or (next(iter(awaited.values())) if len(awaited) == 1 else None)
        if name is not None:
            _take(reader, forms[-1], name, cell.text, cell.place)
    return True


def _take_pairs(reader: Reader, parts: Parts, forms: list[Form], row: GridRow) -> bool:
    """Labels with a value behind the colon or in the next cell."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    taken: list[Cell] = []
    headings: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name, label, value = _label(reader, cell)
        if name is None or cell in taken:
            continue
        taken.append(cell)
        following = cells[index + 1] if index + 1 < len(cells) else None
        place = cell.place
        if not value and following is not None and _label(reader, following)[0] is None:
            value, place = following.text, following.place
            taken.append(following)
        if name == "name" and value and (not forms or "name" in forms[-1].texts):
            forms.append(Form())
        reader.furniture(cell.place)
        if value:
            _take_value(reader, parts, forms, name, label, value, place)
        elif name in ("goal", "period_goal"):
            headings[cell.column] = name
    if forms and headings and "goal" in headings.values() and not forms[-1].goal:
        forms[-1].awaited = headings
    for cell in row.cells:
        if taken and reader.layout.is_furniture(cell.text):
            reader.furniture(cell.place)
    return bool(taken)


def _label(reader: Reader, cell: Cell) -> tuple[str | None, str, str]:
    """The field a cell names, its label, and the value behind its colon."""
    layout = reader.layout
    people = {key(name) for name in layout.people}
    whole = lookup(layout.labels, cell.text)
    if whole is not None or key(cell.text).rstrip(":") in people:
        return whole or "person", key(cell.text).rstrip(":"), ""
    for colon in _COLON.finditer(fold(cell.text)):
        head, value = cell.text[: colon.start()], cell.text[colon.end() :]
        name = lookup(layout.labels, head) or ("person" if key(head) in people else None)
        if name is not None:
            return name, key(head), value
    return None, "", ""


def _take_value(
    reader: Reader, parts: Parts, forms: list[Form], name: str, label: str, value: str, place: Healed
) -> None:
    if name == "person":
        parts.people += (PersonalDatum(label, value, reader.record(place)),)
    elif name in ("department", "unit"):
        parts.heading(name, value, reader.record(place))
    elif forms:
        _take(reader, forms[-1], name, value, place)


def _take(reader: Reader, form: Form, name: str, value: str, place: Healed) -> None:
    evidence = reader.record(place)
    form.evidence += evidence
    if name in _AMOUNTS:
        amount = parse_amount(re.sub(r"(亿元|万元|千元|元)\s*$", "", value))
        if amount is None:
            reader.log.add("amount-unreadable", form.texts.get("name", ""), evidence, printed=value)
        else:
            form.amounts.setdefault(name, amount)
    elif name == "goal":
        form.goal = form.goal or place
    else:
        form.texts.setdefault(name, value)


def _units(reader: Reader, parts: Parts, forms: list[Form]) -> tuple[UnitOfUse, ...]:
    units: dict[str, list[Project]] = {}
    for form in forms:
        name = form.texts.get("unit_of_use") or parts.department or ""
        units.setdefault(name, []).append(_project(reader, form))
    return tuple(UnitOfUse(name, Amounts(), tuple(projects), projects[0].evidence)
                 for name, projects in units.items())  # fmt: skip


def _project(reader: Reader, form: Form) -> Project:
    return Project(
        name=form.texts.get("name", ""),
        amounts=amounts_from(form.amounts),
        goal=_value_of(form.goal) or None,
        indicators=tuple(form.tiers.rows) if form.tiers else (),
        policies=cited_policies(reader.source, form.goal),
        evidence=form.evidence,
    )


def _value_of(place: Healed) -> str:
    """The goal's words, without a label that shares its cell."""
    return place.text.strip()
