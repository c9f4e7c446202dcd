"""Each answer with its place: where each row of a stored question is printed."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.command_line import budgetkg as command
from tests.memory import MemoryStore, store_of
from tests.records import document, project, unit

import budgetkg
from budgetkg.errors import QueryError
from budgetkg.findings import Evidence
from budgetkg.queries import question, questions, read_question
from budgetkg.store.places import COLUMNS, Place, places_of
from budgetkg.store.results import Solutions

ROOT = Path(__file__).resolve().parent.parent
SLUGS = [found.slug for found in questions()]
# These findings are about a whole file or table: nothing printed is quoted for them.
IN_GB18030 = {"panyu-2024-projects.txt"}
OF_NO_PLACE = {"column-inferred", "encoding-assumed", "tier-empty"}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_of_the_samples_has_a_place(slug: str, built: Path) -> None:
    with budgetkg.open(built) as graph:
        plain, placed = graph.ask(slug), graph.ask(slug, evidence=True)
    assert placed.columns == (*plain.columns, *COLUMNS)
    for row in placed:
        if row["place"] == 0:
            assert row["code"] in OF_NO_PLACE
            assert row["file"] is row["page"] is row["lines"] is row["quote"] is None
        else:
            assert row["file"]
            assert row["quote"]
    first = [{name: row[name] for name in plain.columns} for row in placed if row["place"] in (0, 1)]
    assert first == list(plain)


@pytest.mark.parametrize("slug", ["largest-projects", "satisfaction-targets", "comparable-indicators"])
def test_the_words_stand_in_those_lines_of_the_file(slug: str, built: Path) -> None:
    with budgetkg.open(built) as graph:
        rows = graph.ask(slug, evidence=True)
    assert rows
    for row in rows:
        source = (ROOT / "examples" / str(row["file"])).read_bytes()
        text = source.decode("gb18030" if row["file"] in IN_GB18030 else "utf-8").splitlines()
        first, _, last = str(row["lines"]).partition("-")
        printed = "".join(text[int(first) - 1 : int(last or first)])
        assert solid(str(row["quote"])) in solid(printed)
        assert solid(str(row.get("name") or row.get("project"))) in solid(str(row["quote"]))


def solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_row_printed_twice_stands_once_for_each_place(built: Path) -> None:
    with budgetkg.open(built) as graph:
        rows = graph.ask("repeated-rows", evidence=True)
    assert [(row["printed_times"], row["place"]) for row in rows] == [(2, 1), (2, 2)]
    assert rows[0]["lines"] != rows[1]["lines"]


def test_a_sum_has_the_places_of_what_it_adds_up(built: Path) -> None:
    with budgetkg.open(built) as graph:
        rows = graph.ask("theme-budget-by-district", evidence=True)
        sums = graph.ask("theme-budget-by-district")
    # One project is printed twice.
    assert len(rows) == sum(int(str(row["projects"])) for row in sums) + 1
    once = [row for row in rows if row["place"] == 1]
    assert sum(Decimal(str(row["amount_yuan"])) for row in once) == sum(
        Decimal(str(row["amount_yuan"])) for row in sums
    )


def test_cells_of_a_spreadsheet_stand_for_lines() -> None:
    where = Evidence(page=2, start=0, end=5, quote="甲项目 9", lines=None, cells="Sheet2!B4:F4")
    store = store_of([document(units_of_use=(unit(project("甲项目", "9.00", evidence=(where,))),))])
    answer = question("largest-projects").ask(store, evidence=True)
    assert isinstance(answer, Solutions)
    found = dict(zip(answer.variables, (cell and cell.value for cell in answer.rows[0]), strict=True))  # type: ignore[union-attr]
    assert (found["page"], found["lines"], found["quote"]) == ("2", "Sheet2!B4:F4", "甲项目 9")


def test_many_things_are_asked_in_several_queries() -> None:
    asked = []

    class Counting(MemoryStore):
        def query(self, text: str, substitutions: object = None) -> Solutions:
            assert isinstance(substitutions, dict)
            asked.append(len(substitutions["thing"]))
            return Solutions((), ())

    things = [f"https://example.org/{number}" for number in range(1201)]
    assert places_of(Counting([]), [*things, *things]) == {}
    assert asked == [500, 500, 201] * 2  # what has no evidence is asked for once more, by its document


@pytest.mark.parametrize(
    ("lines", "cells", "said"),
    [((3, 3), None, "3"), ((3, 5), None, "3-5"), (None, "Sheet2!B4:F4", "Sheet2!B4:F4"), (None, None, "")],
)
def test_lines_are_written(lines: tuple[int, int] | None, cells: str | None, said: str) -> None:
    assert Place("a.txt", 1, lines, "甲", cells).line_range == said


def test_a_query_that_names_no_subject_is_told_how() -> None:
    with pytest.raises(QueryError, match=r"#\+ subject"):
        read_question("mine", "SELECT ?x { ?x a bkg:Project }").ask(MemoryStore([]), evidence=True)


def test_a_subject_that_is_no_iri_is_refused() -> None:
    text = '#+ subject: ?x\nSELECT ?x { VALUES ?x { "a<b" } }'
    with pytest.raises(QueryError, match="no IRI"):
        read_question("mine", text).ask(MemoryStore([]), evidence=True)


def test_a_query_of_ones_own_may_name_its_subject(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("#+ subject: ?p\nSELECT ?name ?p { ?p a bkg:Project ; rdfs:label ?name } ORDER BY ?p\n")
    found, _ = command(capsys, "query", path, "--store", built, "--evidence", "--format", "csv")
    header, first, *_ = csv.reader(io.StringIO(found))
    assert header == ["name", *COLUMNS]
    assert first[2].endswith(".txt")


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_every_format_has_the_columns(format: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = command(capsys, "query", "largest-projects", "--store", built, "--evidence", "-f", format)
    assert "huangpu-2023-projects.txt" in found
    if format == "json":
        assert json.loads(found)["head"]["vars"][-len(COLUMNS) :] == list(COLUMNS)
        return
    columns = list(COLUMNS) if format == "csv" else list(COLUMNS[:-1])
    assert found.splitlines()[0].replace(",", " ").split()[-len(columns) :] == columns
    # A table says the commands below it, each once.
    assert "budgetkg parse huangpu-2023-projects.txt --picture page.html --page 1" in found


def test_a_budget_stands_where_its_total_is_printed(built: Path) -> None:
    with budgetkg.open(built) as graph:
        rows = graph.ask("budget-by-district", evidence=True)
    quotes = {row["file"]: row["quote"] for row in rows if row["place"] == 1}
    assert quotes["panyu-2024-projects.txt"] == "608.07"
    assert quotes["huangpu-2023-projects.txt"] == "3,473.59"
    assert quotes["nansha-2023-declaration.txt"] == "7,093.89"
