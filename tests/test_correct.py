"""What a person sets right by `budgetkg correct`: checked, written in the file's own way, applied at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.command_line import budgetkg

import budgetkg as api
from budgetkg.sheets import with_row

PROJECT, DOCUMENT = "创文业务工作经费", "huangpu-2023-projects.txt"
PLACE = "报刊征订 > 报刊征订任务"


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph", symlinks=True))


def asked(capsys: pytest.CaptureFixture[str], query: str, graph: Path) -> list[str]:
    return budgetkg(capsys, "query", query, "--store", graph, "-f", "csv")[0].splitlines()[1:]


def test_a_theme_is_set_right_without_the_source(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(
        capsys, "correct", graph, "theme", PROJECT, "农村电影放映", "--district", "黄埔区",
        "--reason", "按28个村测算", "--who", "预算科",
    )  # fmt: skip
    assert "follows it now" in out
    query = "SELECT ?who ?why { ?a bkg:correctedBy ?who ; bkg:correctionReason ?why }"
    assert asked(capsys, query, graph) == ["预算科,按28个村测算"]
    first = (graph / "corrections" / "themes.csv").read_bytes()
    assert first.startswith(b"\xef\xbb\xbfsubject,district,theme,verdict,reason,who\n")
    budgetkg(capsys, "correct", graph, "theme", PROJECT, "农村电影放映", "--not")
    assert (graph / "corrections" / "themes.csv").read_bytes().startswith(first)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("theme", PROJECT, "农村电影放影"), "did you mean 农村电影放映"),
        (("theme", "创文业务工作费", "电影放映"), f"did you mean {PROJECT}"),
        (("theme", PROJECT, "电影放映", "--district", "黄浦区"), "did you mean 黄埔区"),
        (("yaer", DOCUMENT, "2023"), "did you mean year"),
        (("year", "huangpu-2023.txt", "2023"), f"did you mean {DOCUMENT}"),
        (("year", DOCUMENT, "23"), "no year such as"),
        (("district", DOCUMENT, "荔弯区"), "did you mean 荔湾区"),
        (("organisation", DOCUMENT), "missing"),
        (
            ("reading", PLACE, "1", "--document", DOCUMENT, "--field", "anual_value"),
            "did you mean annual_value",
        ),
        (("reading", "报刊征定", "1", "--document", DOCUMENT, "--field", "goal"), "did you mean 报刊征订"),
        (("reading", "报刊征订", "x", "--document", DOCUMENT, "--field", "total"), "amount"),
        (("edition", "nix.pdf"), "no such document"),
    ],
)
def test_what_the_graph_does_not_know_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = budgetkg(capsys, "correct", graph, *arguments, code=1)
    assert (out, err.count("\n")) == ("", 1)
    assert words in err
    assert not list((graph / "corrections").rglob("*"))


def test_a_reading_is_applied_with_the_document(
    graph: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = root / "examples" / DOCUMENT
    reading = ("reading", PLACE, "≥98%", "--document", DOCUMENT, "--field", "annual_value", "--who", "预算科")
    out, _ = budgetkg(capsys, "correct", graph, *reading, "--source", source)
    assert "follows it now" in out
    query = (
        "SELECT ?read ?right { ?c bkg:valueRead ?read ; bkg:valueCorrected ?right ; bkg:correctedBy ?who }"
    )
    assert asked(capsys, query, graph) == ["100%,≥98%"]
    other = root / "examples" / "liwan-2023-department.txt"
    assert "other bytes" in budgetkg(capsys, "correct", graph, *reading, "--source", other, code=1)[1]


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("year", "2022", "year"),
        ("district", "荔湾区", "district"),
        ("organisation", "某宣传部", "department"),
    ],
)
def test_what_is_the_documents_waits_for_it(
    kind: str, value: str, key: str, graph: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(budgetkg(capsys, "correct", graph, kind, DOCUMENT, value, "--json")[0])
    assert (told["applied"], told["waiting"]) == (False, DOCUMENT)
    api.build([root / "examples" / DOCUMENT], graph)
    with api.open(graph) as opened:
        assert opened is not None
    entries = json.loads(next(graph.glob("generations/*/index.json")).read_text("utf-8"))
    assert str(next(entry[key] for entry in entries if entry["source"] == DOCUMENT)) == value


def test_an_edition_is_chosen(graph: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root / "examples" / "formats"
    names = [path for path in sorted(folder.iterdir()) if path.suffix in (".docx", ".html")]
    api.build(names, graph)
    for path in names:
        budgetkg(capsys, "correct", graph, "edition", path.name, "--reason", "as signed", "--who", "办公室")
        query = f'ASK {{ ?d bkg:fileName "{path.name}" . ?other bkg:supersededBy ?d }}'
        assert budgetkg(capsys, "query", query, "--store", graph)[0] == "yes\n"


def test_only_checking_writes_nothing(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "correct", graph, "year", DOCUMENT, "2022", "--check")
    assert "Nothing was written" in out
    assert not list((graph / "corrections").rglob("*"))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_row_is_added_as_the_file_is_written(encoding: str) -> None:
    columns = {"subject": "对象", "theme": "主题", "who": "更正人"}
    given = "主题;对象;备注\r\n电影;甲;留着\r\n".encode(encoding)
    added = with_row(given, columns, {"subject": "乙", "theme": "设备", "who": "张"})
    assert added.decode(encoding) == "主题;对象;备注;who\r\n电影;甲;留着\r\n设备;乙;;张\r\n"
