"""The peer's mapping: one record as an rdflib graph, a triple at a time.

It borrows from budgetkg only what a pipeline would take from elsewhere: the records, the names of
things and the code lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG

from benchmarks.peer_quantities import reading_triples
from budgetkg.codelists import find_label, finding_message, finding_severity
from budgetkg.findings import Evidence, Finding
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.mapping.context import Privacy
from budgetkg.mapping.indicators import first_tier, second_tier
from budgetkg.mapping.iri import DocumentMint, code
from budgetkg.mapping.literals import decimal, product
from budgetkg.mapping.plan import department_iri, division_iri
from budgetkg.records import (
    Amount,
    Amounts,
    BudgetLine,
    DocumentRecord,
    Indicator,
    PolicyCitation,
    Project,
    Task,
)
from budgetkg.targets import read_target
from budgetkg.vocab import PREFIXES

BKG = Namespace(PREFIXES["bkg"])
OA = Namespace(PREFIXES["oa"])
SCOPES = {"project-table": "project-spending"}
COLUMNS = (
    ("explanationText", "explanation"),
    ("formulaText", "formula"),
    ("unitPrinted", "unit"),
    ("weightPrinted", "weight"),
    ("operatorPrinted", "operator"),
    ("directionPrinted", "direction"),
    ("standardPrinted", "standard"),
    ("actualValuePrinted", "actual_value"),
    ("scorePrinted", "score"),
    ("noteText", "note"),
)


class Mapper:
    """One document as an rdflib graph."""

    def __init__(self, record: DocumentRecord) -> None:
        self.record = record
        self.graph = Graph(bind_namespaces="none")
        self.mint = DocumentMint(DEFAULT_BASE, record.key)
        unit = find_label("money-unit", record.unit) if record.unit else None
        self.unit = code("moneyunit", unit.notation) if unit else None
        self.factor = unit.values("yuanFactor")[0] if unit else None
        self.privacy = Privacy(record.people, False)

    def one(self, kind: str, *facts: str | None) -> URIRef:
        return URIRef(self.mint.one(kind, *facts).value)

    def shared(self, kind: str, *facts: str | None) -> URIRef:
        return URIRef(self.mint.shared(kind, *facts).value)

    def add(self, subject: URIRef, predicate: URIRef, value: object) -> None:
        if value is None:
            return
        if not isinstance(value, URIRef | Literal):
            value = URIRef(value.value) if hasattr(value, "value") else Literal(value)
        self.graph.add((subject, predicate, value))

    def map(self) -> Graph:
        record, add = self.record, self.add
        node = URIRef(self.mint.document.value)
        department = department_iri(DEFAULT_BASE, record)
        add(node, RDF.type, BKG.Document)
        add(node, DCTERMS.title, chinese(record.title))
        add(node, DCTERMS.identifier, f"sha256:{record.sha256}")
        add(node, DCTERMS.format, record.media_type)
        add(node, BKG.fileName, record.source)
        add(node, BKG.pageCount, record.pages)
        add(node, BKG.hasForm, code("form", record.form))
        add(node, BKG.hasScope, code("scope", SCOPES.get(record.form, "whole-department")))
        add(node, BKG.functionsText, record.functions)
        add(node, BKG.financeOffice, record.finance_office)
        add(node, BKG.isAboutDepartment, department)
        add(node, BKG.departmentPrinted, record.department)
        add(node, BKG.coversDistrict, division_iri(record.division))
        add(node, BKG.districtPrinted, record.district)
        add(node, BKG.hasMoneyUnit, self.unit)
        add(node, BKG.fiscalYear, self.year())
        add(node, BKG.fiscalYearPrinted, record.year_printed)
        add(node, BKG.fiscalYearClue, record.year_evidence)
        account = record.account
        add(node, BKG.characterCount, account.total)
        add(node, BKG.recordCharacterCount, account.records)
        add(node, BKG.furnitureCharacterCount, account.furniture)
        add(node, BKG.findingCharacterCount, account.findings)
        add(node, BKG.unaccountedCharacterCount, account.remainder)
        self.allocations(node, record.totals)
        self.goal(node, record.overall_goal)
        for row in record.indicators:
            self.indicator(node, row)
        self.citations(node, record.policies)
        self.evidence(node, record.evidence)
        for line in record.budget:
            self.budget_line(node, line)
        for task in record.tasks:
            self.task(node, task)
        for unit in record.units_of_use:
            place = self.one("unit", unit.name)
            add(node, BKG.hasUnitOfUse, place)
            add(place, RDF.type, BKG.UnitOfUse)
            add(place, RDFS.label, chinese(unit.name))
            add(place, ORG.unitOf, department)
            self.allocations(place, unit.amounts)
            for project in unit.projects:
                self.project(place, unit.name, project)
            self.evidence(place, unit.evidence)
        for finding in record.findings:
            self.finding(node, finding)
        return self.graph

    def year(self) -> Literal | None:
        year = self.record.year
        return None if year is None else Literal(f"{year:04d}", datatype=XSD.gYear)

    def project(self, unit: URIRef, unit_name: str, project: Project) -> None:
        total = project.amounts.total
        node = self.one("project", unit_name, project.name, f"{total.value:f}" if total else None)
        self.add(unit, BKG.hasProject, node)
        self.add(node, RDF.type, BKG.Project)
        self.add(node, RDFS.label, chinese(project.name))
        self.add(node, BKG.printedTimes, project.printed_times)
        self.allocations(node, project.amounts)
        self.goal(node, project.goal)
        for indicator in project.indicators:
            self.indicator(node, indicator)
        self.citations(node, project.policies)
        self.evidence(node, project.evidence)

    def allocations(self, owner: URIRef, amounts: Amounts) -> None:
        for source, amount in (
            ("all-sources", amounts.total),
            ("fiscal-appropriation", amounts.fiscal_appropriation),
            ("fiscal-special-account", amounts.fiscal_special_account),
            ("other", amounts.other),
        ):
            if amount is None:
                continue
            node = URIRef(f"{owner}/allocation/{source}")
            self.add(owner, BKG.hasAllocation, node)
            self.add(node, RDF.type, BKG.Allocation)
            self.add(node, BKG.hasFundingSource, code("funding", source))
            self.amount(node, amount)

    def amount(self, node: URIRef, amount: Amount) -> None:
        self.add(node, BKG.amountPrinted, amount.printed)
        self.add(node, BKG.hasMoneyUnit, self.unit)
        self.add(node, BKG.fiscalYear, self.year())
        if self.factor is not None:
            yuan = decimal(product(amount.value, Decimal(self.factor))).value
            self.add(node, BKG.amountYuan, Literal(yuan, datatype=XSD.decimal))

    def budget_line(self, document: URIRef, line: BudgetLine) -> None:
        node = self.one("budget-line", line.group, line.label)
        self.add(document, BKG.hasBudgetLine, node)
        self.add(node, RDF.type, BKG.BudgetLine)
        self.add(node, RDFS.label, chinese(line.label))
        self.add(node, BKG.groupPrinted, line.group)
        self.add(node, BKG.hasSide, code("side", line.side) if line.side else None)
        if line.amount:
            self.amount(node, line.amount)
        self.evidence(node, line.evidence)

    def task(self, document: URIRef, task: Task) -> None:
        node = self.one("task", task.name, f"{task.amount.value:f}" if task.amount else None)
        self.add(document, BKG.hasTask, node)
        self.add(node, RDF.type, BKG.Task)
        self.add(node, RDFS.label, chinese(task.name))
        self.add(node, BKG.sequenceNumber, task.seq)
        self.add(node, BKG.contentText, task.content)
        self.add(node, BKG.contentLabel, task.content_label)
        self.add(node, BKG.expectedText, task.expected)
        self.add(node, BKG.projectsText, task.projects_printed)
        for name in task.projects:
            self.add(node, BKG.projectNamePrinted, name)
        self.allocations(node, Amounts(total=task.amount))
        for row in task.indicators:
            self.indicator(node, row)
        self.citations(node, task.policies)
        self.evidence(node, task.evidence)

    def goal(self, owner: URIRef, text: str | None) -> None:
        if text is None:
            return
        node = URIRef(f"{owner}/goal")
        self.add(owner, BKG.hasGoal, node)
        self.add(node, RDF.type, BKG.PerformanceGoal)
        self.add(node, BKG.goalText, text)

    def indicator(self, owner: URIRef, row: Indicator) -> None:
        local = str(owner)[len(DEFAULT_BASE) :]
        tiers = (row.tier1_code, row.tier2_code, row.tier1, row.tier2)
        node = self.one("indicator", local, *tiers, row.name, row.period_value, row.annual_value)
        self.add(owner, BKG.hasIndicator, node)
        self.add(node, RDF.type, BKG.Indicator)
        self.add(node, RDFS.label, chinese(row.name))
        self.add(node, BKG.sequenceNumber, row.seq)
        self.add(node, BKG.tier1Code, row.tier1_code)
        self.add(node, BKG.tier2Code, row.tier2_code)
        self.add(node, BKG.tier1Label, row.tier1)
        self.add(node, BKG.tier2Label, row.tier2)
        self.add(node, BKG.tier1Printed, row.tier1_printed)
        self.add(node, BKG.tier2Printed, row.tier2_printed)
        self.add(node, BKG.hasTier1, first_tier(row.tier1_code, row.tier1))
        self.add(node, BKG.hasTier2, second_tier(row.tier2_code, row.tier2))
        for term, field in COLUMNS:
            self.add(node, BKG[term], getattr(row, field))
        for kind, segment, value in (
            (BKG.PeriodTarget, "period", row.period_value),
            (BKG.AnnualTarget, "annual", row.annual_value),
        ):
            if value is not None:
                target = URIRef(f"{node}/{segment}")
                self.add(node, BKG.hasTarget, target)
                self.add(target, RDF.type, kind)
                self.add(target, BKG.targetPrinted, value)
                said = read_target(value, row.name, row.operator, row.unit)
                self.graph.addN((*triple, self.graph) for triple in reading_triples(target, said))
        self.evidence(node, row.evidence)

    def citations(self, owner: URIRef, policies: Iterable[PolicyCitation]) -> None:
        for policy in policies:
            node = self.shared("citation", policy.title, policy.number or policy.number_printed)
            self.add(owner, BKG.hasCitation, node)
            self.add(node, RDF.type, BKG.PolicyCitation)
            self.add(node, DCTERMS.title, chinese(policy.title))
            self.add(node, BKG.policyNumber, policy.number)
            self.add(node, BKG.policyNumberPrinted, policy.number_printed)
            self.evidence(node, policy.evidence)

    def evidence(self, owner: URIRef, places: Iterable[Evidence]) -> None:
        for place in places:
            words = self.privacy.masked(place)
            node = self.shared("evidence", str(place.page), str(place.start), str(place.end), words)
            quote, position = URIRef(f"{node}/quote"), URIRef(f"{node}/position")
            self.add(owner, BKG.hasEvidence, node)
            self.add(node, RDF.type, BKG.Evidence)
            self.add(node, OA.hasSource, self.mint.document)
            self.add(node, BKG.pageNumber, place.page)
            if place.lines:
                self.add(node, BKG.firstLine, place.lines[0])
                self.add(node, BKG.lastLine, place.lines[1])
            if place.cells:
                self.add(node, BKG.cellRange, place.cells)
            self.add(node, OA.hasSelector, quote)
            self.add(node, OA.hasSelector, position)
            self.add(quote, RDF.type, OA.TextQuoteSelector)
            self.add(quote, OA.exact, words)
            self.add(position, RDF.type, OA.TextPositionSelector)
            self.add(position, OA.start, place.start)
            self.add(position, OA.end, place.end)

    def finding(self, document: URIRef, finding: Finding) -> None:
        facts = [part for pair in sorted(finding.params) for part in pair]
        quotes = (place.quote for place in finding.evidence)
        node = self.one("finding", finding.code, finding.where, *facts, *quotes)
        self.add(document, BKG.hasFinding, node)
        self.add(node, RDF.type, BKG.Finding)
        self.add(node, BKG.hasFindingCode, code("fcode", finding.code))
        self.add(node, BKG.hasSeverity, code("sh", finding_severity(finding.code)))
        for language in ("zh", "en"):
            message = finding_message(finding.code, finding.values, language)
            self.add(node, RDFS.comment, Literal(message, lang=language))
        self.add(node, BKG.locationPrinted, finding.where or None)
        self.evidence(node, finding.evidence)


def chinese(text: str | None) -> Literal | None:
    return None if text is None else Literal(text, lang="zh")
