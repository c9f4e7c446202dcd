"""IRIs answer: 303 from a thing to its documents, 200 from these, 404 with what may be meant."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from tests.protocols.served import Served

from budgetkg.mapping.iri import row_of
from budgetkg.vocab import BKG, PREFIXES, RDFS
from budgetkg.web.addresses import document_path

ENDINGS = {"text/turtle": "ttl", "application/ld+json": "jsonld", "application/n-triples": "nt",
           "application/rdf+xml": "rdf", "text/html": "html"}  # fmt: skip
TOPIC = NamedNode(PREFIXES["foaf"] + "primaryTopic")
CODE = "/code/division/440112"


def one(served: Served, kind: str) -> str:
    query = f"SELECT ?s {{ ?s a bkg:{kind} }} ORDER BY ?s LIMIT 1"
    return served.ask("/sparql", fields={"query": query, "format": "csv"}).text.split()[1]


@pytest.mark.parametrize(("kind", "ending"), ENDINGS.items())
def test_a_thing_leads_to_its_documents(served: Served, kind: str, ending: str) -> None:
    answer = served.ask(CODE, Accept=kind)
    assert (answer.status, answer.body) == (303, b"")
    assert answer.headers["location"] == f"{served.url}/doc{CODE}.{ending}"
    assert "accept" in answer.headers["vary"].lower()


def test_browsers_get_pages_and_programs_rdf(served: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
    assert served.ask(CODE, Accept=browser).headers["location"].endswith(".html")
    assert served.ask(CODE).headers["location"].endswith(".ttl")
    assert served.ask(CODE, Accept="image/png").status == 406


@pytest.mark.parametrize(
    "kind", ["Department", "Project", "Indicator", "Document", "Finding", "Theme", "BudgetPlan"]
)
def test_every_kind_of_thing_is_described(served: Served, kind: str) -> None:
    iri = one(served, kind)
    path = urlsplit(iri).path.removeprefix("/budgetkg")
    where = served.ask(path, Accept="text/turtle").headers["location"]
    forms = []
    for media, ending in ENDINGS.items():
        form = RdfFormat.from_media_type(media)
        if form is None:
            continue
        answer = served.ask(urlsplit(where).path.replace(".ttl", f".{ending}"))
        assert (answer.status, answer.kind) == (200, media)
        found = {quad.triple for quad in pyoxigraph.parse(answer.body, form)}
        forms.append({triple for triple in found if "/doc/" not in str(triple.subject)})
        about = [triple.object for triple in found if triple.predicate == TOPIC]
        assert about == [NamedNode(iri)]
        assert len([triple for triple in found if triple.subject == NamedNode(iri)]) > 1
    assert all(form == forms[0] for form in forms)


def test_the_same_bytes_each_time(served: Served) -> None:
    path = f"/doc{CODE}.ttl"
    first, second = served.ask(path), served.ask(path)
    assert first.body == second.body
    assert "@prefix bkg:" in first.text
    assert served.ask(path, if_none_match=first.headers["etag"]).status == 304


def test_the_ontology_shapes_the_cube_and_graphs(served: Served) -> None:
    for path, words in (
        ("/ontology", "bkg:Project"),
        ("/doc/ontology/Project.ttl", "skos:definition"),
        ("/shape/Amount", "sh:targetClass"),
        ("/cube/amounts", "qb:component"),
        ("/graph/reference", "skos:prefLabel"),
    ):
        answer = served.ask(path)
        if answer.status == 303:
            answer = served.ask(urlsplit(answer.headers["location"]).path)
        assert answer.status == 200, path
        assert words in answer.text, path


def test_what_is_unknown_is_404_with_what_may_be_meant(served: Served) -> None:
    answer = served.ask("/code/division/44011")
    assert answer.status == 404
    assert "/code/division/4401" in answer.text
    assert served.ask("/id/department/0000").status == 404
    assert "/id/department/" in served.ask("/id/department/0000").text
    for path in ("/id/", "/code/%2e%2e/%2e%2e/etc/passwd", "/doc/id/x%3E.ttl", "/doc/ontology/Nope.ttl",
                 "/doc/etc.ttl",
                 "/id/%E4%B8%AD", "/shape/nope"):  # fmt: skip
        assert served.ask(path).status == 404, path


def test_labels_of_neighbours_are_there(served: Served) -> None:
    found = list(pyoxigraph.parse(served.ask(f"/doc{CODE}.nt").body, RdfFormat.N_TRIPLES))
    labelled = {quad.subject for quad in found if quad.predicate == RDFS.label}
    assert NamedNode("https://w3id.org/budgetkg/code/division/440100") in labelled


def test_a_cell_is_told_of_with_its_row(served: Served) -> None:
    """Its address without the fragment is its row's, whose documents say what stands in its cells."""
    query = (
        'SELECT ?c { ?t bkg:targetPrinted ?p ; bkg:hasEvidence ?c FILTER (CONTAINS(STR(?c), "#")) } LIMIT 1'
    )
    cell = (
        served.ask("/sparql", fields={"query": query, "format": "csv"}).text.split("\n")[1].strip().strip('"')
    )
    row = row_of(cell)
    path = urlsplit(row).path.removeprefix("/budgetkg")
    body = served.ask(f"/doc{path}.nt").body
    said = {quad.triple for quad in pyoxigraph.parse(body, RdfFormat.N_TRIPLES)}
    assert NamedNode(cell) in {triple.object for triple in said if triple.predicate == BKG.hasEvidence}
    assert BKG.quote in {triple.predicate for triple in said if triple.subject == NamedNode(row)}
    assert document_path(cell) == document_path(row) == f"/doc{path}.html"


FOR_QUESTIONS = ("#wordingKey", "#targetKey", "#nameKey", "#indicatorCount", "#annualNumberCount",
                 "#projectYuan", "#unitYuan", "#unitProjects", "#unitProjectsYuan")  # fmt: skip
"""Counted or made for the questions of a large graph: printed nowhere, so no table of places has them."""


def test_a_thing_is_a_table_with_places_for_a_spreadsheet(served: Served) -> None:
    """Each statement with file, page, lines and words; what is said of no thing has no table."""
    path = urlsplit(one(served, "Project")).path.removeprefix("/budgetkg")
    answer = served.ask(f"/doc{path}.csv")
    assert (answer.status, answer.kind) == (200, "text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    turtle = served.ask(f"/doc{path}.nt").body
    said = {
        triple.predicate.value
        for triple in (quad.triple for quad in pyoxigraph.parse(turtle, RdfFormat.N_TRIPLES))
        if triple.subject.value.endswith(path)
    }
    elsewhere = ("hasEvidence", *FOR_QUESTIONS)
    assert {row["property"] for row in rows} >= {name for name in said if not name.endswith(elsewhere)}
    printed = [row for row in rows if row["quote"]]
    assert printed
    assert all(row["file"] and row["page"] and row["lines"] for row in printed)
    assert served.ask("/doc/shape/IndicatorShape.csv").status == 404
