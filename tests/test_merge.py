"""`budgetkg merge`: RDF of others beside ours; SERVICE only where it is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal
from tests.command_line import budgetkg
from tests.test_link import asked, endpoint, graph, reply, serving

import budgetkg as package
from budgetkg.errors import QueryError
from budgetkg.links.rdf_files import read_quads
from budgetkg.store.generations import open_directory
from budgetkg.store.querytext import query_form

__all__ = ["endpoint", "graph"]

THEIRS = """
@prefix ex: <https://others.example/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a ex:near [ ex:name "a place" ] .
ex:register { ex:b a skos:Concept ; ex:contact _:p . _:p ex:name "somebody" . }
<https://w3id.org/budgetkg/graph/reference> { ex:intruder ex:says "ours" . }
<https://w3id.org/budgetkg/code/tier/1> skos:notation "1" .
"""


def test_their_graphs_stay_theirs_and_ours_stay_ours(
    graph: Path, tmp_path: Path, samples: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "theirs.trig"
    path.write_text(THEIRS, encoding="utf-8")
    reference = (graph / "current" / "graphs" / "reference.nq").read_bytes()
    out, _ = budgetkg(capsys, "merge", graph, path)
    assert "6 statements in 3 graphs; 1 were here; 2 blank nodes" in out
    assert "https://others.example/register" in out
    assert "https://w3id.org/budgetkg/graph/reference is a name of ours" in out
    assert "words not known here: https://others.example/" in out
    assert (graph / "current" / "graphs" / "reference.nq").read_bytes() == reference
    where = "SELECT ?g { GRAPH ?g { <https://others.example/%s> ?p ?o } }"
    assert asked(graph, where % "b") == [("https://others.example/register",)] * 2
    ((intruder,),) = asked(graph, where % "intruder")
    assert intruder.startswith("https://w3id.org/budgetkg/graph/merged/")
    assert not asked(graph, "SELECT ?s { GRAPH ?g { ?s ?p ?o FILTER (isBlank(?s) || isBlank(?o)) } }")
    names = "SELECT ?n { GRAPH ?g { ?x <https://others.example/name> ?n } } ORDER BY ?n"
    assert asked(graph, names) == [("a place",), ("somebody",)]
    budgetkg(capsys, "build", samples[0], "--into", graph)
    assert asked(graph, names) == [("a place",), ("somebody",)], "a build keeps what was merged"
    before = (graph / "current").resolve().name
    budgetkg(capsys, "merge", graph, path)
    assert (graph / "current").resolve().name == before, "the same file gives the same bytes"


def test_two_files_never_share_a_blank_node(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text(f'_:x <u:name> "{name}" .', encoding="utf-8")
    budgetkg(capsys, "merge", graph, tmp_path / "a.ttl", tmp_path / "b.ttl")
    found = asked(graph, "SELECT DISTINCT ?x { GRAPH ?g { ?x <u:name> ?n } }")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("far.jsonld", '{"@context": "https://c.example/c", "@id": "u:a"}', "nothing is fetched"),
        ("out.rdf", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]><r/>', "entity x"),
        ("page.ttl", "<html></html>", "no RDF that can be read"),
        ("cut.nq", "<u:a> <u:b> <u:c> .\n<u:a> <u:b> ", "no RDF that can be read"),
    ],
)
def test_a_file_that_is_refused_leaves_everything_as_it_was(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, reason: str
) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / name
    good.write_text("<u:a> <u:b> <u:c> .", encoding="utf-8")
    bad.write_text(text, encoding="utf-8")
    before = (graph / "current").resolve().name
    out, complaint = budgetkg(capsys, "merge", graph, good, bad, code=1)
    assert not out
    assert reason in complaint
    assert (graph / "current").resolve().name == before
    assert not (graph / "merged").exists()


@pytest.mark.parametrize(
    "named", ["<http://other.example/>", "?where", "SILENT ?where", "bkg:x", "SILENT <http://other.example/>"]
)
def test_service_reaches_allowed_endpoints_only(named: str) -> None:
    text = f"SELECT * {{ SERVICE <http://mine.example/> {{ ?s ?p ?o }} SERVICE {named} {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryError, match="SERVICE"):
        query_form(text, frozenset({"http://mine.example/"}))


def test_a_federated_query(
    graph: Path, endpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = tmp_path / "items.rq"
    query.write_text(
        f"""SELECT ?code ?item {{
          ?plan a bkg:BudgetPlan ; bkg:hasDivision/skos:notation ?code .
          SERVICE <{endpoint}> {{ ?item <http://www.wikidata.org/prop/direct/P442> ?code }}
        }} ORDER BY ?code ?item""",
        encoding="utf-8",
    )
    ask = ("query", query, "--store", graph, "--format", "csv")
    _, complaint = budgetkg(capsys, *ask, code=1)
    assert "SERVICE" in complaint
    out, _ = budgetkg(capsys, *ask, "--allow-service", endpoint)
    assert "440112,http://items.example/Q1" in out
    assert "Q3" not in out, "三沙's 南沙区 is another place"


def test_a_store_opened_as_usual_allows_no_service(graph: Path) -> None:
    _, store = open_directory(graph)
    with pytest.raises(QueryError, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    store.close()
    assert package.open(graph).documents


def test_an_allowed_service_that_points_elsewhere_is_not_followed(graph: Path) -> None:
    """The engine asks by its own client: what docs/links.md says of it holds."""
    with serving(reply(302, Location="http://127.0.0.1:9/sparql")) as (url, _):
        _, store = open_directory(graph, frozenset({url}))
        with pytest.raises(QueryError, match="redirect"):
            store.query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        store.close()


def test_what_two_files_say_stands_in_one_graph(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sums over foreign figures count each statement once, whichever file came first."""
    prefix = "@prefix n: <https://n.example/> . "
    (tmp_path / "a.trig").write_text(prefix + "n:a n:sum 10 . n:g { n:a n:sum 10 }", encoding="utf-8")
    (tmp_path / "b.ttl").write_text(prefix + "n:a n:sum 10 . n:b n:sum 5 .", encoding="utf-8")
    out, _ = budgetkg(capsys, "merge", graph, tmp_path / "a.trig")
    assert "1 statements in 1 graphs; 0 were here" in out
    out, _ = budgetkg(capsys, "merge", graph, tmp_path / "b.ttl")
    assert "1 statements in 1 graphs; 1 were here" in out
    one = (graph / "current").resolve().name
    rows = "SELECT ?s ?g { GRAPH ?g { ?s <https://n.example/sum> ?n } }"
    assert len(asked(graph, rows)) == 2
    total = "SELECT (SUM(?n) AS ?all) { GRAPH ?g { ?s <https://n.example/sum> ?n } }"
    assert asked(graph, total) == [("15",)]
    for path in (graph / "merged").glob("*.nq"):
        path.unlink()
    budgetkg(capsys, "merge", graph, tmp_path / "b.ttl", tmp_path / "a.trig")
    assert (graph / "current").resolve().name == one, "the order of merging leaves no trace"


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.ttl", "a.nt", "a.rdf", "a.jsonld", "a"])
def test_a_byte_order_mark_is_taken(name: str, coding: str, tmp_path: Path) -> None:
    texts = {
        "a.rdf": '<?xml version="1.0" encoding="utf-16"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-'
        'syntax-ns#"><r:Description r:about="u:a"><p xmlns="u:">名</p></r:Description></r:RDF>',
        "a.jsonld": '{"@id": "u:a", "u:p": "名"}',
    }
    text = texts.get(name, '<u:a> <u:p> "名" .')
    (tmp_path / name).write_bytes(text.replace("utf-16", coding.removesuffix("-sig")).encode(coding))
    (quad,) = read_quads(tmp_path / name)
    assert quad.object == Literal("名")


def test_literals_that_are_none_of_their_datatype_are_named(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.ttl"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    path.write_text(
        f'<u:a> <u:b> "ten"^^<{xsd}integer>, "2024-13-45"^^<{xsd}date>, "10"^^<{xsd}integer>, "x"^^<u:own> .',
        encoding="utf-8",
    )
    out, _ = budgetkg(capsys, "merge", graph, path)
    assert '2 literals are none of their datatype, kept as they are, the first: "2024-13-45"' in out


def test_blank_nodes_that_look_alike_are_bounded(
    graph: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A clique of blank nodes has no canonical order within reach."""
    clique = tmp_path / "clique.nt"
    nodes = range(40)
    clique.write_text("".join(f"_:n{a} <u:p> _:n{b} .\n" for a in nodes for b in nodes if a != b))
    before = (graph / "current").resolve().name
    _, complaint = budgetkg(
        capfd, "merge", graph, clique, "--max-memory", "256", "--max-seconds", "20", code=1
    )
    assert "give them IRIs" in complaint
    assert complaint.count("\n") == 1
    assert (graph / "current").resolve().name == before
