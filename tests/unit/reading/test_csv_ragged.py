"""Files called CSV whose rows drop the blank fields at their end are tables as well."""

from __future__ import annotations

import codecs

import pytest

from budgetkg.forms import parse_document
from budgetkg.reading.csv_table import ragged_separator_of

_ROWS = (
    ("2024年度项目支出绩效目标申报表",),
    ("项目名称", "图书采购"),
    ("主管部门", "某县文化局"),
    ("项目资金（万元）", "1,250.50"),
    ("总体目标", "购置图书\n充实馆藏"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "购书册数", "≥500册"),
    ("", "质量指标", "合格率", "≥98%"),
)


def _saved(mark: str, end: str = "\n") -> str:
    return "".join(
        mark.join(f'"{field}"' if {",", "\n"} & set(field) else field for field in row) + end for row in _ROWS
    )


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_saved(",").encode(), id="commas"),
        pytest.param(_saved(";").encode(), id="semicolons"),
        pytest.param(codecs.BOM_UTF8 + _saved(",").encode(), id="byte order mark"),
        pytest.param(_saved(",").encode("gb18030"), id="GB 18030"),
        pytest.param(_saved(",", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(_saved(",", "\n\n").encode(), id="blank lines between"),
        pytest.param(_saved(",", ",,,\n").encode(), id="blank fields behind"),
    ],
)
def test_rows_of_several_widths_are_read(data: bytes) -> None:
    (record,) = parse_document(data, "form.csv")
    (project,) = [project for unit in record.units_of_use for project in unit.projects]
    assert (project.name, project.goal) == ("图书采购", "购置图书充实馆藏")
    assert project.amounts.total is not None
    assert project.amounts.total.printed == "1,250.50"
    assert [(one.tier1, one.tier2, one.name, one.annual_value) for one in project.indicators] == [
        ("产出指标", "数量指标", "购书册数", "≥500册"),
        ("产出指标", "质量指标", "合格率", "≥98%"),
    ]


def test_sums_of_money_part_no_fields() -> None:
    assert ragged_separator_of("合计\n基本支出 12,345.00\n项目支出 23,456.00\n其他 4,567.00\n") is None


def test_prose_has_few_rows_of_fields() -> None:
    assert ragged_separator_of("关于预算的说明\n" + "各项资金已落实。\n路灯,围栏已更换。\n" * 5) is None
