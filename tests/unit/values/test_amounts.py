"""Printed amounts and what two targets of one indicator say against each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetkg.values import contradict, is_placeholder, is_spaced, lacks_unit, parse_amount


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("8,777.20", "8777.20"),
        ("1, 499. 73", "1499.73"),
        ("１，０００．５０", "1000.50"),
        ("0.00", "0"),
        ("-3.50", "-3.5"),
        ("28,036,202.00", "28036202"),
        ("12", "12"),
        (" 3.17 ", "3.17"),
    ],
)
def test_amounts_as_printed(printed: str, value: str) -> None:
    amount = parse_amount(printed)
    assert amount is not None
    assert amount.value == Decimal(value)
    assert amount.printed == printed.strip()


@pytest.mark.parametrize(
    "text", ["", "-", "3l.00", "1,23.00", "1.2.3", "约5", "5万元", "1e5", "1" * 41, "二百"]
)
def test_anything_else_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


def test_blanks_inside_digits_are_seen() -> None:
    spaced, plain = parse_amount("50. 00"), parse_amount("50.00")
    assert spaced is not None
    assert plain is not None
    assert is_spaced(spaced)
    assert not is_spaced(plain)


@pytest.mark.parametrize(
    ("period", "annual", "expected"),
    [
        ("91%以上", "19%以上", True),
        ("100%", "90%", True),
        ("＞85分", "85%", True),
        ("每次成绩（＞85分）", "85%", True),
        ("标准：100%", "100%", False),
        ("及时", "完成", False),
        ("12场", "4场", False),
        ("4场", "12场", True),
        ("100%", "完成", False),
        ("2场", "2次", False),
    ],
)
def test_contradictions_are_numbers_against_numbers(period: str, annual: str, expected: bool) -> None:
    assert contradict(period, annual) is expected


def test_a_period_of_several_years_may_promise_more_than_the_year() -> None:
    assert contradict("≥30%", "≥10%")
    assert not contradict("≥30%", "≥10%", apart=True)
    assert contradict("≥10%", "≥30%", apart=True)


def test_placeholders_and_bare_numbers() -> None:
    assert all(is_placeholder(text) for text in ("控制数", "标准：控制数", "标椎:年度计划数"))
    assert not is_placeholder("控制数以内")
    assert all(lacks_unit(text) for text in ("1", "≥90", "不低于7000"))
    assert not any(lacks_unit(text) for text in ("1场", "90%", "完成"))
    named = ("新建围栏（公里）", "参训率(%)", "补助标准（元/人）", "草原围栏（单位：公里）")
    named += ("灭鼠面积（万亩）", "围栏成本（万元/公里）")
    assert not any(lacks_unit("≥50", name) for name in named)
    assert all(lacks_unit("≥50", name) for name in ("新建围栏（含配套）", "培训（公里）人数"))
