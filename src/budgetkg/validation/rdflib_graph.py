"""A named graph as an rdflib Graph, for pySHACL and for those who work in rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.term import Node

from budgetkg.vocab import PREFIXES, XSD


def to_rdflib(quads: Iterable[Quad | Triple]) -> rdflib.Graph:
    """The triples of some quads, terms exactly as they are and prefixes bound.

    In rdflib's default store: pySHACL takes half as long again on its simpler one.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    # Straight into the store: Graph.add checks each term's type again, which these terms don't need.
    add = graph.store.add
    for quad in quads:
        add((_node(quad.subject), _iri(quad.predicate.value), _node(quad.object)), graph)
    return graph


@lru_cache(maxsize=65536)
def _iri(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def _node(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    if isinstance(term, NamedNode):
        return _iri(term.value)
    if isinstance(term, Literal):
        return _literal(term)
    return rdflib.BNode(term.value if isinstance(term, BlankNode) else str(term))


def _literal(term: Literal) -> rdflib.Literal:
    """A literal with its lexical form kept: rdflib would otherwise rewrite 1.50 as 1.5."""
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:
        return rdflib.Literal(term.value)
    return _typed(term.value, term.datatype.value)


@lru_cache(maxsize=65536)
def _typed(value: str, datatype: str) -> rdflib.Literal:
    return rdflib.Literal(value, datatype=_iri(datatype), normalize=False)
