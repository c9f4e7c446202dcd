"""Numbers stay exact and texts stay whole, but for what XML cannot write."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkg.mapping import literals


@pytest.mark.parametrize(
    ("value", "factor", "lexical"),
    [
        ("8777.20", "10000", "87772000"),
        ("0.00", "10000", "0"),
        ("28036202.00", "1", "28036202"),
        ("0.001", "1", "0.001"),
        ("1E+3", "10000.0", "10000000"),
        ("-3.5", "10000", "-35000"),
        ("12345678901234567890123456789012.34", "10000", "123456789012345678901234567890123400"),
    ],
)
def test_yuan_are_exact_in_their_one_spelling(value: str, factor: str, lexical: str) -> None:
    yuan = literals.product(Decimal(value), Decimal(factor))
    assert literals.decimal(yuan).value == lexical


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_no_digit_is_lost(number: Decimal) -> None:
    assert Decimal(literals.decimal(number).value) == number


@pytest.mark.parametrize("text", ["“甲”", "a\tb\nc\rd", "'''\"\\ <>{}^`", "\u202e右", "𠮷", "\x85\u2028"])
def test_text_is_kept(text: str) -> None:
    assert literals.string(text).value == text


def test_what_xml_cannot_write_goes() -> None:
    assert literals.string("甲\x00\x0b\x1f乙\ufffe\ud800丙").value == "甲乙丙"
