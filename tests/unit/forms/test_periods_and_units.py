"""Blocks of two periods, goals and units by their place: what stands beside, above, under a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.unit.forms.test_audited_forms import HEAD, ROWS, Row, page, read

from budgetkg.forms import parse_document

LINES = ["项目支出绩效目标表", "（2023年度）", "单位：万元"]
NAME: Row = ["项目名称", ("小型水库巡查", 4)]
OWNER: Row = ["主管部门", ("青田县水利局", 4)]
MONEY: Row = ["年度资金总额", ("30", 4)]
GOAL: Row = ["年度目标", ("查清隐患。", 4)]
BOTH = ["一级指标", "二级指标", "三级指标", "指标值"]
LONG = [["产出指标", "数量指标", "巡查水库座数", "90座"], ["效益指标", "社会效益指标", "下游安全", "不出险"]]
YEAR = [["产出指标", "数量指标", "巡查水库次数", "30次"], ["效益指标", "社会效益指标", "下游安稳", "不出险"]]


def document(rows: Sequence[Row], lines: list[str] | None = None) -> Any:
    """What a page with a form of these rows says."""
    return read(page(rows, LINES if lines is None else lines))


def only(found: Any) -> Any:
    """The only project of a document."""
    return found["units_of_use"][0]["projects"][0]


def values(found: Any) -> list[tuple[str, str | None, str | None]]:
    """Name and both values of every indicator."""
    return [(one["name"], one["period_value"], one["annual_value"]) for one in only(found)["indicators"]]


PARTED = [("巡查水库座数", "90座", None), ("下游安全", "不出险", None),
          ("巡查水库次数", None, "30次"), ("下游安稳", None, "不出险")]  # fmt: skip


@pytest.mark.parametrize(
    "block",
    [
        [[("长期绩效指标", 1, 3), *BOTH], *LONG, [("年度绩效指标", 1, 3), *BOTH], *YEAR],
        [[("绩效指标", 1, 1), *BOTH], [("长期绩效指标", 1, 2), *LONG[0]], LONG[1],
         [("年度绩效指标", 1, 2), *YEAR[0]], YEAR[1]],
        [[("长期绩效目标表", 5)], ["目标", *BOTH], *[["一", *row] for row in LONG],
         [("年度绩效目标表", 5)], ["目标", *BOTH], *[["二", *row] for row in YEAR]],
        [[("年度绩效指标", 1, 3), *BOTH], *YEAR, [("中期绩效指标", 1, 3), *BOTH], *LONG],
    ],
)  # fmt: skip
def test_what_stands_beside_a_block_says_whose_values_it_holds(block: Sequence[Row]) -> None:
    found = document([NAME, OWNER, MONEY, GOAL, *block])
    assert sorted(values(found)) == sorted(PARTED)
    assert not [one for one in found["findings"] if one["code"] == "target-missing"]


def test_a_tier_merged_over_both_columns_is_not_blank() -> None:
    rows = [*ROWS, [("满意度指标", 2), "来访者满意度", "≥90%"]]
    found = document([NAME, OWNER, MONEY, GOAL, HEAD, *rows])
    assert only(found)["indicators"][-1]["tier1"] == "满意度指标"
    assert not [one for one in found["findings"] if one["code"] == "tier-blank"]


def test_a_hint_without_a_value_is_no_indicator() -> None:
    rows = [[*row, "10"] for row in ROWS] + [["效益指标", "生态效益指标", "指标1：", "", "/"]]
    found = document([NAME, OWNER, MONEY, GOAL, [*HEAD, "分值"], *rows])
    assert [one["name"] for one in only(found)["indicators"]] == [row[2] for row in ROWS]


def test_a_goal_may_stand_alone_below_its_heading() -> None:
    found = document([NAME, OWNER, MONEY, [("年度绩效目标", 5)], [("查清隐患。", 5)], HEAD, *ROWS])
    assert only(found)["goal"] == "查清隐患。"


def test_headings_of_goals_stand_over_their_texts_without_merged_cells() -> None:
    lines = [
        "项目支出绩效自评表,,,,,",
        "（2023年度）,,,,,",
        "项目名称,,小型水库巡查,,,",
        "主管部门,,青田县水利局,,,",
        "基本情况,1.目标完成情况,项目年度目标,,,目标完成情况",
        ",,查清隐患。,,,已查清。",
        "一级指标,二级指标,三级指标,指标值,完成值,得分",
        "产出指标,数量指标,巡查次数,30次,30次,10",
    ]
    (record,) = parse_document("\n".join(lines).encode(), "form.csv")
    (unit,) = record.units_of_use
    assert (unit.projects[0].goal, unit.projects[0].goal_reached) == ("查清隐患。", "已查清。")


def test_the_unit_that_files_a_form_has_the_money_where_no_other_is_named() -> None:
    lines = ["项目支出绩效目标表", "（2023年度）", "编制单位：212101-青田县水库中心（本级）", "单位：万元"]
    found = document([NAME, OWNER, MONEY, GOAL, HEAD, *ROWS], lines)
    assert found["department"] == "青田县水利局"
    assert found["units_of_use"][0]["name"] == "212101-青田县水库中心（本级）"


def test_a_unit_that_files_a_form_and_is_neither_stays_an_attribute() -> None:
    lines = ["项目支出绩效目标表", "（2023年度）", "填报单位：青田县船寮镇人民政府", "单位：万元"]
    own: Row = ["主管部门", "船寮镇人民政府", "项目单位", ("船寮镇水利站", 2)]
    found = document([NAME, own, MONEY, GOAL, HEAD, *ROWS], lines)
    assert found["attributes"] == [["填报单位", "青田县船寮镇人民政府"]]
    assert found["district"] == "青田县"


def test_a_second_department_of_a_form_has_its_money() -> None:
    heads: list[Row] = [["中央主管部门", ("水利部", 4)],
                        ["省级财政部门", "浙江省财政厅", "省级主管部门", ("浙江省水利厅", 2)]]  # fmt: skip
    found = document([NAME, *heads, MONEY, GOAL, HEAD, *ROWS])
    assert (found["department"], found["units_of_use"][0]["name"]) == ("水利部", "浙江省水利厅")
    assert found["district"] == "浙江省"


def test_a_unit_on_a_line_over_the_form_may_stand_over_a_code() -> None:
    lines = ["项目支出绩效目标表", "单位：万元", "373001青田县残疾人联合会本级"]
    found = document([["项目编码", "13011X", "项目名称", ("康复救助", 2)], MONEY, GOAL, HEAD, *ROWS], lines)
    assert found["department"] == "373001青田县残疾人联合会本级"
    assert ["项目编码", "13011X"] in only(found)["attributes"]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["项目支出绩效目标表", "单位：万元"], [["预算年度：", ("2023", 4)]]),
        (["关于批复2023年部门预算的通知", "项目支出绩效目标批复表", "单位：万元"], []),
    ],
)
def test_the_year_is_printed_beside_its_label_or_in_a_letter(lines: list[str], rows: list[Row]) -> None:
    found = document([NAME, OWNER, *rows, MONEY, GOAL, HEAD, *ROWS], lines)
    assert (found["year"], found["year_printed"]) == (2023, True)


def test_a_place_that_gets_the_money_is_the_place_of_the_document() -> None:
    heads: Row = ["主管部门", "浙江省水利厅", "下达地方或单位", ("浙江省青田县", 2)]
    assert document([NAME, heads, MONEY, GOAL, HEAD, *ROWS])["district"] == "青田县"
