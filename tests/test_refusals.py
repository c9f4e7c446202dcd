"""What a refusal says: in the user's language, with what to do next; a draft of a layout can be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.printers.pdf import Sheet, printed

UNKNOWN = (
    "2024年某局考核计划一览表\n牵头科室：广州市番禺区文化局\t单位：万元\n"
    "序\t工程名头\t经费数\t任务说明\t考核类\t考核细类\t考核事项\t考核值\n"
    "1\t阅读推广\t12.50\t办好活动\t产出指标\t数量指标\t活动场次\t≥20场\n"
    "2\t文物修缮\t30.00\t修好文物\t产出指标\t数量指标\t修缮处数\t2处\n"
)


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_CN.UTF-8", "没有找到绩效目标表"), ("C", "no performance table")]
)
def test_a_refusal_says_what_was_looked_for_and_what_to_do(
    locale: str,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    other = tmp_path / "other.pdf"
    other.write_text("<html><body><p>会议通知</p></body></html>", encoding="utf-8")
    _, err = budgetkg(capsys, "parse", other, code=1)
    assert err.startswith(f"budgetkg: {other}: {words}")
    assert err.count("\n") == 1
    for said in ("项目支出绩效目标表", "new-layout", "--picture", "HTML", "PDF"):
        assert said in err


def test_pages_and_limits_are_said_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    busy = tmp_path / "busy.pdf"
    busy.write_bytes(printed(Sheet(), Sheet().text(50, 50, "绩效目标")))
    _, err = budgetkg(capsys, "parse", busy, "--max-objects", "3", code=1)
    assert err == f"budgetkg: {busy}: 第 2 页：画的对象超过 3 个（--max-objects）\n"
    _, err = budgetkg(capsys, "new-layout", busy, "--max-objects", "3", code=1)
    assert err == f"budgetkg: {busy}: 第 2 页：画的对象超过 3 个（--max-objects）\n"


@pytest.mark.parametrize("text", ["会议通知\n请按时参加。\n", "会议通知\t\n请参加\t周一\n"])
def test_no_layout_is_drafted_from_what_is_no_table(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(text, encoding="utf-8")
    out, err = budgetkg(capsys, "new-layout", notice, code=1)
    assert (out, err) == ("", f"budgetkg: {notice}: no table in it whose headers could be drafted from\n")


def test_a_table_of_which_no_header_is_known_is_drafted_and_read_once_it_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, layout = tmp_path / "table.txt", tmp_path / "mine.toml"
    table.write_text(UNKNOWN, encoding="utf-8")
    draft, _ = budgetkg(capsys, "new-layout", table)
    assert '#   "考核类"  (page 1, over "产出指标")' in draft
    assert draft.count('\n#   "') == 9
    fields = {
        "[columns]": 'name = ["工程名头"]\ntotal = ["经费数"]\ngoal = ["任务说明"]\nrow_number = ["序"]',
        "[tier_columns]": 'tier1 = ["考核类"]\ntier2 = ["考核细类"]\n'
        'name = ["考核事项"]\nannual_value = ["考核值"]',
        "[labels]": 'department = ["牵头科室"]',
    }
    for name, words in fields.items():
        draft = draft.replace(f"\n{name}\n", f"\n{name}\n{words}\n")
    layout.write_text(draft, encoding="utf-8")
    out, _ = budgetkg(capsys, "parse", table, "--layout", layout, "--format", "json")
    document = json.loads(out)
    projects = [project for unit in document["units_of_use"] for project in unit["projects"]]
    assert (document["district"], document["unit"]) == ("番禺区", "万元")
    assert [(found["name"], found["total"], found["goal"]) for found in projects] == [
        ("阅读推广", "12.50", "办好活动"),
        ("文物修缮", "30.00", "修好文物"),
    ]
    assert [found["annual_value"] for project in projects for found in project["indicators"]] == [
        "≥20场",
        "2处",
    ]
