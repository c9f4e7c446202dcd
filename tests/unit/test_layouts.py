"""A layout of one's own needs no Python: headers, labels and titles that nothing shipped knows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.forms.drafting import draft_layout
from budgetkg.forms.layout import read_layout, read_layouts, reading_with
from budgetkg.forms.layout.names_index import Names, spellings
from budgetkg.reading import read_document

OWN = """
uses = ["project-table"]
signature = ["绩效任务书"]
totals = ["共计"]

[columns]
name = ["事项"]
total = ["拟安排"]
goal = ["要达到什么"]

[tier_columns]
name = ["考核点"]
annual_value = ["今年要到"]

[labels]
department = ["牵头单位"]
"""
DOCUMENT = """\
2024年绩效任务书
牵头单位：深圳市南山区城市管理局	单位：万元
事项	拟安排	要达到什么	一级指标	二级指标	考核点	今年要到
绿化养护	12.00	花木成活。	产出指标	数量指标	养护面积	≥3公顷
			效益指标	生态效益指标	成活率	≥95%
共计	12.00
"""


def test_headers_of_a_layout_of_ones_own_are_read(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (record,) = parse_document(DOCUMENT.encode(), "own.txt", layouts=read_layouts(tmp_path))
    (unit,) = record.units_of_use
    (project,) = unit.projects
    assert (record.department, record.unit) == ("深圳市南山区城市管理局", "万元")
    assert record.totals.total is not None
    assert record.totals.total.printed == "12.00"
    assert [(found.tier2, found.name, found.annual_value) for found in project.indicators] == [
        ("数量指标", "养护面积", "≥3公顷"),
        ("生态效益指标", "成活率", "≥95%"),
    ]
    assert record.account.remainder == 0
    assert not {"header-unknown", "text-unread"} & {found.code for found in record.findings}


def test_a_draft_names_what_it_knows_and_what_it_does_not(tmp_path: Path) -> None:
    text = draft_layout(read_document(DOCUMENT.replace("事项", "项目名称").encode(), "own.txt"))
    path = tmp_path / "draft.toml"
    path.write_text(text, encoding="utf-8")
    draft = tomllib.loads(text)
    assert draft["uses"] == ["project-table"]
    assert draft["signature"] == ["绩效任务书"]
    assert draft["columns"] == {"name": ["项目名称"]}
    assert draft["tier_columns"] == {"tier1": ["一级指标"], "tier2": ["二级指标"]}
    asked = [line for line in text.splitlines() if line.startswith('#   "')]
    assert " ".join(line.split('"')[1] for line in asked) == (
        "牵头单位 拟安排 要达到什么 考核点 今年要到 共计"
    )
    assert read_layout(path).columns.lookup("项目名称") == "name"


def test_a_draft_says_of_each_column_why_it_is_read_so() -> None:
    text = draft_layout(read_document(DOCUMENT.replace("事项", "项目名称").encode(), "own.txt"))
    said = [line for line in text.splitlines() if line.startswith('# - "')]
    assert [line.split('"')[1] for line in said[:4]] == ["项目名称", "拟安排", "要达到什么", "一级指标"]
    assert "name, because [columns] lists the word" in said[0]
    assert all("because" in line for line in said)


def test_a_draft_says_in_both_languages_why_a_given_layout_does_not_fit(tmp_path: Path) -> None:
    reading = read_document(DOCUMENT.encode(), "own.txt")
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    with reading_with(read_layouts(tmp_path)):
        assert "why_not" not in draft_layout(reading)
    (tmp_path / "own.toml").write_text(OWN.replace("事项", "事情"), encoding="utf-8")
    with reading_with(read_layouts(tmp_path)):
        text = draft_layout(reading)
    told = [line for line in text.splitlines()[:8] if line.startswith("#")]
    assert told[0].startswith('# why_not: the layout "own"')
    assert "it lacks name" in " ".join(told)
    assert "缺 name" in " ".join(told)
    tomllib.loads(text)


def test_without_it_nothing_is_guessed() -> None:
    with pytest.raises(BudgetkgError, match="no performance table found"):
        parse_document(DOCUMENT.encode(), "own.txt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("form = ", "own.toml: "),
        ('form = "project-table"', "no layout"),
        ('form = "project-table"\nuses = ["nothing"]', "no shared table"),
        ('uses = ["project-table"]\n[columns]\ntotle = ["合计"]', "has no field 'totle' .*total"),
        ('uses = ["project-table"]\n[column]\ntotal = ["合计"]', "no table or entry 'column' .*columns"),
        ('uses = ["project-table"]\n[furniture]\nlabel = ["经手"]', "'label' .*labels"),
    ],
)
def test_a_broken_layout_says_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BudgetkgError, match=reason):
        read_layouts(tmp_path / "own.toml")


@pytest.mark.parametrize(
    "printed",
    [
        "年度目标值",
        "2024年度目标值",
        "年度目标值（必填）",
        "★年度 目标值：",
        "3.年度目标值",
        "【必填】年度目标值(10分)",
    ],
)
def test_a_header_is_known_whatever_marks_it_carries(printed: str) -> None:
    assert Names({"annual_value": ("年度目标值",)}).lookup(printed) == "annual_value"


@pytest.mark.parametrize("printed", ["上年目标值", "目标值", "年度目标值说明", ""])
def test_another_header_is_not(printed: str) -> None:
    assert Names({"annual_value": ("年度目标值",)}).lookup(printed) is None


def test_the_fullest_spelling_is_compared_first() -> None:
    assert spellings("2024年指标值（中期）")[0] == "2024年指标值(中期)"
