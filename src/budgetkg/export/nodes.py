"""One graph at a time as nodes with their values, forwards and backwards: what tables and frames walk.

Only one document's statements are held at once, so that a corpus of any size streams through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from budgetkg.export.quads import document_files
from budgetkg.mapping import iri
from budgetkg.store.generations import REFERENCE, Generation
from budgetkg.vocab import BKG, RDF

Value: TypeAlias = NamedNode | BlankNode | Literal
_NOTHING: dict[str, list[Value]] = {}


class Nodes:
    """The statements of some graphs by subject and by object, each list in a fixed order."""

    def __init__(self, quads: Iterable[Quad], beyond: Nodes | None = None) -> None:
        self._beyond = beyond
        self._forward: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._backward: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(quads, key=str):
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode | BlankNode) and isinstance(value, Value):
                self._forward[subject.value][quad.predicate.value].append(value)
                if isinstance(value, NamedNode):
                    self._backward[value.value][quad.predicate.value].append(subject)

    @classmethod
    def joined(cls, several: Iterable[Nodes]) -> Nodes:
        """Several graphs as one; they share what is beyond them."""
        found = cls(())
        for each in several:
            found._beyond = each._beyond
            for mine, other in ((found._forward, each._forward), (found._backward, each._backward)):
                for node, said in other.items():
                    for predicate, values in said.items():
                        mine[node][predicate] += values
        return found

    def subjects(self) -> list[str]:
        """Every node that something is said of here, sorted."""
        return sorted(self._forward)

    def statements(self, node: str) -> dict[str, list[Value]]:
        """What is said of a node, by property: here or, where nothing is, in what all documents share."""
        found = self._forward.get(node)
        if found is None and self._beyond is not None:
            return self._beyond.statements(node)
        return found or _NOTHING

    def is_here(self, node: str) -> bool:
        """Is something said of the node in these graphs themselves?"""
        return node in self._forward

    def values(self, node: str, predicate: str) -> list[Value]:
        """The values of one property."""
        return self.statements(node).get(predicate, [])

    def sources(self, node: str, predicate: str) -> list[Value]:
        """The nodes that have this one as a value."""
        return self._backward.get(node, _NOTHING).get(predicate, [])

    def of_class(self, iri: str) -> list[str]:
        """The nodes of a class, sorted."""
        return sorted({term.value for term in self.sources(iri, RDF.type.value)})


def shared_nodes(generation: Generation) -> Nodes:
    """Departments, districts and code lists."""
    return Nodes(_quads(generation.graph(REFERENCE)))


def document_nodes(generation: Generation) -> Iterator[tuple[str, Nodes]]:
    """Each document's IRI with its nodes, in the order of the keys."""
    shared = shared_nodes(generation)
    for path in document_files(generation):
        nodes = Nodes(_quads(path), shared)
        for document in nodes.of_class(BKG.Document.value):
            yield document, nodes


def concluded_nodes(generation: Generation, name: str) -> Iterator[tuple[str, Nodes]]:
    """Each conclusion of a graph by itself, with the document that its subject stands in.

    The file is sorted: what is said of one conclusion stands together, so that it streams.
    """
    path = generation.graph(name)
    if not path.exists():
        return
    shared = shared_nodes(generation)
    for subject, quads in groupby(_quads(path), key=lambda quad: str(quad.subject)):
        nodes = Nodes(quads, shared)
        for about in nodes.values(subject.strip("<>"), BKG.hasSubject.value):
            yield iri.document_of(about.value), nodes


def _quads(path: Path) -> Iterator[Quad]:
    return pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
