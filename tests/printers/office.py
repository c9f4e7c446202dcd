"""One small project table printed as a workbook, a Word document and a web page, the same bytes each time.

``python -m tests.printers.office`` writes the samples in examples/formats/ and the cases of these kinds.
The PDF among them is :func:`for_paper` as LibreOffice prints it (``python -m tests.printers.office
for-paper BOOK.xlsx``, then ``soffice --convert-to pdf``): it differs a little from release to release.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.pagebreak import Break

TITLE = "2024年项目支出绩效目标表（含转移支付项目）"
DEPARTMENT = "部门名称：中国共产党广州市番禺区委员会宣传部"
UNIT = "单位：万元"
SOURCES = ("总计", "财政拨款", "财政专户拨款", "其他资金")
HEADER = ("项目名称（资金使用单位）", *SOURCES, "绩效目标", "绩效指标")
# name, how deep it is set in, amounts, goal, lines of the indicator cell
ROWS: tuple[tuple[str, int, tuple[float | None, ...], str, tuple[str, ...]], ...] = (
    ("合计", 0, (1061, 1000, 31, 30), "", ()),
    ("区文联", 0, (61, None, 31, 30), "", ()),
    (
        "文艺经费", 1, (31, None, 31, None), "办活动。",
        ("1、1-产出指标；11-数量指标；活动；实施周期指标值:4场；年度指标值:4场。",),
    ),
    (
        "场馆经费", 1, (30, None, None, 30), "场馆开放。",
        ("1、1-产出指标；11-数量指标；开放；实施周期指标值:300天；年度指标值:300天。",
         "2、1-产出指标；12-质量指标；完好率；实施周期指标值:95%；年度指标值:95%。"),
    ),
    ("区融媒体中心", 0, (1000, 1000, None, None), "", ()),
    (
        "新媒体经费", 1, (1000, 1000, None, None), "多发稿。",
        ("1、2-效益指标；22-社会效益；阅读量；实施周期指标值:10万以上；年度指标值:10万以上。",),
    ),
)  # fmt: skip
MOMENT = datetime(2024, 1, 1)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook() -> bytes:
    """A cover, the form with a header of two levels and merged cells, an empty sheet, a hidden list."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "封面"
    cover["B3"] = "二〇二四年公开表格"
    form = book.create_sheet("表1")
    form.append([TITLE])
    form.append([DEPARTMENT, None, None, None, None, None, UNIT])
    form.append([HEADER[0], "资金来源", None, None, None, "绩效目标", "绩效指标"])
    form.append([None, *SOURCES])
    for merged in ("A1:G1", "A2:E2", "A3:A4", "B3:E3", "F3:F4", "G3:G4"):
        form.merge_cells(merged)
    for name, depth, amounts, goal, indicators in ROWS:
        form.append([name, *amounts, goal or None, "\n".join(indicators) or None])
        form.cell(form.max_row, 1).alignment = Alignment(indent=depth)
        for column in range(2, 6):
            form.cell(form.max_row, column).number_format = "#,##0.00"
    book.create_sheet("空表")
    listed = book.create_sheet("列表")
    listed.sheet_state = "hidden"
    for label in ("产出指标", "效益指标", "满意度指标"):
        listed.append([label])
    return _stored(book)


def for_paper() -> bytes:
    """The form on small sheets: ruled, its header on every sheet, 绩效指标 on sheets behind the others."""
    book = openpyxl.Workbook()
    form = book.active
    for row in ([TITLE], [DEPARTMENT, *[None] * 5, UNIT], HEADER):
        form.append(row)
    for name, depth, amounts, goal, indicators in ROWS:
        form.append([name, *amounts, goal or None, "\n".join(indicators) or None])
        form.cell(form.max_row, 1).alignment = Alignment(indent=depth)
    side = Side(style="thin")
    for cell in (cell for row in form.iter_rows(min_row=3) for cell in row):
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.number_format = "#,##0.00"
        cell.font = Font(name="Noto Sans CJK SC", size=10)
        cell.alignment = Alignment(
            "left" if cell.column == 1 else None, "center", wrap_text=True, indent=cell.alignment.indent
        )
    for column, width in zip("ABCDEFG", (20, 10, 10, 11, 10, 16, 60), strict=True):
        form.column_dimensions[column].width = width
    for row in range(4, form.max_row + 1):
        form.row_dimensions[row].height = 50
    form.print_title_rows = "3:3"
    form.page_setup.paperSize, form.page_setup.orientation = form.PAPERSIZE_A5, "landscape"
    form.col_breaks.append(Break(id=6))
    form.oddFooter.center.text = "第 &P 页 共 &N 页"
    return _stored(book)


def document() -> bytes:
    """A title and a line of labels, then the table with its header row."""
    file = docx.Document()
    file.add_paragraph(TITLE)
    file.add_paragraph(f"{DEPARTMENT}\t{UNIT}")
    table = file.add_table(rows=2, cols=7)
    for column, text in enumerate((HEADER[0], "资金来源", "", "", "", "绩效目标", "绩效指标")):
        table.cell(0, column).text = text
    for column, text in enumerate(SOURCES, start=1):
        table.cell(1, column).text = text
    table.cell(0, 1).merge(table.cell(0, 4))
    for column in (0, 5, 6):
        table.cell(0, column).merge(table.cell(1, column))
    for name, depth, amounts, goal, indicators in ROWS:
        cells = table.add_row().cells
        texts = ("    " * depth + name, *map(_printed, amounts), goal, "\n".join(indicators))
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    return _stored(file)


def web_page(declared: str = "gb2312") -> bytes:
    """The table inside a table that lays the page out, navigation around it, end tags left out."""
    rows = []
    for name, depth, amounts, goal, indicators in ROWS:
        texts = ("&nbsp;" * 4 * depth + name, *map(_printed, amounts), goal, "<br>".join(indicators))
        rows.append("<tr>" + "".join(f"<td>{text or '&nbsp;'}" for text in texts))
    heads = "".join(f"<th>{text}" for text in SOURCES)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return (
        f"<html><head>{meta}<title>{TITLE}</title><style>td {{ color: #333 }}</style>"
        '<script>document.write("绩效指标")</script></head>\n<body>'
        '<div class="top"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>\n'
        f'<table width="100%"><tr><td><ul><li><a href="#">目录</a></ul><td><h1>{TITLE}</h1>\n'
        f"<p>{DEPARTMENT} {UNIT}</p>\n"
        f'<table border="1"><tr><th rowspan="2">{HEADER[0]}<th colspan="4">资金来源'
        f'<th rowspan="2">绩效目标<th rowspan="2">绩效指标<tr>{heads}\n' + "\n".join(rows) + "</table>\n"
        '</table><div class="foot">版权所有</div></body></html>\n'
    ).encode("gb18030" if declared != "utf-8" else "utf-8")


def _printed(amount: float | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _stored(file: Any) -> bytes:
    """The package without the moment it was written."""
    first, last = io.BytesIO(), io.BytesIO()
    file.save(first)
    with zipfile.ZipFile(first) as package, zipfile.ZipFile(last, "w") as fixed:
        for member in sorted(package.namelist()):
            data = package.read(member)
            if member == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + MOMENT.isoformat().encode() + b"Z", data)
            if member != "docProps/thumbnail.jpeg":
                fixed.writestr(zipfile.ZipInfo(member, MOMENT.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return last.getvalue()


SAMPLES = {
    "panyu-2024-projects.xlsx": workbook,
    "panyu-2024-projects.docx": document,
    "panyu-2024-projects.html": web_page,
}

CASES = {".xlsx": "workbook-with-cover-and-hidden-list", ".docx": "word-table-with-merged-header",
         ".html": "web-page-in-gb2312-with-navigation"}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[1:2] == ["for-paper"]:
        Path(sys.argv[2]).write_bytes(for_paper())
        sys.exit()
    root = Path(__file__).parents[2]
    for name, printed in SAMPLES.items():
        (root / "examples" / "formats" / name).write_bytes(printed())
        suffix = Path(name).suffix
        case = root / "tests" / "cases" / "project-table" / CASES[suffix]
        case.mkdir(exist_ok=True)
        (case / f"document{suffix}").write_bytes(printed())
