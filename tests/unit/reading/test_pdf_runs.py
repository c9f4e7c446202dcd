"""Column runs: the rest of the columns on later pages, put back to their rows."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

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


def run(columns: int, split: int | None, header: bool, size: tuple[float, float]) -> list[Sheet]:
    """The pages of one run; ``split`` is the row with which its second page begins."""
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
def test_three_runs_are_one_table(
    header: bool, splits: tuple[int | None, ...], sizes: tuple[tuple[float, float], ...]
) -> None:
    sheets = [
        sheet for columns in range(3) for sheet in run(columns, splits[columns], header, sizes[columns])
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


def test_a_table_under_a_title_of_its_own_is_no_run() -> None:
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
