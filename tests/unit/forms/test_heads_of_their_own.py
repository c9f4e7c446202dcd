"""What a line or a head says of itself: a year behind a name, this year's values, a form that begins."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import project, read

from budgetkg.forms import parse_document

LEVELS = """
项目名称|舆情监测^6
绩效指标~4|一级指标|二级指标|三级指标|{heads}|计算方法
产出指标~2|数量指标|编写专报|45期|48期|按期计数
时效指标|回复时限|6个工作日|5个工作日|平均时间
效益指标|社会效益指标|诉求解决率|91%|93%|抽查
"""
MATRIX = """
项目名称~2|预算数~2|绩效目标~2|产出指标^{outputs}|效益指标^1|满意度指标
{seconds}|社会效益指标|服务对象满意度指标
妇女维权|8.00|受理来访。|{cells}|受助妇女≥40人|妇女满意度≥90%
公益培训|5.50|开办培训班。|{cells}|受益儿童≥90人|家长满意度≥92%
"""
STACKED = """
预算单位|尼勒县畜牧站^2|项目名称|{first}
年度资金总额（万元）|86|其中：财政拨款（万元）|86|其他资金（万元）：0
一级指标|二级指标|三级指标|指标值^2
产出指标~2|数量指标|免疫羊只数量|≥45万只^2
质量指标|抗体合格率|≥70%^2
"""


@pytest.mark.parametrize(
    "heads", ["上年度实际水平|本年度计划水平", "上年水平|本年水平", "去年情况|今年安排", "上一年度|当年"]
)
def test_this_years_column_beside_the_last_years_holds_the_targets(heads: str) -> None:
    rows = project(read("2018年项目支出绩效目标表", LEVELS.format(heads=heads))).indicators
    assert [(row.name, row.annual_value) for row in rows] == [
        ("编写专报", "48期"), ("回复时限", "5个工作日"), ("诉求解决率", "93%"),
    ]  # fmt: skip


def test_a_last_years_column_alone_makes_no_target() -> None:
    table = LEVELS.format(heads="上年度实际水平|前年水平")
    rows = project(read("2018年项目支出绩效目标表", table)).indicators
    assert {row.annual_value for row in rows} <= {None}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_both_tiers_over_a_column_of_cells_are_its_indicators(count: int) -> None:
    seconds = ("数量指标", "质量指标", "时效指标")[:count]
    cells = ("宣传活动≥6场", "办结率≥98%", "及时率≥95%")[:count]
    table = MATRIX.format(outputs=count, seconds="|".join(seconds), cells="|".join(cells))
    record = read("2023年项目支出绩效目标表", table)
    (unit,) = record.units_of_use
    for one in unit.projects:
        assert [row.tier2 for row in one.indicators] == [*seconds, "社会效益指标", "服务对象满意度指标"]
        firsts = ["产出指标"] * count + ["效益指标", "满意度指标"]
        assert [row.tier1 for row in one.indicators] == firsts


def test_a_row_that_names_whose_the_next_project_is_begins_its_form() -> None:
    both = STACKED.format(first="布病防控") + STACKED.format(first="良种补助").lstrip("\n")
    projects = [one for unit in read("2022年项目支出绩效目标表", both).units_of_use for one in unit.projects]
    assert [(one.name, len(one.indicators)) for one in projects] == [("布病防控", 2), ("良种补助", 2)]


@pytest.mark.parametrize("line", ["单位名称：双河县应急局 2023年度", "部门名称：双河县应急局（2023年度）",
                                  "预算部门：双河县应急局　2023年　金额单位：元"])  # fmt: skip
@pytest.mark.parametrize("title", ["项目支出绩效目标表", "部门整体支出绩效目标表"])
def test_a_year_behind_an_organisation_is_the_forms(line: str, title: str) -> None:
    head = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
    page = f"{title}\n\n{line}\n\n{head}|---|---|---|---|\n|产出指标|数量指标|巡查次数|12次|\n"
    (record,) = parse_document(page.encode(), "a.md")
    said = [record.department, *(unit.name for unit in record.units_of_use)]
    assert record.year == 2023
    assert "双河县应急局" in said
    assert not any(name and "2023" in name for name in said)


@pytest.mark.parametrize("subject", ["少数民族发展资金", "农村公路养护补助", "基层办案经费", "部门预算"])
def test_the_heading_of_a_letter_that_hands_down_money_prints_the_year(subject: str) -> None:
    page = (
        f"双河县财政局文件\n\n关于下达2021年中央{subject}的通知\n\n项目支出绩效目标表\n\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n|产出指标|数量指标|扶持村数|2个|\n"
    )
    (record,) = parse_document(page.encode(), "a.md")
    assert record.year == 2021
