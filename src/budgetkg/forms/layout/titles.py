"""Titles of forms: lines that print a form's signature and say nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from budgetkg.findings import Evidence
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.organisations import is_money_of_organisation
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import YEAR_LINE, Reader
from budgetkg.late import late_pattern
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Project
from budgetkg.text import comparison_key as key

_LONGEST = 60
_BESIDE = re.compile(r".*(?::|年|附|表|单位|页).*|\d{1,3}")


UNIT_BESIDE = re.compile(r"\(?(?:金额|货币)?单位:[^:]{1,6}$")
# an office by its own word, or another house of a place that is named
_DEPARTMENT = late_pattern(
    r"(?!关于|附件|附表)(?P<name>[\u4e00-\u9fff]{2,24}?(?:局|厅|委员会|人民政府|办公室|法院|检察院|联合会|总工会|街道办事处)"
    r"|[\u4e00-\u9fff]{1,8}[省市县区旗州][\u4e00-\u9fff]{2,20}?(?:中心|馆|站|院|所|学校|中学|小学|幼儿园|委|大队))"
    r"(?:[(（]?本级[)）]?)?\s*20\d\d\s*年"
)
_PROJECT = re.compile(
    r"20\d\d年度?(?P<name>[^\d()]{2,40}?)(?:项目(?!支出)|(?<=经费|资金|补助|补贴|工程)(?:项目)?(?:支出)?)绩效"
    r".{0,30}表(?:\([^()]*\))?$"
)
_GENERAL = re.compile(
    "部门|单位|预算|项目|支出|财政|专项|资金|转移支付|区域|政策|整体|本级|[中央省市县区乡镇]+级?|年度|重点|一般|政府|地方|债券|经费|新增|事前|其他"
    "|公共|类|及|和|、"
)
_FEWEST_OWN = 4
"""Characters that a project's name has besides such words: with fewer it may be another of them."""
# 附件3：项目支出绩效目标表 is a title; a letter that lists what is attached prints no number
_ATTACHED = re.compile(r"附[件表]\d+(?:-\d+)*:")
_LISTED = re.compile(r"^(?:附[件表]\d+(?:-\d+)*:?|\(?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)、.])+")
_SENTENCE = re.compile(r"[。；;，,]|:.|^[(]?(?:详见|参见|见)")


def title_text(text: str, layout: Layout, first: bool = False) -> str | None:
    """The part of a line (parted by tabs) that is a title of a layout: its mark, no sentence, no label.

    ``first`` is whether nothing is printed before it: a title may then say what is a label elsewhere.
    """
    parts, plains = _parted(text)
    if len(parts) > 3:
        return None
    for part, plain in zip(parts, plains, strict=True):
        if len(plain) > _LONGEST or not title_mark(plain, layout):
            continue
        others = [key(other) for other in parts if key(other) != key(part)]
        label = "表" not in plain and _is_label(part, layout) and not (first and len(parts) == 1)
        if not label and not _SENTENCE.search(plain) and all(_BESIDE.fullmatch(other) for other in others):
            return part
    return None


@lru_cache(maxsize=1024)
def _parted(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a line and how they are compared: the same for every layout that it is held against."""
    parts = tuple(part.strip() for part in text.split("\t") if part.strip())
    plains = (UNIT_BESIDE.sub("", key(part[: _LONGEST * 4])) for part in parts)
    return parts, tuple(_ATTACHED.sub("", plain) for plain in plains)


def may_be_title(text: str, known: Sequence[Layout]) -> bool:
    """Whether a line may be a title of one of some layouts: most lines hold no title's words at all."""
    marks, patterns = _marks(tuple(known))
    return any(
        marks.search(plain) or any(pattern.fullmatch(plain) for pattern in patterns)
        for plain in _parted(text)[1]
        if len(plain) <= _LONGEST
    )


@lru_cache(maxsize=16)
def _marks(known: tuple[Layout, ...]) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The signatures of layouts as one pattern, and their patterns, each once."""
    signatures = sorted({mark for layout in known for mark in layout.signature})
    patterns = dict.fromkeys(pattern for layout in known for pattern in layout.title_patterns)
    return re.compile("|".join(map(re.escape, signatures)) or "(?!)"), tuple(patterns)


def title_mark(plain: str, layout: Layout) -> int:
    """How much of a title a layout knows, in characters: its longest signature, 1 for its pattern, else 0."""
    known = max((len(mark) for mark in layout.signature if mark in plain), default=0)
    if known or layout.column_groups.lookup(plain) is not None:
        return known  # 长期绩效目标表 says whose values the table below it holds
    return int(any(pattern.fullmatch(plain) for pattern in layout.title_patterns))


def department_of_title(title: str | None) -> str | None:
    """The department that a title begins with, its year behind it: 某县司法局2023年部门预算项目绩效目标表."""
    found = _DEPARTMENT.match(title or "")
    return found["name"] if found else None


def project_of_title(title: str | None) -> str | None:
    """The project that a title names behind its year: 某县2024年农村饮水管护经费项目绩效评价指标体系表.

    Only what is called a project, money or a work is one: 某局项目支出 and 某局专项资金 say whose projects
    they are, and words that every title of such a form may hold (部门预算项目资金) are no name.
    """
    found = _PROJECT.search(key(title or ""))
    if found is None or len(_GENERAL.sub("", found["name"])) < _FEWEST_OWN:
        return None
    return None if is_money_of_organisation(found["name"]) else found["name"]


def _is_label(text: str, layout: Layout) -> bool:
    return layout.labels.lookup(text) is not None or layout.columns.lookup(text) is not None


def settle_titles(reader: Reader, parts: Parts) -> None:
    """Of the titles below the first, those are furniture that say no more than it and who they are for.

    What they say besides (a project, its unit, a list number) must stand in a record; any other stays
    unclaimed, so that a finding quotes it.
    """
    if not parts.further_titles:
        return
    projects = [project.name for unit in parts.units_of_use for project in unit.projects]
    units = [parts.department, *(unit.name for unit in parts.units_of_use)]
    recorded = sorted(
        {key(name) for name in (*projects, *units) if name}, key=lambda name: (-len(name), name)
    )
    own = _without(parts.title or "", recorded)
    for place in parts.further_titles:
        if _without(place.text, recorded) != own:
            continue
        headed = _headed_by(parts, place)
        if headed is None:
            reader.furniture(place)
        else:
            _add_evidence(parts, headed, reader.record(place))


def _headed_by(parts: Parts, title: Healed) -> Project | None:
    """The only project that a title names behind its list number: （二）路灯改造项目绩效目标表."""
    plain = key(title.text)
    projects = [project for unit in parts.units_of_use for project in unit.projects]
    named = [project for project in projects if project.name and key(project.name) in plain]
    return named[0] if len(named) == 1 and _LISTED.match(plain) else None


def _add_evidence(parts: Parts, project: Project, evidence: tuple[Evidence, ...]) -> None:
    """Add a place to those at which a project is printed."""
    own = replace(project, evidence=(*project.evidence, *evidence))
    parts.units_of_use = tuple(
        replace(unit, projects=tuple(own if one is project else one for one in unit.projects))
        for unit in parts.units_of_use
    )


def _without(title: str, recorded: Sequence[str]) -> str:
    """A title without its list number and the longest of the names that stand in a record."""
    plain = _LISTED.sub("", key(title).lstrip("#"))
    return next((plain.replace(name, "", 1) for name in recorded if name in plain), plain)


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A row that is a title: its cell, the year and the money unit beside it, what is only a mark."""

    title: Cell
    year: Cell | None
    unit: tuple[str, Cell] | None
    marks: tuple[Cell, ...]


def title_row(layout: Layout, row: GridRow, first: bool = False) -> TitleRow | None:
    """The title that a row is, if it is one; ``first`` is whether it is the document's first row."""
    printed = title_text(row.line.text.replace("\n", ""), layout, first)
    if printed is None:
        return None
    title = next((cell for cell in row.cells if cell.key == key(printed)), None)
    if title is None:
        return None
    others = [cell for cell in row.cells if cell is not title]
    units = [(unit, cell) for cell in others if (unit := money_unit(cell.text))]
    years = [cell for cell in others if YEAR_LINE.fullmatch(cell.key)]
    marks = [cell for cell in others if cell.key == title.key or layout.is_mark(cell.text)]
    marks += [cell for _, cell in units[1:]]
    return TitleRow(title, next(iter(years), None), next(iter(units), None), tuple(marks))


def take_title(reader: Reader, parts: Parts, found: TitleRow) -> None:
    """Take a title and what stands beside it; printed again it is furniture, another is kept for later."""
    if parts.title is None:
        parts.title = found.title.text.lstrip("# ")
        parts.evidence += reader.record(found.title.place)
    elif key(parts.title) == key(found.title.text.lstrip("# ")):
        reader.furniture(found.title.place)
    else:
        parts.further_titles += (found.title.place,)
    if found.unit is not None and parts.unit is None:
        parts.unit = found.unit[0]
        parts.evidence += reader.record(found.unit[1].place)
    elif found.unit is not None:
        reader.furniture(found.unit[1].place)
    if found.year is not None:
        parts.year_label = parts.year_label or found.year.text
        parts.evidence += reader.record(found.year.place)
    for cell in found.marks:
        reader.furniture(cell.place)
