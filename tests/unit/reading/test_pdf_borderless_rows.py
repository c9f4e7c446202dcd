"""Borderless tables whose cells take several lines: rows are where the cells agree in their place."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.reading import read_document

XS = (50, 100, 150, 200, 250, 330)
HEADER = ["项目名称", "总计", "财政拨款", "其他资金", "绩效目标", "绩效指标"]
STEP, PAD = 12, 3
ROAD = (
    "1、1-产出指标；11-数量指标；里程；\n实施周期指标值：3公里；年度指标值：\n3公里。\n"
    "2、2-效益指标；22-社会效益；出行；\n实施周期指标值：改善；年度指标值：\n改善。"
)
BRIDGE = "1、1-产出指标；11-数量指标；桥梁；\n实施周期指标值：2座；年度指标值：\n2座。"
ROWS = [
    ["合计", "16.72", "6.72", "10.00", "", ""],
    ["体育中心", "16.72", "6.72", "10.00", "", ""],
    ["甲乡道路", "6.72", "6.72", "", "路面完好平整，\n通行便利。", ROAD],
    ["乙乡桥梁维\n修", "10.00", "", "10.00", "桥梁安全，不再\n限行，有人看护\n，年检一次，如\n期修", BRIDGE],
]


def print_rows(sheet: Sheet, top: float, rows: list[list[str]], alignment: float) -> list[float]:
    """Borderless rows, each cell aligned in its row: 0 to its top, 0.5 in its middle, 1 at its bottom."""
    ends = []
    for row in rows:
        tallest = max(cell.count("\n") + 1 for cell in row)
        for x, cell in zip(XS, row, strict=True):
            lines = cell.split("\n") if cell else []
            first = top + PAD + alignment * STEP * (tallest - len(lines))
            for number, words in enumerate(lines):
                sheet.text(x, first + number * STEP, words, 8)
        top += tallest * STEP + 2 * PAD
        ends.append(top)
    return ends


def titled() -> Sheet:
    sheet = Sheet()
    sheet.text(200, 30, "项目支出绩效目标表", 14)
    return sheet.text(50, 60, "部门名称：白云区体育局").text(480, 60, "单位：万元")


@pytest.mark.parametrize("alignment", [0, 0.5, 1])
@pytest.mark.parametrize("pages", [1, 2])
def test_cells_of_several_lines_find_their_row(alignment: float, pages: int) -> None:
    sheets = [titled(), Sheet()][:pages]
    parts = [[HEADER, *ROWS]] if pages == 1 else [[HEADER, *ROWS[:3]], ROWS[3:]]
    for sheet, rows in zip(sheets, parts, strict=True):
        print_rows(sheet, 80, rows, alignment)
    (record,) = parse_document(printed(*sheets), "sample.pdf")
    (unit,) = record.units_of_use
    assert [found.name for found in unit.projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert [found.goal for found in unit.projects] == [
        "路面完好平整，通行便利。", "桥梁安全，不再限行，有人看护，年检一次，如期修",
    ]  # fmt: skip
    indicators = [[(one.name, one.annual_value) for one in found.indicators] for found in unit.projects]
    assert indicators == [[("里程", "3公里"), ("出行", "改善")], [("桥梁", "2座")]]
    assert record.account.remainder == 0


@pytest.mark.parametrize("left", [True, False])
def test_a_name_over_several_columns(left: bool) -> None:
    sheet = titled()
    for x, words in zip(XS, HEADER, strict=True):
        sheet.text(x, 92 if 100 <= x <= 200 else 86, words, 8)
    sheet.text(100 if left else 152, 80, "预算金额", 8)
    print_rows(sheet, 104, ROWS, 0.5)
    group, leaf, *_ = [row for row in read_document(printed(sheet), "a.pdf").rows if row.table]
    assert [(cell.column, cell.span, cell.text) for cell in group.cells] == [
        (0, 1, "项目名称"), (1, 3, "预算金额"), (4, 1, "绩效目标"), (5, 1, "绩效指标"),
    ]  # fmt: skip
    assert [cell.text for cell in leaf.cells] == ["总计", "财政拨款", "其他资金"]


@pytest.mark.parametrize("rules", ["box", "header", "between columns", "between rows"])
def test_rules_that_leave_rows_or_columns_open(rules: str) -> None:
    sheet = titled()
    ends = print_rows(sheet, 80, [HEADER, *ROWS], 0.5)
    left, right, bottom = XS[0] - 2, 500, ends[-1]
    ys = {"header": (80, ends[0]), "between rows": (80, *ends)}.get(rules, (80, bottom))
    for y in ys:
        sheet.line(left, y, right, y)
    for x in (left, *((x - 2 for x in XS[1:]) if rules not in ("box", "between rows") else ()), right):
        if rules != "between rows":
            sheet.line(x, 80, x, ys[-1])
    (record,) = parse_document(printed(sheet), "sample.pdf")
    (unit,) = record.units_of_use
    assert [found.name for found in unit.projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert [len(found.indicators) for found in unit.projects] == [2, 1]


def test_a_row_that_a_page_break_cuts() -> None:
    first, second = titled(), Sheet()
    top = print_rows(first, 80, [HEADER, *ROWS[:3]], 0.5)[-1]
    for sheet, start in ((first, top), (second, 60 - 20)):
        whole = Sheet()
        print_rows(whole, start, ROWS[3:], 0.5)
        upper, lower = (40, start + 20) if sheet is first else (60, 800)
        sheet.clipped(40, upper, 590, lower, whole)
    (record,) = parse_document(printed(first, second), "sample.pdf")
    (unit,) = record.units_of_use
    assert [found.goal for found in unit.projects][1] == "桥梁安全，不再限行，有人看护，年检一次，如期修"
    assert [found.name for found in unit.projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert [len(found.indicators) for found in unit.projects] == [2, 1]
    assert record.account.remainder == 0


@pytest.mark.parametrize("cut", [1, 3])
def test_text_that_flows_on_over_a_page_break(cut: int) -> None:
    first, second = titled(), Sheet()
    end = print_rows(first, 80, [["项目\n名称", "总计", "财政\n拨款", *HEADER[3:]], *ROWS[:3]], 0)[-1]
    parts = [cell.split("\n") for cell in ROWS[3]]
    print_rows(first, end, [["\n".join(lines[:cut]) for lines in parts]], 0)
    print_rows(second, 40, [["\n".join(lines[cut:]) for lines in parts]], 0)
    (record,) = parse_document(printed(first, second), "sample.pdf")
    (unit,) = record.units_of_use
    assert [found.name for found in unit.projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert [len(found.indicators) for found in unit.projects] == [2, 1]
    assert unit.projects[1].goal == "桥梁安全，不再限行，有人看护，年检一次，如期修"


def scattered(rows: list[list[str]]) -> bytes:
    """A table with a row whose cells agree in no place, before the last of its rows."""
    sheet = titled()
    end = print_rows(sheet, 80, [HEADER, *rows], 0.5)[-1]
    for x, top, words in ((50, 3, "乙乡桥梁"), (100, 9, "10.00"), (200, 9, "10.00"), (250, 30, "桥梁安全")):
        sheet.text(x, end + top, words, 8)
    print_rows(sheet, end + 50, [["丙乡水渠", "3.00", "3.00", "", "水渠畅通", ""]], 0.5)
    return printed(sheet)


def test_rows_in_doubt_are_quoted_and_not_read() -> None:
    others = [[f"{number}号道路", "6.72", "6.72", "", "路面平整", ""] for number in "甲乙丙丁戊己庚辛壬癸"]
    (record,) = parse_document(scattered([*ROWS[:2], *others, *others, *others]), "sample.pdf")
    (unit,) = record.units_of_use
    doubts = [found for found in record.findings if found.code == "row-doubtful"]
    quoted = "".join(place.quote for doubt in doubts for place in doubt.evidence)
    assert [words in quoted for words in ("乙乡桥梁", "桥梁安全", "丙乡水渠", "癸号道路")] == [True] * 4
    assert {found.name for found in unit.projects} <= {name for name, *_ in others}
    assert len(unit.projects) == 29
    assert record.account.remainder == 0


def test_a_table_of_which_much_is_in_doubt_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"rows of its table is not certain|文字归属无法确定"):
        parse_document(scattered(ROWS[:3]), "sample.pdf")


def test_rows_that_stand_as_close_as_lines_are_not_read_as_one() -> None:
    """Tiers over names over targets, one line each, no further apart than the lines of a cell are."""
    sheet = Sheet().text(200, 30, "项目支出绩效目标表", 14).text(50, 60, "项目名称").text(150, 60, "甲乡道路")
    rows = (("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "新修里程", "3公里"),
            ("", "质量指标", "合格率", "100%"), ("", "时效指标", "十月底前完工", "按期"),
            ("效益指标", "社会效益指标", "出行", "更便利"))  # fmt: skip
    for number, row in enumerate(rows):
        for x, words in zip((50, 150, 250, 350), row, strict=True):
            if words:
                sheet.text(x, 80 + 12 * number, words)
    try:
        records = parse_document(printed(sheet), "sample.pdf")
    except UnreadableDocument:
        return
    names = [found.name for record in records for unit in record.units_of_use
             for project in unit.projects for found in project.indicators]  # fmt: skip
    assert set(names) <= {name for _, _, name, _ in rows}


def test_columns_part_where_their_texts_almost_touch() -> None:
    sheet = Sheet()
    rows = [["名称", "金额", "目标"], *([f"项目{at}", "12,345,678.00", "目标" * 3] for at in range(4))]
    for number, row in enumerate(rows):
        for x, words in zip((50, 92, 160), row, strict=True):
            sheet.text(x, 60 + 20 * number, words)
    found = [[cell.text for cell in row.cells] for row in read_document(printed(sheet), "a.pdf").rows]
    assert found == rows
