"""A table that goes on elsewhere, and a table of a sheet's further columns, which doesn't."""

from __future__ import annotations

from tests.unit.forms.grids import HEAD, project, read

TITLE = "2024年度项目支出绩效自评表"
FIRST = """
三级指标|计划指标值|实际完成值
改造路灯|≥120盏|121盏
夜间亮灯率|≥98%|99%
"""
GOES_ON = """
故障修复时间|≤2小时|1小时
市民满意度|≥90%|92%
"""
FURTHER = """
执行率|得分|
100%|10|
权重|得分|偏差原因
20|20|
20|20|
"""


def test_a_table_goes_on_with_further_names() -> None:
    names = [one.name for one in project(read(TITLE, HEAD, FIRST, GOES_ON)).indicators]
    assert names == ["改造路灯", "夜间亮灯率", "故障修复时间", "市民满意度"]


def test_the_further_columns_of_a_wide_sheet_are_no_indicators() -> None:
    names = [one.name for one in project(read(TITLE, HEAD, FIRST, FURTHER)).indicators]
    assert names == ["改造路灯", "夜间亮灯率"]


PROJECTS = """
项目名称|预算金额（万元）|年度绩效目标|备注
路灯改造|60.00|改造路灯120盏。|
桥梁照明|20.00|点亮三座桥。|
"""
TIERS = """
一级指标|二级指标|三级指标|目标值
产出指标~3|数量指标|改造路灯|≥120盏
质量指标~2|一次验收合格率|≥98%
夜间亮灯率|≥98%
效益指标|社会效益指标|投诉下降率|≥10%
"""


def test_the_tiers_of_a_wide_sheet_make_no_projects_and_no_goals() -> None:
    record = read("2024年度项目支出绩效目标表", PROJECTS, TIERS)
    found = [(one.name, one.goal) for unit in record.units_of_use for one in unit.projects]
    assert found == [("路灯改造", "改造路灯120盏。"), ("桥梁照明", "点亮三座桥。")]
    quoted = "".join(place.quote for finding in record.findings for place in finding.evidence)
    assert "夜间亮灯率" in quoted
