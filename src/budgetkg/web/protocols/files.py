"""What the packaged files say of a shape, a part of the cube or the ontology, which no graph need hold."""

from __future__ import annotations

from functools import cache

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from budgetkg.resources import directory, shape_files, vocabulary_files


def described_in_files(room: str, iri: str) -> list[Triple]:
    """All of the ontology, or what is said of one shape or part of the cube, with its nameless parts."""
    triples = _triples(room)
    if room == "ontology":
        return list(triples)
    found: list[Triple] = []
    waiting: list[NamedNode | BlankNode] = [NamedNode(iri)]
    while waiting:
        node = waiting.pop()
        for triple in triples:
            if triple.subject == node and triple not in found:
                found.append(triple)
                if isinstance(triple.object, BlankNode):
                    waiting.append(triple.object)
    return found


def subjects_in_files(room: str) -> frozenset[str]:
    """The IRIs of which the packaged files say something, by their room (:func:`described_in_files`)."""
    return frozenset(one.subject.value for one in _triples(room) if isinstance(one.subject, NamedNode))


@cache
def _triples(room: str) -> tuple[Triple, ...]:
    if room == "ontology":
        paths = vocabulary_files()
    elif room == "shape":
        paths = shape_files()
    else:
        paths = tuple(sorted((directory("ontology") / room).glob("*.ttl")))
    return tuple(
        quad.triple for path in paths for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)
    )
