"""The cubes keep all integrity constraints, and their sums are the graph's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from tests.command_line import budgetkg as run
from tests.tables_of import BKG, project_totals, triples

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.export import export_to
from budgetkg.export.cube_check import breaches
from budgetkg.queries import integrity_constraints
from budgetkg.store.generations import current

CUBE = "https://w3id.org/budgetkg/cube/"
SAMPLES = Path(__file__).parent / "cube"


@pytest.fixture(scope="module")
def cube(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cube") / "cube.ttl"
    export_to(current(built), "cube", path)
    return path


def observations(path: Path) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        found[quad.subject.value][quad.predicate.value.removeprefix(CUBE)] = quad.object.value
    return [said for said in found.values() if "item" in said]


def test_there_are_twenty_one_constraints() -> None:
    assert [found.slug[:5] for found in integrity_constraints()] == [f"ic-{n:02d}" for n in range(1, 22)]


@pytest.mark.parametrize("number", range(1, 22))
def test_each_constraint_finds_its_breach(number: int) -> None:
    found = {breach.constraint[:5] for breach in breaches(SAMPLES / f"bad-ic-{number:02d}.ttl")}
    assert f"ic-{number:02d}" in found


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("ok-*.ttl")), ids=lambda path: path.stem)
def test_a_sound_cube_breaks_none(path: Path) -> None:
    assert breaches(path) == []


def test_the_samples_cube_breaks_none(cube: Path) -> None:
    assert breaches(cube) == []


def test_sums_are_the_graphs(cube: Path, built: Path) -> None:
    rows = observations(cube)
    totals = [
        Decimal(row["amountYuan"]) for row in rows
        if row["itemKind"] == CUBE + "kind-Project" and row.get("fundingSource") == CUBE + "source-all"
    ]  # fmt: skip
    assert sum(totals) == project_totals(built) > 0
    counts = sum(int(row["indicatorCount"]) for row in rows if "indicatorCount" in row)
    indicators = {t.subject for t in triples(built) if t.object.value == BKG + "Indicator"}
    assert counts == len(indicators - {t.subject for t in triples(built) if "ontology#" in t.subject.value})
    assert len([row for row in rows if "amountYuan" in row]) == sum(
        t.predicate.value in (BKG + "hasTotal", BKG + "hasSourceAmount") for t in triples(built)
    )


def test_the_reference_documents(shared: Path, tmp_path: Path) -> None:
    budgetkg.build([shared / "documents" / "seeds"], tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "cube", tmp_path / "cube.ttl")
    assert breaches(tmp_path / "cube.ttl") == []
    rows = observations(tmp_path / "cube.ttl")
    by_district: Counter[str] = Counter()
    for row in rows:
        if row["itemKind"].endswith("Project") and row.get("fundingSource") == CUBE + "source-all":
            by_district[row["district"].rsplit("/", 1)[-1]] += Decimal(row["amountYuan"])  # type: ignore[assignment]
    assert sum(by_district.values()) == project_totals(tmp_path / "graph")
    assert set(by_district) == {"440112", "440113"}


def test_export_checks_what_it_wrote(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "cube.ttl"
    error = run(capsys, "export", built, "-f", "cube", "-o", out, "--check")[1]
    assert "IC-1 … IC-21" in error
    run(capsys, "export", built, "-f", "cube", "--check", code=2)
    run(capsys, "export", built, "-f", "turtle", "-o", tmp_path / "t.ttl", "--check", code=2)
    text = re.sub(r"\tcube:district \S+ ;\n", "", out.read_text(encoding="utf-8"), count=1)
    broken = tmp_path / "broken.ttl"
    broken.write_text(text, encoding="utf-8")
    assert {breach.constraint[:5] for breach in breaches(broken)} == {"ic-11"}


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<html>")
    with pytest.raises(BudgetkgError, match=r"x\.ttl"):
        breaches(tmp_path / "x.ttl")
