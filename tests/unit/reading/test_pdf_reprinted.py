"""The top rows of a sheet that a spreadsheet program prints again on each page."""

from __future__ import annotations

from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.reading import read_document

XS = (40, 120, 210, 330, 420)
TITLE = (("项目支出绩效目标表", 40), ("（2024年度）", 54), ("单位：万元", 68))
NAMED = ["项目名称", "湿地鸟类监测", "主管部门", "平湖县林业局"]
HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
FIRST = ["产出指标", "数量指标", "布设监测点", "12处"]
SECOND = ["效益指标", "生态效益指标", "记录鸟类种数", "≥80种"]


def page(*rows: list[str], titles: int = len(TITLE)) -> Sheet:
    sheet = Sheet()
    for words, top in TITLE[len(TITLE) - titles :]:
        sheet.text(40, top, words)
    sheet.table(XS, 90, rows)
    return sheet


def texts(*sheets: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_document(printed(*sheets), "a.pdf").rows]


def test_title_and_first_row_printed_again_are_no_rows_of_the_form() -> None:
    sheets = page(NAMED, HEADER, FIRST), page(NAMED, SECOND)
    assert texts(*sheets)[3:] == [NAMED, HEADER, FIRST, SECOND]
    (record,) = parse_document(printed(*sheets), "a.pdf")
    (unit,) = record.units_of_use
    assert [indicator.name for indicator in unit.projects[0].indicators] == ["布设监测点", "记录鸟类种数"]
    assert record.account.total == record.account.records + record.account.furniture + record.account.findings
    assert not [finding for finding in record.findings if finding.code == "text-unread"]


def test_lines_above_a_table_printed_again_without_a_row_of_it_are_furniture_too() -> None:
    assert texts(page(NAMED, HEADER, FIRST), page(SECOND, titles=2))[3:] == [NAMED, HEADER, FIRST, SECOND]


def test_the_next_form_of_one_department_keeps_the_rows_that_begin_it() -> None:
    """Two forms, each on its page, begin alike: 主管部门 | …, then 项目名称 with a name of its own."""
    office = ["主管部门", "平湖县林业局", "实施单位", "湿地站"]
    other = ["项目名称", "古树名木复壮", "项目属性", "延续项目"]
    named = ["项目名称", "湿地鸟类监测", "项目属性", "延续项目"]
    first, second = page(office, named, HEADER, FIRST), page(office, other, HEADER, SECOND)
    assert texts(first, second).count(office) == 2
    records = parse_document(printed(first, second), "a.pdf")
    names = [p.name for record in records for unit in record.units_of_use for p in unit.projects]
    assert names == ["湿地鸟类监测", "古树名木复壮"]
