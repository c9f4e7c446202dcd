"""Linksets as datasets of their own: their description from the graph, and their N-Quads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from budgetkg.catalogue.datasets import titled
from budgetkg.mapping import iri, literals
from budgetkg.store.generations import Generation
from budgetkg.vocab import DCAT, DCTERMS, RDF, VOID

_LINKS = "links-"


@dataclass(frozen=True, slots=True)
class Linkset:
    """A graph of links: ``content`` are its N-Quads, ``description`` what it states about itself."""

    name: str
    node: NamedNode
    content: bytes
    description: tuple[Triple, ...]

    @property
    def size(self) -> int:
        """The number of links in it."""
        counts = (each.object for each in self.description if each.predicate == VOID.triples)
        return sum(int(count.value) for count in counts if isinstance(count, Literal))

    def triples(self) -> Iterator[Triple]:
        """The linkset as a dataset, with its description from the graph."""
        target = self.name.removeprefix(_LINKS)
        yield Triple(self.node, RDF.type, DCAT.Dataset)
        yield Triple(self.node, DCTERMS.identifier, literals.string(self.name))
        yield from titled(self.node, f"链接：{target}", f"Links: {target}")
        yield from self.description


def linksets(generation: Generation, base: str) -> list[Linkset]:
    """The linksets with at least one link, sorted by name: an empty one is nothing to publish."""
    names = [name for name in generation.beside if name.startswith(_LINKS)]
    return [linkset for linkset in (_linkset(generation, base, name) for name in names) if linkset.size]


def _linkset(generation: Generation, base: str, name: str) -> Linkset:
    node = iri.dataset(base, "links", name.removeprefix(_LINKS))
    about = {node, iri.part(node, "targets")}
    content = generation.graph(name).read_bytes()
    quads = pyoxigraph.parse(content, format=RdfFormat.N_QUADS)
    return Linkset(name, node, content, tuple(quad.triple for quad in quads if quad.subject in about))
