"""What stands in several cells and is one value, and labels that are printed twice or stand empty."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, project, read

TITLE = "2024年项目支出绩效目标表"
HEAD = "项目名称|路灯改造^5\n主管部门|天河区城市管理局^5\n年度资金总额（万元）|120^5\n"
TIERS = "年度目标|改造路灯。^5\n一级指标|二级指标|三级指标^3|指标值\n产出指标|数量指标|改造路灯^3|≥20盏"
DEPARTMENT = "2024年部门整体绩效目标表"


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ("2023年1月^2|至|2023年12月^2", "2023年1月至2023年12月"),
        ("2023年1月^2|到|2023年12月^2", "2023年1月到2023年12月"),
        ("2023年1月^2|—|2023年12月^2", "2023年1月—2023年12月"),
        ("2023年1月至^2|2023年12月^3", "2023年1月至2023年12月"),
        ("自2023年1月^2|至2023年12月^3", "自2023年1月至2023年12月"),
        ("起始|2023-01-01|终止|2023-12-31^2", "起始2023-01-01终止2023-12-31"),
    ],
)
@pytest.mark.parametrize("label", ["项目起止时间", "实施期间"])
def test_a_span_of_time_over_several_cells_is_one_value(label: str, cells: str, value: str) -> None:
    record = read(TITLE, f"{HEAD}{label}|{cells}\n{TIERS}")
    assert project(record).attributes == ((label, value),)
    assert codes(record) == []
    head = "部门名称|天河区城市管理局^5\n预算总额（万元）|120^5\n"
    record = read(DEPARTMENT, f"{head}{label}|{cells}\n{TIERS}")
    assert record.attributes == ((label, value),)
    assert codes(record) == []


def test_amounts_are_no_span_of_time() -> None:
    record = read(TITLE, f"{HEAD}其中：财政拨款^2|100|其他资金|20^2\n{TIERS}")
    assert project(record).amounts.other is not None
    assert codes(record) == []


PARTS = {"财政拨款 其中:上年结转": "10", "其他资金 其中:上年结转": "5"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("财政拨款^2|100|其中：上年结转|10^2\n其他资金^2|20|其中：上年结转|5^2\n", PARTS),
        ("财政拨款|100^5\n其中：上年结转|10^5\n其他资金|20^5\n其中：上年结转|5^5\n", PARTS),
        ("财政拨款|100^5\n其中：上年结转|10^5\n其他资金|20^5\n", {"其中:上年结转": "10"}),
    ],
)
def test_one_label_printed_twice_says_below_which_source(rows: str, said: dict[str, str]) -> None:
    record = read(TITLE, HEAD + rows + TIERS)
    assert dict(project(record).attributes) == said
    record = read(DEPARTMENT, "部门名称|天河区城市管理局^5\n预算总额（万元）|120^5\n" + rows + TIERS)
    groups = [line.group for line in record.budget if "上年结转" in line.label]
    assert groups == (["财政拨款", "其他资金"] if len(said) > 1 else [None])
    assert codes(record) == []


def test_heads_over_heads_of_money_are_told_apart() -> None:
    head = "项目名称|路灯改造^5\n资金来源（万元）~3|年度资金总额~2|财政拨款^2|其他资金^2\n"
    found = project(read(TITLE, f"{head}本年|上年结转|本年|上年结转\n120|90|10|15|5\n{TIERS}"))
    assert found.amounts.total
    assert found.amounts.total.printed == "120"
    assert dict(found.attributes) == {"财政拨款 本年": "90", "财政拨款 上年结转": "10",
                                      "其他资金 本年": "15", "其他资金 上年结转": "5"}  # fmt: skip


def test_columns_of_one_header_are_told_apart_by_what_heads_them() -> None:
    table = """序号~2|项目名称~2|资金总额（万元）~2|财政拨款^2|其他资金^2|绩效目标~2
上年结余|上年结转|上年结余|上年结转
1|路灯改造|100|60|10|25|5|改造路灯。
2|公厕保洁|20|10|5|3|2|保洁公厕。"""
    record = read("2024年部门预算项目绩效目标表", table)
    first = dict(record.units_of_use[0].projects[0].attributes)
    assert first["财政拨款 上年结转"] == "10"
    assert first["其他资金 上年结转"] == "5"


def test_labels_of_money_without_an_amount_say_nothing() -> None:
    rows = "部门名称|天河区城市管理局^5\n部门预算（万元）~3|预算总额|120|财政拨款|100|\n"
    record = read(DEPARTMENT, rows + "专户资金||其他资金|20|\n上级补助||经营收入||\n" + TIERS)
    assert codes(record) == []
    record = read(TITLE, f"{HEAD}单位自筹（万元）||社会投入^4\n{TIERS}")
    assert project(record).attributes == ()
    assert codes(record) == ["text-unread"]
