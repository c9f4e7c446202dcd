"""What the grid tells where words do not: headers on no list, rows without a header; and what it leaves."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, project, read

from budgetkg.records import Indicator

TITLE = "2024年项目支出绩效目标表"
ROWS = """
产出指标|数量指标|改造路灯|≥120盏^3
 |质量指标|亮灯率|≥98%^3
效益指标|社会效益指标|夜间事故下降|≥10%^3
"""


def indicators(*tables: str) -> tuple[Indicator, ...]:
    return project(read(TITLE, *tables)).indicators


def names(*tables: str) -> list[str]:
    return [row.name for row in indicators(*tables)]


@pytest.mark.parametrize("heads", ["类型|内容|年度目标值^4", "归类|考核什么|目标值^4"])
def test_unlisted_headers_are_told_by_their_cells(heads: str) -> None:
    rows = "数量指标|改造路灯|≥120盏^4\n质量指标|亮灯率|≥98%^4\n时效指标|完工时间|10月底^4"
    found = indicators(HEAD + heads + "\n" + rows)
    assert [(row.tier2, row.name, row.annual_value) for row in found] == [
        ("数量指标", "改造路灯", "≥120盏"),
        ("质量指标", "亮灯率", "≥98%"),
        ("时效指标", "完工时间", "10月底"),
    ]


def test_two_unlisted_headers_beside_tiers_tell_nothing() -> None:
    rows = "数量指标|甲|改造路灯|≥120盏^3\n质量指标|乙|亮灯率|≥98%^3"
    assert not names(HEAD + "归类|何者|何物|目标值^3\n" + rows)


def test_rows_without_a_header_are_read_where_every_value_is_one() -> None:
    found = indicators(HEAD + ROWS.strip().replace(" |", "|"))
    assert [(row.tier1, row.tier2, row.name, row.annual_value) for row in found] == [
        ("产出指标", "数量指标", "改造路灯", "≥120盏"),
        ("产出指标", "质量指标", "亮灯率", "≥98%"),
        ("效益指标", "社会效益指标", "夜间事故下降", "≥10%"),
    ]


def test_rows_without_a_header_are_left_where_a_value_may_be_none() -> None:
    assert not names(HEAD + ROWS.strip().replace(" |", "|").replace("≥98%", "见附件"))


def test_two_rows_without_a_header_are_too_few() -> None:
    assert not names(HEAD + "\n".join(ROWS.strip().replace(" |", "|").split("\n")[:2]))


@pytest.mark.parametrize("period", ["规划期", "政策期", "建设期", "三年期"])
def test_a_period_by_any_name_stands_beside_the_year(period: str) -> None:
    heads = f"一级指标~2|二级指标~2|三级指标~2|指标值^3\n{period}|2024年^2"
    found = indicators(HEAD + heads + "\n产出指标|数量指标|改造路灯|≥300盏|≥120盏^2")
    assert [(row.period_value, row.annual_value) for row in found] == [("≥300盏", "≥120盏")]


@pytest.mark.parametrize("head", ["基期", "上期", "2023年"])
def test_an_earlier_value_is_no_period(head: str) -> None:
    heads = f"一级指标~2|二级指标~2|三级指标~2|指标值^3\n{head}|2024年^2"
    found = indicators(HEAD + heads + "\n产出指标|数量指标|改造路灯|100盏|≥120盏^2")
    assert [(row.period_value, row.annual_value) for row in found] == [(None, "≥120盏")]
