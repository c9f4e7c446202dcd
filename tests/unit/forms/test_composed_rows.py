"""Rows that words alone would misread: years as columns, tiers that are labels elsewhere, stamps."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import project, read

TIERS = (
    "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|抽检批次|300批次\n效益指标|社会效益指标|事故|0起"
)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("部门名称：沂源县财政局        金额单位：万元", "沂源县财政局"),
        ("部门名称：沂源县财政局（盖章） 2023年  单位：万元", "沂源县财政局"),
        ("填报单位：（盖章）                    单位：万元", None),
    ],
)
def test_a_departments_line_holds_more_than_its_name(line: str, name: str | None) -> None:
    goal = "年度总体目标|保障平稳运行。^3\n"
    record = read("部门整体支出绩效目标表", goal + TIERS, before="", after="")
    assert record.department is None
    record = read("部门整体支出绩效目标表", f"{line}^4\n" + goal + TIERS)
    assert (record.department, record.unit) == (name, "万元")
    assert len(record.indicators) == 2


def test_of_values_of_several_years_the_forms_own_counts() -> None:
    head = "项目名称|灌区配套^5\n年度目标|衬砌渠道。^5\n"
    rows = "一级指标|二级指标|三级指标|2024年指标值|2025年指标值|2026年指标值\n"
    rows += "产出指标|数量指标|渠道长度|15公里|12公里|10公里"
    record = read("2024年项目支出绩效目标表", head + rows)
    (row,) = project(record).indicators
    assert row.annual_value == "15公里"
    quoted = {place.quote for found in record.findings for place in found.evidence}
    assert {"12公里", "10公里"} <= quoted
    (row,) = project(read("项目支出绩效目标表", head + rows)).indicators
    assert row.annual_value is None


@pytest.mark.parametrize("tier", ["绩效目标（10分）", "项目资金", "主管部门"])
def test_a_weighed_row_is_an_indicator_whatever_its_tier_is_called(tier: str) -> None:
    rows = f"""
一级指标|二级指标|三级指标|分值|指标说明|得分
决策（20分）~2|项目立项|立项依据充分性|10|是否符合政策|10
{tier}|目标合理性|10|是否匹配|9
产出（80分）|产出数量|建成数|80|建成个数|80
"""
    found = project(read("养老设施项目绩效评价指标体系", rows))
    assert [(row.name, row.weight) for row in found.indicators] == [
        ("立项依据充分性", "10"), ("目标合理性", "10"), ("建成数", "80"),
    ]  # fmt: skip
    assert found.indicators[1].tier2 == tier
    assert found.goal is None


@pytest.mark.parametrize("line", ["（2023年1-7月）", "（2023年上半年）", "（2023年度）"])
def test_a_line_of_a_part_of_the_year_prints_the_year(line: str) -> None:
    rows = "项目名称|取暖补贴^3\n年度目标|按时发放。^3\n" + TIERS
    record = read("项目支出绩效目标运行监控表", rows, before="")
    assert record.year is None
    record = read(f"项目支出绩效目标运行监控表</p><p>{line}", rows)
    assert (record.year, record.year_printed) == (2023, True)


def test_each_tier_with_its_name_and_its_points() -> None:
    rows = """
一级指标^2|二级指标^2|三级指标^2|指标说明~2|得分~2
名称|分值|名称|分值|名称|分值
投入~2|15~2|目标设定|8|目标合理性|8|是否符合规划|8
预算配置|7|人员控制率|7|在职人数/编制数|7
产出|85|职责履行|85|任务完成率|85|完成数/计划数|80
合计|100||100||100||95
"""
    found = project(read("2022年养老设施项目绩效评价指标体系", rows))
    assert [(row.tier1, row.tier2, row.name, row.weight, row.score) for row in found.indicators] == [
        ("投入", "目标设定", "目标合理性", "8", "8"),
        ("投入", "预算配置", "人员控制率", "7", "7"),
        ("产出", "职责履行", "任务完成率", "85", "80"),
    ]


@pytest.mark.parametrize("word", ["年初目标", "年度目标", "预期目标"])
def test_a_goal_under_a_heading_beside_it(word: str) -> None:
    head = "一、基本情况|项目名称|羊种补贴^2\n"
    goals = f"三、绩效目标~2|{word}|补贴母羊3万只。^2\n完成情况|补贴母羊3.1万只。^2\n"
    found = project(read("2023年项目支出绩效自评表", head + goals + TIERS))
    assert (found.goal, found.goal_reached) == ("补贴母羊3万只。", "补贴母羊3.1万只。")


@pytest.mark.parametrize("line", ["制表日期：2021年1月20日", "说明：金额按批复数填写"])
def test_a_labelled_line_below_a_list_is_no_unit(line: str) -> None:
    rows = (
        "单位名称|项目名称|预算金额|绩效目标|绩效指标\n甲中心|修渠|88|修渠。|产出指标：长度≥3公里。\n"
        + f"{line}^5"
    )
    record = read("2021年项目支出绩效目标表", rows)
    assert [(unit.name, [one.name for one in unit.projects]) for unit in record.units_of_use] == [
        ("甲中心", ["修渠"])
    ]
    assert "goal-missing" not in {found.code for found in record.findings}
