"""`/sparql` by Accept and by `?format=`; its description, its errors, what it lets be kept."""

from __future__ import annotations

import gzip
import json
import re
import time

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from tests.protocols.served import Served

from budgetkg.vocab import PREFIXES

ROWS = "SELECT ?p { ?p a bkg:Project } ORDER BY ?p"
TRIPLES = "CONSTRUCT WHERE { ?p a bkg:Project }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize(
    ("query", "asked", "kind"),
    [
        (ROWS, {"format": "json"}, "application/sparql-results+json"),
        (ROWS, {"format": "xml"}, "application/sparql-results+xml"),
        (ROWS, {"format": "csv"}, "text/csv"),
        (ROWS, {"format": "tsv"}, "text/tab-separated-values"),
        (TRIPLES, {"format": "turtle"}, "text/turtle"),
        (TRIPLES, {"format": "nt"}, "application/n-triples"),
        (TRIPLES, {"format": "rdf"}, "application/rdf+xml"),
        (TRIPLES, {"format": "xml"}, "application/rdf+xml"),
        (TRIPLES, {"format": "json"}, "application/ld+json"),
        (ROWS, {"Accept": "text/csv;q=0, text/*"}, "text/tab-separated-values"),
        (
            ROWS,
            {"Accept": "text/csv;q=0.2, application/sparql-results+xml"},
            "application/sparql-results+xml",
        ),
        (
            ROWS,
            {"Accept": "text/html, text/csv;q=1, */*;q=0.1", "format": "tsv"},
            "text/tab-separated-values",
        ),
        (TRIPLES, {"Accept": "*/*"}, "text/turtle"),
        (TRIPLES, {"Accept": "application/ld+json, text/turtle;q=0.5"}, "application/ld+json"),
    ],
)
def test_forms(served: Served, query: str, asked: dict[str, str], kind: str) -> None:
    fields = {"query": query} | ({"format": asked["format"]} if "format" in asked else {})
    answer = served.ask("/sparql", fields=fields, Accept=asked.get("Accept", "*/*"))
    assert (answer.status, answer.kind) == (200, kind), answer.text
    assert answer.body
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    ("status", "words", "query", "asked"),
    [
        (400, "line 2, column 3, at nonsense", "SELECT * {\n  nonsense }", {}),
        (403, "read-only", "INSERT DATA { <u:a> <u:b> <u:c> }", {}),
        (403, "SERVICE", "SELECT * { SERVICE <http://127.0.0.1:9/> { } }", {}),
        (406, "no form", ROWS, {"Accept": "image/png"}),
        (406, "no form", ROWS, {"Accept": "text/turtle"}),
        (503, "5 seconds", ENDLESS, {}),
    ],
)
def test_errors_are_one_line(
    served: Served, status: int, words: str, query: str, asked: dict[str, str]
) -> None:
    answer = served.ask("/sparql", fields={"query": query}, **asked)
    assert (answer.status, answer.text.count("\n")) == (status, 1), answer.text
    assert words in answer.text
    assert ("retry-after" in answer.headers) is (status == 503)


def test_methods_and_bodies(served: Served) -> None:
    assert served.ask("/sparql", "PUT", "ASK {}").status == 405
    assert "GET" in served.ask("/sparql", "DELETE").headers["allow"]
    assert (
        served.ask("/sparql", "POST", b" " * (2 << 20), content_type="application/sparql-query").status == 413
    )
    assert served.ask("/sparql", "POST", "ASK {}", content_type="application/json").status == 415
    assert served.ask("/sparql", "POST", "CLEAR ALL", content_type="application/sparql-update").status == 403
    preflight = served.ask("/sparql", "OPTIONS", Origin="http://example.org")
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_nothing_remote_is_loaded(served: Served) -> None:
    for query in (
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/x> { GRAPH ?g { ?s ?p ?o } }",
    ):
        assert served.ask("/sparql", fields={"query": query, "format": "csv"}).text.count("\n") == 1


def test_an_answer_can_be_kept(served: Served) -> None:
    first = served.ask("/sparql", fields={"query": ROWS, "format": "csv"})
    tag = first.headers["etag"]
    again = served.ask("/sparql", fields={"query": ROWS, "format": "csv"}, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert served.ask("/sparql", fields={"query": ROWS, "format": "tsv"}).headers["etag"] != tag
    head = served.ask("/sparql", "HEAD", fields={"query": ROWS, "format": "csv"})
    assert (head.status, head.body, head.headers["etag"], head.kind) == (200, b"", tag, "text/csv")


def test_large_answers_are_packed_and_whole(served: Served) -> None:
    everything = {"query": "SELECT * { ?s ?p ?o . ?x a bkg:FormKind }", "format": "csv"}
    plain = served.ask("/sparql", fields=everything)
    packed = served.ask("/sparql", fields=everything, accept_encoding="gzip")
    assert len(plain.body) > 3 << 19
    assert plain.headers.get("transfer-encoding") == "chunked"
    assert packed.headers["content-encoding"] == "gzip"
    assert sorted(gzip.decompress(packed.body).splitlines()) == sorted(plain.body.splitlines())


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_the_service_describes_itself(served: Served, kind: str) -> None:
    """The W3C's three tests: RDF comes, with the matching sd:endpoint, in terms of the vocabulary."""
    answer = served.ask("/sparql", Accept=kind)
    assert (answer.status, answer.kind) == (200, kind)
    form = RdfFormat.from_media_type(kind)
    assert form is not None
    found = pyoxigraph.Dataset(pyoxigraph.parse(answer.body, form))
    endpoint = [quad.object for quad in found if quad.predicate == NamedNode(f"{SD}endpoint")]
    assert endpoint == [NamedNode(f"{served.url}/sparql")]
    terms = {term.value for quad in found for term in (quad.predicate, quad.object)
             if isinstance(term, NamedNode) and term.value.startswith(SD)}  # fmt: skip
    known = """Service endpoint supportedLanguage SPARQL11Query feature UnionDefaultGraph EmptyGraphs
        resultFormat defaultDataset Dataset defaultGraph Graph namedGraph NamedGraph name"""
    assert terms <= {SD + name for name in known.split()}
    assert len([quad for quad in found if quad.predicate == NamedNode(f"{SD}name")]) > 5


def test_every_prefix_of_ours_is_known(served: Served) -> None:
    uses = " ".join(f"OPTIONAL {{ {name}:x ?p{number} ?o{number} }}" for number, name in enumerate(PREFIXES))
    assert served.ask("/sparql", fields={"query": f"ASK {{ {uses} }}"}).status == 200
    declared = served.ask("/sparql", Accept="text/turtle").text
    assert set(re.findall(r'sh:prefix "(\w*)"', declared)) == set(PREFIXES)


def test_graphs_are_chosen_by_the_protocol(served: Served) -> None:
    named = served.ask("/sparql", fields={"query": "SELECT ?g { GRAPH ?g {} } ORDER BY ?g", "format": "json"})
    graph = named.json["results"]["bindings"][0]["g"]["value"]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    one = served.ask("/sparql", fields={"query": count, "default-graph-uri": graph, "format": "json"})
    all_graphs = served.ask("/sparql", fields={"query": count, "format": "json"})
    counts = [
        int(json.loads(each.body)["results"]["bindings"][0]["n"]["value"]) for each in (one, all_graphs)
    ]
    assert 0 < counts[0] < counts[1]


def test_browsers_are_left_to_the_pages(served: Served) -> None:
    html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert served.ask("/sparql", Accept=html).status == 404, "no page here: only the protocols are served"
    assert served.ask("/sparql", fields={"query": ROWS, "format": "csv"}, Accept=html).kind == "text/csv"


def test_a_short_query_overtakes_a_long_one(served: Served) -> None:
    began = time.monotonic()
    assert served.ask("/sparql", fields={"query": "ASK {}"}).json["boolean"] is True
    assert time.monotonic() - began < 5
