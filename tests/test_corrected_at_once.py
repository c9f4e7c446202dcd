"""Right readings take effect without the documents: the graph is the one that a fresh build would make."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.command_line import budgetkg as run

import budgetkg
from budgetkg.forms import parse_document
from budgetkg.pipeline.document import BuildOptions, Job, built, process
from budgetkg.pipeline.packing import packed, unpacked
from budgetkg.store.generations import current

HUANGPU = "huangpu-2023-projects.txt"
ROWS = {
    "year": ("year", HUANGPU, "2023", "--who", "预算科"),
    "district": ("district", "nansha-2023-declaration.txt", "番禺区"),
    "amount": ("reading", "报刊征订", "99.99", "--document", HUANGPU, "--field", "total"),
    "target": (
        "reading",
        "报刊征订 > 报刊征订任务",
        "≥98%",
        "--document",
        HUANGPU,
        "--field",
        "annual_value",
    ),
    "goal": ("reading", "报刊征订", "", "--document", HUANGPU, "--field", "goal"),
}


@pytest.fixture
def sources(root: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    for path in (root / "examples").glob("*.txt"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def graph(sources: Path, tmp_path: Path) -> Path:
    budgetkg.build([sources], into=tmp_path / "graph")
    return tmp_path / "graph"


def fresh(sources: Path, corrections: Path, into: Path) -> str:
    """The name of the generation that a first build with these corrections makes: the hash of all in it."""
    shutil.copytree(corrections, into / "corrections")
    budgetkg.build([sources], into=into)
    return current(into).path.name


@pytest.mark.parametrize("name", ROWS)
def test_it_is_as_a_fresh_build(
    name: str, graph: Path, sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = current(graph).path.name
    hidden = sources.rename(tmp_path / "elsewhere")
    assert "follows it now" in run(capsys, "correct", graph, *ROWS[name])[0]
    after = current(graph).path.name
    assert after != before
    assert after == fresh(hidden, graph / "corrections", tmp_path / "fresh")


def test_one_after_another_and_set_right_again(
    graph: Path, sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ROWS:
        run(capsys, "correct", graph, *ROWS[name])
    assert current(graph).path.name == fresh(sources, graph / "corrections", tmp_path / "fresh")


def test_a_line_written_by_hand_follows_with_any_build(graph: Path, sources: Path, tmp_path: Path) -> None:
    (graph / "corrections").mkdir()
    line = f"document,place,field,value\n{HUANGPU},报刊征订,total,99.99\n"
    (graph / "corrections" / "readings.csv").write_text(line, encoding="utf-8")
    (sources / HUANGPU).rename(tmp_path / HUANGPU)
    report = budgetkg.build([sources], into=graph)
    assert report.readings.waiting == ()
    shutil.copy(tmp_path / HUANGPU, sources)
    assert current(graph).path.name == fresh(sources, graph / "corrections", tmp_path / "fresh")


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_without_what_was_kept_the_document_is_asked_for(
    damage: bytes | None, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (graph / "generations" / "kept").iterdir():
        path.unlink() if damage is None else path.write_bytes(damage)
    before = current(graph).path.name
    assert "takes effect" in run(capsys, "correct", graph, *ROWS["amount"])[0]
    assert current(graph).path.name == before


def test_what_is_kept_must_give_what_the_graph_holds(
    graph: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reading of other bytes under the name of a document's is not believed."""
    kept = graph / "generations" / "kept"
    key = next(entry["key"] for entry in current(graph).entries() if entry["source"] == HUANGPU)
    other = next(path for path in sorted(kept.iterdir()) if path.name != key)
    (record,) = budgetkg.parse(root / "examples" / HUANGPU)
    shutil.copy(other, kept / key)
    assert "takes effect" in run(capsys, "correct", graph, *ROWS["amount"])[0]
    (kept / key).write_bytes(packed(record))
    shutil.rmtree(graph / "corrections")
    assert "follows it now" in run(capsys, "correct", graph, *ROWS["amount"])[0]


def test_what_is_kept_goes_with_its_document(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "remove", graph, HUANGPU)
    held = {entry["key"] for entry in current(graph).entries()}
    assert {path.name for path in (graph / "generations" / "kept").iterdir()} == held


def test_records_come_back_as_they_were(root: Path) -> None:
    for path in sorted((root / "examples").iterdir()):
        if path.is_file():
            for record in parse_document(path.read_bytes(), path.name):
                assert unpacked(packed(record, personal=True)) == record


def test_what_is_kept_names_no_clerk_and_gives_the_same_graph(tmp_path: Path) -> None:
    text = (
        "2024年项目支出绩效目标表\n单位：万元\n| 项目名称 | 总计 | 绩效目标 |\n|---|---|---|\n"
        "| 球场修缮 | 5.00 | 联系欧阳明珠修缮球场3处 |\n\n填报人：欧阳明珠    联系电话：020-12345678\n"
    )
    source = tmp_path / "form.md"
    source.write_text(text, encoding="utf-8")
    (made,) = process(Job(source, BuildOptions())).built
    record = unpacked(made.reading)
    assert record is not None
    assert "欧阳明珠" not in repr(record)
    again = built(record, BuildOptions())
    assert (again.graph, again.record, again.findings, again.extract, again.entry) == (
        made.graph, made.record, made.findings, made.extract, made.entry,
    )  # fmt: skip
