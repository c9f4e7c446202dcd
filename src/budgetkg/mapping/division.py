"""Divisions that documents cover, where the ontology's own list does not hold them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from budgetkg.codelists import divisions, scheme_iri
from budgetkg.divisions import division
from budgetkg.gazetteer import EDITION, OLDEST_EDITION, ancestors, under_code
from budgetkg.mapping import iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.vocab import BKG, DCTERMS, OWL, RDF, SKOS


def add_divisions(sink: QuadSink, codes: Iterable[str]) -> None:
    """Each division with those above it, once; the ontology describes its own itself."""
    own = {item.notation for item in divisions()}
    wanted = {
        above for code in codes if under_code(code) for above in (code, *ancestors(under_code(code)[-1]))
    }
    for code in sorted(wanted - own):
        _add_division(sink, code)


def _add_division(sink: QuadSink, code: str) -> None:
    concept = division(code)
    if concept is None:
        return
    node, scheme = iri.code("division", code), NamedNode(scheme_iri("division"))
    sink.add(node, RDF.type, BKG.District)
    sink.add(node, RDF.type, SKOS.Concept)
    sink.add(node, SKOS.inScheme, scheme)
    sink.add(node, SKOS.notation, literals.string(code))
    sink.name(node, SKOS.prefLabel, concept.zh)
    for name in concept.alt:
        sink.name(node, SKOS.altLabel, name)
    if concept.parent:
        sink.add(node, SKOS.broader, iri.code("division", concept.parent))
    else:
        sink.add(node, SKOS.topConceptOf, scheme)
    newest = under_code(code)[-1]
    # As the editions know it: they begin with 2000, and the newest says nothing of an end.
    sink.add(
        node, DCTERMS.valid, literals.string(f"{newest.since or OLDEST_EDITION}/{newest.until or EDITION}")
    )
    if newest.until:
        sink.add(node, OWL.deprecated, literals.boolean(True))
