"""Every export parses back to the same graph, by an engine that did not write it too."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple
from tests.tables_of import converted, rows

import budgetkg
from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.export import FORMATS, export_file, export_to, writer
from budgetkg.export.compaction import Context
from budgetkg.export.rdf import WRITERS
from budgetkg.store.generations import Generation, current
from budgetkg.vocab import RDF, XSD

# rdflib warns of its own ways.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

GRAPHS = {"nquads", "trig", "jsonld"}
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
RDFLIB = {
    "turtle": "turtle",
    "jsonld": "json-ld",
    "nquads": "nquads",
    "trig": "trig",
    "ntriples": "nt",
    "rdfxml": "xml",
}


def exported(directory: Path, name: str) -> bytes:
    stream = io.BytesIO()
    writer(name)(current(directory), stream)
    return stream.getvalue()


def quads(directory: Path) -> set[Quad]:
    files = (current(directory).path / "graphs").glob("*.nq")
    return {quad for file in files for quad in pyoxigraph.parse(path=str(file), format=RdfFormat.N_QUADS)}


@pytest.fixture(params=list(FORMATS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_oxigraph_reads_the_same_graph_back(built: Path, name: str) -> None:
    found = set(pyoxigraph.parse(exported(built, name), OXIGRAPH[name]))
    if name in GRAPHS:
        assert found == quads(built)
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in quads(built)}


def test_rdflib_reads_the_same_graph_back(built: Path, name: str) -> None:
    """There are no blank nodes, so that the same graph is the same set of triples."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        found = rdflib.Dataset(default_union=True)
        found.parse(data=exported(built, name), format=RDFLIB[name])
        triples = {tuple(term.n3() for term in triple) for triple in found.triples((None, None, None))}
        wanted = rdflib.Graph().parse(data=exported(built, "ntriples"), format="nt")
        assert triples == {tuple(term.n3() for term in triple) for triple in wanted}
    finally:
        rdflib.NORMALIZE_LITERALS = True


def test_another_build_in_another_order_gives_the_same_bytes(
    samples: list[Path], built: Path, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = tmp_path_factory.getbasetemp() / "again"
    if not again.exists():
        budgetkg.build(list(reversed(samples)), again, workers=1)
    assert hashlib.sha256(exported(again, name)).digest() == hashlib.sha256(exported(built, name)).digest()


def test_nquads_are_sorted_and_each_stands_once(built: Path) -> None:
    lines = exported(built, "nquads").splitlines()
    assert lines == sorted(set(lines))


def test_every_triple_stands_in_one_graph(built: Path) -> None:
    found = quads(built)
    assert len({quad.triple for quad in found}) == len(found)


def decimals(found: Iterable[Triple]) -> set[tuple[str, str, str]]:
    return {
        (each.subject.value, each.predicate.value, each.object.value)
        for each in found
        if isinstance(each.object, Literal) and each.object.datatype == XSD.decimal
    }


def test_a_number_is_spelt_alike_in_the_store_and_in_every_file(built: Path, tmp_path: Path) -> None:
    """12.5 and never 12.50: the one form that Oxigraph and XML Schema 1.1 call canonical."""
    with budgetkg.open(built) as graph:
        asked = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER (DATATYPE(?o) = xsd:decimal) }")
    assert isinstance(asked, tuple)
    said = decimals(asked)
    assert said
    for format, kind in OXIGRAPH.items():
        found = (quad.triple for quad in pyoxigraph.parse(exported(built, format), kind))
        assert decimals(found) == said, format
    assert {text for _, _, text in said if not re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", text)} == set()
    export_to(current(built), "csvw", tmp_path / "csvw")
    tables = decimals(converted(tmp_path / "csvw"))
    assert tables
    assert tables <= said


def test_jsonld_needs_no_network_and_is_compact(built: Path) -> None:
    document = json.loads(exported(built, "jsonld"))
    assert isinstance(document["@context"], dict)
    nodes = [node for graph in document["@graph"] for node in graph["@graph"]]
    projects = [node for node in nodes if node.get("@type") == "Project"]
    assert projects
    assert all(key.startswith("@") or key.isidentifier() for node in projects for key in node)


def test_turtle_has_our_prefixes(built: Path) -> None:
    text = exported(built, "turtle").decode()
    assert "@prefix bkg: " in text
    assert " a bkg:Project ;" in text


def test_unknown_format_is_named(built: Path) -> None:
    with pytest.raises(UnknownName, match=r"lotus.*turtle"):
        writer("lotus")


def test_a_failed_export_leaves_the_old_file_whole(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "budget.nq"
    out.write_text("old")

    def half(generation: Generation, stream: io.BytesIO) -> None:
        stream.write(b"half")
        raise OSError("disk full")

    monkeypatch.setitem(WRITERS, "nquads", half)
    with pytest.raises(BudgetkgError, match=r"budget.nq: can't be written \(disk full\)"):
        export_file(current(built), "nquads", out)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["budget.nq"]


@pytest.fixture(scope="module")
def editions(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table in two editions, of which the second has a line less."""
    folder = tmp_path_factory.mktemp("editions")
    lines = (root / "examples" / "panyu-2024-projects.txt").read_bytes().splitlines(keepends=True)
    for name, kept in (("first.txt", lines), ("second.txt", lines[:-1])):
        (folder / name).write_bytes(b"".join(kept))
    budgetkg.build([folder / "first.txt", folder / "second.txt"], folder / "graph", workers=1)
    return folder / "graph"


def graphs(found: bytes | None) -> set[str]:
    assert found is not None
    return {str(quad.graph_name) for quad in pyoxigraph.parse(found, RdfFormat.N_QUADS)}


def test_an_edition_that_does_not_count_is_written_only_when_asked_for(editions: Path) -> None:
    generation = current(editions)
    (old,) = generation.superseded()
    with budgetkg.open(editions) as graph:
        usual, every = (graphs(graph.export("nquads", all_editions=asked)) for asked in (False, True))
        assert every - usual == {f"<https://w3id.org/budgetkg/graph/{old['key']}>"}
        assert old["key"].encode() in (graph.export("trig", all_editions=True) or b"")
        with pytest.raises(BudgetkgError, match="nquads, trig"):
            graph.export("turtle", all_editions=True)


def test_a_plan_is_counted_once_in_tables_and_cubes(editions: Path, tmp_path: Path) -> None:
    """Two editions of one table hold the same money."""
    (entry,) = current(editions).counted()
    export_to(current(editions), "fiscal-data-package", tmp_path / "package")
    export_to(current(editions), "csvw", tmp_path / "csvw")
    export_to(current(editions), "cube", tmp_path / "cube.ttl")
    budget = [Decimal(row["amount_yuan"]) for row in rows(tmp_path / "package" / "budget.csv")]
    assert sum(budget) == Decimal(entry["total_yuan"])
    assert [row["document"].rsplit("/", 1)[-1] for row in rows(tmp_path / "csvw" / "documents.csv")] == [
        entry["key"]
    ]
    assert (tmp_path / "cube.ttl").read_text(encoding="utf-8").count(" a qb:Observation") > 0
    (old,) = current(editions).superseded()
    assert old["key"] not in (tmp_path / "cube.ttl").read_text(encoding="utf-8")


CONTEXT = {
    "@context": {
        "e": "http://e/",
        "deep": "http://e/deep/",
        "plain": "e:plain",
        "link": {"@id": "e:link", "@type": "@id"},
        "many": {"@id": "e:many", "@type": "@id", "@container": "@set"},
        "count": {"@id": "e:count", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
        "label": {"@id": "e:label", "@container": "@language"},
        "zh": {"@id": "e:zh", "@language": "zh"},
    }
}
NAMES = ("plain", "link", "many", "count", "label", "zh", "unknown", "deep/unknown")
VALUES = (
    Literal("text"),
    Literal("5", datatype=XSD.integer),
    Literal("05.50", datatype=XSD.decimal),
    Literal("中文", language="zh"),
    Literal("English", language="en"),
    Literal('"}] \u202e \\ @id'),
    NamedNode("http://e/deep/x"),
    NamedNode("http://elsewhere///x"),
)


@pytest.mark.parametrize("term", NAMES)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.value)
def test_compaction_never_changes_a_value(term: str, value: Literal | NamedNode) -> None:
    context = Context(CONTEXT)
    key, language, compact = context.entry(f"http://e/{term}", value)
    node = {"@id": "e:s", key: compact if language is None else {language: compact}}
    text = json.dumps({**CONTEXT, "@graph": [node]})
    found = [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.JSON_LD)]
    assert found == [Triple(NamedNode("http://e/s"), NamedNode(f"http://e/{term}"), value)]


def test_hostile_text_survives_every_format(tmp_path: Path, name: str) -> None:
    graphs = tmp_path / "graphs"
    graphs.mkdir()
    hostile = [
        "<>{}\"^\\'''",
        "\u202e",
        "]]> &amp; <![CDATA[",
        "'''\"\"\"",
        "a\tb\nc\rd\r\n",
        "  x  ",
        "\\u0041",
        "@zh",
    ]
    subject, label = (
        NamedNode("https://w3id.org/budgetkg/id/document/0123456789abcdef"),
        NamedNode("http://e/p"),
    )
    graph = NamedNode("https://w3id.org/budgetkg/graph/0123456789abcdef")
    given = [Quad(subject, label, Literal(text), graph) for text in hostile]
    given += [Quad(subject, label, Literal(text, language="zh"), graph) for text in hostile]
    given += [Quad(subject, RDF.type, NamedNode("http://e/T"), graph)]
    lines = pyoxigraph.serialize(given, format=RdfFormat.N_QUADS)
    (graphs / "0123456789abcdef.nq").write_bytes(b"".join(sorted(lines.splitlines(keepends=True))))
    entry = {"key": "0123456789abcdef", "plan": "http://e/plan", "superseded_by": None}
    (tmp_path / "index.json").write_text(json.dumps([entry]))
    stream = io.BytesIO()
    writer(name)(Generation(tmp_path), stream)
    found = {quad.triple for quad in pyoxigraph.parse(stream.getvalue(), OXIGRAPH[name])}
    assert found == {quad.triple for quad in given}
