"""Tiers as headings over columns of names and values, beside the projects of a table."""

from __future__ import annotations

import itertools

import pytest
from tests.unit.forms.grids import codes, read

from budgetkg.records import DocumentRecord

TITLE = "2024年项目支出绩效目标表"
Rows = list[tuple[str, str | None, str | None, str, str | None]]


def rows_of(record: DocumentRecord) -> Rows:
    """Each indicator with its project's name."""
    return [
        (project.name, row.tier1, row.tier2, row.name, row.annual_value)
        for unit in record.units_of_use
        for project in unit.projects
        for row in project.indicators
    ]


@pytest.mark.parametrize(
    ("name", "value", "merged"),
    list(
        itertools.product(("指标", "指标名称", "指标内容"), ("值", "目标值", "内容", "要求"), (True, False))
    ),
)
def test_the_grid_says_what_stands_beside_a_name(name: str, value: str, merged: bool) -> None:
    head = "项目名称~2|绩效目标~2|" if merged else "项目名称|绩效目标|"
    table = "\n".join([
        f"{head}产出指标^2|效益指标^2|满意度指标^2",
        ("" if merged else "||") + "|".join([name, value] * 3),
        "清运垃圾|清运及时。|清运量|≥900吨|街面整洁|好|居民满意率|≥90%",
        "修补路面|路面平整。|修补面积|300平方米||||",
    ])  # fmt: skip
    record = read(TITLE, table)
    assert rows_of(record) == [
        ("清运垃圾", "产出指标", None, "清运量", "≥900吨"),
        ("清运垃圾", "效益指标", None, "街面整洁", "好"),
        ("清运垃圾", "满意度指标", None, "居民满意率", "≥90%"),
        ("修补路面", "产出指标", None, "修补面积", "300平方米"),
    ]
    assert not {"header-unknown", "text-unread", "tier-blank", "tier-empty"} & set(codes(record))


def test_several_rows_a_project_under_two_levels_of_tiers() -> None:
    table = """
项目名称~3|绩效指标^6
产出指标^4|效益指标^2
二级指标|三级指标|指标值|备注|三级指标|指标值
清运垃圾~2|数量指标|清运量|≥900吨|月报|街面整洁|好
数量指标|清扫面积|≥80万平方米||投诉|减少
"""
    record = read(TITLE, table)
    assert rows_of(record) == [
        ("清运垃圾", "产出指标", "数量指标", "清运量", "≥900吨"),
        ("清运垃圾", "效益指标", None, "街面整洁", "好"),
        ("清运垃圾", "产出指标", "数量指标", "清扫面积", "≥80万平方米"),
        ("清运垃圾", "效益指标", None, "投诉", "减少"),
    ]


def test_second_tiers_head_columns_too() -> None:
    table = """
项目名称~2|数量指标^2|成本指标^2
指标|值|指标|值
清运垃圾|清运量|≥900吨|每吨成本|≤120元
"""
    record = read(TITLE, table)
    assert rows_of(record) == [
        ("清运垃圾", None, "数量指标", "清运量", "≥900吨"),
        ("清运垃圾", None, "成本指标", "每吨成本", "≤120元"),
    ]
