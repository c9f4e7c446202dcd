"""``ontology/context.jsonld``: the keys that our JSON-LD has for the terms of the graph."""

from __future__ import annotations

import json

from budgetkg.errors import BudgetkgError
from tools.generate.terms import (
    OWL,
    RANGE_INCLUDES,
    RDF_LANG_STRING,
    RDF_TYPE,
    RDFS,
    XSD,
    Term,
    borrowed_terms,
    curie,
    own_terms,
    prefixes,
)

Definition = str | dict[str, str | list[str]]
_SKIPPED = frozenset({"AnnotationProperty", "NamedIndividual", "Property"})


def render() -> str:
    """A JSON-LD 1.1 context: prefixes, classes, and properties with their types."""
    terms: dict[str, Definition] = {}
    for term in (*own_terms(), *borrowed_terms()):
        definition = _definition(term)
        if definition is not None:
            _put(terms, curie(term.iri).partition(":")[2], definition)
    context = {"@version": 1.1, **prefixes(), **dict(sorted(terms.items()))}
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _put(terms: dict[str, Definition], name: str, definition: Definition) -> None:
    if name in terms or name in prefixes():
        raise BudgetkgError(f"context: {name!r} would name two things")
    terms[name] = definition


def _definition(term: Term) -> Definition | None:
    iri = curie(term.iri)
    ranges = (*term.values(RDFS + "range"), *term.values(RANGE_INCLUDES))
    if term.kind == "Class":
        return iri
    if RDF_LANG_STRING in ranges:
        return {"@id": iri, "@container": ["@language", "@set"] if _repeats(term) else "@language"}
    if term.kind in _SKIPPED and not ranges:
        return None
    return {"@id": iri, **_type(term, ranges), **({"@container": "@set"} if _repeats(term) else {})}


def _type(term: Term, ranges: tuple[str, ...]) -> dict[str, str]:
    if term.kind == "ObjectProperty" or OWL + "Thing" in ranges:
        return {"@type": "@id"}
    typed = [curie(value) for value in ranges if value.startswith(XSD) and value != XSD + "string"]
    return {"@type": typed[0]} if typed else {}


def _repeats(term: Term) -> bool:
    # Whether a property has one value at most is stated for our own terms only.
    own = term.iri.startswith(prefixes()["bkg"])
    return own and OWL + "FunctionalProperty" not in term.values(RDF_TYPE)
