"""The terms of the ontology for the generators, read from the Turtle.

``budgetkg.vocab`` isn't imported, because it is generated from these terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from budgetkg.resources import CODE_LIST_FILES, TERM_FILES, directory

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DOMAIN_INCLUDES = "https://schema.org/domainIncludes"
RANGE_INCLUDES = "https://schema.org/rangeIncludes"
RDF_LANG_STRING = RDF_TYPE.rpartition("#")[0] + "#langString"

KINDS = (
    "Ontology",
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "AnnotationProperty",
    "NamedIndividual",
    "Property",
)

_RDF = RDF_TYPE.removesuffix("type")
_SCHEME = (RDF_TYPE, "", SKOS + "ConceptScheme")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: its IRI, its kind, and its statements as (property, language or "", value)."""

    iri: str
    kind: str
    statements: tuple[tuple[str, str, str], ...]

    def values(self, predicate: str, language: str = "") -> tuple[str, ...]:
        """The values of a property, for texts those in one language; sorted."""
        return tuple(
            sorted(value for key, tag, value in self.statements if (key, tag) == (predicate, language))
        )

    def text(self, predicate: str, language: str) -> str:
        """The first value of a property in a language; "" if there is none."""
        return next(iter(self.values(predicate, language)), "")


@cache
def prefixes() -> dict[str, str]:
    """Prefix → namespace, from ``prefixes.ttl``, sorted by prefix."""
    nodes = _statements("prefixes.ttl")
    table = {
        _one(node, SH + "prefix"): _one(node, SH + "namespace")
        for node in nodes.values()
        if any(key == SH + "namespace" for key, _, _ in node)
    }
    return dict(sorted(table.items()))


@cache
def own_terms() -> tuple[Term, ...]:
    """The terms of our namespace, sorted by IRI."""
    namespace = prefixes()["bkg"]
    files = (_terms(name) for name in TERM_FILES)
    return tuple(
        sorted((t for terms in files for t in terms if t.iri.startswith(namespace)), key=lambda t: t.iri)
    )


@cache
def header() -> Term:
    """The ontology itself, with its title, version and licence."""
    return next(term for term in _terms("core.ttl") if term.kind == "Ontology")


@cache
def borrowed_terms() -> tuple[Term, ...]:
    """The declared terms of other vocabularies, sorted by IRI."""
    files = ("borrowed.ttl", "borrowed-language.ttl")
    return tuple(sorted((term for name in files for term in _terms(name)), key=lambda term: term.iri))


@cache
def catalogue_terms() -> tuple[Term, ...]:
    """The terms of other vocabularies that only the catalogue and the cubes use, sorted by IRI."""
    return tuple(sorted(_terms("borrowed-catalogue.ttl"), key=lambda term: term.iri))


@cache
def schemes() -> tuple[Term, ...]:
    """The code lists themselves, sorted by IRI."""
    nodes = (item for name in CODE_LIST_FILES for item in _statements(name).items())
    lists = (Term(iri, "ConceptScheme", tuple(node)) for iri, node in nodes if _SCHEME in node)
    return tuple(sorted(lists, key=lambda term: term.iri))


@cache
def alignments() -> dict[str, tuple[tuple[str, str], ...]]:
    """By IRI of our terms the alignments: (property, IRI of a term of another vocabulary), sorted."""
    nodes = _statements("alignments.ttl")
    return {iri: tuple(sorted((key, value) for key, _, value in node)) for iri, node in nodes.items()}


@cache
def notes() -> dict[str, Term]:
    """By IRI of our terms the scope notes, with examples that fit and examples that don't."""
    return {iri: Term(iri, "Note", tuple(node)) for iri, node in _statements("notes.ttl").items()}


@cache
def apart() -> dict[str, frozenset[str]]:
    """By IRI of our classes the classes disjoint with it."""
    objects: dict[tuple[str, str], str] = {}
    disjoint: dict[str, set[str]] = defaultdict(set)
    for quad in parse(path=str(directory("ontology") / "disjoint-classes.ttl"), format=RdfFormat.TURTLE):
        objects[str(quad.subject), quad.predicate.value] = str(quad.object)
    for (subject, predicate), end in objects.items():
        if predicate == OWL + "members":
            members = tuple(_listed(objects, end))
            for one in members:
                disjoint[one] |= {*members} - {one}
        elif predicate == OWL + "disjointWith":
            disjoint[subject.strip("<>")].add(end.strip("<>"))
            disjoint[end.strip("<>")].add(subject.strip("<>"))
    return {iri: frozenset(others) for iri, others in disjoint.items()}


def _listed(objects: dict[tuple[str, str], str], cell: str) -> Iterator[str]:
    """The IRIs in an RDF list that begins with this cell."""
    while (cell, _RDF + "first") in objects:
        yield objects[cell, _RDF + "first"].strip("<>")
        cell = objects[cell, _RDF + "rest"]


def local(iri: str) -> str:
    """The last part of an IRI: ``Project`` of …ontology#Project, ``tier`` of …/code/tier."""
    return iri.replace("#", "/").rpartition("/")[2]


def curie(iri: str) -> str:
    """The IRI as prefix:name, by the longest namespace that fits."""
    for prefix, namespace in sorted(prefixes().items(), key=lambda item: (-len(item[1]), item[0])):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _terms(name: str) -> list[Term]:
    kinds = {OWL + kind: kind for kind in KINDS} | {RDF_TYPE.rpartition("#")[0] + "#Property": "Property"}
    terms = []
    for iri, node in _statements(name).items():
        kind = next((kinds[value] for key, _, value in node if key == RDF_TYPE and value in kinds), None)
        if kind is not None:
            terms.append(Term(iri, kind, tuple(node)))
    return terms


def _statements(name: str) -> dict[str, list[tuple[str, str, str]]]:
    nodes: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for quad in parse(path=str(directory("ontology") / name), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            language = (quad.object.language or "") if isinstance(quad.object, Literal) else ""
            nodes[quad.subject.value].append((quad.predicate.value, language, quad.object.value))
    return nodes


def _one(node: list[tuple[str, str, str]], predicate: str) -> str:
    return next(value for key, _, value in node if key == predicate)
