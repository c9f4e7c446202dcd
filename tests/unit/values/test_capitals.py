"""Amounts written out in words, as cheques print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetkg.forms.layout.money import money_in
from budgetkg.values import amount_in_words


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("壹佰贰拾万元整", "1200000"),
        ("人民币壹拾贰万叁仟元整", "123000"),
        ("（大写）贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "234567.89"),
        ("壹亿零伍拾万圆整", "100500000"),
        ("壹仟零伍元零陆分", "1005.06"),
        ("一百二十万元", "1200000"),
    ],
)
def test_words_are_yuan(printed: str, yuan: str) -> None:
    assert amount_in_words(printed) == Decimal(yuan)


@pytest.mark.parametrize("printed", ["万元", "壹佰贰拾", "约壹佰万元", "壹佰佰元", "120万元", "三五万元", ""])
def test_anything_else_is_none(printed: str) -> None:
    assert amount_in_words(printed) is None


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("壹佰贰拾万元整（￥120.00）", "万元", "120"),
        ("壹拾贰万叁仟元整（小写：¥123,000.00）", "万元", "12.3"),
        ("壹佰万元整（￥100.00万元）", "元", "1000000"),
        ("120万元（大写：壹佰贰拾万元整）", "万元", "120"),
        ("189.8万", "元", "1898000"),
        ("150万元(区级100万元，市级50万元)", "万元", "150"),
        ("总额120，其中本级100，上级20", "万元", "120"),
    ],
)
def test_a_cell_says_an_amount_in_the_unit_of_the_form(printed: str, unit: str, value: str) -> None:
    money = money_in(printed)
    assert money is not None
    assert money.agrees(unit)
    assert money.in_unit(unit).value == Decimal(value)
    assert money.in_unit(unit).printed == printed


@pytest.mark.parametrize("printed", ["壹佰贰拾万元整（￥130.00）", "13万元（大写：壹拾贰万元整）"])
def test_figures_and_words_may_contradict(printed: str) -> None:
    money = money_in(printed)
    assert money is not None
    assert not money.agrees("万元")
