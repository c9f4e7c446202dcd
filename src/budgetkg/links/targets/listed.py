"""Any code list in SKOS: our concepts beside its own, by wording, notation and hierarchy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad

from budgetkg.links.linkset import Found, Link
from budgetkg.links.matching import EXACT, match
from budgetkg.links.skos import ListedConcept, concepts_of, read_concepts
from budgetkg.vocab import PREFIXES, RDF, RDFS, SKOS

READS = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SKOS.inScheme, SKOS.broader)


def find(quads: Iterable[Quad], path: Path) -> Found:
    """Links from the concepts of the graph; each of our code lists is compared by itself."""
    theirs = read_concepts(path)
    schemes: dict[str, list[ListedConcept]] = defaultdict(list)
    for item in concepts_of(quads):
        for scheme in item.schemes:
            schemes[scheme].append(item)
    labels = {item.iri: item.label() for item in theirs}
    links = [
        Link(
            found.source,
            PREFIXES["skos"] + found.relation,
            found.target,
            found.method,
            labels[found.target],
            Decimal(f"{found.score:.2f}"),
        )
        for scheme in sorted(schemes)
        for found in match(schemes[scheme], theirs)
    ]
    best: dict[tuple[str, str], Decimal] = {}
    for link in links:
        place = (link.relation, link.target)
        best[place] = max(best.get(place, Decimal(0)), link.confidence)
    # Two of our lists may claim one of theirs: the better claim is a link, the other a coincidence.
    exact = PREFIXES["skos"] + EXACT
    kept = {link for link in links if link.relation != exact or link.confidence == best[exact, link.target]}
    return Found(tuple(sorted(kept)))
