"""Forms met later: several labels on a line, weights of tiers, rows of remarks, periods in a column."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.forms.test_audited_forms import HEAD, NAMES, ROWS, form, indicators, page, read

LINES = ["项目支出绩效目标表", "（2023年度）", "单位：万元"]


def project(found: Any) -> Any:
    """Its only project."""
    ((one,),) = [unit["projects"] for unit in found["units_of_use"]]
    return one


def codes(found: Any) -> list[str]:
    """The findings' codes."""
    return [finding["code"] for finding in found["findings"]]


@pytest.mark.parametrize("gap", ["　　", "　", "<br>"])
def test_labels_on_one_line_are_parted(gap: str) -> None:
    line = gap.join(["项目名称：桥梁检测", "项目单位：青田县公路站", "评价年度：2022年"])
    found = read(page([HEAD, *ROWS], ["项目支出绩效评价指标体系评分表", line]))
    assert found["title"] == "项目支出绩效评价指标体系评分表"
    assert found["year"] == 2022
    assert [unit["name"] for unit in found["units_of_use"]] == ["青田县公路站"]
    assert project(found)["name"] == "桥梁检测"


def test_a_goal_that_holds_a_label_and_colons_stays_whole() -> None:
    goal = (
        "完成检测： 实施单位：按合同验收，逐桥建立档案并报告病害，形成全县桥梁技术状况数据库，"
        "为后续养护安排提供依据。"
    )
    rows = form(HEAD, ROWS)
    rows[3] = ["年度目标", (goal, 4)]
    assert project(read(page(rows, LINES)))["goal"] == goal


def weighed(total: list[Any]) -> Any:
    """A system of indicators whose tiers have weights of their own, and its sum."""
    return read(
        page(
            [
                ["项目名称", ("桥梁检测", 7)],
                ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "目标值", "得分"],
                [("产出", 1, 2), ("60", 1, 2), "数量", "30", "检测座数", "30", "12座", "30"],
                ["质量", "30", "报告合格率", "30", "100%", "28"],
                ["效益", "40", "社会效益", "40", "通行安全", "40", "提高", "38"],
                total,
            ],
            LINES,
        )
    )


@pytest.mark.parametrize(
    "total", [["合计", "100", "", "", "", "", "", "96"], [("总计", 4), "", "100", "", "96"]]
)
def test_a_sum_of_weights_is_no_amount(total: list[Any]) -> None:
    found = project(weighed(total))
    assert found["total"] is None
    assert [(one["name"], one["weight"], one["score"]) for one in found["indicators"]] == [
        ("检测座数", "30", "30"), ("报告合格率", "30", "28"), ("通行安全", "40", "38"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "marks", [("（选填）", "（必填）"), ("【自动生成】", "【手工填写】"), ("[1]", "[选择]")]
)
def test_a_row_of_remarks_below_the_header_is_no_indicator(marks: tuple[str, str]) -> None:
    hints = [marks[0], marks[0], marks[1], marks[1]]
    assert [one["name"] for one in indicators(read(page(form(HEAD, [hints, *ROWS]), LINES)))] == NAMES


@pytest.mark.parametrize("head", ["指标类型", "指标类别名称", "目标"])
def test_a_column_that_says_the_period_settles_its_values(head: str) -> None:
    rows = [
        [head, "一级指标", "二级指标", "三级指标", "指标值"],
        ["长期绩效指标", "产出指标", "数量指标", "检测座数", "36座"],
        [("年度绩效指标", 1, 2), "产出指标", "数量指标", "检测座数", "12座"],
        ["效益指标", "社会效益指标", "通行安全", "提高"],
    ]
    found = indicators(read(page([["项目名称", ("桥梁检测", 4)], *rows], LINES)))
    assert [(one["name"], one["period_value"], one["annual_value"]) for one in found] == [
        ("检测座数", "36座", "12座"), ("通行安全", None, "提高"),
    ]  # fmt: skip


def test_what_was_reached_stands_in_a_row_below_the_goal() -> None:
    found = read(page(form(HEAD, ROWS, extra=[["完成情况", ("已检测11座。", 4)]]), LINES))
    assert project(found)["goal_reached"] == "已检测11座。"
    assert "header-unknown" not in codes(found)


def test_money_that_records_have_no_field_for_may_be_what_the_sources_lack() -> None:
    rows = form(HEAD, ROWS, extra=[["其中：中央资金", ("10.00", 4)], ["其他资金", ("2.00", 4)]])
    assert "total-not-reconciled" not in codes(read(page(rows, LINES)))
    rows = form(HEAD, ROWS, extra=[["其他资金", ("2.00", 4)]])
    assert "total-not-reconciled" in codes(read(page(rows, LINES)))


@pytest.mark.parametrize(
    "title", ["项目支出绩效运行监控表", "项目支出绩效跟踪监控情况表", "项目支出绩效评价指标体系打分表"]
)
def test_titles_of_monitoring_and_scoring(title: str) -> None:
    found = read(page(form(HEAD, ROWS), [f"2023年{title}", LINES[2]]))
    assert (found["title"], found["year"]) == (f"2023年{title}", 2023)


@pytest.mark.parametrize("side", [("资金来源", "金额"), ("来源", "数额")])
def test_amounts_in_a_row_with_a_label_below_a_row_of_sources(side: tuple[str, str]) -> None:
    rows = form(HEAD, ROWS)
    rows[2:3] = [[side[0], "合计", "财政拨款", "其他资金"], [side[1], "12.00", "10.00", "2.00"]]
    one = project(read(page(rows, LINES)))
    assert (one["total"], one["fiscal_appropriation"], one["other"]) == ("12.00", "10.00", "2.00")


@pytest.mark.parametrize("label", ["本年度项目金额", "当年预算安排总额", "年度项目支出预算"])
def test_a_label_of_the_year_and_words_for_money_is_the_total(label: str) -> None:
    rows = form(HEAD, ROWS)
    rows[2] = [label, ("12.00", 2), "其中财政拨款", "10.00"]
    one = project(read(page(rows, LINES)))
    assert (one["total"], one["fiscal_appropriation"]) == ("12.00", "10.00")


def test_a_unit_that_is_an_organisation_is_no_money_unit() -> None:
    lines = [*LINES[:2], "单位：青田县林业局　　　单位：万元"]
    found = read(page([form(HEAD, ROWS)[0], *form(HEAD, ROWS)[2:]], lines))
    assert (found["unit"], found["department"]) == ("万元", "青田县林业局")
