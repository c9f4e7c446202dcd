"""Rows of a web page that a page break cuts: edges close both parts, but the first has no padding below."""

from __future__ import annotations

from collections.abc import Sequence

from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

XS = (40, 140, 240, 340, 400, 460)
STEP = 14
PADDING = 18
HEADER = ("项目名称", "预算", "三级指标", "指标值", "单位")


def row(sheet: Sheet, top: float, cells: Sequence[str], *, cut: bool = False, first: int = 0) -> float:
    """Print a row from column ``first`` on, its cells centred; a cut one is set flush to its top."""
    lines = max(cell.count("\n") + 1 for cell in cells)
    bottom = top + STEP * lines + (3 if cut else PADDING)
    for x, cell in zip(XS[first:], cells, strict=False):
        own = cell.split("\n")
        start = top + 1 if cut else top + 1 + STEP * (lines - len(own)) / 2
        for number, words in enumerate(own):
            if words:
                sheet.text(x + 3, start + STEP * number, words)
    for y in (top, bottom):
        sheet.line(XS[first], y, XS[-1], y)
    for x in XS:
        sheet.line(x, top, x, bottom)
    return bottom


def first_page(*last: str) -> Sheet:
    sheet = Sheet()
    top = row(sheet, 690, HEADER)
    top = row(sheet, top, ("甲路养护", "12.50", "养护里程", "60", "公里"))
    row(sheet, top, last, cut=True)
    return sheet


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def texts(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in found.cells] for found in reading.rows]


def test_the_rest_of_each_cell_goes_on_though_no_line_is_full() -> None:
    second = Sheet()
    top = row(second, 40, ("维修", "", "户满意度", "", ""))
    row(second, top, ("丙渠清淤", "8.00", "清淤长度", "9", "公里"))
    reading = read(first_page("乙桥", "3.00", "农", "95", "%"), second)
    assert texts(reading)[2:] == [
        ["乙桥维修", "3.00", "农户满意度", "95", "%"],
        ["丙渠清淤", "8.00", "清淤长度", "9", "公里"],
    ]
    assert reading.rows[2].last_page == 2


def test_a_row_with_all_of_its_cells_is_a_row_of_its_own() -> None:
    second = Sheet()
    row(second, 40, ("丙渠清淤", "", "清淤长度", "9", "公里"))
    assert texts(read(first_page("乙桥", "3.00", "农户满意度", "95", "%"), second))[2:] == [
        ["乙桥", "3.00", "农户满意度", "95", "%"],
        ["丙渠清淤", "清淤长度", "9", "公里"],
    ]


def test_a_row_that_keeps_its_padding_ends_above_the_break() -> None:
    first, second = first_page("乙桥", "3.00", "农户满意度", "95", "%"), Sheet()
    first = Sheet()
    top = row(first, 690, HEADER)
    row(first, top, ("乙桥", "3.00", "满意度", "95", "%"))
    row(second, 40, ("丙渠", "", "清淤", "", ""))
    assert texts(read(first, second))[1:] == [["乙桥", "3.00", "满意度", "95", "%"], ["丙渠", "清淤"]]


def test_names_merged_over_the_break_go_on_beside_a_new_row() -> None:
    second = Sheet()
    bottom = row(second, row(second, 40, ("验收率", "98", "%"), first=2), ("满意度", "95", "%"), first=2)
    for x in XS[:2]:
        second.line(x, 40, x, bottom)
    second.line(XS[0], 40, XS[2], 40).line(XS[0], bottom, XS[2], bottom).text(XS[0] + 3, 64, "改造项目")
    reading = read(first_page("乙乡中\n心校舍\n加固", "3.00", "加固间数", "12", "间"), second)
    assert texts(reading)[2:] == [
        ["乙乡中心校舍加固改造项目", "3.00", "加固间数", "12", "间"],
        ["验收率", "98", "%"],
        ["满意度", "95", "%"],
    ]
    assert [cell.rows for cell in reading.rows[2].cells] == [3, 3, 1, 1, 1]


def test_a_group_that_begins_below_the_break_keeps_its_name() -> None:
    second = Sheet()
    bottom = row(second, row(second, 40, ("验收率", "98", "%"), first=2), ("满意度", "95", "%"), first=2)
    for x in XS[:2]:
        second.line(x, 40, x, bottom)
    second.line(XS[0], 40, XS[2], 40).line(XS[0], bottom, XS[2], bottom)
    second.text(XS[0] + 3, 64, "丙渠清淤").text(XS[1] + 3, 64, "待定")
    found = texts(read(first_page("乙乡中\n心校舍\n加固", "3.00", "加固间数", "12", "间"), second))
    assert found[2][0] == "乙乡中心校舍加固"
    assert found[3] == ["丙渠清淤", "待定", "验收率", "98", "%"]


def pages_of_a_word_processor(*rest: str) -> list[Sheet]:
    """Rows without padding, the last one cut: its texts break where they had room, as a writer broke them."""
    first, second = Sheet(), Sheet()
    top = row(first, 690, HEADER, cut=True)
    top = row(first, top, ("甲路养护", "12.50", "养护里程", "60", "公里"), cut=True)
    row(first, top, ("乙", "3.00", "农户满", "95", "%"), cut=True)
    top = row(second, 40, rest, cut=True)
    row(second, top, ("丙渠清淤", "8.00", "清淤长度", "9", "公里"), cut=True)
    return [first, second]


def test_texts_without_a_figure_below_a_break_put_both_rows_in_doubt() -> None:
    reading = read(*pages_of_a_word_processor("桥维修", "", "意度", "", ""))
    aside = [cell.text for found in reading.asides for cell in found.cells]
    assert {"乙", "农户满", "桥维修", "意度"} <= {*aside}
    assert texts(reading)[-1] == ["丙渠清淤", "8.00", "清淤长度", "9", "公里"]


def test_texts_with_a_figure_below_a_break_are_a_row() -> None:
    reading = read(*pages_of_a_word_processor("丁塘", "2.00", "蓄水量", "", ""))
    assert ["丁塘", "2.00", "蓄水量"] in texts(reading)
    assert ["乙", "3.00", "农户满", "95", "%"] in texts(reading)
