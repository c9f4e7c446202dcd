"""Plans: what a department plans for a year in one kind of form, and all that a document states of it.

Editions and file kinds of one table state the same plan, so its IRI and what the reference graph
says of it follow from what they print alike: division, department, form and year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from pyoxigraph import NamedNode

from budgetkg.divisions import recognise_any
from budgetkg.mapping import iri
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import Row
from budgetkg.mapping.indicators import add_indicators
from budgetkg.mapping.money import add_amounts, add_budget_line, add_further_sources
from budgetkg.mapping.names import is_department_itself, named
from budgetkg.mapping.remarks import add_citations
from budgetkg.mapping.results import add_executions, add_goal_reached, add_reported_line
from budgetkg.records import Amounts, DocumentRecord, FundLine, Project, Task, UnitOfUse
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG, DCTERMS, ORG, RDF, RDFS

# Some forms print 宣传部（部门）: the form's word for the row's kind, no part of the name.
_MARKER = re.compile(r"\((?:部门|单位)\)$")


class NamesDepartment(Protocol):
    """Who publishes a document, as a record or the index of a build says it."""

    @property
    def department(self) -> str | None:
        """The department's name as printed."""

    @property
    def district(self) -> str | None:
        """The division's name as printed."""

    @property
    def division(self) -> str | None:
        """The GB/T 2260 code of the division, by all that the document prints."""


class StatesPlan(NamesDepartment, Protocol):
    """Which plan a document states, as a record or the index of a build says it."""

    @property
    def key(self) -> str:
        """What tells the document from every other."""

    @property
    def form_kind(self) -> str:
        """The notation of the kind of form."""

    @property
    def year(self) -> int | None:
        """The year, printed or inferred."""

    @property
    def year_basis(self) -> str | None:
        """How the year is known: the notation of a basis."""


@lru_cache(maxsize=1 << 12)  # what says a department says it several times
def department_name(printed: str) -> str:
    """What a printed department is called, in the one form that all of its documents share."""
    folded = comparison_key(named(printed).name)
    return _MARKER.sub("", folded) or folded


def department_iri(base: str, document: NamesDepartment) -> NamedNode | None:
    """The department a document is about, where one is printed."""
    if not document.department:
        return None
    return iri.department(base, document.district, department_name(document.department))


def division_code(document: NamesDepartment) -> str | None:
    """The division a department belongs to, by its own name and division: all its documents agree."""
    # The department's name says the city too: 南沙区 of 三沙市 is not 南沙区 of 广州市.
    place = recognise_any((document.department, document.district))
    if place is None or place.concept is None or place.name != document.district:
        return None
    return place.concept.notation


def division_iri(code: str | None) -> NamedNode | None:
    """The concept of a division."""
    return iri.code("division", code) if code else None


def plan_iri(base: str, document: StatesPlan) -> NamedNode:
    """The plan or self-evaluation that a document states; one of its own where no department is named."""
    kind = "self-evaluation" if document.form_kind.endswith("self-evaluation") else "plan"
    if not document.department:
        return iri.plan(base, kind, "document", document.key)
    year, name = "" if document.year is None else str(document.year), department_name(document.department)
    return iri.plan(base, kind, document.district, name, document.form_kind, year)


def add_plan(context: Context, record: DocumentRecord, department: NamedNode | None) -> None:
    """What the document states of its plan. The IRIs are the document's, so no two documents collide."""
    plan, document = context.plan, context.mint.document
    context.sink.add(document, BKG.statesPlan, plan)
    if department is not None and record.department:
        context.sink.text(department, DCTERMS.identifier, named(record.department).code)
    # The rows are the heading, which other things share: a fact without a cell in it has no evidence there.
    row = Row(context, record.evidence, row_if_unfound=False, corrections=record.corrections)
    row.text(record.title)
    row.text(record.department)
    add_attributes(context, document, record.attributes)
    total = Row(context, record.totals_evidence) if record.totals_evidence else row
    _add_money(context, plan, record.totals, total, record.funds, minted_under=document)
    _add_goal(context, plan, record.overall_goal, row, minted_under=document)
    add_goal_reached(context, plan, record.goal_reached, row)
    add_indicators(context, plan, record.indicators, minted_under=document)
    for line in record.budget:
        add = add_reported_line if context.evaluates else add_budget_line
        add(context, line)
    for unit in record.units_of_use:
        _add_unit(context, department, record.department, unit)
    for task in record.tasks:
        _add_task(context, task)


def _add_unit(
    context: Context, department: NamedNode | None, department_printed: str | None, unit: UnitOfUse
) -> None:
    """Who spends the money of the projects under it; its department is the plan's, which it may be itself."""
    node = context.mint.distinct("unit", unit.name)
    sink = context.sink
    sink.add(context.plan, BKG.evaluatesUnit if context.evaluates else BKG.listsUnit, node)
    sink.add(node, RDF.type, BKG.UnitOfUse)
    printed = named(unit.name)
    sink.name(node, RDFS.label, printed.name)
    sink.text(node, DCTERMS.identifier, printed.code)
    sink.add(node, ORG.unitOf, department)
    if is_department_itself(unit.name, department_printed):
        sink.add(node, BKG.isDepartmentItself, department)
    row = Row(context, unit.evidence, corrections=unit.corrections)
    row.subject(node)
    row.text(unit.name)
    _add_money(context, node, unit.amounts, row)
    for project in unit.projects:
        _add_project(context, node, unit.name, project)


def _add_project(context: Context, unit: NamedNode, unit_name: str, project: Project) -> None:
    """A project of the plan: another unit, name or amount makes another project."""
    total = project.amounts.total
    node = context.mint.distinct("project", unit_name, project.name, f"{total.value:f}" if total else None)
    sink = context.sink
    sink.add(context.plan, BKG.evaluatesProject if context.evaluates else BKG.hasProject, node)
    sink.add(node, BKG.hasUnitOfUse, unit)
    sink.add(node, RDF.type, BKG.Project)
    printed = named(project.name)
    sink.name(node, RDFS.label, printed.name)
    sink.text(node, DCTERMS.identifier, printed.code)
    sink.integer(node, BKG.printedTimes, project.printed_times)
    add_attributes(context, node, project.attributes)
    row = Row(context, project.evidence, corrections=project.corrections)
    row.subject(node)
    row.text(project.name)
    _add_money(context, node, project.amounts, row, project.funds)
    _add_goal(context, node, project.goal, row)
    add_goal_reached(context, node, project.goal_reached, row)
    row.texts_anywhere(unit_name, *(value for _, value in project.attributes))
    add_indicators(context, node, project.indicators)
    add_citations(context, node, project.policies)


def _add_task(context: Context, task: Task) -> None:
    """A piece of the department's yearly work."""
    amount = f"{task.amount.value:f}" if task.amount else None
    node = context.mint.distinct("task", task.name, amount)
    sink = context.sink
    sink.add(context.plan, BKG.evaluatesTask if context.evaluates else BKG.hasTask, node)
    sink.add(node, RDF.type, BKG.Task)
    sink.name(node, RDFS.label, task.name)
    sink.integer(node, BKG.sequenceNumber, task.seq)
    sink.text(node, BKG.contentText, task.content)
    sink.text(node, BKG.contentLabel, task.content_label)
    sink.text(node, BKG.expectedText, task.expected)
    sink.text(node, BKG.projectsText, task.projects_printed)
    for name in task.projects:
        sink.text(node, BKG.projectNamePrinted, name)
    row = Row(context, task.evidence, corrections=task.corrections)
    row.subject(node)
    row.text(task.name)
    _add_money(context, node, replace(task.sources, total=task.amount), row)
    row.texts_anywhere(task.content, task.content_label, task.expected, task.projects_printed, *task.projects)
    add_indicators(context, node, task.indicators)
    add_citations(context, node, task.policies)


def _add_money(
    context: Context,
    owner: NamedNode,
    amounts: Amounts,
    row: Row,
    funds: tuple[FundLine, ...] = (),
    minted_under: NamedNode | None = None,
) -> None:
    """The money of an owner: planned, or in a self-evaluation reported, which no sum of plans meets."""
    if context.evaluates:
        add_executions(context, owner, funds, amounts, row)
    else:
        add_amounts(context, owner, amounts, row, minted_under)
        add_further_sources(context, owner, amounts, funds)


def add_attributes(context: Context, node: NamedNode, attributes: tuple[tuple[str, str], ...]) -> None:
    """Labelled texts that have no property of their own."""
    for label, value in attributes:
        context.sink.text(node, BKG.attributeText, f"{label}：{value}")


def _add_goal(
    context: Context, owner: NamedNode, text: str | None, row: Row, minted_under: NamedNode | None = None
) -> None:
    """The goal of a project or of the whole plan, in its own words."""
    if text is None:
        return
    node = iri.part(minted_under or owner, "goal")
    context.sink.add(owner, BKG.hasGoal, node)
    context.sink.add(node, RDF.type, BKG.PerformanceGoal)
    context.sink.text(node, BKG.goalText, text)
    row.fact(node, text)
