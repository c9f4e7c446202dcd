"""What a browser prints: rows that a page break cuts without a rule, characters named by radicals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

XS = (50.0, 120.0, 260.0, 400.0)
BOTTOM = 800.0


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def cells(reading: Reading) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in reading.rows]


def verticals(sheet: Sheet, xs: tuple[float, ...], top: float, bottom: float) -> Sheet:
    for x in xs:
        sheet.line(x, top, x, bottom)
    return sheet


def first_page() -> Sheet:
    """A header, and a row of which the lower rule stands on a later page."""
    sheet = verticals(Sheet(), XS, 60, BOTTOM)
    sheet.line(XS[0], 60, XS[-1], 60).line(XS[0], 80, XS[-1], 80)
    for x, words in zip(XS, ("甲栏", "乙栏", "丙栏"), strict=False):
        sheet.text(x + 3, 64, words)
    sheet.text(XS[0] + 3, 84, "子").text(XS[1] + 3, 84, "丑")
    return sheet.text(XS[2] + 3, BOTTOM - 14, "寅一")


def test_a_page_within_one_row_has_vertical_edges_only() -> None:
    middle = verticals(Sheet(), XS, 40, BOTTOM).text(XS[2] + 3, 44, "寅二").text(XS[2] + 3, 60, "寅三")
    last = verticals(Sheet(), XS, 40, 100).text(XS[2] + 3, 44, "寅四")
    last.line(XS[0], 60, XS[-1], 60).line(XS[0], 100, XS[-1], 100)
    for x, words in zip(XS, ("卯", "辰", "巳"), strict=False):
        last.text(x + 3, 70, words)
    found = cells(read(first_page(), middle, last))
    assert found == [
        [(0, "甲栏"), (1, "乙栏"), (2, "丙栏")],
        [(0, "子"), (1, "丑"), (2, "寅一寅二寅三寅四")],
        [(0, "卯"), (1, "辰"), (2, "巳")],
    ]


def test_a_cell_as_tall_as_the_page_keeps_its_column() -> None:
    last = verticals(Sheet(), XS, 40, 100).line(XS[1], 60, XS[-1], 60)
    for x, words in zip(XS[1:], ("辰", "巳"), strict=False):
        last.text(x + 3, 70, words)
    last.line(XS[1], 100, XS[-1], 100)
    found = cells(read(first_page(), last))
    assert found[-1] == [(1, "辰"), (2, "巳")]


def test_words_of_a_merged_cell_go_on_beside_a_new_row() -> None:
    first = verticals(Sheet(), XS, 700, BOTTOM).line(XS[0], 700, XS[-1], 700)
    first.line(XS[1], 750, XS[-1], 750).line(XS[1], BOTTOM, XS[-1], BOTTOM)
    first.text(XS[0] + 3, BOTTOM - 14, "效益")
    last = verticals(Sheet(), XS, 40, 100).line(XS[0], 100, XS[-1], 100).text(XS[0] + 3, 44, "指标")
    for sheet, top, words in ((first, 704, "乙丙"), (first, 754, "丁戊"), (last, 44, "己庚")):
        for x, word in zip(XS[1:], words, strict=False):
            sheet.text(x + 3, top, word)
    assert cells(read(first, last)) == [
        [(0, "效益指标"), (1, "乙"), (2, "丙")],
        [(1, "丁"), (2, "戊")],
        [(1, "己"), (2, "庚")],
    ]


def test_two_lines_beside_a_text_are_no_table() -> None:
    sheet = verticals(Sheet(), (40.0, 550.0), 40, BOTTOM).text(60, 60, "一段话").text(60, 80, "又一段")
    assert not any(row.table for row in read(sheet).rows)


def test_characters_named_by_radicals_are_those_printed_and_it_is_said() -> None:
    reading = read(Sheet().text(60, 40, "⼀级指标，⻔⼾，⽬标"), Sheet().text(60, 40, "二级"))
    assert "一级指标，门户，目标" in reading.source.text
    (notice,) = [found for found in reading.source.notices if found.code == "radicals-read"]
    assert (notice.where, dict(notice.params)) == ("p. 1", {"characters": "4", "example": "⼀"})


def dotted(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    """A line of dots, each a small filled square."""
    steps = int(max(x1 - x0, bottom - top) / 1.5)
    for step in range(steps + 1):
        x = x0 + (x1 - x0) * step / steps
        y = sheet.height - (top + (bottom - top) * step / steps)
        sheet.drawn.append(f"{x - 0.4:g} {y - 0.4:g} 0.8 0.8 re f")


def test_lines_of_dots_are_edges_and_lone_dots_are_none() -> None:
    sheet = Sheet()
    sheet.drawn.append("70 700 1 1 re f")
    for y in (60, 80, 100):
        dotted(sheet, XS[0], y, XS[-1], y)
    for x in XS:
        dotted(sheet, x, 60, x, 100)
    for row, words in enumerate(("甲乙丙", "子丑寅")):
        for x, word in zip(XS, words, strict=False):
            sheet.text(x + 3, 64 + 20 * row, word)
    assert cells(read(sheet)) == [[(0, "甲"), (1, "乙"), (2, "丙")], [(0, "子"), (1, "丑"), (2, "寅")]]


def spilling(note: float) -> Sheet:
    """Two rows beside a merged cell without a rule below, whose words go on below the table."""
    sheet = verticals(Sheet(), XS, 60, 100)
    sheet.line(XS[0], 60, XS[-1], 60).line(XS[1], 80, XS[-1], 80).line(XS[1], 100, XS[-1], 100)
    for top, words in ((64, "质量指标合"), (76, "格率等各项"), (88, "的所有内容"), (101, "都在这一格")):
        sheet.text(XS[0] + 3, top, words)
    for row, words in enumerate(("乙丙", "丑寅")):
        for x, word in zip(XS[1:], words, strict=False):
            sheet.text(x + 3, 64 + 20 * row, word)
    return sheet.text(XS[0] + 3, note, "第1页")


def test_words_below_a_table_go_on_with_the_cell_that_is_open_there() -> None:
    found = cells(read(spilling(note=140)))
    assert found[0] == [(0, "质量指标合格率等各项的所有内容都在这一格"), (1, "乙"), (2, "丙")]
    assert found[1] == [(1, "丑"), (2, "寅")]
    assert all("第1页" not in text for row in found[:2] for _, text in row)


def test_edges_of_bold_characters_and_boxes_to_tick_are_no_tables() -> None:
    sheet = Sheet().text(60, 60, "口字的表")
    sheet.drawn += [
        "60 770 10 10 re S 62 772 6 6 re S",  # 口, its edges drawn
        "72 770 m 82 770 l 82 780 l 75 783 73 781 72 770 c S 72 775 m 82 775 l S",
        "100 770 12 12 re S",
    ]
    assert not any(row.table for row in read(sheet).rows)


def test_a_box_with_round_corners_has_sides() -> None:
    sheet = Sheet()
    sheet.drawn.append("60 600 m 400 600 l 405 600 405 600 405 605 c 405 700 l 60 700 l 60 600 l S")
    sheet.line(60, 200, 405, 200).line(200, 142, 200, 242)
    for x, top, word in ((64, 150, "甲"), (204, 150, "乙"), (64, 210, "丙"), (204, 210, "丁")):
        sheet.text(x, top, word)
    assert cells(read(sheet)) == [[(0, "甲"), (1, "乙")], [(0, "丙"), (1, "丁")]]


def test_marks_that_share_their_blank_halves_keep_their_order() -> None:
    sheet = Sheet().text(60, 40, "供稿").text(80, 40, "（", 10).text(79, 40, "“", 12).text(91, 40, "学习”）")
    assert read(sheet).source.text.strip() == "供稿（“学习”）"


def test_headers_and_footers_of_a_browser_stand_between_no_rows() -> None:
    pages = []
    for number, words in enumerate(("子", "丑", "寅"), start=1):
        sheet = Sheet().text(24, 16, "1/2/26, 7:37 PM", 8).text(280, 16, "某表", 8)
        sheet.table(XS, 60, [("甲栏", "乙栏", "丙栏"), (words, "一", "二")])
        pages.append(
            sheet.text(24, 820, "http://www.example.org/a/long/name.html", 8).text(550, 820, f"{number}/3", 8)
        )
    rows = read(*pages).rows
    assert [[cell.text for cell in row.cells] for row in rows if not row.table] == [
        ["1/2/26, 7:37 PM", "某表"]
    ]
    assert [row.cells[0].text for row in rows if row.table and row.cells[0].text in "子丑寅"] == [
        "子",
        "丑",
        "寅",
    ]


def test_the_halves_of_a_text_stay_in_the_order_of_pages_where_its_side_differs_by_a_hair() -> None:
    """The goal is merged over two rows; on the second page its left side is a hair further to the left."""
    shifted = (XS[0], XS[1] - 1e-9, XS[2], XS[3])
    first = verticals(Sheet(), XS, 700, BOTTOM).line(XS[0], 700, XS[-1], 700)
    first.line(XS[0], 750, XS[1], 750).line(XS[2], 750, XS[-1], 750)
    last = verticals(Sheet(), shifted, 40, 100).line(XS[0], 100, XS[-1], 100)
    last.line(XS[0], 70, XS[1], 70).line(XS[2], 70, XS[-1], 70)
    first.text(XS[1] + 3, BOTTOM - 14, "筛查率达到百分之八十，").text(XS[0] + 3, 704, "甲").text(
        XS[2] + 3, 704, "丙"
    )
    first.text(XS[0] + 3, 754, "乙").text(XS[2] + 3, 754, "丁")
    last.text(XS[1] + 3, 44, "漏诊率低于百分之五。").text(XS[0] + 3, 74, "子").text(XS[2] + 3, 74, "丑")
    texts = [text for row in cells(read(first, last)) for _, text in row]
    assert "筛查率达到百分之八十，漏诊率低于百分之五。" in texts


def framed(scale: float) -> Sheet:
    """A table whose cells have sides of their own, a gap between them and a frame around (border-spacing)."""
    sheet, gap = Sheet(), 2 * scale
    inner, xs, tops = 0.5 * scale, tuple(range(50, 500, 50)), (100.0, 120.0, 140.0)
    for row, top in enumerate(tops[:-1]):
        for x0, x1 in pairwise(xs):
            left, right, upper, lower = x0 + gap / 2, x1 - gap / 2, top + gap / 2, tops[row + 1] - gap / 2
            _boxed(sheet, left, upper, right, lower, inner)
            sheet.text(left + 3, upper + 3, f"{row}{x0:g}", 8)
    x0, x1, upper, lower = xs[0] - gap / 2, xs[-1] + gap / 2, tops[0] - gap / 2, tops[-1] + gap / 2
    _boxed(sheet, x0, upper, x1, lower, inner)
    return sheet


def _boxed(sheet: Sheet, x0: float, top: float, x1: float, bottom: float, thick: float) -> None:
    """The four sides of a box, each a thin filled box."""
    level, upright = ((x0, top), (x0, bottom - thick)), ((x0, top), (x1 - thick, top))
    for x, y in level:
        sheet.drawn.append(f"0 g {x:g} {sheet.height - y - thick:g} {x1 - x0:g} {thick:g} re f")
    for x, y in upright:
        sheet.drawn.append(f"0 g {x:g} {sheet.height - bottom:g} {thick:g} {bottom - y:g} re f")


@pytest.mark.parametrize("scale", [0.5, 0.6, 0.7, 0.8])
def test_the_frame_around_cells_with_sides_of_their_own_makes_no_row(scale: float) -> None:
    rows = read(framed(scale)).rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        [f"{row}{x}" for x in range(50, 450, 50)] for row in (0, 1)
    ]
    assert not any(row.table == 0 for row in rows)
    assert {row.width for row in rows} == {8}


def test_what_a_browser_prints_at_the_edges_of_two_pages_stands_in_no_table() -> None:
    sheets = []
    for number, words in ((1, "甲"), (2, "乙")):
        sheet = Sheet().text(30, 20, "3/5/24, 9:12 AM", 7).text(280, 20, "信息公开", 7)
        sheet.table((40, 150, 300), 60, [[words, f"{number}"]])
        sheets.append(sheet.text(30, 820, "https://example.org/a", 7).text(500, 820, f"{number}/2", 7))
    rows = [[cell.text for cell in row.cells] for row in read(*sheets).rows]
    assert rows[1:] == [["甲", "1"], ["乙", "2"]]
