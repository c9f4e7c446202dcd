"""Framed JSON-LD: trees that a reader of JSON understands, and the same triples as the graph's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat, Triple
from tests.tables_of import triples

import budgetkg
from budgetkg.export import export_to
from budgetkg.store.generations import current

Json = dict[str, Any]


@pytest.fixture(scope="module")
def framed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("framed") / "framed"
    export_to(current(built), "framed", folder)
    return folder


def read(path: Path) -> Json:
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def index(folder: Path) -> list[Json]:
    found: list[Json] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return found


def test_the_files_say_what_the_graph_says(framed: Path, built: Path) -> None:
    found: set[Triple] = set()
    for path in framed.rglob("*.jsonld"):
        found |= {quad.triple for quad in pyoxigraph.parse(path.read_bytes(), RdfFormat.JSON_LD)}
    assert found <= triples(built), "nothing but the graph's statements"
    assert found >= triples(built, documents_only=True), "and none of a document's is missing"


def test_another_parser_reads_the_same(framed: Path) -> None:
    for path in [*sorted(framed.rglob("projects/*"))[:3], *sorted(framed.rglob("departments/*"))[:2]]:
        wanted = {str(quad.triple.object) for quad in pyoxigraph.parse(path.read_bytes(), RdfFormat.JSON_LD)}
        graph = rdflib.Graph().parse(path, format="json-ld")
        assert len(graph) == len(set(pyoxigraph.parse(path.read_bytes(), RdfFormat.JSON_LD)))
        assert len(set(graph.objects())) == len(wanted)


def test_a_project_is_read_without_rdf(framed: Path) -> None:
    projects = [read(path) for path in sorted(framed.glob("projects/*"))]
    assert len(projects) == 27  # 12 in 黄埔, 15 in 番禺
    for project in projects:
        assert list(project)[:4] == ["@context", "@id", "@type", "label"]
        assert project["@type"] == "Project"
        assert isinstance(project["label"]["zh"], str | list)
        (total,) = project["hasTotal"]
        assert float(total["amountYuan"]) > 0
        for amount in project.get("hasSourceAmount", ()):
            assert amount["hasFundingSource"]["label"]["zh"]
            float(amount["amountYuan"])
        for indicator in project.get("hasIndicator", ()):
            assert indicator["hasTarget"][0]["targetPrinted"]
        (evidence, *_) = project["hasEvidence"]
        assert evidence["pageNumber"]
        assert isinstance(evidence["hasSource"], str | dict)
        assert "hasForm" not in json.dumps(project), "the document itself is named, not unfolded"


def test_a_department_has_its_plans_and_documents(framed: Path, built: Path) -> None:
    departments = [read(path) for path in sorted(framed.glob("departments/*"))]
    plans = [plan for each in departments for plan in each["@reverse"]["hasDepartment"]]
    documents = [document for plan in plans for document in plan["countedDocument"]]
    entries = current(built).entries()
    assert {document["fileName"] for document in documents} == {entry["source"] for entry in entries}
    assert {plan.get("fiscalYear") for plan in plans} == {None, "2023"}
    for plan in plans:
        for project in plan.get("hasProject", ()):
            assert set(project) == {"@id", "@type", "label"}, "it has a file of its own"


def test_the_index_lists_every_file(framed: Path) -> None:
    listed = index(framed)
    assert {entry["file"] for entry in listed} == {
        str(path.relative_to(framed)) for path in framed.rglob("*.jsonld")
    }
    for entry in listed:
        assert entry["label"]
        graph = pyoxigraph.parse((framed / entry["file"]).read_bytes(), RdfFormat.JSON_LD)
        assert entry["id"] in {quad.subject.value for quad in graph}


def test_same_bytes_in_whatever_order(samples: list[Path], framed: Path, tmp_path: Path) -> None:
    budgetkg.build(list(reversed(samples)), tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "framed", tmp_path / "again")
    again = tmp_path / "again"
    assert {p.relative_to(framed): p.read_bytes() for p in framed.rglob("*.json*")} == {
        p.relative_to(again): p.read_bytes() for p in again.rglob("*.json*")
    }
