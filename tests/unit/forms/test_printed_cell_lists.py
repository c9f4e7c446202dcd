"""Lists of indicators inside the cells of a printed page: a line break may part items, or wrap one."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

XS = (20, 90, 150, 230, 570)
HEADS = ["项目名称", "预算金额", "绩效目标", "绩效指标"]
FACTS = [("修剪行道树数量", "≥400株"), ("巡查绿地次数", "12次")]


def record(cell: str) -> DocumentRecord:
    sheet = Sheet().text(220, 40, "2024年项目支出绩效目标表", 14)
    sheet.text(40, 64, "部门名称：天河区城市管理局").text(420, 64, "单位：万元")
    sheet.table(XS, 84, [HEADS, ["绿地养护", "9.00", "养护辖区绿地。", cell]])
    (found,) = parse_document(printed(sheet), "a.pdf")
    assert found.account.remainder == 0
    return found


@pytest.mark.parametrize(
    "cell",
    [
        "【产出指标-数量指标】修剪行道树数量：≥400株\n巡查绿地次数：12次",
        "【产出指标-数量指标】修剪行道树数量：≥4\n00株\n巡查绿地次数：12次",
        "【产出指标-数量指标】修剪行道树数量：≥400\n株\n巡查绿地次数：1\n2次",
        "【产出指标-数量指标】修剪行道树数量：≥400株；巡查绿\n地次数：12次",
    ],
)
def test_a_name_with_its_figure_below_another_is_an_item(cell: str) -> None:
    ((project,),) = (unit.projects for unit in record(cell).units_of_use)
    assert [(one.name, one.annual_value) for one in project.indicators] == FACTS


def test_a_further_name_inside_a_value_is_quoted() -> None:
    found = record("【产出指标-数量指标】修剪行道树数量：≥400株巡查绿\n地次数：12次")
    ((project,),) = (unit.projects for unit in found.units_of_use)
    assert project.indicators == ()
    assert any("巡查绿" in one.evidence[0].quote for one in found.findings if one.evidence)
