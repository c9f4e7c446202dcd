"""What a person sets right by `budgetkg correct`: checked, written in the file's own way, applied at once."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from tests.command_line import budgetkg

import budgetkg as api
from budgetkg.pipeline.correcting import correct
from budgetkg.pipeline.correction_rows import Asked
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
    assert first.startswith(b"\xef\xbb\xbfsubject,district,theme,verdict,reason,who,share\n")
    budgetkg(capsys, "correct", graph, "theme", PROJECT, "农村电影放映", "--not")
    assert (graph / "corrections" / "themes.csv").read_bytes().startswith(first)


def test_money_is_shared_among_the_themes_that_a_person_chose(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def of_project(query: str) -> list[tuple[str, str, str]]:
        rows = asked(capsys, query, graph)
        return [(cells[0], cells[2], cells[7]) for row in rows if (cells := row.split(","))[1] == "黄埔区"]

    before = {theme: money for theme, money, _ in of_project("theme-budget-by-district")}
    out, _ = budgetkg(
        capsys, "correct", graph, "theme", PROJECT, "电影放映=25%，网络安全＝75%", "--reason", "按人次",
        "--who", "预算科",
    )  # fmt: skip
    assert "follows it now" in out
    after = {theme: (money, by) for theme, money, by in of_project("theme-budget-by-district")}
    for theme, part in (("电影放映", "0.25"), ("网络安全", "0.75")):
        money = Decimal(before.get(theme, "0")) + Decimal("16088000") * Decimal(part)
        assert (Decimal(after[theme][0]), after[theme][1][-6:]) == (money, "shares")
    whole = [
        sum(Decimal(money) for money in sums) for sums in (before.values(), (m for m, _ in after.values()))
    ]
    assert whole[0] == whole[1]
    said = "?a bkg:moneyShare ?share ; bkg:correctedBy ?who ; bkg:correctionReason ?why"
    shares = f"SELECT ?share ?who ?why {{ {said} }}"
    assert sorted(asked(capsys, shares, graph)) == ["0.2500,预算科,按人次", "0.7500,预算科,按人次"]
    # Shares that are chosen anew take the place of the earlier ones.
    budgetkg(capsys, "correct", graph, "theme", PROJECT, "电影放映=50%,网络安全=50%")
    lines = (graph / "corrections" / "themes.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3


def test_a_theme_that_is_denied_leaves_a_trace(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = "SELECT ?t { ?p rdfs:label '黄埔区农村电影放映补助'@zh ; bkg:hasMainTheme/rdfs:label ?t }"
    assert asked(capsys, theme, graph) == ["农村电影放映"]
    budgetkg(
        capsys, "correct", graph, "theme", "黄埔区农村电影放映补助", "农村电影放映", "--not",
        "--reason", "补助影院", "--who", "审计科",
    )  # fmt: skip
    assert "农村电影放映" not in asked(capsys, theme, graph)
    trace = "SELECT ?t ?why ?who { ?d a bkg:ThemeDenial ; bkg:deniesTheme/rdfs:label ?t ; " + (
        "bkg:correctionReason ?why ; bkg:correctedBy ?who }"
    )
    assert asked(capsys, trace, graph) == ["农村电影放映,补助影院,审计科"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("theme", "黄埔区农村电影放映补助", "农村电影放映"),
        ("theme", PROJECT, "农村电影放映", "--not"),
        ("district", DOCUMENT, "黄埔区"),
        ("district", DOCUMENT, "440112"),
        ("organisation", DOCUMENT, "中共广州市黄埔区委员会宣传部"),
        ("reading", "报刊征订", "98", "--document", DOCUMENT, "--field", "total"),
        ("reading", PLACE, "100%", "--document", DOCUMENT, "--field", "annual_value"),
    ],
)
def test_what_is_so_already_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = budgetkg(capsys, "correct", graph, *arguments)
    assert "It is so already" in out
    assert not (graph / "corrections").exists()


def test_a_row_that_is_only_checked_leaves_nothing_behind(graph: Path) -> None:
    before = sorted(path.relative_to(graph) for path in graph.rglob("*"))
    assert correct(graph, Asked("year", DOCUMENT, "2031"), dry=True).waiting == DOCUMENT
    assert sorted(path.relative_to(graph) for path in graph.rglob("*")) == before


def test_a_year_that_is_only_inferred_may_be_confirmed_once(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("correct", graph, "year", DOCUMENT, "2023", "--who", "预算科")
    assert "follows it now" in budgetkg(capsys, *command)[0]
    assert "It is so already" in budgetkg(capsys, *command)[0]


@pytest.mark.parametrize(
    "arguments", [("year", DOCUMENT, "2031"), ("theme", "黄埔区农村电影放映补助", "农村电影放映", "--not")]
)
def test_a_row_that_a_kill_left_unapplied_is_applied_by_the_same_command(
    arguments: tuple[str, ...], graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(graph, tmp_path / "killed", symlinks=True)
    budgetkg(capsys, "correct", graph, *arguments)
    shutil.copytree(graph / "corrections", tmp_path / "killed" / "corrections")
    out, _ = budgetkg(capsys, "correct", tmp_path / "killed", *arguments)
    assert "It is so already" not in out
    assert (tmp_path / "killed" / "current").readlink() == (graph / "current").readlink()
    for name in (path.name for path in (graph / "corrections").iterdir()):
        assert (tmp_path / "killed/corrections" / name).read_bytes() == (
            graph / "corrections" / name
        ).read_bytes()


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
        (("district", DOCUMENT, "黄浦区"), "did you mean 黄埔区"),
        (("theme", PROJECT, "电影放映=60%,没有的主题=40%"), "no such theme"),
        (("theme", PROJECT, "电影放映=60%,网络安全=30%"), "add up to 90%, not to 100%"),
        (("theme", PROJECT, "电影放映=60%,网络安全=abc"), "share"),
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
def test_what_is_the_documents_is_applied_at_once(
    kind: str, value: str, key: str, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(budgetkg(capsys, "correct", graph, kind, DOCUMENT, value, "--json")[0])
    assert (told["applied"], told["waiting"]) == (True, None)
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
