"""A goal in several rows beside its label is read whole: neither its first row nor its last alone."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, project, read

HEAD = """项目名称|路灯改造^5
主管部门|天河区城市管理局^2|实施单位|天河区市政所^2
项目资金（万元）~2|年度资金总额^2|60.00^3
其中：财政拨款^2|60.00^3
"""
TIERS = """一级指标|二级指标|三级指标^2|年度指标值|分值
产出指标~2|数量指标|改造路灯数量^2|≥120盏|60
质量指标|验收合格率^2|≥98%|40"""
WHOLE = "改造路灯120盏。建立巡查制度。提高满意度。"
LABEL, TEXTS = "年度总体目标", ("改造路灯120盏。", "建立巡查制度。", "提高满意度。")
NUMBERED = [f"目标{at}：{text}^5" for at, text in enumerate(TEXTS, 1)]
ROWS = {
    "numbered in the text": f"{LABEL}~3|" + "\n".join(NUMBERED),
    "counted in a column": f"{LABEL}~3|" + "\n".join(f"{at}|{text}^4" for at, text in enumerate(TEXTS, 1)),
    "not numbered": f"{LABEL}~3|" + "\n".join(f"{text}^5" for text in TEXTS),
    "blank under the label": f"{LABEL}|" + "\n|".join(NUMBERED),
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("apart", [False, True], ids=["one table", "indicators in their own"])
def test_a_goal_of_several_rows_is_whole(rows: str, apart: bool) -> None:
    tables = (HEAD + rows, TIERS) if apart else (f"{HEAD}{rows}\n{TIERS}",)
    record = read("2024年项目支出绩效目标表", *tables)
    goal = project(record).goal or ""
    for number in "123":
        goal = goal.replace(f"目标{number}：", "")
    assert goal == WHOLE
    assert [row.name for row in project(record).indicators] == ["改造路灯数量", "验收合格率"]
    assert codes(record) == []


def test_each_goal_keeps_its_own_rows() -> None:
    rows = (
        "年度目标~2|目标1：改造路灯120盏。^5\n目标2：建立巡查制度。^5\n"
        "年度目标完成情况~2|目标1：改造路灯100盏。^5\n目标2：制度已建立。^5\n"
    )
    record = read("2024年项目支出绩效自评表", HEAD + rows + TIERS)
    assert project(record).goal == "目标1：改造路灯120盏。目标2：建立巡查制度。"
    assert project(record).goal_reached == "目标1：改造路灯100盏。目标2：制度已建立。"


def test_headings_beside_the_label_are_no_text_of_the_goal() -> None:
    rows = "年度总体目标~3|预期目标^3|实际完成情况^2\n改造120盏。^3|已改造。^2\n建立制度。^3|已建立。^2\n"
    record = read("2024年项目支出绩效自评表", HEAD + rows + TIERS)
    assert project(record).goal == "改造120盏。建立制度。"
    assert project(record).goal_reached == "已改造。已建立。"


def test_so_is_a_department_s() -> None:
    rows = "部门名称|天河区城市管理局^5\n年度总体目标~2|目标1：改造路灯。^5\n目标2：建立制度。^5\n"
    record = read("2024年部门整体绩效目标表", rows + TIERS)
    assert record.overall_goal == "目标1：改造路灯。目标2：建立制度。"
    assert codes(record) == []


def test_a_title_over_goals_of_several_periods_says_nothing_of_the_table_below() -> None:
    """What a page break left of two labels, one of them the head of the goals: the table prints no period."""
    rows = (
        "其他资金总体目标^6\n中期目标（2024年—2026年）^3|年度目标^3\n三年改造路灯。^3|改造路灯120盏。^3\n"
        "一级指标|二级指标|三级指标^2|指标值|分值\n产出指标|数量指标|改造路灯数量^2|≥120盏|100"
    )
    record = read("2024年项目支出绩效目标表", HEAD + rows)
    (row,) = project(record).indicators
    assert (row.annual_value, row.period_value) == ("≥120盏", None)
