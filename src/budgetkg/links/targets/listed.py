"""Any code list in SKOS: our concepts beside its own, by wording, notation and hierarchy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad

from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.links.matching import EXACT, match
from budgetkg.links.skos import ListedConcept, concepts_of, read_concepts
from budgetkg.vocab import PREFIXES, RDF, RDFS, SKOS

READS = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SKOS.inScheme, SKOS.broader)


def find(quads: Iterable[Quad], path: Path) -> TargetLinks:
    """Links from the concepts of the graph; each of our code lists is compared by itself."""
    theirs = read_concepts(path)
    schemes: dict[str, list[ListedConcept]] = defaultdict(list)
    for item in concepts_of(quads):
        for scheme in item.schemes:
            schemes[scheme].append(item)
    labels = {item.iri: item.label() for item in theirs}
    links = [
        Link(
            matched.source,
            PREFIXES["skos"] + matched.relation,
            matched.target,
            matched.method,
            labels[matched.target],
            Decimal(f"{matched.score:.2f}"),
        )
        for scheme in sorted(schemes)
        for matched in match(schemes[scheme], theirs)
    ]
    best: dict[tuple[str, str], Decimal] = {}
    for link in links:
        claimed = (link.relation, link.target)
        best[claimed] = max(best.get(claimed, Decimal(0)), link.confidence)
    # Two of our lists may claim one of theirs: the better claim is a link, the other a coincidence.
    exact = PREFIXES["skos"] + EXACT
    uncontested = {
        link for link in links if link.relation != exact or link.confidence == best[exact, link.target]
    }
    return TargetLinks(tuple(sorted(uncontested)))
