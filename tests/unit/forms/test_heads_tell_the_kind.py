"""What the head of a form prints: whose form it is, the unit below another, money by year and by row."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, project, read

INDICATORS = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|更换灯泡|80只
效益指标|社会效益指标|夜间事故|下降
"""
NAME = "项目名称|路灯改造|主管部门|天河区城市管理局"
GOAL = "年度目标|改造路灯。^3"


@pytest.mark.parametrize("label", ["专项名称", "转移支付名称", "项目名称", "政策名称"])
@pytest.mark.parametrize("title", ["专项转移支付整体绩效目标申报表", "整体绩效目标表"])
def test_a_fund_in_the_head_outranks_the_whole_in_the_title(label: str, title: str) -> None:
    head = f"{label}|路灯节能补助^3\n主管部门|天河区城市管理局|年度金额（万元）|600\n{GOAL}"
    record = read(f"2024年{title}", head + INDICATORS)
    assert (record.form, record.department) == ("project-table", "天河区城市管理局")
    assert project(record).name == "路灯节能补助"
    assert len(project(record).indicators) == 2
    assert "text-unread" not in codes(record)


def test_the_form_of_a_whole_department_stays_one() -> None:
    head = "部门名称|天河区城市管理局^3\n年度总体目标|改造路灯。^3"
    record = read("2024年部门整体支出绩效目标申报表", head + INDICATORS)
    assert record.form == "department-declaration"


@pytest.mark.parametrize(
    ("upper", "lower"), [("一级单位", "二级单位"), ("一级预算部门", "基层预算单位"), ("主管部门", "下属单位")]
)
def test_a_unit_below_another_spends_the_money(upper: str, lower: str) -> None:
    head = f"{upper}|天河区城市管理局|{lower}|天河区路灯管理所\n项目名称|路灯改造|资金总额（万元）|60\n{GOAL}"
    record = read("2024年项目支出绩效目标表", head + INDICATORS)
    assert record.department == "天河区城市管理局"
    assert [unit.name for unit in record.units_of_use] == ["天河区路灯管理所"]


@pytest.mark.parametrize(
    "money",
    [
        "年度金额（万元）|2024年|60|2025年 70",
        "分年度资金（万元）|2024年 60|2025年 70|2026年：80",
        "年度资金总额^2|其中：上级补助|其他资金\n60^2|45|15",
        "项目资金（万元）~2|年度资金总额|财政拨款|社会投入\n60|45|15",
    ],
)
def test_money_by_its_place(money: str) -> None:
    record = read("2024年项目支出绩效目标表", f"{NAME}\n{money}\n{GOAL}{INDICATORS}")
    total = project(record).amounts.total
    assert total is not None
    assert total.value == 60
    assert not {"amount-blank", "amount-unreadable", "total-not-reconciled"} & set(codes(record))


@pytest.mark.parametrize("label", ["纳入财政专户管理的收入：", "专户核拨资金", "其中：教育专户资金"])
def test_money_by_the_account_that_it_is_kept_in(label: str) -> None:
    money = f"资金总额（万元）|60^3\n财政拨款|50^3\n{label}|10^3"
    found = project(read("2024年项目支出绩效目标表", f"{NAME}\n{money}\n{GOAL}{INDICATORS}")).amounts
    assert found.fiscal_special_account is not None
    assert found.fiscal_special_account.value == 10


def test_a_signed_opinion_is_quoted_without_the_name() -> None:
    below = "\n主管部门意见|同意申报。\\n审核人：张小明^3"
    record = read("2024年项目支出绩效目标表", f"{NAME}\n{GOAL}{INDICATORS.rstrip()}{below}")
    assert any("同意申报" in found.values.get("text", "") for found in record.findings)
    assert [datum.value for datum in record.people] == ["张小明"]


def test_a_goal_over_a_table_beside_a_merged_cell_is_the_goal() -> None:
    plan = "实施进度计划~3|实施内容|开始时间|完成时间\n招标|2024.1|2024.3\n安装|2024.4|2024.9"
    head = "项目名称^1|路灯改造^3\n年度目标^2|改造路灯80盏。^2"
    record = read("2024年项目支出绩效目标表", f"{head}\n{plan}{INDICATORS}")
    assert project(record).goal == "改造路灯80盏。"
