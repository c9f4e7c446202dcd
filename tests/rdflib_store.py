"""The interface of our stores over rdflib, and the exports as rdflib loads them."""

from __future__ import annotations

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.term import Node

import budgetkg
from budgetkg.store.querytext import bound
from budgetkg.store.results import Answer, Solutions, Substitutions


class RdflibStore:
    """A graph or a dataset of rdflib that is asked like any store of ours."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        result = self._graph.query(bound(text, substitutions or {}))
        rows = tuple(tuple(term(node) for node in row) for row in result if isinstance(row, tuple))
        return Solutions(tuple(map(str, result.vars or ())), rows)

    def graphs(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        """Nothing to let go of."""


def turtle(graph: budgetkg.Graph) -> rdflib.Graph:
    """The Turtle export: all statements in one graph."""
    return rdflib.Graph().parse(data=graph.export("turtle") or b"", format="turtle")


def nquads(graph: budgetkg.Graph) -> rdflib.Graph:
    """The N-Quads export: named graphs, and their union as the default graph."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=(graph.export("nquads") or b"").decode(), format="nquads")
    return dataset


def term(node: Node | None) -> Literal | NamedNode | None:
    if isinstance(node, rdflib.Literal):
        datatype = NamedNode(str(node.datatype)) if node.datatype else None
        language = str(node.language) if node.language else None
        return Literal(str(node), language=language) if language else Literal(str(node), datatype=datatype)
    return None if node is None else NamedNode(str(node))
