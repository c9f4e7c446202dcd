"""Labels with their values on one line, where a dump has lost the blanks between them."""

from __future__ import annotations

import pytest

from budgetkg.forms import parse_document

TABLE = """项目支出绩效目标表
{line}
项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标
合计 10.00 10.00
区文化馆 10.00 10.00
场馆经费 10.00 10.00 场馆开放。
1、1-产出指标；11-数量指标；开放；实施周期指标值:300天；年度指标值:300天。
"""


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("部门名称：甲区文化局（部门） 单位：万元", "甲区文化局（部门）"),
        ("部门名称：甲区文化局（部门）单位：万元", "甲区文化局（部门）"),
        ("部门名称：甲区文化局单位：万元", "甲区文化局"),
        ("部门名称：甲区文化局金额单位：人民币万元", "甲区文化局"),
        ("部门名称：甲区直属单位", "甲区直属单位"),
    ],
)
def test_the_money_unit_is_no_part_of_the_department(line: str, department: str) -> None:
    (record,) = parse_document(TABLE.format(line=line).encode(), "a.txt")
    assert record.department == department
    assert record.unit == ("万元" if "万元" in line else None)
