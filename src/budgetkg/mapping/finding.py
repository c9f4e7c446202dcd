"""Finding: what a careful reader would report about the document."""

from __future__ import annotations

from pyoxigraph import Literal

from budgetkg.codelists import finding_message, finding_severity
from budgetkg.findings import Finding
from budgetkg.mapping import iri
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.literals import clean
from budgetkg.vocab import BKG, RDF, RDFS


def add_finding(context: Context, finding: Finding) -> None:
    """A finding with its severity and its message in both languages."""
    privacy = context.privacy
    params = {name: privacy.masked_text(value) for name, value in finding.params}
    facts = [part for pair in sorted(params.items()) for part in pair]
    where = privacy.masked_text(finding.where)
    quotes = (privacy.masked(place) for place in finding.evidence)
    node = context.mint.one("finding", finding.code, where, *facts, *quotes)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasFinding, node)
    sink.add(node, RDF.type, BKG.Finding)
    sink.add(node, BKG.hasFindingCode, iri.code("fcode", finding.code))
    sink.add(node, BKG.hasSeverity, iri.code("sh", finding_severity(finding.code)))
    for language in ("zh", "en"):
        message = clean(finding_message(finding.code, params, language))
        sink.add(node, RDFS.comment, Literal(message, language=language))
    sink.text(node, BKG.locationPrinted, where or None)
    add_evidence(context, node, finding.evidence)
