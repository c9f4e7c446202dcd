"""The peer's mapping: one record as an rdflib graph, a triple at a time.

It borrows from budgetkg only what a pipeline would take from elsewhere: the records, the names of
things and the code lists.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG

from benchmarks.peer_cells import Cells
from benchmarks.peer_places import BKG, Placed, chinese
from benchmarks.peer_quantities import reading_triples
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.mapping.indicators import first_tier, second_tier
from budgetkg.mapping.iri import code
from budgetkg.mapping.literals import decimal, product
from budgetkg.mapping.plan import department_iri, plan_iri
from budgetkg.records import Amount, Amounts, BudgetLine, DocumentRecord, Indicator, Project, Task
from budgetkg.values import read_target

SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other")
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

Column = tuple[URIRef | None, str | None]


class Mapper(Placed):
    """One document as an rdflib graph."""

    def __init__(self, record: DocumentRecord) -> None:
        super().__init__(record)
        self.plan = URIRef(plan_iri(DEFAULT_BASE, record).value)
        self.cells = Cells()

    def map(self) -> Graph:
        node = URIRef(self.mint.document.value)
        self.document(node)
        self.citations(node, self.record.policies)
        self.evidence(node, (*self.record.evidence, *self.record.totals_evidence))
        self.stated(node)
        for finding in self.record.findings:
            self.finding(node, finding)
        for fact, place, span in self.cells.located():
            row = self.place(place)
            if span is None:
                self.add(fact, BKG.hasEvidence, row)
                continue
            self.add(fact, BKG.hasEvidence, URIRef(f"{row}#char={span[0]},{span[1]}"))
        return self.graph

    def document(self, node: URIRef) -> None:
        record, add = self.record, self.add
        add(node, RDF.type, BKG.Document)
        add(node, DCTERMS.title, chinese(record.title))
        add(node, DCTERMS.identifier, f"sha256:{record.sha256}")
        add(node, DCTERMS.format, record.media_type)
        add(node, BKG.fileName, record.source)
        add(node, BKG.pageCount, record.pages)
        add(node, BKG.functionsText, record.functions)
        add(node, BKG.financeOffice, record.finance_office)
        add(node, BKG.departmentPrinted, record.department)
        add(node, BKG.divisionPrinted, record.district)
        add(node, BKG.hasMoneyUnit, self.unit)
        add(node, BKG.fiscalYearClue, record.year_evidence)
        for label, value in record.attributes:
            add(node, BKG.attributeText, f"{label}：{value}")
        for place in record.year_statements:
            add(node, BKG.hasFiscalYearEvidence, self.place(place))
        account = record.account
        add(node, BKG.characterCount, account.total)
        add(node, BKG.recordCharacterCount, account.records)
        add(node, BKG.furnitureCharacterCount, account.furniture)
        add(node, BKG.findingCharacterCount, account.findings)
        add(node, BKG.unaccountedCharacterCount, account.remainder)

    def stated(self, document: URIRef) -> None:
        """What the document states of its plan."""
        record, add, plan = self.record, self.add, self.plan
        department = department_iri(DEFAULT_BASE, record)
        add(document, BKG.statesPlan, plan)
        columns: list[Column] = [(None, record.title), (None, record.department)]
        totals = self.amounts(plan, record.totals, document)
        goal = self.goal(plan, record.overall_goal, document)
        if record.totals_evidence:
            self.cells.row(record.evidence, columns + goal, fallback=False)
            self.cells.row(record.totals_evidence, totals)
        else:
            self.cells.row(record.evidence, columns + totals + goal, fallback=False)
        for row in record.indicators:
            self.indicator(plan, row, document)
        for line in record.budget:
            self.budget_line(line)
        for task in record.tasks:
            self.task(task)
        for unit in record.units_of_use:
            place = self.one("unit", unit.name)
            add(plan, BKG.listsUnit, place)
            add(place, RDF.type, BKG.UnitOfUse)
            add(place, RDFS.label, chinese(unit.name))
            add(place, ORG.unitOf, department)
            if unit.name.endswith("本级"):
                add(place, BKG.isDepartmentItself, department)
            columns = [(None, unit.name), *self.amounts(place, unit.amounts, place)]
            self.cells.row(unit.evidence, columns)
            self.evidence(place, unit.evidence)
            for project in unit.projects:
                self.project(place, unit.name, project)

    def project(self, unit: URIRef, unit_name: str, project: Project) -> None:
        total = project.amounts.total
        node = self.one("project", unit_name, project.name, f"{total.value:f}" if total else None)
        self.add(self.plan, BKG.hasProject, node)
        self.add(node, BKG.hasUnitOfUse, unit)
        self.add(node, RDF.type, BKG.Project)
        self.add(node, RDFS.label, chinese(project.name))
        self.add(node, BKG.printedTimes, project.printed_times)
        for label, value in project.attributes:
            self.add(node, BKG.attributeText, f"{label}：{value}")
        columns = [(None, project.name), *self.amounts(node, project.amounts, node)]
        columns += self.goal(node, project.goal, node)
        self.cells.row(project.evidence, columns, (unit_name, *(value for _, value in project.attributes)))
        for indicator in project.indicators:
            self.indicator(node, indicator, node)
        self.citations(node, project.policies)
        self.evidence(node, project.evidence)

    def amounts(self, owner: URIRef, amounts: Amounts, above: URIRef) -> list[Column]:
        """The total and the sources; what they print, by the nodes that state it."""
        found: list[Column] = []
        if amounts.total is not None:
            node = URIRef(f"{above}/total")
            self.add(owner, BKG.hasTotal, node)
            self.add(node, RDF.type, BKG.Amount)
            self.amount(node, amounts.total)
            found.append((node, amounts.total.printed))
        for name in SOURCES:
            amount: Amount | None = getattr(amounts, name)
            if amount is None:
                continue
            source = name.replace("_", "-")
            node = URIRef(f"{above}/source/{source}")
            self.add(owner, BKG.hasSourceAmount, node)
            self.add(node, RDF.type, BKG.SourceAmount)
            self.add(node, BKG.hasFundingSource, code("funding", source))
            self.add(node, BKG.fundingSourcePrinted, amount.label)
            self.amount(node, amount)
            found.append((node, amount.printed))
        return found

    def amount(self, node: URIRef, amount: Amount) -> None:
        self.add(node, BKG.amountPrinted, amount.printed)
        self.add(node, BKG.hasMoneyUnit, self.unit)
        if self.factor is not None:
            yuan = decimal(product(amount.value, Decimal(self.factor))).value
            self.add(node, BKG.amountYuan, Literal(yuan, datatype=XSD.decimal, normalize=False))

    def budget_line(self, line: BudgetLine) -> None:
        node = self.one("budget-line", line.group, line.label)
        self.add(self.plan, BKG.hasBudgetLine, node)
        self.add(node, RDF.type, BKG.BudgetLine)
        self.add(node, RDFS.label, chinese(line.label))
        self.add(node, BKG.groupPrinted, line.group)
        self.add(node, BKG.hasSide, code("side", line.side) if line.side else None)
        if line.amount:
            self.amount(node, line.amount)
        self.evidence(node, line.evidence)

    def task(self, task: Task) -> None:
        node = self.one("task", task.name, f"{task.amount.value:f}" if task.amount else None)
        self.add(self.plan, BKG.hasTask, node)
        self.add(node, RDF.type, BKG.Task)
        self.add(node, RDFS.label, chinese(task.name))
        self.add(node, BKG.sequenceNumber, task.seq)
        self.add(node, BKG.contentText, task.content)
        self.add(node, BKG.contentLabel, task.content_label)
        self.add(node, BKG.expectedText, task.expected)
        self.add(node, BKG.projectsText, task.projects_printed)
        for name in task.projects:
            self.add(node, BKG.projectNamePrinted, name)
        columns = [(None, task.name), *self.amounts(node, replace(task.sources, total=task.amount), node)]
        others = (task.content, task.content_label, task.expected, task.projects_printed, *task.projects)
        self.cells.row(task.evidence, columns, others)
        for row in task.indicators:
            self.indicator(node, row, node)
        self.citations(node, task.policies)
        self.evidence(node, task.evidence)

    def goal(self, owner: URIRef, text: str | None, above: URIRef) -> list[Column]:
        if text is None:
            return []
        node = URIRef(f"{above}/goal")
        self.add(owner, BKG.hasGoal, node)
        self.add(node, RDF.type, BKG.PerformanceGoal)
        self.add(node, BKG.goalText, text)
        return [(node, text)]

    def indicator(self, owner: URIRef, row: Indicator, above: URIRef) -> None:
        local = str(above)[len(DEFAULT_BASE) :]
        tiers = (row.tier1_code, row.tier2_code, row.tier1, row.tier2)
        node = self.one("indicator", local, *tiers, row.name, row.period_value, row.annual_value)
        self.add(owner, BKG.hasIndicator, node)
        self.add(self.plan, BKG.listsIndicator, node)
        self.add(node, RDF.type, BKG.Indicator)
        self.add(node, RDFS.label, chinese(row.name))
        self.add(node, BKG.sequenceNumber, row.seq)
        if row.margin is not None:
            self.add(
                node,
                BKG.readingMargin,
                Literal(decimal(Decimal(str(row.margin))).value, datatype=XSD.decimal, normalize=False),
            )
        self.add(node, BKG.tier1CodePrinted, row.tier1_code)
        self.add(node, BKG.tier2CodePrinted, row.tier2_code)
        self.add(node, BKG.tier1Label, row.tier1)
        self.add(node, BKG.tier2Label, row.tier2)
        self.add(node, BKG.tier1Printed, row.tier1_printed)
        self.add(node, BKG.tier2Printed, row.tier2_printed)
        self.add(node, BKG.hasTier1Basis, code("basis", row.tier1_basis) if row.tier1_basis else None)
        self.add(node, BKG.hasTier1, first_tier(row.tier1_code, row.tier1))
        self.add(node, BKG.hasTier2, second_tier(row.tier2_code, row.tier2))
        for term, field in COLUMNS:
            self.add(node, BKG[term], getattr(row, field))
        columns: list[Column] = [(None, text) for text in (row.tier1_printed, row.tier2_printed, row.name)]
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
                columns.append((target, value))
        self.cells.row(row.evidence, columns, [getattr(row, field) for _, field in COLUMNS])
        self.evidence(node, row.evidence)
