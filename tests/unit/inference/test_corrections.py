"""A person's corrections: applied on every build, refused where they say nothing clear."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.memory import texts

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.inference import Correction, read_corrections
from budgetkg.pipeline import BuildOptions

HEADER = "subject,district,theme,verdict,reason\n"
QUICK = BuildOptions(validate=False)


def write(directory: Path, text: str) -> None:
    (directory / "corrections").mkdir(exist_ok=True)
    (directory / "corrections" / "themes.csv").write_text(HEADER + text, encoding="utf-8")


def themes(directory: Path) -> dict[tuple[str, str], int]:
    with budgetkg.open(directory) as graph:
        rows = graph.ask("theme-budget-by-district")
        return {(row["theme"], row["district"]): row["projects"] for row in rows}


def test_a_correction_survives_rebuilds(samples: list[Path], tmp_path: Path) -> None:
    budgetkg.build(samples, tmp_path, options=QUICK)
    before = themes(tmp_path)
    write(tmp_path, "电影工作经费,黄埔区,农村电影放映,is,28个村\n")
    for _ in range(2):
        report = budgetkg.build(samples[:1], tmp_path, options=QUICK)
        assert report.concluded
        assert report.concluded.unused == ()
        after = themes(tmp_path)
        assert after["农村电影放映", "黄埔区"] == before["农村电影放映", "黄埔区"] + 1
        assert ("电影放映", "黄埔区") in before
        assert ("电影放映", "黄埔区") not in after
    with budgetkg.open(tmp_path) as graph:
        found = graph.query("SELECT ?why WHERE { GRAPH ?g { ?a bkg:correctionReason ?why } }")
        assert texts(found.solutions) == [("28个村",)]


def test_what_is_denied_is_gone(samples: list[Path], tmp_path: Path) -> None:
    tmp_path.mkdir(exist_ok=True)
    write(tmp_path, "黄埔区农村电影放映补助,,rural-film-screening,is-not,\n")
    budgetkg.build(samples, tmp_path, options=QUICK)
    assert ("农村电影放映", "黄埔区") not in themes(tmp_path)
    assert ("农村电影放映", "番禺区") in themes(tmp_path)


def test_a_correction_that_fits_nothing_is_named(samples: list[Path], tmp_path: Path) -> None:
    write(tmp_path, "没有的项目,黄埔区,网络安全,is,\n电影工作经费,番禺区,网络安全,is,\n")
    report = budgetkg.build(samples, tmp_path, options=QUICK)
    assert report.concluded
    places = [place.split(":", 1)[1] for place in report.concluded.unused]
    assert places == ["2: 没有的项目", "3: 电影工作经费"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",黄埔区,网络安全,is,", ":2: no subject"),
        ("电影,黄埔区,没有的主题,is,", ":2: no theme '没有的主题'"),
        ("电影,黄埔区,网络安金,is,", "did you mean 网络安全"),
        ("电影,黄埔区,,is,", ":2: no theme ''"),
        ("电影,黄埔区,网络安全,maybe,", ":2: verdict 'maybe'"),
    ],
)
def test_an_unclear_line_is_an_error(tmp_path: Path, line: str, problem: str) -> None:
    write(tmp_path, line + "\n")
    with pytest.raises(BudgetkgError, match=problem):
        read_corrections(tmp_path / "corrections" / "themes.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = (
        ("对象", "区", "主题", "判断", "理由", "更正人"),
        ("电影工作经费", "黄埔区", "农村电影放映", "是", "28个村", "预算科"),
        ("", "", "", "", "", ""),
        ("设备购置", "", "206", "不是", "", ""),
    )
    path = tmp_path / "themes.csv"
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    assert read_corrections(path) == (
        Correction("电影工作经费", "黄埔区", "rural-film-screening", "is", "28个村", 2, "预算科"),
        Correction("设备购置", "", "206", "is-not", "", 4),
    )


def test_who_and_why_stand_in_the_graph(samples: list[Path], tmp_path: Path) -> None:
    (tmp_path / "corrections").mkdir()
    text = "对象,主题,判断,理由,更正人\n电影工作经费,农村电影放映,是,28个村,预算科\n"
    (tmp_path / "corrections" / "themes.csv").write_bytes(text.encode("gbk"))
    budgetkg.build(samples, tmp_path, options=QUICK)
    ask = "SELECT ?why ?who { ?a a bkg:ThemeAssignment ; bkg:correctionReason ?why ; bkg:correctedBy ?who }"
    with budgetkg.open(tmp_path) as graph:
        assert texts(graph.query(ask).solutions) == [("28个村", "预算科")]


def test_an_unclear_line_leaves_the_graph_as_it_was(samples: list[Path], tmp_path: Path) -> None:
    budgetkg.build(samples[:1], tmp_path, options=QUICK)
    before = (tmp_path / "current").resolve()
    write(tmp_path, "电影,,没有的主题,is,\n")
    with pytest.raises(BudgetkgError, match="no theme"):
        budgetkg.build(samples, tmp_path, options=QUICK)
    assert (tmp_path / "current").resolve() == before


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "themes.csv") == ()
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BudgetkgError, match="can't be read"):
        read_corrections(tmp_path / "bytes.csv")
