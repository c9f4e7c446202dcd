"""Columns that their place and cells tell: targets under any header, second tiers, parted headers."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, project, read

TITLE = "2024年项目支出绩效目标表"
ROWS = [
    ("产出指标|数量指标|更换灯泡", "75只", "≥80只", "90只", "30"),
    ("产出指标|质量指标|亮灯率", "96%", "不低于98%", "99%", "30"),
    ("效益指标|社会效益指标|夜间事故", "5起", "持续下降", "2起", "40"),
]
TARGETS = ["≥80只", "不低于98%", "持续下降"]


def table(heads: str, *at: int) -> str:
    """A table of three indicators with some of the columns behind their names."""
    lines = [f"一级指标|二级指标|三级指标|{heads}"]
    return "\n".join(lines + ["|".join([row[0], *(row[one] for one in at)]) for row in ROWS])


@pytest.mark.parametrize(
    ("heads", "at"),
    [
        ("拟达到水平", (2,)),
        ("上年度实际水平|本年度计划水平", (1, 2)),
        ("现有水平|拟实现水平|分值", (1, 2, 4)),
        ("2023年|2024年|2025年", (1, 2, 3)),
        ("2023年水平|2024年水平", (1, 2)),
        ("要求|分值", (2, 4)),
    ],
)
def test_the_column_of_the_years_targets_under_any_header(heads: str, at: tuple[int, ...]) -> None:
    record = read(TITLE, HEAD, table(heads, *at))
    assert [row.annual_value for row in project(record).indicators] == TARGETS


@pytest.mark.parametrize(
    ("heads", "at"),
    [("甲类水平|乙类水平", (2, 3)), ("参考水平", (2,)), ("佐证材料", (4,)), ("评估期水平", (4,))],
)
def test_what_may_be_another_value_is_quoted(heads: str, at: tuple[int, ...]) -> None:
    record = read(TITLE, HEAD, table(heads, *at))
    assert [row.annual_value for row in project(record).indicators] == [None] * 3
    assert codes(record).count("header-unknown") == len(at)


def test_a_header_over_tiers_and_names_beside_merged_ones() -> None:
    form = """
绩效指标~5|指标名称^2|上年水平~2|今年要求~2|测算口径~2
二级指标|三级指标
数量指标|更换灯泡|75只|≥80只|现场清点
质量指标|亮灯率|96%|不低于98%|亮灯数/总灯数
社会效益指标|夜间事故|5起|持续下降|交警统计
"""
    found = project(read(TITLE, HEAD, form)).indicators
    assert [(row.tier2, row.annual_value) for row in found] == list(
        zip(["数量指标", "质量指标", "社会效益指标"], TARGETS, strict=True)
    )


@pytest.mark.parametrize("head", ["指标类型", "指标分类", "类别"])
def test_a_column_of_second_tiers_under_another_header(head: str) -> None:
    form = f"""
序号|{head}|指标名称|目标值
1|数量指标|更换灯泡|≥80只
2|质量指标|亮灯率|≥98%
3|满意度指标|居民满意度|≥90%
"""
    found = project(read(TITLE, HEAD, form)).indicators
    assert [row.tier2 for row in found] == ["数量指标", "质量指标", "满意度指标"]


def test_second_tiers_across_under_merged_first_ones() -> None:
    form = """
项目名称~2|金额（万元）~2|绩效目标~2|产出指标^2|效益指标^2|满意度指标
数量指标|质量指标|社会效益指标|生态效益指标|服务对象满意度指标
路灯改造|60|改造路灯。|改造路灯：≥80盏|亮灯率：≥98%|夜间事故：下降|无|群众满意度：≥90%
"""
    (unit,) = read("天河区城市管理局2024年项目支出绩效目标批复表", form).units_of_use
    assert [(row.tier1, row.tier2, row.name) for row in unit.projects[0].indicators] == [
        ("产出指标", "数量指标", "改造路灯"),
        ("产出指标", "质量指标", "亮灯率"),
        ("效益指标", "社会效益指标", "夜间事故"),
        ("满意度指标", "服务对象满意度指标", "群众满意度"),
    ]


def test_what_stands_between_a_sign_and_a_unit_is_the_value_of_both() -> None:
    form = """
一级指标|二级指标|三级指标|运算符号|指标内容|度量单位
产出指标|数量指标|更换灯泡|≥|80|只
产出指标|时效指标|完工时间||2024年11月底前|
效益指标|社会效益指标|夜间事故降幅|≥|5|%
"""
    found = project(read(TITLE, HEAD, form)).indicators
    assert [(row.operator, row.annual_value, row.unit) for row in found] == [
        ("≥", "80", "只"),
        (None, "2024年11月底前", None),
        ("≥", "5", "%"),
    ]


def test_of_an_applied_and_an_approved_value_the_approved_one_counts() -> None:
    record = read(TITLE, HEAD, table("申报指标值|批复指标值", 1, 2))
    assert [row.annual_value for row in project(record).indicators] == TARGETS
    assert codes(record) == ["header-unknown"]


def test_a_second_tier_called_as_a_label_is_no_end_of_the_table() -> None:
    form = """
一级指标|二级指标|三级指标|半年（程）指标值|全年（程）指标值
决策~2|项目立项|立项依据充分性|充分|充分
绩效目标|绩效指标明确性|明确|明确
产出|数量指标|更换灯泡|≥40只|≥80只
"""
    record = read(TITLE, HEAD, form)
    assert [(row.name, row.annual_value) for row in project(record).indicators] == [
        ("立项依据充分性", "充分"),
        ("绩效指标明确性", "明确"),
        ("更换灯泡", "≥80只"),
    ]


def test_a_sum_set_under_the_names_is_no_indicator() -> None:
    form = """
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|更换灯泡|80只|80只|60|60
满意度指标|服务对象满意度指标|居民满意度|≥90%|85%|40|37.5
||总分|||100|97.5
"""
    record = read("2024年项目支出绩效自评表", HEAD, form)
    assert [row.name for row in project(record).indicators] == ["更换灯泡", "居民满意度"]
