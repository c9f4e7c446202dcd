"""Heads of values side by side: what was promised and what was reached, each over its number and its unit."""

from __future__ import annotations

from tests.unit.forms.grids import HEAD, codes, facts, project, read

TITLE = "2024年度项目支出绩效自评表"
TABLE = """
一级指标~2|二级指标~2|三级指标~2|指标目标值^2|实际完成值^2|分值~2|得分~2
符号及数值|计量单位|数值|计量单位
产出指标（50）~2|数量指标（25）|改造路灯|≥120|盏|118|盏|25|24
时效指标（25）|完成时限|≤10|月|11|月|25|20
效益指标（40）|社会效益指标（40）|夜间亮灯率|≥98|%|99.5|%|40|40
"""


def test_what_was_reached_is_no_target() -> None:
    record = read(TITLE, HEAD, TABLE)
    found = [facts(row) for row in project(record).indicators]
    said = [(row["name"], row["annual_value"], row["unit"], row["actual_value"]) for row in found]
    assert said == [
        ("改造路灯", "≥120", "盏", "118"),
        ("完成时限", "≤10", "月", "11"),
        ("夜间亮灯率", "≥98", "%", "99.5"),
    ]
    assert "tier-unknown" not in codes(record)  # the points behind a tier are the form's


GOALS = """
目标完成情况~2|年度预期目标^2|具体完成情况^2|总体完成率
改造路灯120盏。^2|改造118盏。^2|98%
"""


def test_a_rate_beside_goals_is_kept_under_its_heading() -> None:
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith("年度总体目标"))
    found = project(read(TITLE, head, GOALS, TABLE))
    assert (found.goal, found.goal_reached) == ("改造路灯120盏。", "改造118盏。")
    assert ("总体完成率", "98%") in found.attributes


LAST = """
一级指标|二级指标|三级指标|运算符号|指标值|度量单位
产出指标|数量指标|改造路灯|>=|120|盏
可持续性|体制机制改革|养护办法|=|持续完善|
"""


def test_a_last_row_of_unknown_tiers_with_a_sign_is_an_indicator() -> None:
    assert [row.name for row in project(read(TITLE, HEAD, LAST)).indicators] == ["改造路灯", "养护办法"]


def test_a_last_row_of_unknown_tiers_without_a_sign_is_none() -> None:
    unsigned = LAST.replace("可持续性|体制机制改革|养护办法|=|持续完善|", "制表|甲科|复核||乙科|")
    assert [row.name for row in project(read(TITLE, HEAD, unsigned)).indicators] == ["改造路灯"]


def test_under_a_head_of_values_the_column_that_is_no_sign_is_the_value() -> None:
    table = TABLE.replace("指标目标值^2|实际完成值^2|分值~2|得分~2", "指标值^2")
    table = table.replace("符号及数值|计量单位|数值|计量单位", "符号|数值及单位")
    lines = [line.rsplit("|", 5)[0] if number > 2 else line for number, line in enumerate(table.split("\n"))]
    lines = [
        line.replace("|≥120", "|≥|120盏").replace("|≤10", "|≤|10月").replace("|≥98", "|≥|98%")
        for line in lines
    ]
    rows = [
        facts(row) for row in project(read("2024年度项目支出绩效目标表", HEAD, "\n".join(lines))).indicators
    ]
    assert [(row["operator"], row["annual_value"]) for row in rows] == [
        ("≥", "120盏"),
        ("≤", "10月"),
        ("≥", "98%"),
    ]
