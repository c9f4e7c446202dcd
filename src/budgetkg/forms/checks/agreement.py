"""Checks across a record: goal against indicator, tasks against spending, one name in two places."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

from budgetkg.findings import Evidence
from budgetkg.forms.checks.places import holding, indicators_of
from budgetkg.forms.checks.words import clipped
from budgetkg.forms.indicators.tier_labels import first_tier_of
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator, Project
from budgetkg.text import comparison_key as key
from budgetkg.values import read_target

_VERB = re.compile("^(?:召开|举办|开展|组织|编印|编发|完成|制作|举行|实施|新建|建设|年度?|全年|每年)+")
_COUNT = re.compile("(?>(?:的?(?:数量|次数|场次|场数|期数|篇数|人数|人次|册数|产出数|次|数|量)){1,8})$")
_LEAST_CORE = 4  # characters; shorter words name too many things


def check_agreement(reader: Reader, parts: Parts) -> None:
    """Report what one part of a document says otherwise than another."""
    for unit in parts.units_of_use:
        for project in unit.projects:
            where = f"{unit.name} / {project.name}"
            _check_goal(reader, where, project)
            _check_named_like_project(reader, where, project)
    _check_tasks(reader, parts)
    _check_names(reader, parts)
    _check_tiers(reader, parts)
    _check_period(reader, parts)


def _check_goal(reader: Reader, where: str, project: Project) -> None:
    """The goal counts the very thing that an indicator counts, and counts it otherwise."""
    goal = key(project.goal or "")
    for indicator in project.indicators:
        target = read_target(indicator.annual_value, indicator.name, indicator.operator, indicator.unit)
        core = _COUNT.sub("", _VERB.sub("", key(indicator.name)))
        if target.kind != "quantity" or len(core) < _LEAST_CORE:
            continue
        quantity = target.quantities[0]
        if quantity.unit in (None, "%") or quantity.change:
            continue
        said = _said_of(goal, core, str(quantity.unit))
        if len(said) == 1 and (number := next(iter(said))) != quantity.value and number > 0:
            reader.log.add("goal-indicator-differ", f"{where} / {indicator.name}",
                           (*holding(project.evidence, said[number]), *indicator.evidence), goal=said[number],
                           name=indicator.name, value=clipped(indicator.annual_value or ""))  # fmt: skip


def _said_of(goal: str, core: str, unit: str) -> dict[Decimal, str]:
    """The numbers that a goal prints right beside the words for a thing, in its unit."""
    if core not in goal:
        return {}
    thing, measure = re.escape(core), re.escape(unit)
    beside = re.compile(rf"(?<![\d.])(\d+){measure}{thing}(?!前|后)|{thing}(?:共计?|各)?(\d+){measure}")
    return {Decimal(found[1] or found[2]): found[0] for found in beside.finditer(goal)}


def _check_named_like_project(reader: Reader, where: str, project: Project) -> None:
    for indicator in project.indicators:
        if key(indicator.name) == key(project.name) and len(key(project.name)) > _LEAST_CORE:
            place = f"{where} / {indicator.name}"
            reader.log.add("indicator-named-like-project", place, indicator.evidence, name=indicator.name)


def _check_tasks(reader: Reader, parts: Parts) -> None:
    amounts = [task.amount.value for task in parts.tasks if task.amount]
    lines = [line for line in parts.budget if key(line.label) == "项目支出" and line.amount]
    if len(amounts) < 2 or len(amounts) < len(parts.tasks) or len(lines) != 1:
        return
    (line,) = lines
    tasks, spending = sum(amounts, Decimal(0)), line.amount.value if line.amount else Decimal(0)
    if tasks != spending:
        reader.log.add("tasks-differ-from-projects", "", line.evidence, tasks=tasks, spending=spending,
                       residual=spending - tasks)  # fmt: skip


def _check_names(reader: Reader, parts: Parts) -> None:
    bearers: dict[str, list[tuple[str, str, tuple[Evidence, ...]]]] = defaultdict(list)
    for unit in parts.units_of_use:
        for project in unit.projects:
            bearers[key(project.name)].append((key(unit.name), project.name, project.evidence[:1]))
        same = parts.department and key(unit.name) == key(parts.department)
        if same and len(parts.units_of_use) > 1:
            reader.log.add("unit-named-like-department", unit.name, unit.evidence, name=unit.name)
    for likes in bearers.values():
        units = {unit for unit, _, _ in likes}
        if len(units) > 1:
            evidence = tuple(place for _, _, places in likes for place in places)
            reader.log.add("project-name-shared", likes[0][1], evidence, name=likes[0][1], count=len(units))


def _check_tiers(reader: Reader, parts: Parts) -> None:
    """In a form of a whole department, one indicator under two first tiers.

    Projects may well use one name under several tiers; the indicators of a department and of its tasks are
    the same ones.
    """
    if parts.units_of_use:
        return
    seen: dict[tuple[str, str], Indicator] = {}
    for _, one in indicators_of(parts):
        other = seen.setdefault((key(one.name), key(one.annual_value or "")), one)
        tiers = (first_tier_of(other.tier1), first_tier_of(one.tier1))
        if None not in tiers and tiers[0] != tiers[1]:
            reader.log.add("indicator-under-two-tiers", one.name, (*other.evidence, *one.evidence),
                           name=one.name, one=other.tier1, other=one.tier1)  # fmt: skip


def _check_period(reader: Reader, parts: Parts) -> None:
    listed = [one for _, one in indicators_of(parts)]
    pairs = [(one.period_value, one.annual_value) for one in listed]
    if len(pairs) > 2 and all(
        period and annual and _bare(period) == _bare(annual) for period, annual in pairs
    ):
        reader.log.add("period-equals-annual", "", listed[0].evidence[:1], count=len(pairs))


def _bare(text: str) -> str:
    return key(text).rstrip("。.")
