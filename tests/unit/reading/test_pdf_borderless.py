"""Borderless tables: blanks part the columns, figures and gaps the rows."""

from __future__ import annotations

from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.reading import Reading, read_document

XS = (50, 180, 240, 300, 360, 420, 560)


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def rows(reading: Reading) -> list[tuple[int, list[tuple[int, str]]]]:
    return [(row.table, [(cell.column, cell.text) for cell in row.cells]) for row in reading.rows]


HEADER = ["项目名称", "总计", "财政拨款", "", "其他资金", "绩效目标"]


def header(sheet: Sheet, top: float) -> float:
    """A header of which one name takes two lines."""
    end = sheet.table(XS, top + 7, [HEADER], rules=False)
    sheet.text(303, top + 3, "财政专户").text(303, top + 17, "拨款")
    return end + 7


def test_columns_and_rows_by_alignment() -> None:
    sheet = Sheet()
    sheet.text(200, 40, "表名")
    end = header(sheet, 80)
    sheet.table(XS, end, [
        ["甲乡道路", "6.72", "6.72", "", "", "路面完好，\n通行便利"],
        ["乙乡桥梁\n维修", "10.00", "", "", "10.00", "桥梁安全"],
    ], rules=False)  # fmt: skip
    names = list(enumerate([*HEADER[:3], "财政专户拨款", *HEADER[4:]]))
    assert rows(read(sheet)) == [
        (0, [(0, "表名")]),
        (1, names),
        (1, [(0, "甲乡道路"), (1, "6.72"), (2, "6.72"), (5, "路面完好，通行便利")]),
        (1, [(0, "乙乡桥梁维修"), (1, "10.00"), (4, "10.00"), (5, "桥梁安全")]),
    ]


def test_the_columns_hold_on_the_next_page() -> None:
    first, second = Sheet(), Sheet()
    end = header(first, 80)
    first.table(XS, end, [["甲", "1.00", "1.00", "", "", "好"]] * 3, rules=False)
    second.table(XS, 60, [["乙", "2.00", "", "", "2.00", "更好"]] * 3, rules=False)
    assert rows(read(first, second))[-1] == (1, [(0, "乙"), (1, "2.00"), (4, "2.00"), (5, "更好")])


def test_running_text_is_no_table() -> None:
    sheet = Sheet()
    for line in range(12):
        sheet.text(60, 60 + 16 * line, "这里是一段说明文字，不是表格，" * 3)
    assert {row.table for row in read(sheet).rows} == {0}


def test_a_borderless_project_table_becomes_records() -> None:
    sheet = Sheet()
    sheet.text(200, 30, "项目支出绩效目标表", 14)
    sheet.text(50, 60, "部门名称：白云区体育局").text(480, 60, "单位：万元")
    end = header(sheet, 80)
    sheet.table(XS, end, [
        ["合计", "16.72", "6.72", "", "10.00", ""],
        ["体育中心", "16.72", "6.72", "", "10.00", ""],
        ["甲乡道路", "6.72", "6.72", "", "", "路面完好，\n通行便利"],
        ["乙乡桥梁\n维修", "10.00", "", "", "10.00", "桥梁安全"],
    ], rules=False)  # fmt: skip
    (record,) = parse_document(printed(sheet), "sample.pdf")
    (unit,) = record.units_of_use
    amounts = [found.amounts.total for found in unit.projects]
    assert [amount.printed for amount in amounts if amount] == ["6.72", "10.00"]
    assert [found.name for found in unit.projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert [found.goal for found in unit.projects] == ["路面完好，通行便利", "桥梁安全"]
    assert record.account.remainder == 0
