"""Labels on no list: their words and what stands beside them decide together."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import project, read

from budgetkg.forms.layout.label_words import (
    amount_said,
    is_money_label,
    is_remark,
    names_thing,
    organisation_role,
)

TIERS = "一级指标|二级指标|三级指标^2|指标值\n产出指标|数量指标|抽检批次^2|300批次"


@pytest.mark.parametrize(
    ("label", "value", "role"),
    [
        ("省级预算部门名称", "沂源县财政局", "department"),
        ("行业主管单位", "沂源县水利局", "department"),
        ("承担单位名称", "沂源县水利站", "unit_of_use"),
        ("主管单位及代码", "[101]沂源县水利局", "department"),
        ("实施机构", "沂源县水利局", "budget_unit"),
        ("购买主体", "沂源县民政局", "budget_unit"),
        ("施工单位", "沂源县第二建筑公司", None),
        ("省级财政部门", "山东省财政厅", None),
        ("评价机构", "某某会计师事务所", None),
        ("责任单位", "是", None),
        ("项目单位数量", "沂源县水利局", None),
    ],
)
def test_an_organisation_beside_a_label_that_ends_in_one(label: str, value: str, role: str | None) -> None:
    assert organisation_role(label, value) == role


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("批复预算金额", "38.5", True),
        ("下达资金总额（万元）", "180", True),
        ("本年申请", "260万元", True),
        ("本项目当年预算（元）", "2,350,000", True),
        ("同名项目上年预算额（元）", "1,980,000", False),
        ("批复预算金额", "见附件", False),
        ("实际到位金额", "38.5", False),
        ("上年预算数", "38.5", False),
        ("历年已安排", "100", False),
    ],
)
def test_words_for_the_years_money_with_an_amount_beside_them(label: str, value: str, said: bool) -> None:
    assert is_money_label(label, value) is said


def test_what_a_form_is_about() -> None:
    assert names_thing("基金名称", "城乡居民养老保险基金")
    assert names_thing("项目", "景区道路")
    assert not names_thing("预算科目名称", "城乡社区支出")
    assert not names_thing("项目", "12")


def test_an_amount_behind_its_label() -> None:
    assert amount_said("其中：财政拨款  80") == ("其中：财政拨款".replace("：", ":"), 9)
    assert amount_said("完成时间 2024年6月") is None


def test_a_label_and_amount_in_one_cell_are_no_value_of_the_label_before() -> None:
    rows = "项目名称|沟渠清淤^4\n项目资金|其中：财政拨款||其中：财政拨款  80|其他资金 8\n"
    found = project(read("2023年项目支出绩效目标表", rows + TIERS))
    assert found.amounts.fiscal_appropriation is not None
    assert found.amounts.other is not None
    assert (found.amounts.fiscal_appropriation.value, found.amounts.other.value) == (80, 8)


def test_a_source_alone_that_is_a_part_contradicts_no_total() -> None:
    rows = "项目名称|沟渠清淤^4\n资金总额|100|其中：财政拨款|80^2\n"
    record = read("2023年项目支出绩效目标表", rows + TIERS)
    assert "total-not-reconciled" not in {found.code for found in record.findings}
    rows = "项目名称|沟渠清淤^4\n资金总额|100|其中：财政拨款|80|其他资金 8\n"
    record = read("2023年项目支出绩效目标表", rows + TIERS)
    assert "total-not-reconciled" in {found.code for found in record.findings}


def test_the_first_source_stands_behind_the_heading_of_all_sources() -> None:
    budget = "\n".join((
        "单位名称|榆林市园林处^2", "预算情况~3|部门预算总额（万元）|90.00",
        "1、资金来源：（1）财政性资金|80.00", "（2）其他资金|10.00",
    ))  # fmt: skip
    record = read("部门整体绩效目标表（2024年度）", budget, TIERS)
    assert record.totals.fiscal_appropriation is not None
    assert (record.totals.fiscal_appropriation.printed, record.unit) == ("80.00", "万元")
    untrue = {"total-not-reconciled", "income-expenditure-differ", "text-unread"}
    assert not untrue & {finding.code for finding in record.findings}


def test_the_date_of_a_form_is_no_personal_data() -> None:
    rows = "项目名称|沟渠清淤^4\n"
    record = read("2023年项目支出绩效目标表", rows + TIERS, after="<p>制表日期：2023年1月20日</p>")
    assert not record.people


def test_titles_of_stacked_forms_are_in_a_record_or_quoted() -> None:
    first = "项目名称|沟渠清淤^4\n" + TIERS
    more = "<p>道路养护专项绩效目标表</p>"
    record = read("2023年项目支出绩效目标表", first, after=more)
    assert any("道路养护专项" in place.quote for found in record.findings for place in found.evidence)


def test_a_label_beside_which_a_form_says_something() -> None:
    assert is_remark("2.项目实施内容及过程概述", "按月发放。")
    assert is_remark("主管部门审核意见", "同意。")
    assert not is_remark("存在问题", "改进措施")  # the heads of two columns
    assert not is_remark("存在问题", "")
    assert not is_remark("其他事项", "12.5万元")
    assert not is_remark("验收标准", "国标")
