"""schema.org in each kind of page: JSON-LD that a reader takes, with classes and properties that exist."""

from __future__ import annotations

import re

import pytest
import rdflib
from rdflib.namespace import RDF, SDO
from starlette.testclient import TestClient
from tests.web.conftest import seen
from tests.web.test_pages import PAGES

# The terms of the vocabulary as rdflib has them.
TERMS = {str(SDO[name]) for name in SDO.__annotations__ if not name.startswith("_")}
KINDS = {"/": "WebSite", "/questions": "CollectionPage", "/questions/largest-projects": "Dataset",
         "/search?q=电影": "SearchResultsPage", "/compare": "WebPage",
         "/documents": "CollectionPage"}  # fmt: skip
_DATA = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')


def _read(page: str) -> rdflib.Graph:
    texts = _DATA.findall(page)
    assert len(texts) == 1
    graph = rdflib.Graph().parse(data=texts[0], format="json-ld", base="http://testserver/")
    assert graph
    for _, property, value in graph:
        name = value if property == RDF.type else property
        assert str(name) in TERMS, name
    return graph


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is(client: TestClient, path: str) -> None:
    graph = _read(client.get(path).text)
    assert set(graph.subjects(SDO.name, None))
    if path in KINDS:
        assert (None, RDF.type, SDO[KINDS[path]]) in graph
    if KINDS.get(path) == "Dataset":
        assert len(set(graph.objects(None, SDO.contentUrl))) == 3


def test_a_thing_says_what_it_is(client: TestClient) -> None:
    wanted = {"project": SDO.Project, "department": SDO.GovernmentOrganization,
              "document": SDO.DigitalDocument, "division": SDO.AdministrativeArea,
              "theme": SDO.DefinedTerm}  # fmt: skip
    found = {}
    for path in ("/questions/largest-projects", "/documents", "/districts", "/themes", "/"):
        for link in seen(client.get(path).text).links:
            kind = link.split("/")[-2] if link.startswith("/doc/") else ""
            if kind in wanted and kind not in found:
                found[kind] = _read(client.get(link).text)
    assert set(found) == set(wanted)
    for kind, graph in found.items():
        assert (None, RDF.type, wanted[kind]) in graph, kind
