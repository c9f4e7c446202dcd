"""What the packaged files say of a shape, a part of the cube or the ontology, which no graph need hold."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from budgetkg.resources import directory, shape_files, vocabulary_files
from budgetkg.store.results import Term


def described_in_files(room: str, iri: str) -> list[Triple]:
    """All of the ontology, or what is said of one shape or part of the cube, with its nameless parts."""
    if room == "ontology":
        return list(_triples(room))
    found: list[Triple] = []
    waiting: list[NamedNode | BlankNode] = [NamedNode(iri)]
    known = _by_subject(room)
    while waiting:
        for triple in known.get(waiting.pop(), ()):
            if triple not in found:
                found.append(triple)
                if isinstance(triple.object, BlankNode):
                    waiting.append(triple.object)
    return found


def subjects_in_files(room: str) -> frozenset[str]:
    """The IRIs of which the packaged files say something, by their room (:func:`described_in_files`)."""
    return frozenset(one.subject.value for one in _triples(room) if isinstance(one.subject, NamedNode))


@cache
def _by_subject(room: str) -> dict[object, list[Triple]]:
    found: dict[object, list[Triple]] = defaultdict(list)
    for triple in _triples(room):
        found[triple.subject].append(triple)
    return dict(found)


@cache
def _triples(room: str) -> tuple[Triple, ...]:
    if room == "ontology":
        paths = vocabulary_files()
    elif room == "shape":
        paths = shape_files()
    else:
        paths = tuple(sorted((directory("ontology") / room).glob("*.ttl")))
    triples = (
        quad.triple for path in paths for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)
    )
    # The parser gives nameless nodes names by chance: here by their order, the same in every process.
    names: dict[BlankNode, BlankNode] = {}

    def named(node: Term) -> Term:
        if not isinstance(node, BlankNode):
            return node
        return names.setdefault(node, BlankNode(f"{room}{len(names)}"))

    return tuple(Triple(named(one.subject), one.predicate, named(one.object)) for one in triples)  # type: ignore[arg-type]
