"""A first tier that no cell prints is restored from the form: answers and exports say that it is a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import budgetkg as run

import budgetkg

HUADU = "huadu-2023-declaration.txt"


@pytest.fixture(scope="module")
def graph(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("tiers") / "graph"
    budgetkg.build([root / "examples" / HUADU], into=directory)
    return directory


def test_the_record_says_which_tiers_the_form_gave(root: Path) -> None:
    (record,) = budgetkg.parse(root / "examples" / HUADU)
    bases = {(row.tier1, row.tier1_basis) for row in record.indicators}
    assert bases == {("产出指标", None), ("效益指标", "form-structure")}


def test_answers_say_how_a_tier_is_known(graph: Path) -> None:
    with budgetkg.open(graph) as opened:
        said = {(row["tier1"], row["tier1_basis"]) for row in opened.ask("indicators-by-tier")}
    assert said == {("产出指标", "printed"), ("效益指标", "form-structure")}


def test_a_table_marks_a_restored_tier_only(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said, *_ = run(capsys, "query", "indicators-by-tier", "--store", graph)
    assert "效益指标?" in said
    assert "产出指标?" not in said


def test_exports_have_the_basis_beside_the_tier(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "export", "--store", graph, "--format", "csvw", "--out", tmp_path / "csvw")
    lines = (tmp_path / "csvw" / "indicators.csv").read_text("utf-8").splitlines()
    assert {line.count("form-structure") for line in lines if "效益指标" in line} == {1}
    assert {line.count("form-structure") for line in lines if "产出指标" in line} == {0}


def test_a_person_who_gives_the_tier_ends_the_guess(root: Path, tmp_path: Path) -> None:
    (record,) = budgetkg.parse(root / "examples" / HUADU)
    name = next(row.name for row in record.indicators if row.tier1_basis)
    said = tmp_path / "readings.csv"
    said.write_text(f"document,place,field,value\n{HUADU},{name},tier1,产出指标\n", encoding="utf-8")
    (right,) = budgetkg.parse(root / "examples" / HUADU, corrections=said)
    assert next(row.tier1_basis for row in right.indicators if row.name == name) == "corrected"
