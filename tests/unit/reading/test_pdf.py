"""Ruled pages: cells and their places, merged cells, rows that a page break cuts."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

XS = (50, 180, 300, 420)


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def rows(reading: Reading) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in reading.rows]


def furniture(reading: Reading) -> str:
    text = reading.source.text
    return "|".join(text[start:end].strip() for start, end in reading.source.furniture)


def test_cells_are_read_with_their_places() -> None:
    sheet = Sheet()
    sheet.text(60, 40, "表名")
    sheet.table(XS, 90, [["甲", "乙\n丙", ""], ["丁", "", "己"]])
    reading = read(sheet)
    assert rows(reading) == [[(0, "表名")], [(0, "甲"), (1, "乙丙")], [(0, "丁"), (2, "己")]]
    assert [row.table for row in reading.rows] == [0, 1, 1]
    (evidence,) = reading.source.evidence_of(reading.rows[1].cells[1].place.offsets)
    assert (evidence.page, evidence.quote) == (1, "乙\n丙")
    assert evidence.box == (183.0, 93.0, 193.0, 117.0)


def test_blanks_of_the_page_stay_apart_from_the_words() -> None:
    sheet = Sheet()
    sheet.text(50, 40, "部门名称：").text(100, 40, "体育局").text(400, 40, "单位：万元")
    sheet.table(XS, 90, [["Green", "space 5", ""]])
    reading = read(sheet)
    assert rows(reading) == [[(0, "部门名称：体育局"), (1, "单位：万元")], [(0, "Green"), (1, "space 5")]]


def test_a_merged_cell_stands_in_its_first_row_and_column() -> None:
    sheet = Sheet()
    sheet.line(50, 90, 420, 90).line(180, 110, 420, 110).line(50, 130, 420, 130).line(50, 150, 420, 150)
    sheet.line(50, 90, 50, 150).line(420, 90, 420, 150).line(180, 90, 180, 150).line(300, 110, 300, 150)
    sheet.text(60, 105, "名称").text(290, 95, "金额").text(190, 115, "拨款").text(310, 115, "其他")
    sheet.text(60, 135, "甲").text(190, 135, "1.00").text(310, 135, "2.00")
    reading = read(sheet)
    assert rows(reading) == [
        [(0, "名称"), (1, "金额")], [(1, "拨款"), (2, "其他")], [(0, "甲"), (1, "1.00"), (2, "2.00")]
    ]  # fmt: skip
    assert [cell.span for cell in reading.rows[0].cells] == [1, 2]


def cut_row(words: tuple[str, ...], offset: float, top: float, bottom: float, **ends: bool) -> Sheet:
    """A page with rows of a table on it, and a row drawn whole of which a part is seen."""
    sheet = Sheet()
    whole = Sheet()
    for index, line in enumerate(words):
        whole.text(183, top + offset + 14 * index, line)
    whole.text(53, top + offset + 7 * len(words), "长行")
    sheet.clipped(50, top, 420, bottom, whole)
    for x in XS:
        sheet.line(x, top, x, bottom)
    if ends.get("upper"):
        sheet.line(50, top, 420, top)
    if ends.get("lower"):
        sheet.line(50, bottom, 420, bottom)
    return sheet


WORDS = ("第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八")


def test_a_row_drawn_whole_on_both_pages_is_read_once() -> None:
    first = cut_row(WORDS, 4, 780, 822, upper=True)
    first.table(XS, 762, [["上行", "前", ""]], upper=True)
    second = cut_row(WORDS, 4 - 42, 40, 120, lower=True)
    second.table(XS, 120, [["下行", "后", ""]], upper=False)
    reading = read(first, second)
    assert rows(reading) == [
        [(0, "上行"), (1, "前")], [(0, "长行"), (1, "".join(WORDS))], [(0, "下行"), (1, "后")]
    ]  # fmt: skip
    row = reading.rows[1]
    assert (row.line.page, row.last_page) == (1, 2)
    quotes = [(found.page, found.quote) for found in reading.source.evidence_of(row.cells[1].place.offsets)]
    assert quotes == [(1, "第一\n第二\n第三"), (2, "第四\n第五\n第六\n第七\n第八")]
    assert not reading.source.notices
    assert furniture(reading).count("第一") == 1
    assert furniture(reading).count("第八") == 1


def test_a_row_over_three_pages_below_a_header_printed_on_each() -> None:
    seen = (42, 42, 46)
    sheets = []
    for page, height in enumerate(seen):
        sheet = cut_row(WORDS, 4 - 42 * page, 40 + 18, 40 + 18 + height, upper=True, lower=page == 2)
        sheet.table(XS, 40, [["名称", "内容", "备注"]])
        sheets.append(sheet)
    reading = read(*sheets)
    header = [(0, "名称"), (1, "内容"), (2, "备注")]
    assert rows(reading) == [header, [(0, "长行"), (1, "".join(WORDS))], header, header]
    assert reading.rows[1].last_page == 3
    assert [found.page for found in reading.source.evidence_of(reading.rows[1].cells[1].place.offsets)] == [
        1, 2, 3
    ]  # fmt: skip


def test_text_that_flows_on_below_a_page_break_is_one_row() -> None:
    full = "这一行写满了单元格的宽度"[:11]
    first, second = Sheet(), Sheet()
    first.table(XS, 700, [["名称", "内容", ""], ["甲", f"{full}\n{full}", "5"]])
    second.table(XS, 40, [["", "余下的字", ""], ["乙", "短", "6"]])
    reading = read(first, second)
    assert rows(reading)[1:] == [[(0, "甲"), (1, f"{full}{full}余下的字"), (2, "5")],
                                 [(0, "乙"), (1, "短"), (2, "6")]]  # fmt: skip
    assert reading.rows[1].last_page == 2


def test_a_short_line_above_a_page_break_ends_its_row() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, 700, [["名称", "内容", "数"], ["甲", "完成", "5"]])
    second.table(XS, 40, [["", "另一项", "7"]])
    assert rows(read(first, second))[1:] == [[(0, "甲"), (1, "完成"), (2, "5")], [(1, "另一项"), (2, "7")]]


def test_text_that_its_cell_hides_is_reported() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["甲", "", "己"]])
    sheet.clipped(180, 90, 300, 108, Sheet().text(183, 93, "这段文字比单元格长得多所以看不全"))
    reading = read(sheet)
    assert rows(reading) == [[(0, "甲"), (1, "这段文字比单元格长得多所"), (2, "己")]]
    assert [(found.code, found.where, dict(found.params)) for found in reading.source.notices] == [
        ("text-clipped", "p. 1", {"text": "以看不全"})
    ]


@pytest.mark.parametrize("crop", [None, (0, 100, 595, 842)])
def test_what_stands_off_the_page_is_not_read(crop: tuple[float, float, float, float] | None) -> None:
    sheet = Sheet(crop=crop)
    sheet.table(XS, 90, [["甲", "乙", "丙"]])
    sheet.text(60, 850 if crop is None else 800, "页外")
    reading = read(sheet)
    assert rows(reading) == [[(0, "甲"), (1, "乙"), (2, "丙")]]
    assert furniture(reading) == "页外"
