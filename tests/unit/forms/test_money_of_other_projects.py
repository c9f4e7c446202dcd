"""What stands in another project's row makes up nothing that this one's sources lack."""

from __future__ import annotations

import pytest

from budgetkg.forms import parse_document

_PAGE = (
    "<meta charset='utf-8'><h1>2024年项目支出绩效目标表</h1><p>部门名称：甲县水务局</p><table>"
    "<tr><td>项目名称</td><td>总计</td><td>财政拨款</td><td>其他资金</td><td>旧档数</td><td>绩效目标</td></tr>"
    "<tr><td>清淤</td><td>10.00</td><td>7.00</td><td>{other}</td><td></td><td>清理河道。</td></tr>"
    "<tr><td>巡河</td><td>5.00</td><td>5.00</td><td>0.00</td><td>3.00</td><td>每月巡河。</td></tr></table>"
)


@pytest.mark.parametrize(("other", "said"), [("0.00", 1), ("3.00", 0)])
def test_a_total_that_another_row_would_make_up_is_still_wrong(other: str, said: int) -> None:
    (record,) = parse_document(_PAGE.format(other=other).encode(), "a.html")
    assert [project.name for unit in record.units_of_use for project in unit.projects] == ["清淤", "巡河"]
    found = [dict(one.params) for one in record.findings if one.code == "total-not-reconciled"]
    assert len([one for one in found if one["what"].endswith("清淤")]) == said
