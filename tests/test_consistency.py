"""Ontology and samples hold together under OWL 2 RL, and stand beside other vocabularies without them.

The closure follows the rules that say `false` (cls-nothing2, cax-dw, eq-diff, prp-irp …); what they
find, owlrl keeps as messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection

import budgetkg
from budgetkg.generate.terms import own_terms, prefixes
from budgetkg.resources import directory, files, vocabulary_files
from budgetkg.store.generations import SHARED

BKG = prefixes()["bkg"]
CLASSES = [URIRef(term.iri) for term in own_terms() if term.kind == "Class"]
# Local names at which an alignment may end, beside those in ../shared/design/VOCABULARY.md.
EVERYWHERE = {"Resource", "ValidationResult", "resultSeverity"}
EXPECTED = ("cids", "eli", "iso21972", "itindicator", "obeuattr", "obeudim", "obeumeasure", "org", "prov",
            "qudt", "schema", "unit")  # fmt: skip


def contradictions(graph: Graph) -> list[str]:
    """What the rules of OWL 2 RL can't hold together; the graph then holds all that follows."""
    closure = OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    closure.closure()
    return [*closure.error_messages, *map(str, graph.subjects(RDF.type, OWL.Nothing))]


def vocabulary() -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in (*vocabulary_files(), directory("ontology") / "disjoint-classes.ttl"):
        graph.parse(path, format="turtle")
    return graph


def with_a_thing_of_each(graph: Graph, classes: Iterable[URIRef]) -> Graph:
    """A class that can have no member is seen by giving it one."""
    for kind in classes:
        graph.add((URIRef(f"urn:example:one-of/{kind.removeprefix(BKG)}"), RDF.type, kind))
    return graph


def test_ontology_and_samples_have_no_contradiction_and_no_empty_class(built: Path) -> None:
    graph = vocabulary()
    with budgetkg.open(built) as store:
        for name in (*(entry["source"] for entry in store.documents), *SHARED):
            graph += store.graph(name)
    assert len(graph) > 10_000
    assert contradictions(with_a_thing_of_each(graph, CLASSES)) == []
    project = next(graph.subjects(RDF.type, URIRef(f"{BKG}Project")))
    assert (project, RDF.type, URIRef("https://schema.org/Project")) in graph  # it has reasoned


@pytest.mark.parametrize("wrong", ["two kinds", "range", "empty class", "two values"])
def test_a_contradiction_is_found(wrong: str) -> None:
    """Without this the test above could not fail."""
    graph, one, two = vocabulary(), URIRef("urn:example:1"), URIRef("urn:example:2")
    if wrong == "two kinds":
        graph.add((one, RDF.type, URIRef(f"{BKG}Project")))
        graph.add((one, RDF.type, URIRef(f"{BKG}Task")))
    elif wrong == "range":  # what a project has as indicator is no document
        graph.add((one, URIRef(f"{BKG}hasIndicator"), two))
        graph.add((two, RDF.type, URIRef(f"{BKG}Document")))
    elif wrong == "empty class":
        graph.add((one, RDFS.subClassOf, URIRef(f"{BKG}Project")))
        graph.add((one, RDFS.subClassOf, URIRef(f"{BKG}Indicator")))
        with_a_thing_of_each(graph, [one])
    else:  # a plan has one department
        for department in (one, two):
            graph.add((URIRef("urn:example:p"), URIRef(f"{BKG}hasDepartment"), department))
        graph.add((one, OWL.differentFrom, two))
    assert contradictions(graph)


@cache
def aligned() -> list[URIRef]:
    """The terms of other vocabularies that terms of ours are said to be near to or under."""
    said = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch)
    graph = vocabulary()
    for path in files("ontology", ".ttl"):
        graph.parse(path, format="turtle")
    found = {URIRef(str(end)) for link in said for end in graph.objects(None, link)}
    return sorted(end for end in found if not str(end).startswith("https://w3id.org/budgetkg/"))


def test_every_vocabulary_that_is_named_is_aligned_and_none_imported() -> None:
    graph = vocabulary()
    assert not list(graph.subject_objects(OWL.imports))
    for prefix in EXPECTED:
        assert any(str(end).startswith(prefixes()[prefix]) for end in aligned()), prefix


def test_alignments_end_at_terms_that_were_seen_in_a_source(shared: Path) -> None:
    listed = (shared / "design" / "VOCABULARY.md").read_text(encoding="utf-8")
    known = set(re.findall(r"[A-Za-z_]\w*", listed)) | EVERYWHERE
    ends = [end for end in aligned() if not str(end).startswith(prefixes()["unit"])]
    assert [str(end) for end in ends if re.split(r"[#/]", str(end))[-1] not in known] == []


def test_classes_of_printed_things_exclude_each_other() -> None:
    """A class that says nothing of the others can't be in contradiction with them."""
    graph = vocabulary()
    sets = [
        set(Collection(graph, members))
        for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses)
        for members in graph.objects(axiom, OWL.members)
    ]
    apart = {frozenset((one, two)) for found in sets for one in found for two in found if one != two}
    above = {kind: set(graph.transitive_objects(kind, RDFS.subClassOf)) for kind in CLASSES}
    for one in CLASSES:
        for two in CLASSES:
            if one in above[two] or two in above[one] or {one, two} in SIBLINGS:
                continue
            pairs = {frozenset((a, b)) for a in above[one] for b in above[two]}
            assert pairs & apart, (one, two)


SIBLINGS = (
    {URIRef(BKG + "PeriodTarget"), URIRef(BKG + "AnnualTarget")},
    {URIRef(BKG + "SourceAmount"), URIRef(BKG + "BudgetLine")},
)
"""Said by owl:disjointWith, since each pair is alone under its class."""
