"""Columns printed on pages of their own: the pages with the same rows belong together."""

from __future__ import annotations

from collections.abc import Sequence

from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

NAMES = ("项目名称", "合计", "甲项目\n（一期）", "乙项目", "丙项目")
MONEY = ("总计", "6.00", "1.00", "2.00", "3.00")
GOALS = ("绩效目标", "", "办好一件\n办好两件\n办好三件", "", "办好四件\n办好五件")


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def block(columns: Sequence[Sequence[str]], xs: Sequence[float], rows: slice = slice(None)) -> Sheet:
    """A page of some columns; every row is as high as its highest cell in any column of the sheet."""
    sheet = Sheet()
    at = 60.0
    sheet.line(xs[0], at, xs[-1], at)
    for number in range(len(NAMES))[rows]:
        height = 14 * max(column[number].count("\n") + 1 for column in (NAMES, MONEY, GOALS)) + 4
        for x, column in zip(xs, columns, strict=False):
            for line, words in enumerate(column[number].split("\n")):
                if words:
                    sheet.text(x + 3, at + 3 + 14 * line, words)
        at += height
        sheet.line(xs[0], at, xs[-1], at)
    for x in xs:
        sheet.line(x, 60, x, at)
    return sheet


def rows(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


JOINED = [
    ["项目名称", "总计", "绩效目标"],
    ["合计", "6.00"],
    ["甲项目（一期）", "1.00", "办好一件办好两件办好三件"],
    ["乙项目", "2.00"],
    ["丙项目", "3.00", "办好四件办好五件"],
]


def test_a_block_of_columns_comes_back_to_its_rows() -> None:
    reading = read(block((NAMES, MONEY), (50, 150, 250)), block((GOALS,), (50, 320)))
    assert rows(reading) == JOINED
    assert [notice.code for notice in reading.source.notices] == ["columns-split"]
    goal = reading.rows[2].cells[2]
    assert {found.page for found in reading.source.evidence_of(goal.place.offsets)} == {2}
    assert reading.rows[2].last_page == 1


def test_each_block_has_its_own_widths() -> None:
    blocks = block((NAMES,), (50, 150)), block((MONEY,), (50, 120)), block((GOALS,), (50, 320))
    assert rows(read(*blocks)) == JOINED


def test_a_column_that_every_block_repeats_is_read_once() -> None:
    reading = read(block((NAMES, MONEY), (50, 150, 250)), block((NAMES, GOALS), (50, 150, 420)))
    assert rows(reading) == JOINED
    assert reading.source.text.count("丙项目") == 2


def test_a_header_merged_over_two_rows_is_one_row_where_it_stands_alone() -> None:
    left, right = Sheet(), Sheet()
    printed_rows = [["项目名称", "预算"], ["", "总计"], ["甲\n（一期）", "1.00"], ["乙", "2.00"]]
    left.table((50, 150, 250), 60, printed_rows)
    heights = [60, 60 + 36, 60 + 36 + 32, 60 + 36 + 32 + 18]
    for at in heights:
        right.line(50, at, 320, at)
    for x in (50, 320):
        right.line(x, heights[0], x, heights[-1])
    right.text(53, 70, "绩效目标").text(53, 100, "办好一件").text(53, 131, "办好两件")
    assert rows(read(left, right)) == [
        ["项目名称", "预算", "绩效目标"],
        ["总计"],
        ["甲（一期）", "1.00", "办好一件"],
        ["乙", "2.00", "办好两件"],
    ]


def test_two_forms_of_one_layout_stay_two() -> None:
    page = block((NAMES, MONEY), (50, 150, 250))
    assert rows(read(page, page)) == [row[:2] for row in JOINED] * 2


def scaled(columns: Sequence[Sequence[str]], xs: Sequence[float], scale: float, title: str = "") -> Sheet:
    """A page of some columns whose rows are all smaller by a scale."""
    sheet = Sheet()
    at = 60.0
    sheet.line(xs[0], at, xs[-1], at)
    for number in range(len(columns[0])):
        height = 14 + 9 * (number * number % 7)
        for x, column in zip(xs, columns, strict=False):
            if column[number]:
                sheet.text(x + 3, at + 2, column[number], 8)
        at += height * scale
        sheet.line(xs[0], at, xs[-1], at)
    for x in xs:
        sheet.line(x, 60, x, at)
    return sheet.text(60, 20, title) if title else sheet


def test_a_block_printed_smaller_comes_back_to_its_rows_by_their_proportions() -> None:
    names = ["项目名称", "合计", "甲", "乙", "丙", "丁", "戊", "己"]
    goals = ["绩效目标", "", "办好一件", "", "办好两件", "办好三件", "", "办好四件"]
    reading = read(scaled((names,), (50, 150), 1), scaled((goals,), (50, 320), 0.7, "绩效目标（续表）"))
    expected = [[word for word in row if word] for row in zip(names, goals, strict=True)]
    assert rows(reading) == [*expected, ["绩效目标（续表）"]]
    assert [notice.code for notice in reading.source.notices] == ["columns-split"]


def test_a_cell_merged_over_rows_of_another_block_stands_beside_all_of_them() -> None:
    left, right = Sheet(), Sheet()
    left.table(
        (50, 150, 250), 60, [["项目名称", "总计"], ["甲\n\n", "1.00"], ["乙\n\n\n", "2.00"], ["丙", "3.00"]]
    )
    parts = [["指标"], ["巡查\n"], ["维修"], ["保洁\n\n"], ["开放"], ["演出"]]
    heights = [18, 28, 18, 40, 20, 18]
    at = 300.0
    right.line(50, at, 320, at)
    for (words,), height in zip(parts, heights, strict=True):
        right.text(53, at + 3, words.strip())
        at += height
        right.line(50, at, 320, at)
    right.line(50, 300, 50, at).line(320, 300, 320, at)
    reading = read(left, right)
    assert rows(reading) == [
        ["项目名称", "总计", "指标"],
        ["甲", "1.00", "巡查"],
        ["维修"],
        ["乙", "2.00", "保洁"],
        ["开放"],
        ["丙", "3.00", "演出"],
    ]
    assert [cell.rows for cell in reading.rows[1].cells] == [2, 2, 1]
    assert [row.number for row in reading.rows] == [1, 2, 3, 4, 5, 6]


def test_a_block_may_begin_on_the_page_on_which_the_one_before_ends() -> None:
    names = ["项目名称", "合计", "甲", "乙", "丙", "丁", "戊", "己"]
    goals = ["绩效目标", "", "办好一件", "", "办好两件", "办好三件", "", "办好四件"]
    sheet = scaled((names,), (50, 150), 1)
    below = scaled((goals,), (50, 320), 1)
    sheet.drawn += ["q 1 0 0 1 0 -380 cm", *below.drawn, "Q"]
    assert rows(read(sheet)) == [[word for word in row if word] for row in zip(names, goals, strict=True)]
