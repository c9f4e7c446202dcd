"""Statements indexed by subject and by object, so that a frame can follow properties in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from budgetkg.vocab import RDF

Value: TypeAlias = NamedNode | BlankNode | Literal
Statements: TypeAlias = dict[str, list[Value]]
_NOTHING: Statements = {}


class Nodes:
    """Some statements by subject and by object, each list in a fixed order.

    ``here`` are the IRIs of the nodes that a tree unfolds; of others it gives the names only.
    """

    def __init__(self, quads: Iterable[Quad], here: frozenset[str]) -> None:
        self._here = here
        self._forward: dict[str, Statements] = defaultdict(lambda: defaultdict(list))
        self._backward: dict[str, Statements] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(quads, key=str):
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode | BlankNode) and isinstance(value, Value):
                self._forward[subject.value][quad.predicate.value].append(value)
                if isinstance(value, NamedNode):
                    self._backward[value.value][quad.predicate.value].append(subject)

    def statements(self, node: str) -> Statements:
        """The values of a node, by property."""
        return self._forward.get(node) or _NOTHING

    def is_here(self, node: str) -> bool:
        """Whether a tree unfolds this node."""
        return node in self._here

    def values(self, node: str, predicate: str) -> list[Value]:
        """The values of one property."""
        return self.statements(node).get(predicate, [])

    def sources(self, node: str, predicate: str) -> list[Value]:
        """The nodes that have this one as a value of the property."""
        return self._backward.get(node, _NOTHING).get(predicate, [])

    def of_class(self, iri: str) -> list[str]:
        """The nodes of a class, sorted."""
        return sorted({term.value for term in self.sources(iri, RDF.type.value)})
