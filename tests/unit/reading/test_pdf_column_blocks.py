"""Blocks of columns: the rest of the columns on later pages, put back to their rows."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.reading import Reading, read_document

BLOCK = "1、1-产出指标；11-数量指标；{0}；实施周期指标值:{1}次；\n年度指标值:{1}次。"
NAMES = ["项目名称", "总计", "财政拨款", "财政专户拨款", "其他资金"]
ROWS = [
    (["合计", "9.00", "9.00", "", ""], "", ""),
    (["青年宫", "9.00", "9.00", "", ""], "", ""),
    (["  球场修缮", "4.00", "4.00", "", ""], "球场可用\n全年开放\n市民满意", BLOCK.format("巡查", 12)),
    (["  乐队排练", "5.00", "5.00", "", ""], "", ""),
]
XS = (40, 150, 210, 280, 360, 430)


def heights() -> list[int]:
    return [max(cell.count("\n") for cell in (*row, goal, block)) for row, goal, block in ROWS]


def filled(cell: str, breaks: int) -> str:
    return cell + "\n" * (breaks - cell.count("\n"))


def block(columns: int, split: int | None, header: bool, size: tuple[float, float]) -> list[Sheet]:
    """The pages of one block; ``split`` is the row with which its second page begins."""
    body = []
    for (row, goal, block), breaks in zip(ROWS, heights(), strict=True):
        cells = (row, [goal], [block])[columns]
        body.append([filled(cell, breaks) for cell in cells])
    head = (NAMES, ["绩效目标"], ["绩效指标"])[columns]
    xs = XS if columns == 0 else (40, 460)
    pages = [body] if split is None else [body[:split], body[split:]]
    sheets = []
    for number, rows in enumerate(pages):
        sheet = Sheet(*size)
        if columns == 0 and number == 0:
            sheet.text(200, 20, "项目支出绩效目标表", 14)
            sheet.text(40, 42, "部门名称：白云区青年宫").text(380, 42, "单位：万元")
        shown = [head, *rows] if header or number == 0 else rows
        sheet.table(xs, 60, shown)
        sheet.text(250, size[1] - 30, f"第{len(sheets) + 1}页")
        sheets.append(sheet)
    return sheets


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


WIDE, TALL = (595.0, 420.0), (595.0, 842.0)


@pytest.mark.parametrize("header", [True, False], ids=["header on each", "header on the first"])
@pytest.mark.parametrize(
    ("splits", "sizes"),
    [((2, 2, 2), (WIDE, WIDE, WIDE)), ((3, 3, None), (WIDE, WIDE, TALL)), ((None, 2, 3), (TALL, WIDE, WIDE))],
    ids=["alike", "portrait after landscape", "page counts that differ"],
)
def test_three_blocks_are_one_table(
    header: bool, splits: tuple[int | None, ...], sizes: tuple[tuple[float, float], ...]
) -> None:
    sheets = [
        sheet for columns in range(3) for sheet in block(columns, splits[columns], header, sizes[columns])
    ]
    (record,) = parse_document(printed(*sheets), "sample.pdf")
    (unit,) = record.units_of_use
    first, second = unit.projects
    assert (unit.name, first.name, second.name) == ("青年宫", "球场修缮", "乐队排练")
    assert (first.goal, second.goal) == ("球场可用全年开放市民满意", None)
    assert [(found.name, found.annual_value) for found in first.indicators] == [("巡查", "12次")]
    assert not second.indicators
    assert record.account.remainder == 0
    codes = [finding.code for finding in record.findings]
    assert codes.count("columns-split") == 2
    assert "text-unread" not in codes


def test_a_table_under_a_title_of_its_own_is_no_block() -> None:
    first, second = Sheet(), Sheet()
    first.table((40, 150, 300), 60, [["科目", "收入"], ["甲", "1.00"], ["乙", "2.00"]])
    second.text(200, 20, "支出表")
    second.table((40, 190, 300), 60, [["项目", "支出"], ["甲", "1.00"], ["乙", "2.00"]])
    assert [row.table for row in read(first, second).rows if row.table] == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("depth", [12, 20])
def test_names_set_in_by_their_place_stand_under_their_unit(depth: int) -> None:
    # Every row has a goal: only the indent tells units from projects.
    rows = list(zip(("合计", "甲馆", "书架", "灯具", "乙馆", "门窗"), "962433", strict=True))
    sheet = Sheet()
    sheet.text(200, 20, "项目支出绩效目标表", 14)
    sheet.text(40, 42, "部门名称：白云区文化局").text(380, 42, "单位：万元")
    body = [["", *[f"{total}.00"] * 2, "", "", "完好" if name != "合计" else ""] for name, total in rows]
    sheet.table((*XS, 520), 60, [[*NAMES, "绩效目标"], *body])
    deep = {"书架", "灯具", "门窗"}
    for number, (name, _) in enumerate(rows):
        sheet.text(43 + (depth if name in deep else 0), 81 + 18 * number, name)
    (record,) = parse_document(printed(sheet), "sample.pdf")
    found = [(unit.name, [project.name for project in unit.projects]) for unit in record.units_of_use]
    assert found == [("甲馆", ["书架", "灯具"]), ("乙馆", ["门窗"])]
    assert record.account.remainder == 0


def test_names_set_in_the_middle_are_not_set_in() -> None:
    sheet = Sheet()
    names = ["甲乡", "道路桥梁", "水渠", "公园绿地", "书店"]
    sheet.table((40, 150, 300), 60, [["名称", "金额"], *([["", "1.00"]] * len(names))])
    for number, name in enumerate(names):
        sheet.text(95 - 5 * len(name), 81 + 18 * number, name)
    lines = [row.line.text for row in read(sheet).rows[1:]]
    assert lines == [f"{name}\t1.00\t" for name in names]


def twice(columns: int, at: int, reprinted: bool) -> list[Sheet]:
    """A block over two pages; the last row of the first is printed again at the top of the second."""
    body = []
    for (row, goal, block), breaks in zip(ROWS, heights(), strict=True):
        body.append([filled(cell, breaks) for cell in (row, [goal], [block])[columns]])
    head = (NAMES, ["绩效目标"], ["绩效指标"])[columns]
    xs = XS if columns == 0 else (40, 460)
    first, second = Sheet(*WIDE), Sheet(*WIDE)
    if columns == 0:
        first.text(200, 20, "项目支出绩效目标表", 14)
        first.text(40, 42, "部门名称：白云区青年宫").text(380, 42, "单位：万元")
    first.table(xs, 60, [head, *body[:at]])
    second.table(xs, 60, [head, *body[at - reprinted :]])
    return [first, second]


@pytest.mark.parametrize("again", [{0}, {1}, {2}, {0, 2}, {1, 2}, {0, 1, 2}], ids=str)
def test_a_row_printed_again_in_some_of_the_blocks_is_one_row(again: set[int]) -> None:
    sheets = [sheet for columns in range(3) for sheet in twice(columns, 3, columns in again)]
    (record,) = parse_document(printed(*sheets), "sample.pdf")
    (unit,) = record.units_of_use
    assert [(found.name, found.goal) for found in unit.projects] == [
        ("球场修缮", "球场可用全年开放市民满意"), ("乐队排练", None),
    ]  # fmt: skip
    first = unit.projects[0]
    assert first.printed_times == 1 + (0 in again)
    assert [(found.name, found.annual_value) for found in first.indicators] == [("巡查", "12次")]
    assert record.account.remainder == 0


def test_goals_of_a_block_that_has_no_rows_to_stand_beside_are_reported() -> None:
    names, goals = block(0, None, True, TALL), Sheet(*TALL)
    goals.table((40, 460), 60, [["绩效目标"], ["球场可用"], ["乐队成立"]])
    (record,) = parse_document(printed(*names, goals), "sample.pdf")
    assert all(found.goal is None for unit in record.units_of_use for found in unit.projects)
    unread = [dict(found.params)["text"] for found in record.findings if found.code == "text-unread"]
    assert unread == ["球场可用", "乐队成立"]
    assert record.account.remainder == 0


def test_a_heading_named_goal_makes_no_budget_table_a_table_of_projects() -> None:
    sheet = Sheet()
    sheet.table((40, 150, 300), 60, [["项目", "合计"], ["教育支出", "1.00"]])
    sheet.text(40, 200, "绩效目标").text(40, 220, "另见附件")
    with pytest.raises(UnreadableDocument, match="no performance table found"):
        parse_document(printed(sheet), "sample.pdf")
