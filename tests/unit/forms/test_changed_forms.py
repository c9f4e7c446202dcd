"""Applications to change a form: what is printed as 调整前 and as 调整后, of which the second is in force."""

from __future__ import annotations

import pytest
from tests.unit.forms.test_audited_forms import Row, page, read

from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

ACROSS: list[Row] = [["预算金额（万元）", "调整前", "56.00", "调整后", "49.80"]]
DOWN: list[Row] = [
    [("绩效目标", 1, 2), "调整前", ("装路灯320盏。", 3)], ["调整后", ("装路灯285盏。", 3)],
]  # fmt: skip
TURNED: list[Row] = [
    [("绩效目标", 1, 2), "调整后", ("装路灯285盏。", 3)], ["调整前", ("装路灯320盏。", 3)],
]  # fmt: skip
INDICATORS: list[Row] = [
    ["一级指标", "二级指标", "三级指标", "调整前指标值", "调整后指标值"],
    ["产出指标", "数量指标", "装灯数量", "≥320盏", "≥285盏"],
    ["产出指标", "质量指标", "验收合格率", "100%", "98%"],
]


@pytest.mark.parametrize("goals", [DOWN, TURNED])
def test_what_stands_after_the_change_is_the_forms(goals: list[Row]) -> None:
    rows: list[Row] = [["项目名称", ("路灯安装", 4)], ["实施单位", ("青田县城市管理局", 4)], *ACROSS, *goals]
    document = read(page([*rows, *INDICATORS], ["预算项目绩效目标调整申请表", "（2023年度）"]))
    (project,) = document["units_of_use"][0]["projects"]
    assert (project["total"], project["goal"]) == ("49.80", "装路灯285盏。")
    assert [one["annual_value"] for one in project["indicators"]] == ["≥285盏", "98%"]
    assert ["预算金额(万元)调整前", "56.00"] in project["attributes"]
    assert ["绩效目标调整前", "装路灯320盏。"] in project["attributes"]
    told = [finding["params"] for finding in document["findings"] if finding["code"] == "header-unknown"]
    assert [(one["header"], one["text"]) for one in told] == [("调整前指标值", "≥320盏；100%")]
    assert document["account"]["remainder"] == 0


def test_a_list_of_tables_names_no_unit() -> None:
    lines = [
        "青田县司法局2025年部门预算公开表", "表9 “三公”经费预算表", "表12 项目绩效目标表",
        "“三公”经费预算表", "单位：万元", "项目,2024年预算数,2025年预算数", "公务接待费,2.40,2.10",
        "合计,12.00,11.70", "项目绩效目标表", "单位名称,青田县司法局", "项目名称,人民调解", "预算金额,12.00",
        "年度目标,调解纠纷。",
        "一级指标,二级指标,三级指标,指标值", "产出指标,数量指标,调解纠纷件数,≥30件",
    ]  # fmt: skip
    data = "\n".join(line + "," * (3 - line.count(",")) for line in lines).encode()
    (record,) = parse_document(data, "form.csv")
    document = document_json(record, personal=False)
    (unit,) = document["units_of_use"]
    assert (document["department"], unit["name"]) == ("青田县司法局", "青田县司法局")
    assert unit["projects"][0]["total"] == "12.00"
