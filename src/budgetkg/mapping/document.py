"""Document: one published form, and everything that stands in its graph."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from budgetkg.mapping import iri, literals
from budgetkg.mapping.allocation import add_allocations
from budgetkg.mapping.budget_line import add_budget_line
from budgetkg.mapping.citation import add_citations
from budgetkg.mapping.context import Context, context_of
from budgetkg.mapping.department import department_iri, district_iri
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.finding import add_finding
from budgetkg.mapping.goal import add_goal
from budgetkg.mapping.indicator import add_indicators
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.person import add_person
from budgetkg.mapping.task import add_task
from budgetkg.mapping.unit import add_unit
from budgetkg.records import DocumentRecord
from budgetkg.vocab import BKG, DCTERMS, RDF

# A total means another thing in each form, so that totals of two scopes are never added up.
_SCOPES = {"project-table": "project-spending"}
_WHOLE = "whole-department"


def document_quads(record: DocumentRecord, options: MappingOptions | None = None) -> list[Quad]:
    """One document's graph, sorted and without repetition."""
    chosen = options or MappingOptions()
    context = context_of(record, chosen)
    node, department = context.mint.document, department_iri(chosen.base, record)
    _describe(context, node, record)
    _place(context, node, record, department)
    _account(context, node, record)
    add_allocations(context, node, record.totals)
    add_goal(context, node, record.overall_goal)
    add_indicators(context, node, record.indicators)
    add_citations(context, node, record.policies)
    add_evidence(context, node, record.evidence)
    for line in record.budget:
        add_budget_line(context, line)
    for unit in record.units_of_use:
        add_unit(context, department, unit)
    for task in record.tasks:
        add_task(context, task)
    for finding in record.findings:
        add_finding(context, finding)
    for datum in record.people if chosen.personal else ():
        add_person(context, datum)
    return context.sink.quads()


def _describe(context: Context, node: NamedNode, record: DocumentRecord) -> None:
    sink = context.sink
    sink.add(node, RDF.type, BKG.Document)
    sink.name(node, DCTERMS.title, record.title)
    sink.text(node, DCTERMS.identifier, f"sha256:{record.sha256}")
    sink.text(node, DCTERMS.format, record.media_type)
    sink.text(node, BKG.fileName, record.source)
    sink.integer(node, BKG.pageCount, record.pages)
    sink.add(node, BKG.hasForm, iri.code("form", record.form))
    sink.add(node, BKG.hasScope, iri.code("scope", _SCOPES.get(record.form, _WHOLE)))
    sink.text(node, BKG.functionsText, record.functions)
    sink.text(node, BKG.financeOffice, record.finance_office)


def _place(context: Context, node: NamedNode, record: DocumentRecord, department: NamedNode | None) -> None:
    sink = context.sink
    sink.add(node, BKG.isAboutDepartment, department)
    sink.text(node, BKG.departmentPrinted, record.department)
    sink.add(node, BKG.coversDistrict, district_iri(record.division))
    sink.text(node, BKG.districtPrinted, record.district)
    sink.add(node, BKG.hasMoneyUnit, context.money_unit)
    if record.year is not None:
        sink.add(node, BKG.fiscalYear, literals.year(record.year))
    sink.add(node, BKG.fiscalYearPrinted, literals.boolean(record.year_printed))
    sink.text(node, BKG.fiscalYearClue, record.year_evidence)


def _account(context: Context, node: NamedNode, record: DocumentRecord) -> None:
    sink, account = context.sink, record.account
    sink.integer(node, BKG.characterCount, account.total)
    sink.integer(node, BKG.recordCharacterCount, account.records)
    sink.integer(node, BKG.furnitureCharacterCount, account.furniture)
    sink.integer(node, BKG.findingCharacterCount, account.findings)
    sink.integer(node, BKG.unaccountedCharacterCount, account.remainder)
