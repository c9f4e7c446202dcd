"""Comparison keys, foldings that keep the length, signs, blanks."""

from __future__ import annotations

import pytest

from budgetkg.text import (
    comparison_key,
    fold_width,
    is_blank,
    plain_signs,
    printed_width,
    without_wrap_blanks,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("（１２，３４．５６）", "(12,34.56)"),
        ("甲\u3000乙", "甲 乙"),
        ("：；！", ":;!"),
        ("。、", "。、"),
        ("㎡", "㎡"),
        ("⼀级⽬标，⻔⼾", "一级目标,门户"),
        ("\uf90a额", "金额"),
    ],
)
def test_fold_keeps_the_length(text: str, folded: str) -> None:
    assert fold_width(text) == folded
    assert len(fold_width(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" 总 计\n", "总计"),
        ("财政\u3000拨款", "财政拨款"),
        ("（万元）：", "(万元):"),
        ("甲\u202e乙\u200b", "甲乙"),
        ("㎡", "m2"),
        ("K\u00b8", "\u0136"),
    ],
)
def test_key_is_what_two_prints_share(text: str, plain: str) -> None:
    assert comparison_key(text) == plain


@pytest.mark.parametrize(
    ("text", "healed"),
    [
        ("学习二十大精 神", "学习二十大精神"),
        ("90%以 上", "90%以上"),
        ("Twitter 账号", "Twitter 账号"),
        ("GDI 智库", "GDI 智库"),
        ("good news", "good news"),
        (" 甲 ", "甲"),
    ],
)
def test_a_blank_between_two_squares_is_a_lost_line_break(text: str, healed: str) -> None:
    assert without_wrap_blanks(text) == healed


def test_marks_without_ink_and_widths() -> None:
    assert all(is_blank(mark) for mark in " \u3000\u200b\u202e\x00\n")
    assert not is_blank("。")
    assert printed_width(" 甲a“ ") == 5


@pytest.mark.parametrize(
    ("text", "plain"),
    [("⩾90%", "≥90%"), (">=90%", "≥90%"), ("=<5", "≤5"), ("20°C", "20℃"), ("正负5", "±5"), ("3∕4", "3/4")],
)
def test_each_sign_has_one_spelling(text: str, plain: str) -> None:
    assert plain_signs(text) == plain


def test_the_key_of_a_key_is_that_key_for_every_character() -> None:
    keys = {comparison_key(chr(code)) for code in range(0x110000)}
    assert [key for key in keys if comparison_key(key) != key] == []
