"""The rules of OWL 2 DL that an ontology of ours could break, read off its triples.

They are those of the W3C's Structural Specification (https://www.w3.org/TR/owl2-syntax/): sections 3.1
and 5 (declarations, one kind of property an IRI), 4 (the datatype map) and 2.4 (reserved vocabulary).
Cardinalities, keys and chains, for which OWL 2 DL has more rules, don't occur.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

DATATYPES = {
    *(XSD[name] for name in (
        "anyURI", "base64Binary", "boolean", "byte", "dateTime", "dateTimeStamp", "decimal", "double",
        "float", "hexBinary", "int", "integer", "language", "long", "Name", "NCName", "negativeInteger",
        "NMTOKEN", "nonNegativeInteger", "nonPositiveInteger", "normalizedString", "positiveInteger", "short",
        "string", "token", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
    )),
    RDFS.Literal,
    RDF.XMLLiteral,
    URIRef(str(RDF) + "PlainLiteral"),
    OWL.real,
    OWL.rational,
}  # fmt: skip
"""The datatype map of OWL 2: xsd:gYear, xsd:date and rdf:langString are not in it."""

KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_RESERVED = tuple(map(str, (OWL, RDF, RDFS, XSD)))
_THINGS = {OWL.Thing, OWL.Nothing}


def faults(graph: Graph) -> list[str]:
    """Where the triples leave OWL 2 DL, sorted; none where all is well."""
    return sorted({*_kinds(graph), *_predicates(graph), *_classes(graph), *_ranges(graph), *_values(graph)})


def _reserved(term: Node) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(_RESERVED)


def _kinds(graph: Graph) -> Iterator[str]:
    for term in set(graph.subjects(RDF.type)):
        said = [kind for kind in KINDS if (term, RDF.type, kind) in graph]
        if len(said) > 1:
            yield f"{term}: declared as several kinds of property"
        if isinstance(term, URIRef) and _reserved(term):
            yield f"{term}: reserved vocabulary is declared again"


def _predicates(graph: Graph) -> Iterator[str]:
    for predicate in set(graph.predicates()):
        if not _reserved(predicate) and not any((predicate, RDF.type, kind) in graph for kind in KINDS):
            yield f"{predicate}: property not declared"


def _classes(graph: Graph) -> Iterator[str]:
    used = {*graph.subjects(RDFS.subClassOf), *graph.objects(None, RDFS.subClassOf)}
    used |= {*graph.objects(None, RDF.first), *graph.objects(None, OWL.disjointWith)}
    used |= {kind for kind in graph.objects(None, RDF.type) if not _reserved(kind)}
    used |= {end for term in graph.subjects(RDF.type, KINDS[0]) for end in graph.objects(term, RDFS.range)}
    used |= {end for kind in KINDS[:2] for term in graph.subjects(RDF.type, kind)
             for end in graph.objects(term, RDFS.domain)}  # fmt: skip
    for term in used - _THINGS:
        if (term, RDF.type, OWL.Class) not in graph:
            yield f"{term}: class not declared"


def _ranges(graph: Graph) -> Iterator[str]:
    for term in graph.subjects(RDF.type, OWL.DatatypeProperty):
        for end in graph.objects(term, RDFS.range):
            if end not in DATATYPES:
                yield f"{term}: its range {end} is not in the datatype map"


def _values(graph: Graph) -> Iterator[str]:
    for subject, predicate, value in graph:
        if _reserved(predicate):
            continue
        literal = isinstance(value, Literal)
        if isinstance(value, Literal) and value.datatype is not None and value.datatype not in DATATYPES:
            yield f"{predicate}: a value of the datatype {value.datatype}, which is not in the datatype map"
        if (predicate, RDF.type, OWL.ObjectProperty) in graph and (literal or _reserved(value)):
            yield f"{predicate}: {value} is no individual"
        if (predicate, RDF.type, OWL.DatatypeProperty) in graph and not literal:
            yield f"{predicate}: {value} is no literal"
        if isinstance(subject, BNode):
            yield f"{predicate}: a blank node carries it"
