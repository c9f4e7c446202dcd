"""Goals and indicators printed apart, in rows of heights of their own: the sums say which row is whose."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

NAMES = (
    ("项目名称", "总计", "财政拨款"),
    ("合计", "9.00", "9.00"),
    ("青年宫", "4.00", "4.00"),
    ("球场修缮", "3.00", "3.00"),
    ("乐队\n排练", "1.00", "1.00"),
    ("书画院", "5.00", "5.00"),
    ("年度\n画展", "5.00", "5.00"),
)
TWO_LEVELS = (("项目名称", "预算金额", ""), ("", "总计", "财政拨款"), *NAMES[1:])
BLOCK = "1、1-产出指标；11-数量指标；{0}；实施周期指标值:{1}次；年度指标值:{1}次。"
GOALS = ("绩效目标", "", "", "球场可用", "每周\n一练", "", "春秋\n各办\n一次")
BLOCKS = ("绩效指标", "", "", BLOCK.format("巡查", 12), BLOCK.format("排练", 50), "", BLOCK.format("画展", 2))
EXPECTED = [
    ("球场修缮", "球场可用", "12次"),
    ("乐队排练", "每周一练", "50次"),
    ("年度画展", "春秋各办一次", "2次"),
]


def names(rows: Sequence[Sequence[str]] = NAMES) -> list[Sheet]:
    """The first run; its header is printed on both of its pages, its second level under a merged cell."""
    first, second = Sheet(), Sheet()
    first.text(200, 20, "项目支出绩效目标表", 14)
    first.text(40, 42, "部门名称：白云区文化局").text(380, 42, "单位：万元")
    first.table((40, 150, 220, 300), 60, rows[:-2])
    second.table((40, 150, 220, 300), 60, [rows[0], *rows[-2:]] if rows[0] == NAMES[0] else rows[-2:])
    return [first, second]


def run(*columns: Sequence[str]) -> Sheet:
    xs = (40, 200, 800)[: len(columns) + 1] if len(columns) > 1 else (40, 700)
    sheet = Sheet(842)
    sheet.table(xs, 60, list(zip(*columns, strict=True)), step=17)
    return sheet


def read(*sheets: Sheet) -> DocumentRecord:
    (record,) = parse_document(printed(*sheets), "sample.pdf")
    assert record.account.remainder == 0
    return record


def facts(record: DocumentRecord) -> list[tuple[str, str | None, str | None]]:
    return [
        (project.name, project.goal, next((found.annual_value for found in project.indicators), None))
        for unit in record.units_of_use
        for project in unit.projects
    ]


@pytest.mark.parametrize("runs", [((GOALS, BLOCKS),), ((GOALS,), (BLOCKS,))], ids=["one run", "two runs"])
@pytest.mark.parametrize("rows", [NAMES, TWO_LEVELS], ids=["one level", "two levels"])
def test_runs_come_back_to_the_projects_that_the_sums_leave_over(
    runs: Sequence[Sequence[Sequence[str]]], rows: Sequence[Sequence[str]]
) -> None:
    record = read(*names(rows), *(run(*columns) for columns in runs))
    assert facts(record) == EXPECTED
    codes = [finding.code for finding in record.findings]
    assert codes.count("columns-split") == len(runs)
    assert "text-unread" not in codes


SHORT = tuple(cell for cell in GOALS if cell)
MOVED = ("绩效目标", "", "球场可用", "每周\n一练", "", "", "春秋\n各办\n一次")


@pytest.mark.parametrize("goals", [SHORT, MOVED], ids=["the sums have no rows", "a unit has a goal"])
def test_goals_that_the_sums_do_not_place_are_reported(goals: Sequence[str]) -> None:
    record = read(*names(), run(goals))
    assert [goal for _, goal, _ in facts(record)] == [None] * 3
    unread = [dict(found.params)["text"] for found in record.findings if found.code == "text-unread"]
    assert unread == ["球场可用", "每周一练", "春秋各办一次"]


def test_goals_beside_indicators_are_none_of_the_last_project() -> None:
    goals = ("绩效目标", "球场可用", "每周一练", "春秋各办一次")
    blocks = ("绩效指标", *(block for block in BLOCKS[1:] if block))
    record = read(*names(), run(goals, blocks))
    assert [goal for _, goal, _ in facts(record)] == [None] * 3
    assert [value for _, _, value in facts(record)] == ["12次", "50次", "2次"]


@pytest.mark.parametrize("merged", [False, True], ids=["of another project", "of the project above"])
def test_indicators_counted_from_one_again_are_another_project_unless_the_name_covers_them(
    merged: bool,
) -> None:
    sheet = Sheet(1100)
    sheet.text(200, 20, "项目支出绩效目标表", 14)
    sheet.text(40, 42, "部门名称：白云区文化局").text(380, 42, "单位：万元")
    top = [[*NAMES[0], GOALS[0], BLOCKS[0]], ["球场修缮", "3.00", "3.00", "球场可用", BLOCKS[3]]]
    at = sheet.table((40, 150, 220, 300, 400, 1000), 60, top, lower=not merged)
    if merged:
        sheet.line(150, at, 1000, at)
    sheet.table((40, 150, 220, 300, 400, 1000), at, [["", "", "", "每周一练", BLOCKS[4]]], upper=False)
    record = read(sheet)
    ((name, goal, value),) = facts(record)
    assert (name, value) == ("球场修缮", "12次")
    assert goal == ("球场可用每周一练" if merged else "球场可用")
    codes = {finding.code for finding in record.findings}
    assert ("indicators-unmatched" in codes) != merged
