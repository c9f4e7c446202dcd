"""The grammar inside an indicator cell."""

from __future__ import annotations

from budgetkg.forms.indicators.numbered import NumberedIndicator, read_cell
from budgetkg.forms.layout.layouts import layouts
from budgetkg.reading.source import Healed

LAYOUT = next(layout for layout in layouts() if layout.kind == "project-table")
HEAD = "1、1-产出指标；11-数量指标；"


def read(text: str) -> tuple[list[NumberedIndicator], str]:
    records, prelude = read_cell(Healed(text, tuple(range(len(text)))), LAYOUT)
    return records, prelude.text


def values(text: str) -> list[tuple[int, str, str | None, str | None]]:
    return [
        (r.seq, r.name.text, r.period.text if r.period else None, r.annual.text if r.annual else None)
        for r in read(text)[0]
    ]


def test_the_full_stop_that_ends_a_record_is_no_part_of_the_value() -> None:
    assert values(HEAD + "甲；实施周期指标值:办会。做书；年度指标值:1、办会。2、做书。") == [
        (1, "甲", "办会。做书", "1、办会。2、做书")
    ]


def test_a_number_begins_a_record_only_before_two_tiers() -> None:
    one = HEAD + "甲；实施周期指标值:2、3场；年度指标值:3场。"
    other = "2、2-效益指标；22-社会效益；乙；实施周期指标值:好；年度指标值:好。"
    assert [found[:2] for found in values(one + other)] == [(1, "甲"), (2, "乙")]


def test_broken_numbering_is_seen() -> None:
    third = HEAD.replace("1、", "3、", 1)
    records, _ = read(HEAD + "甲；实施周期指标值:1；年度指标值:1。" + third + "乙；年度指标值:1。")
    assert [(record.seq, record.expected) for record in records] == [(1, 1), (3, 2)]
    assert records[1].period is None


def test_full_width_digits_and_colons_are_read_and_kept() -> None:
    head = "１、１-产出指标；１１-数量指标；甲；"
    assert values(head + "实施周期指标值：２场；年度指标值：２场。") == [(1, "甲", "２场", "２场")]


def test_a_doubled_separator_is_noted_and_an_empty_value_is_empty() -> None:
    (record,), _ = read(HEAD + "甲；；实施周期指标值:；年度指标值:1场。")
    assert record.doubled
    assert record.name.text == "甲"
    assert not record.period


def test_words_before_the_first_record_are_handed_back() -> None:
    assert read("只有文字") == ([], "只有文字")
    assert read(HEAD + "甲；年度指标值:1场。")[1] == ""


def test_offsets_point_at_the_words() -> None:
    text = HEAD + "甲；实施周期指标值:1场；年度指标值:2场。"
    (record,), _ = read(text)
    assert record.annual is not None
    assert "".join(text[offset] for offset in record.annual.offsets) == "2场"


def test_a_list_of_years_in_a_value_swallows_no_record() -> None:
    reading = "各年级读书（1、1-3年级；2、4-6年级）"
    first = HEAD + f"甲；年度指标值:{reading}。"
    second = "2、2-效益指标；22-社会效益；乙；年度指标值:好。"
    assert values(first + second) == [(1, "甲", None, reading), (2, "乙", None, "好")]
