"""Rows too low for their text: lines drawn over the edges still belong to the cell that drew them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import read_document

XS = (50.0, 150.0, 250.0, 350.0)
HEIGHT = 15.0  # of a row; room for one line
STEP = 11.5  # between the lines of a cell
SIZE = 10.0


def rows_of(words: Sequence[Sequence[str]], *, top: bool = False) -> list[tuple[str, ...]]:
    """What is read of cells that are set in their middle, or at the top, whatever room they have."""
    sheet, upper = Sheet(), 100.0
    for number in range(len(words) + 1):
        sheet.line(XS[0], upper + number * HEIGHT, XS[-1], upper + number * HEIGHT)
    for x in XS:
        sheet.line(x, upper, x, upper + len(words) * HEIGHT)
    for number, row in enumerate(words):
        for x, cell in zip(XS, row, strict=False):
            lines = cell.split("\n")
            first = upper + number * HEIGHT + (2 if top else (HEIGHT - SIZE - STEP * (len(lines) - 1)) / 2)
            for count, line in enumerate(lines):
                sheet.text(x + 3, first + STEP * count, line, size=SIZE)
    reading = read_document(printed(sheet), "sample.pdf")
    return [tuple(cell.text for cell in row.cells) for row in reading.rows]


@pytest.mark.parametrize("top", [False, True])
def test_two_lines_in_a_row_for_one(top: bool) -> None:
    words = [
        ("项目名称", "年度目标", "数值"),
        ("修缮\n教室", "完成\n三间", "3"),
        ("添置\n课桌", "共有\n百套", "100"),
    ]
    read = rows_of(words, top=top)
    assert read == [tuple(cell.replace("\n", "") for cell in row) for row in words]


def test_three_lines_reach_over_both_rows_beside() -> None:
    words = [("甲", "乙", "丙"), ("一", "第一行\n第二行\n第三行", "1"), ("二", "短", "2")]
    assert rows_of(words)[1] == ("一", "第一行第二行第三行", "1")


def test_lines_in_rows_of_their_own_stay_there() -> None:
    words = [("甲栏", "乙栏", "丙栏"), ("一行", "二格", "三格"), ("四行", "五格", "六格")]
    assert rows_of(words) == words


def test_a_full_cell_below_a_header_keeps_its_first_line() -> None:
    sheet = Sheet()
    for at in (100.0, 112.0, 160.0):
        sheet.line(50, at, 250, at)
    for x in (50.0, 150.0, 250.0):
        sheet.line(x, 100, x, 160)
    sheet.text(53, 101, "名称").text(53, 130, "修缮").text(153, 101.5, "指标")
    for number, line in enumerate(("一行满满", "二行满满", "三行满满", "四行满")):
        sheet.text(153, 112.5 + 11 * number, line)
    rows = read_document(printed(sheet), "sample.pdf").rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["名称", "指标"],
        ["修缮", "一行满满二行满满三行满满四行满"],
    ]


def test_a_line_over_the_edges_of_the_row_above_is_one_text() -> None:
    sheet = Sheet()
    for at in (100.0, 115.0, 130.0, 145.0):
        sheet.line(50, at, 350, at)
    for x in (50.0, 350.0):
        sheet.line(x, 100, x, 145)
    for x in (150.0, 250.0):
        sheet.line(x, 100, x, 115)
        sheet.line(x, 130, x, 145)
    sheet.line(150, 115, 150, 130)
    for x, text in zip(XS, ("资金", "其他", "0.00"), strict=False):
        sheet.text(x + 3, 103, text, size=SIZE)
    sheet.text(53, 118, "目标", size=SIZE)
    for count, line in enumerate(("一、维修十二栋校舍改善办学条件。", "二、受益学生八千人。")):
        sheet.text(153, 112 + STEP * count, line, size=SIZE)
    for x, text in zip(XS, ("指标", "数量", "八栋"), strict=False):
        sheet.text(x + 3, 133, text, size=SIZE)
    reading = read_document(printed(sheet), "sample.pdf")
    assert [tuple(cell.text for cell in row.cells) for row in reading.rows][:2] == [
        ("资金", "其他", "0.00"),
        ("目标", "一、维修十二栋校舍改善办学条件。二、受益学生八千人。"),
    ]


def test_two_lines_over_both_edges_belong_to_the_row_between() -> None:
    words = [("目标", "完成", "已完成"), ("一级\n指标", "名称", "数值"), ("产出", "三间", "3")]
    sheet, upper, height = Sheet(), 100.0, 8.0
    for number in range(len(words) + 1):
        sheet.line(XS[0], upper + number * height, XS[-1], upper + number * height)
    for x in XS:
        sheet.line(x, upper, x, upper + len(words) * height)
    for wrapped in (False, True):  # a program may draw wrapped text after all that is on one line
        for number, row in enumerate(words):
            for x, cell in zip(XS, row, strict=False):
                lines = cell.split("\n")
                middle = upper + (number + 0.5) * height
                for count, line in enumerate(lines):
                    if (len(lines) > 1) == wrapped:
                        top = middle - 3 + 8.4 * (count - (len(lines) - 1) / 2)
                        sheet.text(x + 3, top, line, size=6)
    reading = read_document(printed(sheet), "sample.pdf")
    assert [tuple(cell.text for cell in row.cells) for row in reading.rows] == [
        tuple(cell.replace("\n", "") for cell in row) for row in words
    ]


def test_a_row_set_to_its_top_begins_with_its_own_first_line() -> None:
    """A word processor leaves no room above and below: lines of two rows are as far apart as those of one."""
    sheet, edges = Sheet(), (100.0, 123.0, 157.5, 169.0)
    for y in edges:
        sheet.line(50, y, 350, y)
    for x in XS:
        sheet.line(x, 100, x, 169)
    words = ("修缮教", "室间数", "添置课", "桌椅的", "套数", "其他")
    for number, line in enumerate(words):
        sheet.text(53, 102.5 + STEP * number, line, size=SIZE)
    for x, number in ((153, 0), (253, 0), (153, 2), (253, 2), (153, 5), (253, 5)):
        sheet.text(x, 102.5 + STEP * number, f"第{number}行", size=SIZE)
    rows = read_document(printed(sheet), "sample.pdf").rows
    assert [row.cells[0].text for row in rows] == ["修缮教室间数", "添置课桌椅的套数", "其他"]


def crossing(first: float, second: float) -> list[tuple[str, ...]]:
    """A table whose second row holds two lines at these heights, and whose third leaves a blank."""
    sheet = Sheet()
    for at in (100.0, 120.0, 140.0, 160.0, 180.0):
        sheet.line(50, at, 350, at)
    for x in XS:
        sheet.line(x, 100, x, 180)
    for number, words in enumerate(
        (("甲栏", "乙栏", "丙栏"), ("一", "", "3"), ("", "短", "4"), ("二", "长", "5"))
    ):
        for x, word in zip(XS, words, strict=False):
            sheet.text(x + 3, 105 + 20 * number, word)
    sheet.text(153, first, "修缮教室").text(153, second, "添置课桌")
    reading = read_document(printed(sheet), "sample.pdf")
    noted = [notice.code for notice in reading.source.notices]
    assert ("row-doubtful" in noted) == (len(reading.rows) < 4)
    return [tuple(cell.text for cell in row.cells) for row in reading.rows]


def test_lines_that_lie_on_one_another_are_read_by_nobody() -> None:
    """Neither the row itself is read nor the one below it, which leaves blank what it prints on its left."""
    assert crossing(126, 132) == [("甲栏", "乙栏", "丙栏"), ("二", "长", "5")]


def test_close_lines_are_lines() -> None:
    assert crossing(121.5, 131)[1:3] == [("一", "修缮教室添置课桌", "3"), ("短", "4")]
