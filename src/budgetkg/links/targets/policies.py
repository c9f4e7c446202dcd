"""Policy documents that goals cite, each once for all who cite it, by its number (发文字号)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, Quad, Triple

from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.mapping import iri, literals
from budgetkg.vocab import BKG, DCTERMS, ELI, RDF, SCHEMA

READS = (BKG.policyNumber,)

_NUMBER = re.compile(r"(?P<mark>[^〔]+)〔(?P<year>\d{4})〕(?P<number>\d+)号")


def find(quads: Iterable[Quad], base: str) -> TargetLinks:
    """A link from each citation with a number to the document of that number."""
    links, described = set(), set()
    for quad in quads:
        if quad.predicate != BKG.policyNumber or not isinstance(quad.object, Literal):
            continue
        number = quad.object.value
        node = iri.shared(base, "policy", number)
        citation = str(getattr(quad.subject, "value", ""))
        links.add(Link(citation, DCTERMS.references.value, node.value, "number", number, Decimal(1)))
        described |= {
            Triple(node, RDF.type, ELI.LegalResource),
            Triple(node, RDF.type, SCHEMA.Legislation),
            Triple(node, ELI.id_local, literals.string(number)),
            Triple(node, SCHEMA.legislationIdentifier, literals.string(number)),
        }
        match = _NUMBER.fullmatch(number)
        if match:
            described.add(Triple(node, BKG.issuerMark, literals.string(match["mark"])))
            described.add(Triple(node, DCTERMS.date, literals.string(match["year"])))
    return TargetLinks(tuple(sorted(links)), frozenset(described))
