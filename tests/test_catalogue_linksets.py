"""The catalogue lists the linksets with both ends and the number of links, and counts the whole corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import DCTERMS, RDF, URIRef

from budgetkg.catalogue import CatalogueOptions, write_catalogue
from budgetkg.pipeline.linking import link
from budgetkg.store.generations import current
from budgetkg.validation import validate_graph

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://w3id.org/budgetkg/id/dataset/"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
LINKS = tuple(URIRef(f"{BASE}links/{name}") for name in ("openbudgets", "organisations", "policies"))


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("linked")
    graph = Path(shutil.copytree(built, place / "graph", symlinks=True))
    link(graph)
    write_catalogue(current(graph), place / "catalog", CatalogueOptions(formats=("nquads",)))
    return place / "catalog"


def loaded(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "catalog.ttl", format="turtle")


def shapes() -> rdflib.Graph:
    found = rdflib.Graph()
    for path in sorted((ROOT / "shapes" / "catalogue").glob("*.ttl")):
        found.parse(path, format="turtle")
    return found


def broken(graph: rdflib.Graph) -> set[str]:
    return {result.rule.rsplit("/", 1)[-1] for result in validate_graph(graph, shapes()).results}


def test_linksets_are_datasets_that_keep_the_shapes(folder: Path) -> None:
    graph = loaded(folder)
    assert broken(graph) == set()
    assert set(graph.subjects(RDF.type, VOID.Linkset)) == set(LINKS)
    for node in LINKS:
        assert (URIRef(f"{BASE}catalog"), DCAT.dataset, node) in graph
        assert graph.value(node, VOID.subjectsTarget) == URIRef(f"{BASE}corpus")
        name = str(graph.value(node, DCTERMS.identifier))
        quads = list(pyoxigraph.parse(path=str(folder / name / "links.nq"), format=RdfFormat.N_QUADS))
        predicates = {str(value) for value in graph.objects(node, VOID.linkPredicate)}
        stated = [quad for quad in quads if quad.predicate.value in predicates]
        assert int(str(graph.value(node, VOID.triples))) == len(stated) > 0
        spaces = graph.objects(graph.value(node, VOID.objectsTarget), VOID.uriSpace)
        starts = tuple(str(space) for space in spaces)
        assert all(quad.object.value.startswith(starts) for quad in stated)  # type: ignore[union-attr]


REMOVED = {
    "linkset-without-subjects": VOID.subjectsTarget,
    "linkset-without-objects": VOID.objectsTarget,
    "linkset-without-predicate": VOID.linkPredicate,
    "linkset-uncounted": VOID.triples,
    "linkset-of-nothing": VOID.subset,
}


@pytest.mark.parametrize("rule", sorted(REMOVED))
def test_a_rule_finds_what_is_missing(folder: Path, rule: str) -> None:
    graph = loaded(folder)
    graph.remove((None, REMOVED[rule], None))
    assert rule in broken(graph)


def test_the_corpus_is_counted_as_a_whole(folder: Path) -> None:
    graph, corpus = loaded(folder), URIRef(f"{BASE}corpus")
    quads = [
        quad
        for path in folder.rglob("budget.nq")
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
    ]
    assert int(str(graph.value(corpus, VOID.triples))) == len(quads) == len(set(quads))
    parts = {
        str(graph.value(part, VOID.property)): int(str(graph.value(part, VOID.triples)))
        for part in graph.objects(corpus, VOID.propertyPartition)
    }
    assert sum(parts.values()) == len(quads)
    amount = "https://w3id.org/budgetkg/ontology#amountPrinted"
    assert parts[amount] == sum(quad.predicate.value == amount for quad in quads) > 0
    subsets = set(graph.objects(corpus, VOID.subset))
    assert subsets == set(graph.subjects(RDF.type, DCAT.Dataset)) - set(LINKS)
