"""Tables with a line under each cell and none beside it: where the pieces of a line meet, columns part."""

from __future__ import annotations

from collections.abc import Sequence

from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

XS = (50.0, 120.0, 200.0, 330.0, 450.0)
NAMES = ("甲栏", "乙栏", "丙栏", "丁栏")
FOOT = 800.0


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def cells(reading: Reading) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in reading.rows]


def under(sheet: Sheet, at: float, first: int = 0) -> Sheet:
    """A line drawn cell by cell, from a column on."""
    for left, right in zip(XS[first:], XS[first + 1 :], strict=False):
        sheet.line(left, at, right, at)
    return sheet


def row(
    sheet: Sheet, at: float, words: Sequence[str], *, lower: float | None = None, first: int = 0
) -> Sheet:
    """Words in their columns, the parts of one by line breaks; the line under them."""
    for x, cell in zip(XS, words, strict=False):
        for number, line in enumerate(cell.split("\n")):
            sheet.text(x + 3, at + 4 + 14 * number, line)
    return under(sheet, lower, first) if lower is not None else sheet


def top(sheet: Sheet) -> Sheet:
    """A header that has no line above, and a row."""
    row(sheet, 40, NAMES, lower=60)
    return row(sheet, 60, ("子", "丑", "寅", "卯"), lower=80)


def test_rows_end_at_the_lines_and_columns_where_their_pieces_meet() -> None:
    sheet = top(Sheet().text(180, 20, "某某项目绩效目标表的标题"))
    row(sheet, 80, ("辰", "", "巳一\n巳二\n巳三", "午"), lower=130)
    assert cells(read(sheet)) == [
        [(0, "某某项目绩效目标表的标题")],
        [(0, "甲栏"), (1, "乙栏"), (2, "丙栏"), (3, "丁栏")],
        [(0, "子"), (1, "丑"), (2, "寅"), (3, "卯")],
        [(0, "辰"), (2, "巳一巳二巳三"), (3, "午")],
    ]


def test_words_across_a_place_where_columns_part_stand_in_a_merged_cell() -> None:
    sheet = top(Sheet())
    row(sheet, 80, ("辰", "跨过两栏的一长句话在这里写", "", "巳"), lower=100)
    row(sheet, 100, ("午", "未", "申", "酉"), lower=120)
    reading = read(sheet)
    assert cells(reading)[2:] == [
        [(0, "辰"), (1, "跨过两栏的一长句话在这里写"), (3, "巳")],
        [(0, "午"), (1, "未"), (2, "申"), (3, "酉")],
    ]
    assert reading.rows[2].cells[1].span == 2


def test_a_cell_beside_lines_that_leave_it_out_is_merged_downwards() -> None:
    sheet = row(top(Sheet()), 80, ("", "辰", "巳", "午"), lower=100, first=1)
    row(sheet, 100, ("", "未", "申", "酉"), lower=120).text(XS[0] + 3, 93, "合")
    reading = read(sheet)
    assert cells(reading)[2:] == [
        [(0, "合"), (1, "辰"), (2, "巳"), (3, "午")],
        [(1, "未"), (2, "申"), (3, "酉")],
    ]
    assert reading.rows[2].cells[0].rows == 2


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    first = row(top(Sheet()), 80, ("辰", "巳", "", "未"), lower=700)
    row(first, 700, ("戌", "", "亥一\n亥二\n亥三\n亥四\n亥五\n亥六", ""))
    bare = Sheet().text(XS[2] + 3, 44, "亥七").text(XS[2] + 3, 400, "亥八").text(XS[2] + 3, 780, "亥九")
    last = row(Sheet().text(XS[2] + 3, 44, "亥十"), 60, ("", "", "", ""), lower=60)
    row(last, 60, ("子", "丑", "寅", "卯"), lower=80)
    assert cells(read(first, bare, last))[3:] == [
        [(0, "戌"), (2, "亥一亥二亥三亥四亥五亥六亥七亥八亥九亥十")],
        [(0, "子"), (1, "丑"), (2, "寅"), (3, "卯")],
    ]


def test_a_row_at_the_top_of_a_page_has_no_line_above() -> None:
    first = row(top(Sheet()), 80, ("辰", "巳", "午", "未"), lower=FOOT)
    last = row(Sheet(), 40, ("申", "跨过两栏的一长句话在这里写", "", "酉"), lower=60)
    assert cells(read(first, last))[3:] == [[(0, "申"), (1, "跨过两栏的一长句话在这里写"), (3, "酉")]]


def test_a_page_number_and_notes_below_the_last_line_are_no_row() -> None:
    first = row(top(Sheet()), 80, ("辰", "巳", "午", "未"), lower=700).text(290, 810, "- 1 -")
    last = row(Sheet(), 40, ("申", "酉", "戌", "亥"), lower=60)
    reading = read(first, last.text(XS[0] + 3, 70, "注一").text(290, 810, "- 2 -"))
    assert [[cell.text for cell in row.cells] for row in reading.rows if row.table][2:] == [
        ["辰", "巳", "午", "未"],
        ["申", "酉", "戌", "亥"],
    ]
    assert [cell.text for row in reading.rows if not row.table for cell in row.cells] == [
        "- 1 -",
        "注一",
        "- 2 -",
    ]


def test_labels_above_a_table_are_none_of_its_names() -> None:
    sheet = Sheet().text(XS[0] + 3, 20, "部门：某").text(XS[3] + 3, 20, "单位：元")
    found = cells(read(row(top(sheet), 80, ("辰", "巳", "午", "未"), lower=100)))
    assert found[0] == [(0, "部门：某"), (1, "单位：元")]
    assert found[1] == [(0, "甲栏"), (1, "乙栏"), (2, "丙栏"), (3, "丁栏")]


def test_dashes_that_meet_part_no_columns() -> None:
    sheet = Sheet()
    for at in (60, 80, 100):
        for number in range(100):
            sheet.line(50 + 4 * number, at, 54 + 4 * number, at)
    for number, words in enumerate(("甲", "乙", "丙")):
        sheet.text(60, 64 + 20 * number, f"{words}一栏里的一句话")
    assert not any(row.table for row in read(sheet).rows)


def test_a_page_of_text_after_a_table_is_no_row_of_it() -> None:
    first = row(top(Sheet()), 80, ("辰", "巳", "午", "未"), lower=700)
    row(first, 700, ("", "", "申一\n申二\n申三", ""))
    last = Sheet().text(50, 44, "表后另有一段写得很长的文字说明各栏怎样填写").text(50, 60, "某年某月某日")
    reading = read(first, last)
    assert len({row.table for row in reading.rows if row.table}) == 1
    assert [row.table for row in reading.rows][-2:] == [0, 0]


def test_headers_and_footers_are_no_part_of_a_row_that_a_page_break_cuts() -> None:
    pages = []
    for number in range(3):
        sheet = Sheet().text(24, 16, "某年某月某日打印", 8).text(300, 825, f"{number + 1}/3", 8)
        pages.append(sheet)
    row(top(pages[0]), 80, ("辰", "巳", "", "未"), lower=700)
    row(pages[0], 700, ("戌", "", "亥一\n亥二\n亥三\n亥四\n亥五\n亥六\n亥七", ""))
    row(pages[1].text(XS[2] + 3, 30, "亥八"), 50, ("子", "丑", "寅", "卯"), lower=70)
    under(pages[1], 50)
    row(row(pages[1], 70, ("", "", "", ""), lower=790), 790, ("午", "", "申一", ""))
    under(pages[2].text(XS[2] + 3, 30, "申二"), 50)
    assert [[cell.text for cell in found.cells] for found in read(*pages).rows if found.table][3:] == [
        ["戌", "亥一亥二亥三亥四亥五亥六亥七亥八"],
        ["子", "丑", "寅", "卯"],
        ["午", "申一申二"],
    ]


def test_a_line_in_one_piece_says_that_its_row_is_merged() -> None:
    sheet = Sheet()
    row(sheet, 40, NAMES, lower=60)
    for at in (80, 100):
        sheet.text(XS[0] + 3, at - 16, "短").line(XS[0], at, XS[-1], at)
    row(row(sheet, 100, ("子", "丑", "寅", "卯"), lower=120), 120, ("辰", "巳", "午", "未"), lower=140)
    reading = read(sheet)
    assert [[cell.span for cell in found.cells] for found in reading.rows if found.table][2:] == [
        [4],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
    ]
