"""A tier merged over several rows is printed for all of them: a tier put wrongly there is kept."""

from __future__ import annotations

import pytest
from tests.printers.packages import cell, paragraph, sheet, word
from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

TITLE = "项目支出绩效目标表"
HEAD = [
    ["项目名称", "球场修缮", "主管部门", "青年宫"],
    ["绩效目标", "球场可用", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
]
PLAIN = [["产出指标", "数量指标", "开放", "3次"]]
MERGED = [
    ["效益指标", "社会效益", "受益", "5人"],
    ["", "服务对象满意度", "满意率", "90%"],
]
ROWS = [*HEAD, *PLAIN, *MERGED]
TOP = len(ROWS) - 1  # as people count rows: where the merged cell begins
LETTERS = "ABCD"
XS = (40, 150, 280, 400, 520)
STEP = 20.0


def workbook(merged: bool) -> bytes:
    rows = "".join(
        f'<row r="{at}">' + "".join(
            f'<c r="{LETTERS[column]}{at}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row) if text
        ) + "</row>"
        for at, row in enumerate([[TITLE], *ROWS], start=1)
    )  # fmt: skip
    range_ = f'<mergeCells><mergeCell ref="A{TOP + 1}:A{TOP + 2}"/></mergeCells>' if merged else ""
    return sheet(f"<sheetData>{rows}</sheetData>{range_}")


def document(merged: bool) -> bytes:
    lines = []
    for at, row in enumerate(ROWS, start=1):
        marks = {TOP: '<vMerge val="restart"/>', TOP + 1: "<vMerge/>"} if merged else {}
        merge = [marks.get(at, ""), "", "", ""]
        cells = [cell(paragraph(text), mark) for text, mark in zip(row, merge, strict=True)]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return word(f"{paragraph(TITLE)}<tbl>{''.join(lines)}</tbl>")


def page(merged: bool) -> bytes:
    lines = []
    for at, row in enumerate(ROWS, start=1):
        cells = [f"<td>{text}" for text in row]
        if merged and at >= TOP:
            cells[0] = f"<td rowspan=2>{row[0]}" if at == TOP else ""
        lines.append("<tr>" + "".join(cells))
    return f"<meta charset=utf-8><p>{TITLE}</p><table>{''.join(lines)}</table>".encode()


def ruled(paper: Sheet, top: float, rows: list[list[str]], open_rules: set[int]) -> None:
    """Rows under rules, but none in the first column where ``open_rules`` says so."""
    for number in range(len(rows) + 1):
        y = top + number * STEP
        paper.line(XS[1] if number in open_rules else XS[0], y, XS[-1], y)
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            if text:
                paper.text(x + 3, top + number * STEP + 3, text)
    for x in XS:
        paper.line(x, top, x, top + len(rows) * STEP)


def one_page(merged: bool) -> bytes:
    paper = Sheet().text(200, 20, TITLE)
    ruled(paper, 60, ROWS, {TOP} if merged else set())
    return printed(paper)


def page_break(merged: bool) -> bytes:
    first, second = Sheet(height=240).text(200, 20, TITLE), Sheet(height=240)
    ruled(first, 60, ROWS[:TOP], {TOP} if merged else set())
    ruled(second, 30, ROWS[TOP:], {0} if merged else set())
    return printed(first, second)


FILES = {
    "a.xlsx": workbook, "a.docx": document, "a.html": page, "a.pdf": one_page, "page-break.pdf": page_break,
}  # fmt: skip


def read(name: str, merged: bool) -> DocumentRecord:
    (record,) = parse_document(FILES[name](merged), name)
    assert record.account.remainder == 0
    return record


@pytest.mark.parametrize("name", FILES)
def test_a_merged_tier_counts_for_each_of_its_rows(name: str) -> None:
    record = read(name, merged=True)
    last = record.units_of_use[0].projects[0].indicators[-1]
    assert (last.tier1, last.tier2, last.tier1_printed) == ("效益指标", "服务对象满意度", None)
    codes = {finding.code for finding in record.findings}
    assert "tier-misplaced" in codes
    assert "tier-restored" not in codes


@pytest.mark.parametrize("name", FILES)
def test_satisfaction_below_a_blank_cell_stays_under_the_tier_above(name: str) -> None:
    # The editions of 2015 to 2019 have it as a second tier of 效益指标; no first tier prints it here.
    record = read(name, merged=False)
    last = record.units_of_use[0].projects[0].indicators[-1]
    assert (last.tier1, last.tier2, last.tier1_printed) == ("效益指标", "服务对象满意度", None)
    codes = {finding.code for finding in record.findings}
    assert "tier-misplaced" in codes
    assert "tier-restored" not in codes
