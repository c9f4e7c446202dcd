"""Comparison keys, folding, healing of wraps."""

from __future__ import annotations

import pytest

from budgetkg.folding import fold, heal_blanks, is_blank, key, width


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
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


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
    assert key(text) == plain


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
    assert heal_blanks(text) == healed


def test_marks_without_ink_and_widths() -> None:
    assert all(is_blank(mark) for mark in " \u3000\u200b\u202e\x00\n")
    assert not is_blank("。")
    assert width(" 甲a“ ") == 5
