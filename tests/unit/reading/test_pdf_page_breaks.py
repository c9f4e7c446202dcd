"""What a page break, a turned page or a stamp does to the rows of a table."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def rows(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


def test_a_figure_under_a_figure_begins_a_row_though_both_are_set_flush_right() -> None:
    first, second = Sheet(), Sheet()
    first.table((40, 106, 170), 60, [["名称", "金额"], ["文化活动经费", ""]])
    first.text(147, 81, "1.00")
    second.table((40, 106, 170), 60, [["青年宫", ""]])
    second.text(147, 63, "2.00")
    assert rows(read(first, second)) == [["名称", "金额"], ["文化活动经费", "1.00"], ["青年宫", "2.00"]]


def cut_page(first: int, last: int) -> Sheet:
    """The part of a table between two heights, its cells drawn whole and clipped."""
    inner, sheet = Sheet(400, 400), Sheet(400, 400)
    words = ((0, 18, ["名称"]), (18, 78, ["甲项", "一期", "二期", "三期"]), (78, 96, ["乙项"]))
    for upper, lower, lines in words:
        for number, line in enumerate(lines if upper < last and first < lower else []):
            inner.text(43, 40 + upper + 3 + 14 * number - first, line)
    edges = [at for at in (0, 18, 78, 96) if first < at < last] + [first, last]
    for at in edges:
        sheet.line(40, 40 + at - first, 200, 40 + at - first)
    for x in (40, 200):
        sheet.line(x, 40, x, 40 + last - first)
    return sheet.clipped(40, 40, 200, 40 + last - first, inner)


def turned(sheet: Sheet, quarters: int) -> Sheet:
    """A page of which the content is set aside by quarters, as a reader sees it."""
    a, b = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters]
    x, y = ((0, 0), (400, 0), (400, 400), (0, 400))[quarters]
    sheet.drawn = [f"q {a} {b} {-b} {a} {x} {y} cm", *sheet.drawn, "Q"]
    return sheet


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_cell_cut_by_a_break_is_read_once_however_the_page_is_turned(quarters: int) -> None:
    reading = read(turned(cut_page(0, 50), quarters), turned(cut_page(50, 96), quarters))
    assert rows(reading) == [["名称"], ["甲项一期二期三期"], ["乙项"]]
    assert not [notice for notice in reading.source.notices if notice.code == "text-clipped"]


def test_words_of_a_stamp_that_stand_level_are_no_words_of_the_cell_below() -> None:
    sheet = Sheet()
    sheet.table((40, 150, 400), 60, [["名称", "目标"], ["甲馆", "常年开放"]])
    for number, char in enumerate("白云区财政局章"):
        angle = radians(60 - 20 * number)
        turn = f"{cos(angle):g} {sin(angle):g} {-sin(angle):g} {cos(angle):g}"
        place = f"{280 + 30 * sin(-angle):g} {742 + 30 * cos(angle):g}"
        code = char.encode("utf-16-be").hex()
        sheet.drawn.append(f"BT 1 0 0 rg /F1 10 Tf {turn} {place} Tm <{code}> Tj ET")
    assert rows(read(sheet)) == [["名称", "目标"], ["甲馆", "常年开放"]]


def test_red_words_of_a_form_stay_where_a_stamp_is_as_red() -> None:
    sheet = Sheet()
    sheet.table((40, 150, 400), 60, [["名称", "目标"], ["甲馆", ""]])
    for x, words in ((153, "开放"), (280, "章")):
        sheet.drawn.append(
            f"BT 1 0 0 rg /F1 10 Tf 1 0 0 1 {x} 755 Tm <{words.encode('utf-16-be').hex()}> Tj ET"
        )
    for number in range(3):
        sheet.drawn.append(f"BT 1 0 0 rg /F1 10 Tf .7 .7 -.7 .7 {270 + 9 * number} 750 Tm <7ae0> Tj ET")
    assert rows(read(sheet))[1] == ["甲馆", "开放 章"]


def test_words_of_a_merged_cell_below_the_break_stand_in_the_row_in_which_it_begins() -> None:
    """The name is merged over two rows of which the second stands on the next page, and set low."""
    first, second = Sheet(), Sheet()
    for sheet, at, lower in ((first, 60, 96), (second, 60, 96)):
        for x in (40, 150, 300):
            sheet.line(x, at, x, lower)
        sheet.line(40, at, 300, at)
        sheet.line(150, lower, 300, lower)
    first.line(40, 78, 300, 78)
    first.text(43, 63, "名称").text(153, 63, "指标").text(153, 81, "巡查")
    second.line(150, 78, 300, 78).line(40, 96, 150, 96)
    second.text(153, 63, "维修").text(43, 81, "球场").text(153, 81, "保洁")
    reading = read(first, second)
    assert rows(reading) == [["名称", "指标"], ["球场", "巡查"], ["维修"], ["保洁"]]
    assert reading.rows[1].cells[0].rows == 3


@pytest.mark.parametrize("foot", ["8", "第8页", "- 8 -", "8/12"])
def test_a_page_number_below_an_open_cell_is_none_of_its_words(foot: str) -> None:
    sheet = Sheet()
    sheet.table((40, 150, 300), 60, [["名称", "金额"], ["甲馆", "80.00"]], lower=False)
    sheet.text(153, 98, foot)
    assert rows(read(sheet)) == [["名称", "金额"], ["甲馆", "80.00"], [foot]]


def merged_name(*, low: bool) -> tuple[Sheet, Sheet]:
    """A full name merged over two rows, in the middle or at the foot of its cell; a name below the break."""
    first, second = Sheet(), Sheet()
    for y in (60, 78, 150):
        first.line(40, y, 250, y)
    first.line(150, 114, 250, 114)
    second.line(40, 60, 250, 60).line(40, 78, 250, 78).line(40, 96, 250, 96)
    for sheet, lower in ((first, 150), (second, 96)):
        for x in (40, 150, 250):
            sheet.line(x, 60, x, lower)
    first.text(43, 63, "名称").text(153, 63, "指标").text(153, 81, "巡查").text(153, 117, "维修")
    first.text(43, 135 if low else 103, "甲馆及其附属设施维修")
    second.text(43, 63, "乙馆保障中心").text(43, 81, "丙馆").text(153, 81, "保洁")
    return first, second


def test_a_full_name_with_room_below_it_is_whole() -> None:
    names = [cells[0] for cells in rows(read(*merged_name(low=False))) if len(cells[0]) > 2]
    assert names == ["甲馆及其附属设施维修", "乙馆保障中心"]


def test_a_full_name_at_the_foot_of_its_cell_goes_on() -> None:
    names = [cells[0] for cells in rows(read(*merged_name(low=True))) if len(cells[0]) > 2]
    assert names == ["甲馆及其附属设施维修乙馆保障中心"]


def test_a_sign_and_its_figure_below_a_break_begin_a_row() -> None:
    first, second, xs = Sheet(), Sheet(), (40, 85, 130, 165, 210)
    above = ("社会效益", "水质类别", "稳定", "按月监测")
    for x, head, words in zip(xs, ("二级", "三级", "指标值", "说明"), above, strict=False):
        first.text(x + 3, 63, head).text(x + 3, 93, words)
    second.table(xs, 60, [["", "办结率", "≥98%", "及时"]])
    for y in (60, 90, 104):  # the last row ends much nearer to its text than the other one does
        first.line(40, y, 210, y)
    for x in xs:
        first.line(x, 60, x, 104)
    assert rows(read(first, second))[1:] == [list(above), ["办结率", "≥98%", "及时"]]
