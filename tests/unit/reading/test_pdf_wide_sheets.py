"""A sheet cut into pages: the pages of the same rows are laid side by side, in either page order."""

from __future__ import annotations

from itertools import accumulate

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.reading import Reading, read_document

HEADER = ("项目名称", "总计", "财政拨款", "绩效目标", "绩效指标")
BLOCK = "1、1-产出指标；11-数量指标；{0}；\n实施周期指标值:{1}次；\n年度指标值:{1}次。"
ROWS = (
    ("合计", "9.00", "9.00", "", ""),
    ("青年宫", "9.00", "9.00", "", ""),
    (
        "  球场修缮",
        "4.00",
        "4.00",
        "球场可用\n全年开放\n市民满意\n设施完好\n草坪常绿",
        BLOCK.format("巡查", 12),
    ),
    ("  乐队排练", "5.00", "5.00", "每周一练", BLOCK.format("排练", 50)),
)
WIDTHS = (110, 70, 70, 150, 220)
RUNS = ((0, 1, 2), (3,), (4,))
STEP, TOP, CUT = 14, 60, 97
"""The first page ends in the middle of the first project: 97 points under the top of the table."""


def heights(rows: tuple[tuple[str, ...], ...]) -> list[int]:
    return [STEP * (1 + max(cell.count("\n") for cell in row)) + 4 for row in rows]


def block(columns: tuple[int, ...]) -> list[Sheet]:
    """The two pages of some columns: the cell that the break cuts is drawn whole on both and clipped."""
    rows = (HEADER, *ROWS)
    ends = [0, *accumulate(heights(rows))]
    xs = [40 + sum(WIDTHS[column] for column in columns[:count]) for count in range(len(columns) + 1)]
    sheets = []
    for first, last in ((0, CUT), (CUT, ends[-1])):
        inner, sheet = Sheet(), Sheet()
        for row, upper, lower in zip(rows, ends, ends[1:], strict=False):
            if upper >= last or lower <= first:
                continue
            at = TOP + upper - first
            for x, column in zip(xs, columns, strict=False):
                for number, words in enumerate(row[column].split("\n")):
                    if words:
                        inner.text(x + 3, at + 3 + number * STEP, words)
        for end in ends:
            if first <= end <= last:
                sheet.line(xs[0], TOP + end - first, xs[-1], TOP + end - first)
        for x in xs:
            sheet.line(x, TOP, x, TOP + last - first)
        sheets.append(sheet.clipped(xs[0], TOP, xs[-1], TOP + last - first, inner))
    if columns[0] == 0:
        sheets[0].text(200, 20, "项目支出绩效目标表", 14)
        sheets[0].text(40, 42, "部门名称：白云区青年宫").text(230, 42, "单位：万元")
    return sheets


def down_then_over(*blocks: tuple[int, ...]) -> list[Sheet]:
    return [sheet for columns in blocks for sheet in block(columns)]


def over_then_down(*blocks: tuple[int, ...]) -> list[Sheet]:
    return [sheet for pages in zip(*map(block, blocks), strict=True) for sheet in pages]


@pytest.mark.parametrize("order", [down_then_over, over_then_down])
@pytest.mark.parametrize(
    "blocks",
    [RUNS, ((0, 1, 2), (3, 4)), ((0, 1, 2), (0, 3), (0, 4)), ((0, 1), (0, 2), (0, 3), (0, 4))],
    ids=str,
)
def test_all_columns_of_the_rows_come_together(order: object, blocks: tuple[tuple[int, ...], ...]) -> None:
    assert callable(order)
    (record,) = parse_document(printed(*order(*blocks)), "sample.pdf")
    (unit,) = record.units_of_use
    assert [(found.name, found.goal) for found in unit.projects] == [
        ("球场修缮", "球场可用全年开放市民满意设施完好草坪常绿"), ("乐队排练", "每周一练"),
    ]  # fmt: skip
    first, second = unit.projects
    indicators = [
        [(found.name, found.annual_value) for found in project.indicators] for project in (first, second)
    ]
    assert indicators == [[("巡查", "12次")], [("排练", "50次")]]
    assert record.account.remainder == 0
    codes = [finding.code for finding in record.findings]
    assert codes.count("columns-split") == len(blocks) - 1
    assert not {"text-unread", "indicators-unmatched"} & set(codes)


def test_the_goal_is_quoted_from_the_pages_on_which_it_stands() -> None:
    reading: Reading = read_document(printed(*over_then_down(*RUNS)), "sample.pdf")
    row = next(row for row in reading.rows if "球场修缮" in row.line.text)
    goal = row.at(3)
    assert goal is not None
    assert [found.page for found in reading.source.evidence_of(goal.place.offsets)] == [2, 5]
    assert (row.line.page, row.last_page) == (1, 1)


def test_two_tables_of_as_many_rows_stay_two() -> None:
    first, second = Sheet(), Sheet()
    first.text(200, 20, "收入预算表").table(
        (40, 150, 300), 60, [["科目", "收入"], ["甲", "1.00"], ["乙", "2.00"]]
    )
    second.text(200, 20, "支出预算表").table(
        (40, 190, 300), 60, [["项目", "支出"], ["丙", "1.00"], ["丁", "2.00"]]
    )
    tables = [row.table for row in read_document(printed(first, second), "sample.pdf").rows if row.table]
    assert tables == [1, 1, 1, 2, 2, 2]


def test_forms_that_follow_one_another_with_the_same_edges_stay_apart() -> None:
    def form(name: str) -> Sheet:
        sheet = Sheet()
        rows = [["项目名称", name], ["主管部门", "白云区青年宫"], ["总体\n目标", f"{name}可用\n常年开放"]]
        sheet.table((40, 150, 400), 60, rows)
        return sheet

    reading = read_document(printed(form("球场"), form("泳池")), "sample.pdf")
    assert [len(row.cells) for row in reading.rows] == [2] * 6


def headed(xs: list[float], words: list[str], at: float, top: bool = True) -> Sheet:
    """A page of indicators under a heading that is merged over all blocks, and drawn whole under a clip."""
    sheet, heading = Sheet(), Sheet()
    sheet.table(xs, 78, [words, *([word + "甲" * count for word in words] for count in (1, 2, 3))])
    if top:
        for x in (xs[0], xs[-1]):
            sheet.line(x, 60, x, 78)
        sheet.line(xs[0], 60, xs[-1], 60)
    return sheet.clipped(xs[0], 60, xs[-1], 78, heading.text(at, 63, "绩效指标"))


@pytest.mark.parametrize("at", [100, 235, 275], ids=["in the first", "between", "in the last"])
def test_a_heading_over_the_columns_of_several_blocks_is_one_cell(at: float) -> None:
    first = headed([40, 150, 260], ["一级指标", "二级指标"], at)
    last = headed([40, 200, 360], ["三级指标", "指标值"], at - 220)
    reading = read_document(printed(first, last), "sample.pdf")
    assert [(cell.column, cell.span, cell.text) for cell in reading.rows[0].cells] == [(0, 4, "绩效指标")]
    assert [cell.text for cell in reading.rows[1].cells] == ["一级指标", "二级指标", "三级指标", "指标值"]


def test_of_a_heading_over_three_blocks_the_middle_one_may_show_nothing() -> None:
    first = headed([40, 150, 260], ["一级指标", "二级指标"], 420)
    middle = headed([40, 210], ["三级指标"], 300, top=False)
    last = headed([40, 200, 360], ["指标值", "备注"], 50)
    reading = read_document(printed(first, middle, last), "sample.pdf")
    assert [(cell.column, cell.span, cell.text) for cell in reading.rows[0].cells] == [(0, 5, "绩效指标")]


def test_names_merged_over_both_rows_of_a_header_stand_beside_a_block_that_shows_only_the_second() -> None:
    first = headed([40, 150, 260], ["一级指标", "二级指标"], 420)
    middle = headed([40, 210], ["三级指标"], 300, top=False)
    names = Sheet()
    for at in (60, 96, 114, 132, 150):
        names.line(40, at, 150, at)
    names.line(40, 60, 40, 150).line(150, 60, 150, 150)
    for at, word in ((70, "项目名称"), (99, "甲"), (117, "乙"), (135, "丙")):
        names.text(43, at, word)
    reading = read_document(printed(names, middle, first), "sample.pdf")
    assert [row.cells[0].text for row in reading.rows] == [
        "项目名称",
        "三级指标",
        "甲",
        "乙",
        "丙",
    ]
    assert {row.width for row in reading.rows} == {4}
