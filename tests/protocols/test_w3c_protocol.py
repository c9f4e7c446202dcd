"""The W3C's tests of the SPARQL 1.1 Protocol: all of the queries; each update is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from tests.protocols.served import Answered, Served, serving, site_over

from budgetkg.store.generations import Generation

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "standards" / "sparql11-protocol"
PAGE = ROOT / "docs" / "sparql-protocol.md"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UPDATES = re.compile(r"(bad_)?(multiple_)?updates?")
ACCEPT = {
    "boolean": "application/sparql-results+json",
    "tabular": "application/sparql-results+json",
    "RDF": "text/turtle, application/rdf+xml",
}


def manifest() -> list[tuple[str, list[dict[str, Any]]]]:
    """Each test by name, with its requests."""
    if not FOLDER.is_dir():
        return []
    graph = Graph().parse(FOLDER / "manifest.ttl")
    found = []
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
            found.append((str(test).rpartition("#")[2], [_request(graph, one) for one in requests]))
    return found


def _request(graph: Graph, node: Any) -> dict[str, Any]:
    body, answer, headers = graph.value(node, HT.body), graph.value(node, HT.resp), {}
    for item in Collection(graph, graph.value(node, HT.headers)) if graph.value(node, HT.headers) else ():
        headers[str(graph.value(item, HT.fieldName))] = str(graph.value(item, HT.fieldValue))
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    text = graph.value(body, CNT.chars) if body is not None else None
    assert graph.value(node, RDF.type) == HT.Request
    return {
        "path": str(graph.value(node, HT.absolutePath)),
        "method": str(graph.value(node, HT.methodName)),
        "headers": headers,
        "body": None if text is None else str(text).encode(encoding),
        "form": str(graph.value(answer, MF.expectedFormat) or ""),
        "truth": graph.value(answer, MF.expectedBoolean),
        "status": sorted(str(one)[-3:] for one in graph.objects(answer, MF.expectedStatus)),
    }


TESTS = manifest()
QUERIES = [test for test in TESTS if not UPDATES.match(test[0])]


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The endpoint over the three graphs of the manifest."""
    directory = tmp_path_factory.mktemp("w3c")
    store = pyoxigraph.Store(str(directory / "store"))
    for name in ("data1", "data2", "data3"):
        graph = NamedNode(f"http://kasei.us/2009/09/sparql/data/{name}.rdf")
        for quad in pyoxigraph.parse(path=str(FOLDER / f"{name}.nt"), format=RdfFormat.N_TRIPLES):
            store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    store.flush()
    del store
    with mock.patch("budgetkg.endpoint.crew.current", Generation), serving(site_over(directory)) as server:
        yield server


def send(server: Served, request: dict[str, Any]) -> Answered:
    headers = {"accept": ACCEPT.get(request["form"], "*/*")} | request["headers"]
    return server.ask(request["path"], request["method"], request["body"], **headers)


def test_the_manifest_is_whole(shared: Path) -> None:
    assert len(TESTS) == 34
    assert len(QUERIES) == 20


@pytest.mark.parametrize(("name", "requests"), QUERIES, ids=[name for name, _ in QUERIES])
def test_queries(standard: Served, name: str, requests: list[dict[str, Any]]) -> None:
    for request in requests:
        answer = send(standard, request)
        allowed = "".join(request["status"])
        assert f"{answer.status // 100}xx" in allowed, answer.text
        if request["truth"] is not None:
            assert json.loads(answer.body)["boolean"] == request["truth"].toPython()
        if request["form"] == "tabular":
            assert "bindings" in answer.json["results"]
        if request["form"] == "RDF":
            assert answer.kind == "text/turtle"
            list(pyoxigraph.parse(answer.body, RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("name", "requests"),
    [test for test in TESTS if test not in QUERIES],
    ids=[name for name, _ in TESTS if UPDATES.match(name)],
)
def test_updates_are_refused(standard: Served, name: str, requests: list[dict[str, Any]]) -> None:
    answer = send(standard, requests[0])
    assert answer.status in (400, 403, 405, 415)
    if not name.startswith("bad_"):
        assert answer.status == 403, answer.text
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    kept = standard.ask("/sparql", fields={"query": count, "format": "csv"})
    assert kept.text.split() == ["n", "3"]


def test_the_page_lists_every_test(shared: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert not [name for name, _ in TESTS if f"`{name}`" not in page]
