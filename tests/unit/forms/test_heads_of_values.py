"""Heads that say more or less than one field: names with their values, parts of a year, damaged words."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, project, read

from budgetkg.records import DocumentRecord

TITLE = "2024年项目支出绩效目标表"


def values(record: DocumentRecord) -> list[tuple[str, str | None, str | None]]:
    """Each indicator's name with its values."""
    return [(row.name, row.period_value, row.annual_value) for row in project(record).indicators]


@pytest.mark.parametrize(
    "header",
    ["三级指标及指标值", "指标名称和目标值", "三级指标（指标值）", "绩效指标及目标值", "指标内容、指标值"],
)
@pytest.mark.parametrize("parted", ["{}：{}", "{}（{}）", "{}{}"])
def test_a_column_of_names_with_their_values(header: str, parted: str) -> None:
    cells = [parted.format(*fact) for fact in (("更换灯泡", "≥80只"), ("亮灯率", "98%"))]
    table = f"一级指标|二级指标|{header}|备注\n产出指标~2|数量指标|{cells[0]}|\n质量指标|{cells[1]}|路面"
    record = read(TITLE, HEAD, table)
    assert values(record) == [("更换灯泡", None, "≥80只"), ("亮灯率", None, "98%")]
    assert project(record).indicators[1].note == "路面"


def test_what_cannot_be_parted_is_quoted_and_no_tier_is_called_empty() -> None:
    table = """
一级指标|二级指标|三级指标及指标值
产出指标~2|数量指标|更换灯泡80只
时效指标|按合同约定更换灯泡
"""
    record = read(TITLE, HEAD, table)
    assert values(record) == [("更换灯泡", None, "80只")]
    assert codes(record) == ["header-unknown"]
    assert record.findings[0].values["text"] == "按合同约定更换灯泡"


@pytest.mark.parametrize(
    ("heads", "cells", "period", "annual"),
    [
        ("一季度|二季度|三季度|四季度|全年", "10只|20只|20只|30只|80只", None, "80只"),
        ("一季度|二季度|三季度|四季度", "10只|20只|20只|30只", None, None),
        ("年度指标值|第1季度目标值|第2季度目标值", "80只|10只|20只", None, "80只"),
        ("Q1|Q2|Q3|Q4|全年", "10只|20只|20只|30只|80只", None, "80只"),
        ("1-6月|1-12月", "30只|80只", None, "80只"),
        ("上半年|全年", "30只|80只", None, "80只"),
        ("上半年目标值|年度目标值", "30只|80只", None, "80只"),
        ("中期|年度", "300只|80只", "300只", "80只"),
        ("2024年|2025年", "80只|90只", None, "80只"),
        ("年度|指标值", "2024年|80只", None, "80只"),
    ],
)
def test_the_years_value_among_those_of_its_parts(
    heads: str, cells: str, period: str | None, annual: str | None
) -> None:
    table = f"一级指标|二级指标|三级指标|{heads}\n产出指标|数量指标|更换灯泡|{cells}"
    record = read(TITLE, HEAD, table)
    assert values(record) == [("更换灯泡", period, annual)]
    quoted = {found.values["text"] for found in record.findings if found.code == "header-unknown"}
    assert {cell for cell in cells.split("|") if cell not in (period, annual)} <= quoted


@pytest.mark.parametrize("under", ["指标值", "目标值"])
def test_parts_of_a_year_under_one_head(under: str) -> None:
    table = f"""
一级指标~2|二级指标~2|三级指标~2|{under}^5
一季度|二季度|三季度|四季度|合计
产出指标|数量指标|更换灯泡|10只|20只|20只|30只|80只
"""
    assert values(read(TITLE, HEAD, table)) == [("更换灯泡", None, "80只")]


@pytest.mark.parametrize("at", range(4))
def test_a_header_with_one_damaged_character(at: int) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值"]
    printed = heads[at][:-1] + "佰"
    heads[at] = printed
    table = "|".join(heads) + "\n产出指标~2|数量指标|更换灯泡|80只\n质量指标|亮灯率|98%"
    record = read(TITLE, HEAD, table)
    assert [(row.tier1, row.tier2) for row in project(record).indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]
    assert values(record) == [("更换灯泡", None, "80只"), ("亮灯率", None, "98%")]
    assert codes(record) == ["header-damaged"]
    assert record.findings[0].values["printed"] == printed
