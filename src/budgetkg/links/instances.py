"""The things of a class among statements, with their texts: what most targets begin with."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.vocab import RDF


def texts_of(quads: Iterable[Quad], kind: NamedNode, property: NamedNode) -> dict[str, str]:
    """By IRI the text that a property gives each thing of a class; "" for a thing without one."""
    things, texts = set(), {}
    for quad in quads:
        if quad.predicate == RDF.type and quad.object == kind:
            things.add(quad.subject)
        elif quad.predicate == property and isinstance(quad.object, Literal):
            texts[quad.subject] = quad.object.value
    return {thing.value: texts.get(thing, "") for thing in things if isinstance(thing, NamedNode)}
