"""Money in columns: income beside expenditure, the years of a policy, an amount with its unit in the cell."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, project, read

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

NAMES = """
项目名称|圩堤除险加固|项目编码|3208|
主管部门|金湖县水务局|实施单位|金湖县堤防所
起始时间|2022-03-01|终止时间|2022-11-30
"""
INDICATORS = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|加固堤段|4公里
效益指标|社会效益指标|受益人口|≥2万人
"""
SIDES = """
项目资金（万元）~4|收入^2|支出^2
收入合计|75.00|支出合计|75.00
一般公共预算资金|50.00|土方费|60.00
其他资金|25.00|监理费|15.00
"""


@pytest.fixture(scope="module")
def beside() -> DocumentRecord:
    return read("2022年度金湖县预算项目绩效目标表", NAMES, SIDES, "年度目标|加固堤段4公里。", INDICATORS)


def test_a_heading_of_income_is_no_amount(beside: DocumentRecord) -> None:
    assert not {"amount-unreadable", "header-unknown", "amount-blank"} & set(codes(beside))
    assert beside.unit == "万元"


def test_income_by_its_sources_is_the_money_of_the_project(beside: DocumentRecord) -> None:
    amounts = project(beside).amounts
    printed = [amounts.total, amounts.fiscal_appropriation, amounts.other]
    assert [amount and str(amount.value) for amount in printed] == ["75.00", "50.00", "25.00"]


def test_what_the_money_is_spent_on_stands_as_printed(beside: DocumentRecord) -> None:
    said = dict(project(beside).attributes)
    assert (said["支出土方费"], said["支出监理费"]) == ("60.00", "15.00")
    assert said["起始时间"] == "2022-03-01"


def test_sides_without_merged_cells_are_read_alike() -> None:
    text = """2022年度金湖县预算项目绩效目标表
项目名称,圩堤除险加固,,主管部门,金湖县水务局
项目资金（万元）,收入,,支出,
,收入合计,75.00,支出合计,75.00
,其他资金,75.00,土方费,75.00
年度目标,加固堤段4公里。,,,
一级指标,二级指标,三级指标,指标值,
产出指标,数量指标,加固堤段,4公里,
"""
    (record,) = parse_document(text.encode(), "a.csv")
    total = project(record).amounts.total
    assert total is not None
    assert total.printed == "75.00"


@pytest.mark.parametrize(
    "money",
    [
        "资金安排（万元）~2|政策期资金总额|2023年|2024年|2025年\n1,350|430|460|460",
        "资金安排（万元）~2|三年合计|2023年|2024年|2025年\n1,350|430|460|460",
        "经费（万元）~2|2023年|2024年|2025年\n430|460|460",
    ],
)
def test_the_only_row_under_years_is_the_total_of_the_year(money: str) -> None:
    record = read("2024年财政政策绩效目标申报表", "政策名称|有机肥补助政策", money, INDICATORS)
    total = project(record).amounts.total
    assert total is not None
    assert total.printed == "460"
    assert record.unit == "万元"
    others = [found for found in record.findings if found.code == "amount-of-another-year"]
    assert [found.values["printed"] for found in others] == ["430", "460"]


def test_an_amount_of_a_department_has_its_unit_in_the_cell() -> None:
    head = "部门（单位）名称|156-某县林业局|部门支出预算数|6,248.90万元\n当年整体绩效目标|造林5万亩。^3"
    record = read("2024年部门（单位）预算整体绩效目标表", head, INDICATORS)
    total = record.totals.total
    assert total is not None
    assert (total.printed, str(total.value), record.unit) == ("6,248.90万元", "6248.90", "万元")
