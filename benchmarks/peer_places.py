"""The base of the peer's mapping: minting, adding a triple, and what has a place in the document."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from budgetkg.codelists import find_label, finding_message, finding_severity
from budgetkg.findings import Evidence, Finding, where_said
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.mapping.iri import DocumentMint, code
from budgetkg.mapping.privacy import Privacy
from budgetkg.records import DocumentRecord, PolicyCitation
from budgetkg.vocab import PREFIXES

BKG = Namespace(PREFIXES["bkg"])
OA = Namespace(PREFIXES["oa"])


class Placed:
    """A graph being filled from one record, in which things have their rows as evidence."""

    def __init__(self, record: DocumentRecord) -> None:
        self.record = record
        self.graph = Graph(bind_namespaces="none")
        self.mint = DocumentMint(DEFAULT_BASE, record.key)
        unit = find_label("money-unit", record.unit) if record.unit else None
        self.unit = code("moneyunit", unit.notation) if unit else None
        self.factor = unit.values("yuanFactor")[0] if unit else None
        self.privacy = Privacy(record.people, False)

    def one(self, kind: str, *facts: str | None) -> URIRef:
        return URIRef(self.mint.distinct(kind, *facts).value)

    def shared(self, kind: str, *facts: str | None) -> URIRef:
        return URIRef(self.mint.shared(kind, *facts).value)

    def add(self, subject: URIRef, predicate: URIRef, value: object) -> None:
        if value is None:
            return
        if not isinstance(value, URIRef | Literal):
            value = URIRef(value.value) if hasattr(value, "value") else Literal(value)
        self.graph.add((subject, predicate, value))

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
            self.add(owner, BKG.hasEvidence, self.place(place))

    def place(self, place: Evidence) -> URIRef:
        node = URIRef(f"{self.mint.document.value}/evidence/{place.start}-{place.end}")
        self.add(node, OA.hasSource, self.mint.document)
        self.add(node, BKG.pageNumber, place.page)
        if place.lines:
            self.add(node, BKG.lineRange, "-".join(str(line) for line in sorted(set(place.lines))))
        if place.cells:
            self.add(node, BKG.cellRange, place.cells)
        self.add(node, BKG.quote, self.privacy.masked(place))
        return node

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
        self.add(node, BKG.locationText, where_said(finding.where, "zh") or None)
        self.evidence(node, finding.evidence)


def chinese(text: str | None) -> Literal | None:
    return None if text is None else Literal(text, lang="zh")
