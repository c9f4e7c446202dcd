"""CSVW and Parquet: the same cells as the graph's statements, in files that can be trusted."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import budgetkg as run
from tests.tables_of import BKG, converted, project_totals, rows, triples

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.export import export_to
from budgetkg.export.csvfile import CsvFile
from budgetkg.export.pieces import document_stores
from budgetkg.export.tables import ExportTable, read_table, table, tables
from budgetkg.store.generations import current


@pytest.fixture(scope="module")
def csvw(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "csvw"
    export_to(current(built), "csvw", folder)
    return folder


def metadata(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    return found


def test_tables_are_the_statements_again(csvw: Path, built: Path) -> None:
    """Every statement that the metadata promises is in the graph, and the other way round."""
    found = set(converted(csvw))
    wanted = triples(built)
    assert found <= wanted
    promised = {(triple.predicate.value) for triple in found}
    classes = {t.object.value for t in found if t.predicate.value.endswith("#type")}
    assert classes == {
        BKG + name for name in (
            "Document", "Project", "Task", "BudgetLine", "Indicator", "Finding", "Quantity", "PolicyCitation",
            "ThemeAssignment", "MeasureAssignment", "Transfer",
        )
    }  # fmt: skip
    listed = {subject for each in tables() for subject in things(each, built)}
    for predicate in (
        "amountYuan", "amountPrinted", "targetPrinted", "pageCount", "statesPlan", "confidence",
        "quantityValue", "matchedText", "policyNumber",
    ):  # fmt: skip
        assert BKG + predicate in promised
        rest = {t for t in wanted if t.predicate.value == BKG + predicate and t.subject in listed}
        assert rest <= found


def things(table: ExportTable, built: Path) -> set[object]:
    """What a table must have a row for: the things of its classes in the documents, or among conclusions."""
    said = triples(built, documents_only=table.graph is None)
    types = (triple for triple in said if triple.predicate.value.endswith("#type"))
    return {triple.subject for triple in types if triple.object.value in table.classes}


def test_rows_are_counted_and_sums_are_the_graphs(csvw: Path, built: Path) -> None:
    for each in tables():
        if each.graph != "provenance":  # says of few documents where they come from: tests/test_origins.py
            assert len(rows(csvw / f"{each.name}.csv")) == len(things(each, built))
    total = sum(Decimal(row["total_yuan"] or 0) for row in rows(csvw / "projects.csv"))
    assert total == project_totals(built) > 0


def test_conclusions_join_the_rows_that_they_are_about(csvw: Path) -> None:
    things = {
        row[key]: row["document"]
        for name, key in (("projects", "project"), ("tasks", "task"), ("indicators", "indicator"))
        for row in rows(csvw / f"{name}.csv")
    }
    for name, key in (
        ("theme-assignments", "subject"), ("comparable-measures", "indicator"), ("transfers", "project")
    ):  # fmt: skip
        found = rows(csvw / f"{name}.csv")
        assert found
        # A unit of use has no table of its own: its name stands with its projects.
        of_things = [row for row in found if row.get("method") != "department-name" or row[key] in things]
        assert all(things[row[key]] == row["document"] for row in of_things), name
    themes = {row["theme_name"] for row in rows(csvw / "theme-assignments.csv")}
    assert "农村电影放映" in themes


def test_some_documents_by_themselves_conclude_nothing(built: Path, tmp_path: Path) -> None:
    whole = current(built)
    export_to(replace(whole, only=whole.keys[:1]), "csvw", tmp_path / "csvw")
    described = {each["url"] for each in metadata(tmp_path / "csvw")["tables"]}
    assert described == {path.name for path in (tmp_path / "csvw").glob("*.csv")}
    assert described == {f"{each.name}.csv" for each in tables() if each.graph is None}


def test_sums_of_the_reference_documents(shared: Path, tmp_path: Path) -> None:
    budgetkg.build([shared / "documents" / "seeds"], tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "csvw", tmp_path / "csvw")
    found = rows(tmp_path / "csvw" / "projects.csv")
    expected = Decimal(0)
    for path in sorted((shared / "expected").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        factor = 10_000 if said["unit"] == "万元" else 1
        expected += factor * sum(
            Decimal(project["total"])
            for unit in said.get("units_of_use") or ()
            for project in unit["projects"]
        )
    assert sum(Decimal(row["total_yuan"]) for row in found) == expected == project_totals(tmp_path / "graph")


def test_metadata_holds_together(csvw: Path) -> None:
    described = {each["url"]: each["tableSchema"] for each in metadata(csvw)["tables"]}
    assert set(described) == {path.name for path in csvw.glob("*.csv")}
    for url, schema in described.items():
        found = rows(csvw / url)
        header = (csvw / url).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == [column["titles"] for column in schema["columns"] if not column.get("virtual")]
        keys = [row[schema["primaryKey"]] for row in found]
        assert len(keys) == len(set(keys))
        for column in schema["columns"]:
            assert not column.get("required") or all(row[column["name"]] for row in found)
        for foreign in schema.get("foreignKeys", ()):
            there = foreign["reference"]
            known = {row[there["columnReference"]] for row in rows(csvw / there["resource"])}
            assert {row[foreign["columnReference"]] for row in found} <= known


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("#+ column: thing iri | thing | 物", "class"),
        ("#+ class: bkg:Project\n#+ column: thing colour | thing | 物", "colour is none of string"),
        ("#+ class: nobody:Knows\n#+ column: thing iri | thing | 物", "nobody:Knows"),
        ("#+ class: bkg:Project\n#+ column: thing iri | thing", "no header of a table"),
    ],
)
def test_a_header_that_says_no_table_is_named(tmp_path: Path, header: str, complaint: str) -> None:
    path = tmp_path / "things.rq"
    query = "SELECT ?thing { ?thing a bkg:Project }"
    path.write_text(f"#+ summary: Things\n#+ summary_zh: 物\n{header}\n\n{query}\n", encoding="utf-8")
    with pytest.raises(BudgetkgError, match=rf"things\.rq.*{complaint}"):
        read_table(path)


PROJECTS = "SELECT ?project ?name { ?project a bkg:Project ; rdfs:label ?name } ORDER BY ?project"


def asked(columns: str, query: str, built: Path, tmp_path: Path) -> list[Any]:
    path = tmp_path / "things.rq"
    head = f"#+ summary: Things\n#+ summary_zh: 物\n#+ class: bkg:Project\n{columns}\n\n"
    path.write_text(head + query, encoding="utf-8")
    return [row for store in document_stores(current(built)) for row in read_table(path).rows(store)]


def test_a_query_with_other_columns_than_its_header_is_refused(built: Path, tmp_path: Path) -> None:
    columns = "#+ column: name string | name | 名\n#+ column: project iri | project | 项目"
    with pytest.raises(BudgetkgError, match="other columns"):
        asked(columns, PROJECTS, built, tmp_path)


def test_several_values_are_a_list_only_where_the_header_says_so(built: Path, tmp_path: Path) -> None:
    query = (
        "SELECT ?project ?name { ?project a bkg:Project ; bkg:hasIndicator/rdfs:label ?name }"
        " ORDER BY ?project ?name"
    )
    one = "#+ column: project iri | project | 项目\n#+ column: name string | name | 名"
    with pytest.raises(BudgetkgError, match="several values of name"):
        asked(one, query, built, tmp_path)
    found = asked(one.replace("string", "string many"), query, built, tmp_path)
    assert [row[0] for row in found] == sorted({row[0] for row in found})
    assert all(row[1] == sorted(set(row[1])) for row in found)
    assert max(len(row[1]) for row in found) > 1


def test_pieces_of_any_size_give_the_same_rows(
    built: Path, tmp_path: Path, csvw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store for each plan and each conclusion, instead of one for all of them."""
    monkeypatch.setattr("budgetkg.export.pieces.FULL", 1)
    export_to(current(built), "csvw", tmp_path / "csvw")
    for path in csvw.glob("*.csv"):
        assert (tmp_path / "csvw" / path.name).read_bytes() == path.read_bytes(), path.name


def test_same_bytes_in_whatever_order(samples: list[Path], csvw: Path, tmp_path: Path) -> None:
    budgetkg.build(list(reversed(samples)), tmp_path / "graph")
    budgetkg.open(tmp_path / "graph").export("csvw", tmp_path / "again")
    assert {p.name: p.read_bytes() for p in csvw.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }


def test_parquet_has_the_same_cells(csvw: Path, built: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export_to(current(built), "parquet", tmp_path / "parquet")
    for each in tables():
        found = parquet.read_table(tmp_path / "parquet" / f"{each.name}.parquet").to_pylist()
        wanted = rows(csvw / f"{each.name}.csv")
        assert len(found) == len(wanted)
        for row, text in zip(found, wanted, strict=True):
            for name, value in row.items():
                assert _same(value, text[name]), (each.name, name, value, text[name])
    again = tmp_path / "again"
    export_to(current(built), "parquet", again)
    assert (again / "targets.parquet").read_bytes() == (tmp_path / "parquet/targets.parquet").read_bytes()


def _same(value: object, text: str) -> bool:
    if isinstance(value, list):
        return [str(each) for each in value] == (re.split("[;␞]", text) if text else [])
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, Decimal):
        return Decimal(text) == value
    return text == ("" if value is None else str(value))


def test_a_value_that_holds_the_separator_is_refused(tmp_path: Path) -> None:
    file = CsvFile(tmp_path, ExportTable("t", "", (), "", "", table("findings").columns[7:8]))
    with pytest.raises(BudgetkgError, match="quotes"):
        file.write([[["a␞b", "c"]]])
    file.close()


def test_parquet_says_what_it_needs(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error = run(capsys, "export", built, "-f", "parquet", "-o", tmp_path / "p", code=1)[1]
    assert error == "budgetkg: parquet needs pyarrow: pip install 'budgetkg[parquet]'\n"
    assert not list(tmp_path.iterdir())


def small(tmp_path: Path, *, spreadsheet: bool) -> bytes:
    some = table("targets")
    file = CsvFile(tmp_path, ExportTable("t", "", (), "", "", some.columns[3:5]), spreadsheet=spreadsheet)
    file.write([["=1+1", '=HYPERLINK("http://e/";"开")'], ["-", "a,\r\nb"], [None, "90%"]])
    file.close()
    return file.path.read_bytes()


def test_cells_are_kept_as_they_are(tmp_path: Path) -> None:
    text = small(tmp_path, spreadsheet=False).decode()
    assert text == 'kind,target_printed\r\n=1+1,"=HYPERLINK(""http://e/"";""开"")"\r\n-,"a,\r\nb"\r\n,90%\r\n'


def test_a_spreadsheet_gets_a_mark_and_no_formula(tmp_path: Path) -> None:
    found = small(tmp_path, spreadsheet=True)
    assert found.startswith(b"\xef\xbb\xbfkind,")
    assert "\"'=HYPERLINK" in found.decode()


def test_a_spreadsheet_by_command(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], csvw: Path
) -> None:
    run(capsys, "export", built, "-f", "csvw", "-o", tmp_path / "csvw", "--spreadsheet")
    found = (tmp_path / "csvw" / "projects.csv").read_bytes()
    assert found.startswith(b"\xef\xbb\xbf")
    # 000 and its like number their goals as -1. and -2.: what a spreadsheet takes for a subtraction.
    plain = (csvw / "projects.csv").read_bytes()
    assert b",-1" in plain
    assert found.removeprefix(b"\xef\xbb\xbf") == plain.replace(b",-1", b",'-1")
    run(capsys, "export", built, "-f", "csvw", code=2)
    run(capsys, "export", built, "-f", "turtle", "--spreadsheet", code=2)


def test_a_folder_of_something_else_is_left_alone(built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("mine")
    with pytest.raises(BudgetkgError, match="something else"):
        export_to(current(built), "csvw", tmp_path / "mine")
    with pytest.raises(BudgetkgError, match="a file"):
        export_to(current(built), "csvw", tmp_path / "mine" / "thesis.doc")
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "thesis.doc"]


def test_an_export_is_exchanged_whole(built: Path, tmp_path: Path) -> None:
    export_to(current(built), "csvw", tmp_path / "csvw")
    (tmp_path / "csvw" / "old.csv").write_text("of an older version")
    export_to(current(built), "csvw", tmp_path / "csvw")
    assert not (tmp_path / "csvw" / "old.csv").exists()
