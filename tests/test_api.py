"""The Python interface: parse, build, open; what it answers and what it costs to import."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Triple

import budgetkg
from budgetkg.errors import BudgetkgError, QueryError, StoreError, UnknownName, UnreadableDocument
from budgetkg.forms.layout import read_layouts
from budgetkg.graph import Graph, Rows


@pytest.fixture(scope="module")
def graph(built: Path) -> Graph:
    return budgetkg.open(built)


def test_parse_gives_records(samples: list[Path]) -> None:
    (record,) = budgetkg.parse(samples[0])
    assert record.source == samples[0].name
    assert record.account.remainder == 0


def test_parse_says_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"nothing\.txt"):
        budgetkg.parse(tmp_path / "nothing.txt")


def test_graph_knows_its_documents_and_questions(graph: Graph, samples: list[Path]) -> None:
    assert {entry["source"] for entry in graph.documents} == {path.name for path in samples}
    assert "largest-projects" in {question.slug for question in graph.questions}


def test_rows_are_dicts(graph: Graph) -> None:
    rows = graph.ask("largest-projects", limit=3)
    assert rows.columns[:5] == ("rank", "district", "unit", "project", "amount_yuan")
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert isinstance(rows[0]["amount_yuan"], Decimal)
    assert rows[:2] == [rows[0], rows[1]]
    assert "3 ×" in repr(rows)


@pytest.mark.parametrize("name", ["largest-projects", "money-per-indicator"])
@pytest.mark.parametrize("limit", [0, 1, 25, 10**9])
def test_as_many_rows_as_are_asked_for(graph: Graph, name: str, limit: int) -> None:
    every = [{**row, "rank": None} for row in graph.ask(name, limit=1000)]
    assert [{**row, "rank": None} for row in graph.ask(name, limit=limit)] == every[:limit]


def test_the_largest_of_one_district_are_cut_within_it(graph: Graph) -> None:
    district = str(graph.ask("largest-projects", limit=1000)[-1]["district"])
    every = [row for row in graph.ask("largest-projects", limit=1000) if row["district"] == district]
    cut = graph.ask("largest-projects", limit=3, district=district)
    assert [row["project"] for row in cut] == [row["project"] for row in every[:3]]


def test_rows_become_frames_and_notebook_tables(graph: Graph) -> None:
    rows = graph.ask("budget-by-district")
    frame = pytest.importorskip("pandas") and rows.to_pandas()
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == len(rows)
    assert str(frame["fiscal_year"].dtype) == "Int64"  # some are unknown, and none is 2023.0
    assert str(frame["projects"].dtype) == "int64"
    assert str(frame["year_basis"].dtype) != "Int64"
    assert rows._repr_html_().count("<tr>") == len(rows) + 1


def test_rows_become_polars_frames(graph: Graph) -> None:
    pytest.importorskip("polars")
    assert graph.ask("budget-by-district").to_polars().height == len(graph.documents)


def test_html_is_escaped(graph: Graph) -> None:
    rows = graph.query('SELECT ("<script>" AS ?x) (1.50 AS ?y) (true AS ?z) ?nothing {}')
    assert isinstance(rows, Rows)
    assert "<script>" not in rows._repr_html_()
    assert rows[0] == {"x": "<script>", "y": Decimal("1.50"), "z": True, "nothing": None}


def test_query_answers_by_its_form(graph: Graph) -> None:
    assert graph.query("ASK { ?s a bkg:Project }") is True
    found = graph.query("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t . ?s a bkg:Document }")
    assert isinstance(found, tuple)
    assert all(isinstance(triple, Triple) for triple in found)
    rows = graph.query(
        "SELECT ?label { ?s rdfs:label ?label FILTER (STR(?label) = ?wanted) }", wanted="番禺区"
    )
    assert isinstance(rows, Rows)


def test_what_is_wrong_is_an_error_of_ours(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="budgetkg questions"):
        graph.ask("nothing")
    with pytest.raises(UnknownName, match="limit"):
        graph.ask("largest-projects", top=3)
    with pytest.raises(QueryError, match="read-only"):
        graph.query("DROP ALL")
    with pytest.raises(UnknownName, match="no such document"):
        graph.graph("nothing.txt")
    with pytest.raises(StoreError, match="budgetkg build"):
        budgetkg.open(tmp_path / "nothing")


def test_a_document_graph_in_rdflib(graph: Graph) -> None:
    entry = graph.documents[0]
    for name in (
        entry["source"],
        entry["sha256"],
        entry["sha256"][:8],
        f"https://x/id/document/{entry['key']}",
    ):
        found = graph.graph(name)
        assert isinstance(found, rdflib.Graph)
        assert len(found) > 100
    assert len(graph.graph("reference"))
    assert len(graph.graph("vocabulary"))


def test_record_and_findings(graph: Graph) -> None:
    assert graph.record(graph.documents[0]["source"])["sha256"] == graph.documents[0]["sha256"]
    assert {finding["document"] for finding in graph.findings()} <= {
        entry["source"] for entry in graph.documents
    }


def test_explain_gives_places_with_quotes(graph: Graph) -> None:
    found = graph.explain("电影工作经费")
    assert found.iri
    places = [place for statement in found.statements for place in statement.places]
    assert places
    assert all(place.page >= 1 and place.quote and place.file.endswith(".txt") for place in places)
    assert all(
        statement.label_zh and statement.label_en
        for statement in found.statements
        if "/budgetkg/ontology#" in statement.property
    )


def test_what_a_document_weighs_is_printed_nowhere(graph: Graph) -> None:
    found = graph.explain(graph.documents[0]["source"])
    measured = [statement for statement in found.statements if statement.property.endswith("characterCount")]
    assert measured
    assert not measured[0].places


def test_an_ambiguous_label_lists_what_it_may_mean(graph: Graph) -> None:
    found = graph.explain("满意度")
    assert found.iri is None
    assert len(found.candidates) > 1
    assert len({candidate.iri for candidate in found.candidates}) == len(found.candidates)


def test_export_to_bytes_and_to_a_file(graph: Graph, tmp_path: Path) -> None:
    graph.export("nquads", tmp_path / "budget.nq")
    assert (tmp_path / "budget.nq").read_bytes() == graph.export("nquads")


def test_parsing_loads_neither_store_nor_links() -> None:
    heavy = "budgetkg.links", "budgetkg.store", "budgetkg.export", "pyshacl", "rdflib", "SPARQLWrapper"
    code = (
        "import sys, budgetkg; budgetkg.parse; budgetkg.Limits; budgetkg.parse(sys.argv[1]);"
        f"print([name for name in sys.modules if name.startswith({heavy})])"
    )
    (sample,) = (Path(__file__).resolve().parent.parent / "examples").glob("huadu-2023*.txt")
    done = subprocess.run([sys.executable, "-c", code, sample], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_parse_takes_a_layout_of_ones_own(tmp_path: Path) -> None:
    text = 'uses = ["project-table"]\nform = "project-table"\nsignature = ["绩效任务书"]\n'
    text += '[columns]\nname = ["事项"]\ntotal = ["拟安排"]\n'
    source, layout = tmp_path / "own.txt", tmp_path / "own.toml"
    source.write_text("2024年绩效任务书\n事项\t拟安排\t绩效目标\n绿化养护\t12.00\t花木成活。\n", "utf-8")
    layout.write_text(text, "utf-8")
    with pytest.raises(UnreadableDocument, match="no performance table"):
        budgetkg.parse(source)
    (parsed,) = read_layouts(text)
    for given in (layout, str(layout), text, parsed):
        (record,) = budgetkg.parse(source, given)
        assert [project.name for project in record.units_of_use[0].projects] == ["绿化养护"]
    report = budgetkg.build([source], tmp_path / "graph", layout=layout, workers=1)
    assert report.documents[0]["projects"] == 1
    with pytest.raises(BudgetkgError, match="no table or entry 'column'") as caught:
        budgetkg.parse(source, text.replace("[columns]", "[column]"))
    assert (caught.value.code, caught.value.params["table"]) == ("layout-table", "column")


def test_parse_holds_a_file_to_limits(samples: list[Path], tmp_path: Path) -> None:
    (record,) = budgetkg.parse(samples[0], limits=budgetkg.Limits(seconds=600))
    assert record == budgetkg.parse(samples[0])[0]
    with pytest.raises(UnreadableDocument, match="--max-seconds") as caught:
        budgetkg.parse(samples[0], limits=budgetkg.Limits(seconds=0))
    assert caught.value.code == "too-slow"
    with pytest.raises(AttributeError):
        budgetkg.Limits().seconds = 3  # type: ignore[misc]


def test_importing_costs_next_to_nothing() -> None:
    heavy = "{'rdflib', 'pyshacl', 'pyoxigraph', 'rich', 'pandas', 'typer', 'SPARQLWrapper', 'pdfplumber'}"
    code = f"import sys, budgetkg; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert set(budgetkg.__all__) <= set(dir(budgetkg))
    with pytest.raises(AttributeError, match="nothing"):
        _ = budgetkg.nothing
