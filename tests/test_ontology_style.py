"""The house style of the ontology: SHACL over ontology/ and shapes/, and no term that isn't defined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef

from budgetkg.codelists import concepts
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads, reference_quads, vocabulary_quads
from budgetkg.mapping.iri import row_of
from budgetkg.resources import (
    TERM_FILES,
    VOCABULARY_FILES,
    code_list_files,
    files,
    shape_files,
    vocabulary_files,
)
from budgetkg.validation import validate_graph
from budgetkg.vocab import BKG, OA
from tools.generate.terms import (
    DOMAIN_INCLUDES,
    RANGE_INCLUDES,
    Term,
    borrowed_terms,
    own_terms,
    prefixes,
)

ROOT = Path(__file__).resolve().parent.parent
OWN = prefixes()["bkg"]
SCHEMES = {
    "tier": "tier",
    "funding": "funding-source",
    "moneyunit": "money-unit",
    "form": "form",
    "basis": "basis",
    "scope": "scope",
    "side": "budget-side",
    "fcode": "finding",
    "division": "division",
    "theme": "theme",
    "measure": "comparable-measure",
    "method": "inference-method",
    "linkmethod": "link-method",
    "linkstatus": "link-status",
    "level": "transfer-level",
    "direction": "transfer-direction",
    "targetkind": "target-kind",
    "comparator": "comparator",
    "countingunit": "counting-unit",
    "change": "change",
    "recurrence": "recurrence",
    "quality": "quality-dimension",
    "mark": "mark",
    "signal": "signal",
}
# Samples of the style shapes are about terms that don't exist.
SPOKEN = [
    path
    for folder in ("ontology", "shapes", "queries", "tests", "examples", "docs", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".ttl", ".rq", ".md", ".jsonld", ".trig", ".csv"}
    and "ontology-style" not in path.parts
    and path.stem != "document"  # what a case reads may be in any encoding
]
DECLARED = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)


@cache
def turtle(*paths: Path) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def ontology(*names: str) -> Graph:
    return turtle(*(path for path in files("ontology", ".ttl") if path.name in names))


def style() -> Graph:
    return turtle(ROOT / "shapes" / "ontology-style.ttl")


@pytest.mark.parametrize(
    "data",
    [
        TERM_FILES,
        ("link-codes.ttl",),
        ("relation-codes.ttl",),
        ("marks.ttl",),
        ("signals.ttl",),
        ("themes.ttl",),
        ("comparable-measures.ttl",),
        ("codelists.ttl",),
        ("finding-codes.ttl",),
        ("counting-units.ttl",),
        ("target-readings.ttl",),
        ("districts.ttl",),
        ("indicator-tiers.ttl",),
        ("alignments.ttl", "prefixes.ttl"),
    ],
    ids=lambda names: names[0],
)
def test_ontology_keeps_the_house_style(data: tuple[str, ...]) -> None:
    report = validate_graph(ontology(*data), style())
    assert [(r.message("en"), r.focus, r.value) for r in report.results] == []


def test_shapes_keep_the_house_style() -> None:
    shapes = turtle(*files("shapes", ".ttl"), *shape_files())
    report = validate_graph(shapes, style())
    assert [(r.message("en"), r.focus, r.value) for r in report.results] == []


def test_no_blank_node_in_a_graph_of_ours() -> None:
    for path in files("ontology", ".ttl"):
        if path not in (*vocabulary_files(), *code_list_files()):
            continue
        graph = turtle(path)
        assert not [node for node in graph.all_nodes() if isinstance(node, BNode)], path.name


def test_axioms_that_need_blank_nodes_stand_apart() -> None:
    assert "disjoint-classes.ttl" not in VOCABULARY_FILES
    graph = ontology("disjoint-classes.ttl")
    said = set(graph.subjects(RDF.type, OWL.AllDisjointClasses))
    cells = set(graph.subjects(RDF.first))
    assert {node for node in graph.subjects() if isinstance(node, BNode)} == said | cells
    assert len(said) == 4


def test_turtle_files_are_of_readable_size() -> None:
    for path in (*files("ontology", ".ttl"), *files("shapes", ".ttl"), *shape_files()):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, path.name


def test_what_a_term_refers_to_exists() -> None:
    graph = ontology(*VOCABULARY_FILES, "disjoint-classes.ttl")
    defined = {term.iri for term in own_terms()}
    for member in graph.objects(None, RDF.first):
        assert str(member) in defined | {str(SKOS.Concept)}, member
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, URIRef(DOMAIN_INCLUDES)):
        for _, target in graph.subject_objects(predicate):
            assert not str(target).startswith(OWN) or str(target) in defined, target
    for subject in graph.subjects():
        assert not str(subject).startswith(OWN) or str(subject) in defined, subject


def test_each_term_stands_in_one_place() -> None:
    seen = defaultdict(set)
    for path in files("ontology", ".ttl"):
        for subject in set(turtle(path).subjects(RDF.type)):
            seen[subject].add(path.name)
    assert {str(term): names for term, names in seen.items() if len(names) > 1} == {}


def test_concepts_refer_within_their_scheme() -> None:
    for path in files("ontology", ".ttl"):
        graph = turtle(path)
        for narrow, broad in graph.subject_objects(SKOS.broader):
            schemes = set(graph.objects(narrow, SKOS.inScheme))
            assert schemes == set(graph.objects(broad, SKOS.inScheme)), narrow
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            (notation,) = graph.objects(concept, SKOS.notation)
            assert str(concept).rpartition("/")[2] == str(notation)


def test_no_label_names_two_concepts_of_a_scheme() -> None:
    for scheme in SCHEMES.values():
        seen: dict[str, str] = {}
        for concept in concepts(scheme):
            for label in set(concept.all_labels):
                assert seen.setdefault(label, concept.notation) == concept.notation, (scheme, label)


def test_holes_of_a_message_are_the_same_in_both_languages() -> None:
    for code in concepts("finding"):
        zh, en = (
            set(re.findall(r"\{(\w+)\}", text))
            for language in ("zh", "en")
            for text in code.values("messageTemplate", language)
        )
        assert zh == en, code.notation


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_undefined_term(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    defined = {term.iri.removeprefix(OWN) for term in own_terms()}
    used = set(re.findall(r"\bbkg:([A-Za-z]\w*)", text))
    used |= set(re.findall(re.escape(OWN) + r"(\w+)", text))
    assert used - defined == set()
    for prefix, scheme in SCHEMES.items():
        codes = {concept.notation for concept in concepts(scheme)}
        named = re.findall(rf"(?<![\w/:.-]){prefix}:(\w[\w-]*)", text)
        assert set(named) - codes == set(), prefix


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_prefixes_are_those_of_the_table(path: Path) -> None:
    for prefix, namespace in DECLARED.findall(path.read_text(encoding="utf-8")):
        assert prefixes().get(prefix) == namespace, prefix


def test_each_namespace_has_one_prefix() -> None:
    assert len(set(prefixes().values())) == len(prefixes())


@cache
def quads() -> tuple[Quad, ...]:
    """Everything that the shipped examples put into a graph."""
    records = [
        record
        for path in sorted((ROOT / "examples").glob("*.txt"))
        for record in parse_document(path.read_bytes(), path.name)
    ]
    assert records, "no example to look at"
    made = [quad for record in records for quad in document_quads(record)]
    return (*made, *reference_quads(records), *vocabulary_quads())


def test_output_uses_declared_terms_only() -> None:
    declared = {term.iri for term in (*own_terms(), *borrowed_terms())}
    used = {quad.predicate.value for quad in quads()}
    used |= {quad.object.value for quad in quads() if quad.predicate.value == str(RDF.type)}
    assert used - declared == set()


def test_output_keeps_domain_and_range() -> None:
    types = defaultdict(set)
    for quad in quads():
        if quad.predicate.value == str(RDF.type):
            types[quad.subject.value] |= set(broader(quad.object.value))
        elif quad.predicate == OA.hasSource:  # a row of evidence has no type of its own
            types[quad.subject.value].add(OWN + "Evidence")
    for quad in quads():
        if quad.predicate == BKG.hasEvidence and isinstance(
            quad.object, NamedNode
        ):  # a cell is what its row is
            types[quad.object.value] |= types[row_of(quad.object.value)]
    terms = {term.iri: term for term in own_terms()}
    wrong = set()
    for quad in quads():
        term = terms.get(quad.predicate.value)
        if term is None or quad.subject.value in terms:
            continue
        domain = {*term.values(str(RDFS.domain)), *term.values(DOMAIN_INCLUDES)}
        if domain and not domain & types[quad.subject.value]:
            wrong.add((term.iri, "domain", *sorted(types[quad.subject.value])))
        (wanted,) = (*term.values(str(RDFS.range)), *term.values(RANGE_INCLUDES))
        if wanted not in range_of(quad.object, types):
            wrong.add((term.iri, "range", str(quad.object)))
    assert wrong == set()


def range_of(value: NamedNode | Literal, types: dict[str, set[str]]) -> set[str]:
    if isinstance(value, Literal):
        return {value.datatype.value}
    # The severities are individuals of SHACL: our graphs don't repeat their type.
    severity = {prefixes()["sh"] + "Severity"} if value.value.startswith(prefixes()["sh"]) else set()
    return types[value.value] | severity | {str(OWL.Thing)}


def broader(iri: str) -> Iterator[str]:
    yield iri
    found: dict[str, Term] = {term.iri: term for term in own_terms()}
    if iri in found:
        for above in found[iri].values(str(RDFS.subClassOf)):
            yield from broader(above)


def test_functional_properties_say_one_thing() -> None:
    functional = {
        term.iri for term in own_terms() if str(OWL.FunctionalProperty) in term.values(str(RDF.type))
    }
    seen: dict[tuple[str, str], str] = {}
    for quad in quads():
        if quad.predicate.value in functional:
            place = (quad.subject.value, quad.predicate.value)
            assert seen.setdefault(place, str(quad.object)) == str(quad.object), place
