"""Document: one published form, what it states of a plan, and what is said of its reading."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from budgetkg.mapping.context import Context, context_of
from budgetkg.mapping.evidence import add_cells, add_corrections, add_evidence
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.plan import add_plan, department_iri, plan_iri
from budgetkg.mapping.remarks import add_citations, add_finding, add_person
from budgetkg.mapping.statements import Statements
from budgetkg.records import DocumentRecord
from budgetkg.vocab import BKG, DCTERMS, RDF


def document_quads(record: DocumentRecord, options: MappingOptions | None = None) -> list[Quad]:
    """The graph of one document, sorted and without repetition."""
    return document_statements(record, options).quads()


def document_statements(record: DocumentRecord, options: MappingOptions | None = None) -> Statements:
    """The same as text."""
    chosen = options or MappingOptions()
    context = context_of(record, chosen, plan_iri(chosen.base, record))
    node = context.mint.document
    _describe(context, node, record)
    _account(context, node, record)
    add_citations(context, node, record.policies)
    add_evidence(context, node, (*record.evidence, *record.totals_evidence))
    add_corrections(context, node, record.corrections, record.evidence)
    add_plan(context, record, department_iri(chosen.base, record))
    for finding in record.findings:
        add_finding(context, finding)
    for datum in record.people if chosen.personal else ():
        add_person(context, datum)
    add_cells(context)
    return context.sink.statements()


def _describe(context: Context, node: NamedNode, record: DocumentRecord) -> None:
    sink = context.sink
    sink.add(node, RDF.type, BKG.Document)
    sink.name(node, DCTERMS.title, record.title)
    sink.identifier(node, DCTERMS.identifier, f"sha256:{record.sha256}")
    sink.identifier(node, DCTERMS.format, record.media_type)
    sink.identifier(node, BKG.fileName, record.source)
    sink.integer(node, BKG.pageCount, record.pages)
    sink.text(node, BKG.functionsText, record.functions)
    sink.text(node, BKG.financeOffice, record.finance_office)
    sink.text(node, BKG.departmentPrinted, record.department)
    sink.text(node, BKG.divisionPrinted, record.district)
    sink.add(node, BKG.hasMoneyUnit, context.money_unit)
    sink.text(node, BKG.fiscalYearClue, record.year_evidence)
    add_evidence(context, node, record.year_statements, BKG.hasFiscalYearEvidence)


def _account(context: Context, node: NamedNode, record: DocumentRecord) -> None:
    """Where the characters of the source ended."""
    sink, account = context.sink, record.account
    sink.integer(node, BKG.characterCount, account.total)
    sink.integer(node, BKG.recordCharacterCount, account.records)
    sink.integer(node, BKG.furnitureCharacterCount, account.furniture)
    sink.integer(node, BKG.findingCharacterCount, account.findings)
    sink.integer(node, BKG.unaccountedCharacterCount, account.remainder)
