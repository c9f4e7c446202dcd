"""Amounts with a unit of their own, and the money of a self-evaluation, whatever stands at its left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.unit.forms.test_audited_forms import HEAD, ROWS, Row, page, read

LINES = ["项目支出绩效目标表", "（2023年度）"]
IN_YUAN = [*LINES, "单位：元"]
SOURCES = ("total", "fiscal_appropriation", "other")


def project(money: Sequence[Row], lines: list[str], head: Row = ("主管部门", ("青田县司法局", 4))) -> Any:
    """The unit of the document and its only project, whose form has these rows of money."""
    rows: list[Row] = [
        ["项目名称", ("人民调解", 4)],
        head,
        *money,
        ["年度目标", ("完成任务。", 4)],
        HEAD,
        *ROWS,
    ]
    document = read(page(rows, lines))
    return document["unit"], document["units_of_use"][0]["projects"][0], document


@pytest.mark.parametrize(
    "money",
    [
        [[("年度资金总额：120.00万元，其中：财政拨款：100.00万元；其他资金：20万元", 5)]],
        [["年度资金总额", ("120.00万元（其中：财政拨款100.00万元，其他资金20万元）", 4)]],
        [["年度资金总额", ("120万，其中：财政拨款100万，其他资金20万", 4)]],
        [["年度资金总额", ("120万元", 4)], ["财政拨款", ("1000000", 4)], ["其他资金", ("20万元", 4)]],
    ],
)
def test_an_amount_keeps_the_unit_beside_it(money: Sequence[Row]) -> None:
    unit, found, _ = project(money, IN_YUAN)
    assert unit == "元"
    assert [float(found[name]) for name in SOURCES] == [1_200_000, 1_000_000, 200_000]


def test_a_label_of_amounts_outranks_the_unit_of_a_line_above() -> None:
    unit, found, _ = project([["年度资金总额（万元）", ("120", 4)], ["财政拨款", ("120", 4)]], IN_YUAN)
    assert (unit, found["total"], found["fiscal_appropriation"]) == ("万元", "120.00", "120.00")


def test_labels_in_two_units_are_made_one() -> None:
    money = [["年度资金总额（万元）", ("120", 4)], ["其中：财政拨款（元）", ("1200000", 4)]]
    unit, found, _ = project(money, LINES)
    assert (unit, float(found["fiscal_appropriation"])) == ("万元", 120)


def test_an_amount_goes_before_a_nought_of_the_same_source() -> None:
    money = [["总额", ("60万元", 4)], ["自有资金", ("0", 4)], ["其他资金", ("60", 4)]]
    _, found, document = project(money, LINES)
    assert found["other"] == "60.00"
    assert ["自有资金", "0"] in found["attributes"]
    assert not [one for one in document["findings"] if one["code"] == "total-not-reconciled"]


HEADS = ["年初预算数", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）"]


@pytest.mark.parametrize(
    "money",
    [
        [[("项目资金（万元）", 1, 3), "", *HEADS], ["年度资金总额", "80", "60", "54", "90%"],
         ["其中：财政拨款", "80", "60", "54", "90%"]],
        [["项目资金（万元）", *HEADS], ["年度资金总额", "80", "60", "54", "90%"],
         ["其中：财政拨款", "80", "60", "54", "90%"]],
        [[("项目资金（万元）", 2, 3), *HEADS], ["年度资金总额", "80", "60", "54", "90%"],
         ["其中：财政拨款", "80", "60", "54", "90%"]],
        [["资金（10分）", "年度预算数（万元）", "年初预算", "调整后预算", "支出数", "预算执行率"],
         ["", "年度资金总额", "80", "60", "54", "90%"], ["", "其中：财政拨款", "80", "60", "54", "90%"]],
    ],
)  # fmt: skip
def test_headings_of_money_stand_over_its_columns(money: Sequence[Row]) -> None:
    unit, found, document = project(money, LINES)
    assert unit == "万元"
    assert (found["total"], found["fiscal_appropriation"]) == ("80.00", "80.00")
    read_as = [(line["source"], line["initial"], line["adjusted"], line["executed"], line["rate"])
               for line in found["funds"]]  # fmt: skip
    assert read_as == [("total", "80.00", "60.00", "54.00", "90%"),
                       ("fiscal_appropriation", "80.00", "60.00", "54.00", "90%")]  # fmt: skip
    assert not found.get("attributes")
    assert not [one for one in document["findings"] if one["code"] in ("amount-unreadable", "header-unknown")]


def test_amounts_without_a_label_belong_to_what_stands_beside_them() -> None:
    _, found, _ = project([[("项目资金（万元）", 1, 2), *HEADS], ["80", "60", "54", "90%"]], LINES)
    assert (found["total"], found["funds"][0]["executed"]) == ("80.00", "54.00")
