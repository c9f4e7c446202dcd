"""What holds of every target, whatever is printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import cpu

from budgetkg.values import Target, read_target
from budgetkg.values.model import KINDS

WORDS = st.sampled_from([
    "不少于", "不超过", "≥", "≤", "＞", "=", "至少", "达到", "提升", "降低", "每季度", "全年", "年",
    "约", "控制在", "1", "12", "3.5", "1,000", "10万", "５", "二十", "百分之九", "半", "±", "-", "~",
    "至", "+", "多", "%", "‰", "场", "人次", "个", "工作日", "元", "/", "元/人·月", "以上", "以内",
    "左右", "（", "）", "(含)", "《", "》", "“", "”", "6月30日前", "2023年", "12月底", "第一", "，",
    "；", "。", "、", "：", "*", "X", "÷", "×100%", "满意度", "控制数", "完成", "活动", "①", "㎡", "℃",
    "½", "٣",
    "e\u0301", "ﾊﾟ", "\u200b", "　", " ", "\n",
])  # fmt: skip
PRINTED = st.one_of(st.lists(WORDS, max_size=12).map("".join), st.text(max_size=40))
CELL = st.one_of(st.none(), PRINTED)


@given(PRINTED, CELL, CELL, CELL)
@settings(max_examples=400, deadline=None)
def test_reading_never_fails(text: str, name: str | None, operator: str | None, unit: str | None) -> None:
    reading = read_target(text, name, operator, unit)
    assert isinstance(reading, Target)
    assert reading.kind in KINDS
    assert (reading.kind == "compound") <= (len(reading.quantities) > 1)
    assert (reading.kind == "quantity") <= (len(reading.quantities) == 1)
    assert all(one.upper is None or one.value <= one.upper for one in reading.quantities)


@given(PRINTED, CELL)
@settings(max_examples=400, deadline=None)
def test_reading_is_stable_under_nfkc(text: str, name: str | None) -> None:
    assert read_target(unicodedata.normalize("NFKC", text), name) == read_target(text, name)


@given(PRINTED, st.integers(0, 40), st.sampled_from([" ", "\n", "　", "\u200b", "\t"]))
@settings(max_examples=400, deadline=None)
def test_reading_is_stable_under_blanks(text: str, place: int, blank: str) -> None:
    assert read_target(text[:place] + blank + text[place:]) == read_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000, "一" * 1_999, "(" * 5_000 + ")" * 5_000, "《" * 1_999, "每" * 1_999, "1-" * 990,
        "1,000" * 390, "5场，" * 600, "数/" * 990, "1.5万" * 490, "1万" * 990, "提升" * 990, "+1" * 990,
        "A1" * 990,
        "占" * 1_999, "以上" * 990, "1月" * 990, "(含" * 600,
    ],
    ids=lambda text: f"{text[:6]}-{len(text)}",
)  # fmt: skip
def test_reading_costs_no_more_than_the_square_of_the_length(text: str) -> None:
    quarter = text[: len(text) // 4]
    read = read_target.__wrapped__
    assert cpu.in_proportion(lambda: read(quarter), lambda: read(text), ratio=4**2)
