"""Columns of indicators told by where they stand and what is in them, among projects and under old values."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, facts, project, read

PROJECTS = """
单位代码~2|项目名称~2|资金总额~2|绩效目标~2|绩效指标^8
一级指标|二级指标|三级指标|指标值|指标值内容|度量单位|指标值类型|备注
601001~3|路灯改造~3|60.00~3|改造路灯。~3|产出指标~2|数量指标|改造路灯|120|全年改造数量|盏|≥|
质量指标|验收合格率|98|验收记录|%|≥|抽查
效益指标|社会效益指标|夜间亮灯率|95|巡查记录|%|=|
"""
YEARS = """
项目名称|路灯改造^7
主管部门|天河区城市管理局^3|实施单位|天河区市政所^3
年度总体目标|改造路灯120盏。^7
长期绩效指标~3|一级指标|二级指标|三级指标|指标值^3|指标值确定依据
产出指标~2|数量指标|路灯总数|900盏^3|规划
质量指标|平均亮灯率|98%^3|规划
年度绩效指标~4|一级指标~2|二级指标~2|三级指标~2|指标值^3|指标值确定依据~2
前年|上年|预计当年实现
产出指标~2|数量指标|改造路灯|80盏|100盏|120盏|计划
质量指标|验收合格率|95%|96%|98%|历史
"""


def test_a_strange_header_among_the_indicators_is_told_by_its_signs() -> None:
    record = read("2024年项目支出绩效目标表", PROJECTS)
    rows = [facts(row) for row in project(record).indicators]
    assert [row["operator"] for row in rows] == ["≥", "≥", "="]
    assert [row["explanation"] for row in rows] == ["全年改造数量", "验收记录", "巡查记录"]
    assert [row["annual_value"] for row in rows] == ["120", "98", "95"]
    assert [row.get("note") for row in rows] == [None, "抽查", None]
    assert "header-unknown" not in [found.code for found in record.findings
                                    if found.values.get("header") != "单位代码"]  # fmt: skip


@pytest.mark.parametrize("heads", ["前年|上年|预计当年实现", "上一年|去年|今年计划"])
def test_beside_the_values_of_earlier_years_stands_that_of_the_year(heads: str) -> None:
    record = read("2024年项目支出绩效目标表", YEARS.replace("前年|上年|预计当年实现", heads))
    rows = project(record).indicators
    assert [(row.name, row.period_value, row.annual_value) for row in rows] == [
        ("路灯总数", "900盏", None), ("平均亮灯率", "98%", None),
        ("改造路灯", None, "120盏"), ("验收合格率", None, "98%"),
    ]  # fmt: skip
    earlier = [found.values["text"] for found in record.findings if found.code == "header-unknown"]
    assert {"80盏；95%", "100盏；96%"} <= set(earlier)


def test_a_sum_beside_blanks_is_one_as_where_its_cell_is_merged() -> None:
    table = """
项目名称|路灯改造^4
绩效指标|一级指标|二级指标|三级指标|指标值|分值
|产出指标|数量指标|改造路灯|120盏|60
||质量指标|验收合格率|98%|40
总分|||||100
"""
    record = read("2024年项目支出绩效目标表", table)
    assert ("总分 分值", "100") in project(record).attributes
    assert "header-unknown" not in codes(record)


def test_tiers_beside_headers_printed_again_hold_for_the_rows_beside_them() -> None:
    table = """
项目名称|路灯改造^4
主管部门|天河区城市管理局^2|实施单位|天河区市政所
长期绩效目标~5|产出指标~3|指标内容|指标值|备注
路灯总数|900盏|
平均亮灯率|98%|
效益指标~2|指标内容|指标值|备注
夜间事故降幅|20%|
年度绩效目标~4|产出指标~2|指标内容|指标值|备注
改造路灯|120盏|
效益指标~2|指标内容|指标值|备注
群众满意率|≥95%|
"""
    record = read("2024年项目支出绩效目标申报表", table)
    rows = project(record).indicators
    assert [(row.tier1, row.name, row.period_value, row.annual_value) for row in rows] == [
        ("产出指标", "路灯总数", "900盏", None),
        ("产出指标", "平均亮灯率", "98%", None),
        ("效益指标", "夜间事故降幅", "20%", None),
        ("产出指标", "改造路灯", None, "120盏"),
        ("效益指标", "群众满意率", None, "≥95%"),
    ]
    assert "header-unknown" not in codes(record)


@pytest.mark.parametrize(
    ("head", "reached"),
    [
        ("1-8月完成值", None),
        ("上半年实际完成值", None),
        ("1-12月实际完成值", "11公里"),
        ("实际完成值", "11公里"),
    ],
)
def test_what_a_part_of_the_year_reached_is_not_what_was_reached(head: str, reached: str | None) -> None:
    rows = f"一级指标|二级指标|三级指标|年度指标值|{head}\n产出指标|数量指标|维修渠道|12公里|11公里"
    record = read("项目支出绩效运行监控表", HEAD, rows)
    (row,) = project(record).indicators
    assert (row.annual_value, row.actual_value) == ("12公里", reached)
    quoted = [dict(found.params) for found in record.findings if found.code == "header-unknown"]
    assert any(found["text"] == "11公里" for found in quoted) == (reached is None)
