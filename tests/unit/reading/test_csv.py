"""Comma-separated values are told by their lines, not by a name, and keep blank columns."""

from __future__ import annotations

import pytest
from tests.printers.office import DEPARTMENT, HEADER, TITLE, UNIT

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import read_document
from budgetkg.reading.csv_table import is_csv

TABLE = (
    f"{TITLE},,,,,,\r\n{DEPARTMENT},,,,,,{UNIT}\r\n{','.join(HEADER)}\r\n"
    '文艺经费,"1,031.00",,31.00,,"办活动，\r\n办""好""。",1、1-产出指标；11-数量指标；活动；年度指标值:4场。\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["table.csv", "table.txt"])
def test_fields_are_cells(encoding: str, name: str) -> None:
    reading = read_document(TABLE.encode(encoding), name)
    assert reading.source.media_type == "text/csv"
    last = reading.rows[-1]
    assert [(cell.column, cell.text) for cell in last.cells[:4]] == [
        (0, "文艺经费"), (1, "1,031.00"), (3, "31.00"), (5, '办活动，办"好"。'),
    ]  # fmt: skip
    codes = {notice.code for notice in reading.source.notices}
    assert ("kind-differs" in codes) == (name == "table.txt")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "合计 8,777.20 8,777.20\n宣传部 5,805.56 5,805.56\n理论经费 1,210.00 1,210.00\n",
        "甲,乙,丙,丁\n只有一行\n两行\n三行\n",
        "甲\t乙,丙,丁,戊\n子\t丑,寅,卯,辰\n子\t丑,寅,卯,辰\n",
    ],
)
def test_sums_with_commas_are_no_table(text: str) -> None:
    assert not is_csv(text)


def test_a_field_without_end_is_a_damaged_file() -> None:
    text = TABLE + '"' + "长" * 200_000
    with pytest.raises(UnreadableDocument, match="damaged: field larger than field limit"):
        read_document(text.encode(), "a.csv")


_UNPADDED = """项目支出绩效目标表
（2023年度）
单位：万元
项目名称,,河道清淤,,
一级指标,二级指标,三级指标,指标值,备注
产出指标,数量指标,清淤长度,12公里,
,质量指标,验收合格率,100%,
填报人：
"""


def test_lines_of_one_field_above_and_below_the_rows_dont_hide_the_table() -> None:
    assert is_csv(_UNPADDED)


def test_prose_around_a_few_sums_of_money_is_no_table() -> None:
    sums = "合计 8,777.20 财政拨款 5,805.56 其他 2,815.64\n" * 3
    assert not is_csv("本年预算如下。\n" * 4 + sums + "各项资金已落实。\n" * 4)


def test_a_letter_above_a_whole_table_does_not_hide_it() -> None:
    rows = "".join(f"产出指标,数量指标,清淤第{at}段,{at}公里,\n" for at in range(1, 9))
    assert is_csv("县财政局关于批复预算的通知\n" * 14 + rows + "县财政局\n2021年2月1日\n")
