"""Personal datum: a clerk's name, date or telephone, in the graph only where a person asked for it."""

from __future__ import annotations

from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.records import PersonalDatum
from budgetkg.vocab import BKG, RDF, RDFS


def add_person(context: Context, datum: PersonalDatum) -> None:
    """One labelled personal datum."""
    node = context.mint.one("personal-datum", datum.label, datum.value)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasPersonalDatum, node)
    sink.add(node, RDF.type, BKG.PersonalDatum)
    sink.name(node, RDFS.label, datum.label)
    sink.text(node, BKG.valuePrinted, datum.value)
    add_evidence(context, node, datum.evidence)
