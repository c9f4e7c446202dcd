"""How a year is known: printed, said by a person, or inferred, with the statements that back it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import budgetkg as run
from tests.memory import store_of

import budgetkg
from budgetkg.store.explain import explain
from budgetkg.store.results import Solutions

HUANGPU = "huangpu-2023-projects.txt"
BASES = """SELECT ?year ?basis { ?plan bkg:fiscalYear ?year ; bkg:hasFiscalYearBasis/skos:notation ?basis }"""


@pytest.fixture(scope="module")
def source(root: Path) -> Path:
    return root / "examples" / HUANGPU


def bases(records: list[budgetkg.DocumentRecord]) -> list[tuple[str, ...]]:
    found = store_of(records).query(BASES)
    assert isinstance(found, Solutions)
    return [tuple(term.value for term in row) for row in found.rows]  # type: ignore[union-attr]


def test_the_graph_says_by_which_rule_a_year_is_known(source: Path, tmp_path: Path) -> None:
    inferred = budgetkg.parse(source)
    assert bases(inferred) == [("2023", "statements-agree")]
    said = tmp_path / "readings.csv"
    said.write_text(f"document,place,field,value\n{HUANGPU},,year,2023\n", encoding="utf-8")
    assert bases(budgetkg.parse(source, corrections=said)) == [("2023", "corrected")]


def test_explain_names_the_statements_behind_an_inferred_year(source: Path) -> None:
    (record,) = budgetkg.parse(source)
    store = store_of([record])
    found = store.query("SELECT ?plan { ?plan a bkg:BudgetPlan }")
    assert isinstance(found, Solutions)
    statements = explain(store, found.rows[0][0].value).statements  # type: ignore[union-attr]
    for name in ("fiscalYear", "hasFiscalYearBasis"):
        (said,) = (item for item in statements if item.property.endswith(f"#{name}"))
        assert len(said.places) == len(record.year_statements) > 1
        assert all("2023" in place.quote and place.page and place.lines for place in said.places)


def test_a_table_marks_a_guess_and_no_year_that_a_person_said(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "graph"
    run(capsys, "build", source, "--into", directory)
    asked = ("query", "published-forms", "--store", directory)
    assert "2023?" in run(capsys, *asked)[0]
    run(capsys, "correct", directory, "year", HUANGPU, "2023")
    run(capsys, "build", source, "--into", directory)
    answer = run(capsys, *asked)[0]
    assert "2023?" not in answer
    assert "corrected" in answer
