"""The ontology as published is OWL 2 DL and holds together, alone and with the samples.

The rules of tests/owl/structure.py run everywhere. The OWL API's own check of the profile and the reasoner
HermiT need Java (a JDK: the small program in tests/owl is compiled as it starts) and the archives of
tests/owl/requirements.txt; without them those tests are skipped by name.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from tests.owl.structure import faults

import budgetkg
from budgetkg.generate import ontology_file
from budgetkg.generate.terms import prefixes
from budgetkg.resources import code_list_files
from budgetkg.store.generations import SHARED

PROGRAM = Path(__file__).parent / "owl" / "CheckOntology.java"
BKG = prefixes()["bkg"]
ONE, TWO = URIRef("urn:example:1"), URIRef("urn:example:2")
Change = Callable[[Graph], object]


def bkg(name: str) -> URIRef:
    return URIRef(BKG + name)


@cache
def published() -> Graph:
    return Graph(bind_namespaces="none").parse(data=ontology_file.render(), format="turtle")


def copy() -> Graph:
    """The ontology alone, to be changed."""
    return Graph(bind_namespaces="none") + published()


def whole() -> Graph:
    """The ontology and its code lists, to be changed."""
    graph = copy()
    for path in code_list_files():
        graph.parse(path, format="turtle")
    return graph


def with_samples(built: Path) -> Graph:
    graph = whole()
    with budgetkg.open(built) as store:
        for name in (*(entry["source"] for entry in store.documents), *SHARED):
            graph += store.graph(name)
    return graph


@pytest.fixture(scope="session")
def hermit() -> Path:
    """The archive that holds HermiT and the OWL API."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        pytest.skip("OWL: no JDK on this machine (Debian: apt-get install default-jdk-headless)")
    package = find_spec("owlready2")
    if package is None or package.origin is None:
        pytest.skip("OWL: no HermiT (pip install --require-hashes -r tests/owl/requirements.txt)")
    return Path(package.origin).parent / "hermit" / "HermiT.jar"


def run(graph: Graph, archive: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "ontology.rdf"
    graph.serialize(file, format="xml")
    command = ["java", "-cp", str(archive), str(PROGRAM), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def check(graph: Graph, archive: Path, folder: Path) -> list[str]:
    """What the OWL API and HermiT object to, sorted."""
    done = run(graph, archive, folder)
    assert done.returncode == 0, done.stderr
    first, *lines = done.stdout.splitlines()
    assert int(first.removeprefix("axioms: ")) > 1_000, first  # it has read what it was given
    return sorted(lines)


def test_what_is_published_is_said_in_the_files_and_nowhere_else() -> None:
    assert len(list(published().subjects(RDF.type, OWL.Ontology))) == 1
    assert list(published().objects(None, OWL.imports)) == []
    assert ontology_file.render().count("@base") == 1


def test_the_ontology_keeps_the_rules_of_owl_2_dl() -> None:
    assert faults(published()) == []
    assert faults(whole()) == []


def test_the_samples_keep_the_rules_of_owl_2_dl(built: Path) -> None:
    assert faults(with_samples(built)) == []


def test_the_owl_api_finds_the_profile_kept_and_hermit_no_contradiction(hermit: Path, tmp_path: Path) -> None:
    assert check(whole(), hermit, tmp_path) == []


def test_hermit_finds_no_contradiction_in_the_samples(hermit: Path, built: Path, tmp_path: Path) -> None:
    assert check(with_samples(built), hermit, tmp_path) == []


BROKEN: dict[str, Change] = {
    "a year of another type": lambda graph: graph.set((bkg("fiscalYear"), RDFS.range, rdflib.XSD.gYear)),
    "texts with a language as range": lambda graph: graph.set(
        (bkg("goalText"), RDFS.range, URIRef(str(RDF) + "langString"))
    ),
    "a date in a value": lambda graph: graph.add(
        (ONE, bkg("amountYuan"), Literal("2026-11-28", datatype=rdflib.XSD.date))
    ),
    "two kinds of property": lambda graph: graph.add((bkg("hasTotal"), RDF.type, OWL.DatatypeProperty)),
    "a property that is declared nowhere": lambda graph: graph.add((ONE, URIRef("urn:example:p"), TWO)),
    "a class that is declared nowhere": lambda graph: graph.add(
        (bkg("Project"), RDFS.subClassOf, URIRef("urn:example:C"))
    ),
    "rdfs:Resource as range": lambda graph: graph.set((bkg("hasSubject"), RDFS.range, RDFS.Resource)),
    "reserved vocabulary as a thing": lambda graph: graph.add((ONE, SKOS.closeMatch, rdflib.XSD.decimal)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found(name: str) -> None:
    graph = copy()
    BROKEN[name](graph)
    assert faults(graph)


def test_the_owl_api_and_hermit_find_what_is_broken(hermit: Path, tmp_path: Path) -> None:
    """All at once: a start of Java costs seconds."""
    graph = copy()
    graph.add((bkg("hasTotal"), RDF.type, OWL.DatatypeProperty))
    graph.add((ONE, SKOS.closeMatch, rdflib.XSD.decimal))
    graph.add((TWO, RDF.type, OWL.Class))
    graph.add((TWO, RDFS.subClassOf, bkg("Project")))
    graph.add((TWO, RDFS.subClassOf, bkg("Task")))
    *rest, empty = sorted(check(graph, hermit, tmp_path), reverse=True)
    assert empty == "empty class: urn:example:2"
    for word in ("hasTotal", "xsd:decimal"):
        assert any(line.startswith("not OWL 2 DL") and word in line for line in rest), word


def test_hermit_refuses_a_datatype_that_owl_2_lacks(hermit: Path, tmp_path: Path) -> None:
    graph = copy()
    graph.set((bkg("fiscalYear"), RDFS.range, rdflib.XSD.gYear))
    done = run(graph, hermit, tmp_path)
    assert done.returncode != 0
    assert "gYear" in done.stderr


def test_hermit_finds_a_contradiction(hermit: Path, tmp_path: Path) -> None:
    graph = copy()
    graph.add((ONE, RDF.type, bkg("Project")))
    graph.add((ONE, RDF.type, bkg("Task")))
    assert check(graph, hermit, tmp_path) == ["inconsistent"]
