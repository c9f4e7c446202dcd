"""Clients that others wrote ask the endpoint."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import SPARQLWrapper
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from tests.protocols.served import Served

PROJECTS = "SELECT ?p { ?p a bkg:Project } ORDER BY ?p"


def expected(served: Served) -> list[str]:
    return served.ask("/sparql", fields={"query": PROJECTS, "format": "csv"}).text.split()[1:]


def test_curl(served: Served) -> None:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    command = [
        program,
        "-sS",
        "--compressed",
        f"{served.url}/sparql",
        "--data-urlencode",
        f"query={PROJECTS}",
    ]
    found = subprocess.run([*command, "-H", "Accept: text/csv"], capture_output=True, text=True, check=True)
    assert found.stdout.split()[1:] == expected(served)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
def test_sparqlwrapper(served: Served, method: str, way: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{served.url}/sparql")
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setReturnFormat(SPARQLWrapper.JSON)
    client.setQuery(PROJECTS)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["p"]["value"] for row in rows] == expected(served)
    client.setQuery("ASK { ?p a bkg:Project }")
    client.setReturnFormat(SPARQLWrapper.XML)
    assert "true" in client.queryAndConvert().toxml()
    client.setQuery("CONSTRUCT WHERE { ?p a bkg:Project }")
    for form in (SPARQLWrapper.XML, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD):
        client.setReturnFormat(form)
        assert len(client.queryAndConvert()) == len(expected(served))
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) == len(expected(served))


def test_rdflib(served: Served) -> None:
    graph = Graph(SPARQLStore(f"{served.url}/sparql"))
    first = expected(served)[0]
    assert [str(row[0]) for row in graph.query(PROJECTS)] == expected(served)
    assert (URIRef(first), None, None) in graph
    assert len(list(graph.triples((URIRef(first), None, None)))) > 3


def test_comunica(served: Served) -> None:
    """Run with `npm install --global @comunica/query-sparql` or where npx has it already."""
    program = shutil.which("comunica-sparql")
    if program is None:
        pytest.skip("Comunica is not installed")
    query = PROJECTS.replace("bkg:Project", "<https://w3id.org/budgetkg/ontology#Project>")
    command = [program, f"sparql@{served.url}/sparql", "-q", query, "-t", "application/sparql-results+json"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    rows = json.loads(found.stdout)["results"]["bindings"]
    assert [row["p"]["value"] for row in rows] == expected(served)
