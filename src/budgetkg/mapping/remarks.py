"""What stands beside the figures: findings of the reader, policies cited, personal data asked for."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from budgetkg.codelists import finding_message, finding_severity
from budgetkg.findings import Finding, where_said
from budgetkg.mapping import iri
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.records import PersonalDatum, PolicyCitation
from budgetkg.text import writable_in_xml
from budgetkg.vocab import BKG, DCTERMS, RDF, RDFS


def add_finding(context: Context, finding: Finding) -> None:
    """What a careful reader would report: code, severity, and its message in both languages."""
    privacy = context.privacy
    params = {name: privacy.masked_text(value) for name, value in finding.params}
    facts = [part for pair in sorted(params.items()) for part in pair]
    where = privacy.masked_text(finding.where)
    quotes = (privacy.masked(place) for place in finding.evidence)
    node = context.mint.distinct("finding", finding.code, where, *facts, *quotes)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasFinding, node)
    sink.add(node, RDF.type, BKG.Finding)
    sink.add(node, BKG.hasFindingCode, iri.code("fcode", finding.code))
    sink.add(node, BKG.hasSeverity, iri.severity(finding_severity(finding.code)))
    for language in ("zh", "en"):
        message = writable_in_xml(finding_message(finding.code, params, language))
        sink.add(node, RDFS.comment, Literal(message, language=language))
    # As all names of the graph, in Chinese.
    sink.text(node, BKG.locationText, where_said(where, "zh") or None)
    add_evidence(context, node, finding.evidence)


def add_citations(context: Context, owner: NamedNode, policies: tuple[PolicyCitation, ...]) -> None:
    """The policies that an owner cites; one cited twice in a document is one."""
    for policy in policies:
        node = context.mint.shared("citation", policy.title, policy.number or policy.number_printed)
        context.sink.add(owner, BKG.hasCitation, node)
        context.sink.add(node, RDF.type, BKG.PolicyCitation)
        context.sink.name(node, DCTERMS.title, policy.title)
        context.sink.text(node, BKG.policyNumber, policy.number)
        context.sink.text(node, BKG.policyNumberPrinted, policy.number_printed)
        add_evidence(context, node, policy.evidence)


def add_person(context: Context, datum: PersonalDatum) -> None:
    """A clerk's name, date or telephone; called only where a person asked for it."""
    node = context.mint.distinct("personal-datum", datum.label, datum.value)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasPersonalDatum, node)
    sink.add(node, RDF.type, BKG.PersonalDatum)
    sink.name(node, RDFS.label, datum.label)
    sink.text(node, BKG.valuePrinted, datum.value)
    add_evidence(context, node, datum.evidence)
