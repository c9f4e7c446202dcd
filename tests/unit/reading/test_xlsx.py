"""Workbooks: cells as printed, what is hidden, merged or large, and what is hostile."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from tests.printers.office import SAMPLES, workbook
from tests.printers.packages import packed, sheet

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from budgetkg.reading import Reading, read_document
from budgetkg.reading.number_formats import printed_number
from budgetkg.vocab import BKG

DATA = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>{}</sheetData>'
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


def texts(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("0.05", "0%", "5%"),
        ("0.125", "0.0%", "12.5%"),
        ("0", '#,##0.00;-#,##0.00;"-"', "-"),
        ("45356", 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("45356", "yyyy/m/d", "2024/3/5"),
        ("0.1", "General", "0.1"),
        ("28036202", "General", "28036202"),
        ("0.30000000000000004", "General", "0.3"),
        ("12345678", "0.00,,", "12.35"),
        ("7", "000", "007"),
        ("20", '0"场"', "20场"),
        ("5", "#,##0.00;;;", "5.00"),
        ("words", "0.00", "words"),
    ],
)
def test_a_number_is_printed_as_its_format_says(stored: str, code: str, printed: str) -> None:
    assert printed_number(stored, code) == printed


def test_cells_are_read_as_printed_and_formulas_are_not_evaluated() -> None:
    xml = (
        '<sheetData><row r="2"><c r="B2" s="1"><v>1234.5</v></c>'
        '<c r="C2" t="str"><f>HYPERLINK("http://127.0.0.1:9")</f><v>as left</v></c>'
        '<c r="D2"><f>1+1</f></c><c r="E2" t="b"><v>1</v></c>'
        '<c r="F2" t="e"><v>#REF!</v></c></row></sheetData>'
    )
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/></cellXfs></styleSheet>'
    reading = read_document(sheet(xml, styles), "a.xlsx")
    assert texts(reading) == [["1,234.50", "as left", "=1+1", "TRUE", "#REF!"]]
    place = reading.rows[0].cells[1].place.offsets
    assert reading.source.evidence(place[0], place[-1] + 1).cells == "S!C2"


def test_the_graph_says_in_which_cells_a_project_stands() -> None:
    (record,) = parse_document(workbook(), "a.xlsx")
    said = {str(quad.object.value) for quad in document_quads(record) if quad.predicate == BKG.cellRange}
    assert "表1!A7:F7" in said


def test_the_old_format_gives_the_same_cells() -> None:
    book = xlwt.Workbook()
    stored = book.add_sheet("表 1")
    stored.write_merge(0, 0, 0, 3, "标题")
    stored.write(1, 0, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    stored.write(1, 1, 0.05, xlwt.easyxf(num_format_str="0%"))
    stored.write(1, 2, date(2024, 3, 5), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    stored.row(1).hidden = True
    reading = read_document(saved(book), "a.xls")
    assert texts(reading) == [["标题"], ["1,234.50", "5%", "2024年3月5日"]]
    assert reading.rows[0].cells[0].span == 4
    assert {notice.code for notice in reading.source.notices} == {"text-hidden"}
    assert reading.source.evidence_of(reading.rows[1].place.offsets)[0].cells == "'表 1'!A2:C2"


def test_hidden_rows_and_columns_are_read_and_reported() -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["c", "d"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    reading = read_document(saved(book), "a.xlsx")
    assert texts(reading) == [["a", "b"], ["c", "d"]]
    notices = reading.source.notices
    assert {(one.code, one.params) for one in notices} == {
        ("text-hidden", (("at", "2:2,B:B"), ("what", "Sheet")))
    }
    assert [reading.source.text[one.start : one.end] for one in notices] == ["b", "c", "d"]


def test_what_a_merged_cell_covers_is_furniture() -> None:
    under = DATA.format('<row r="2"><c r="A2"><v>7</v></c></row>')
    reading = read_document(sheet(f'{under}<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'), "a.xlsx")
    assert texts(reading) == [["a"]]
    assert [reading.source.text[start:end].strip() for start, end in reading.source.furniture] == ["7"]


def test_sheets_that_hold_no_form_are_left_alone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    other = book.create_sheet("三公经费", 2)
    for row in (["三公经费支出表"], ["项目名称", "总计"], ["会议费", 3], ["培训费", 4]):
        other.append(row)
    (record,) = parse_document(saved(book), "a.xlsx")
    assert [project.name for unit in record.units_of_use for project in unit.projects] == [
        "文艺经费", "场馆经费", "新媒体经费",
    ]  # fmt: skip
    aside = [finding for finding in record.findings if finding.code == "sheet-without-form"]
    assert [finding.values["sheet"] for finding in aside] == ["封面", "三公经费", "列表"]
    assert "会议费" in aside[1].evidence[0].quote
    assert record.account.remainder == 0


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_name_that_claims_another_kind_is_reported(name: str) -> None:
    (record,) = parse_document(SAMPLES[name](), "a.pdf")
    (finding,) = [found for found in record.findings if found.code == "kind-differs"]
    assert finding.values == {"named": "PDF", "found": {"html": "HTML"}.get(name[-4:], name[-4:])}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_samples_are_printed_alike_each_time_and_read_as_they_were(name: str, root: Path) -> None:
    assert SAMPLES[name]() == SAMPLES[name]()
    kept = (root / "examples" / "formats" / name).read_bytes()
    assert parse_document(kept, name)[0].units_of_use == parse_document(SAMPLES[name](), name)[0].units_of_use


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (sheet(DATA.format("") + " " * 20_000_000), "zip bomb"),
        (packed([("xl/workbook.xml", f"{DOCTYPE}<workbook>&b;</workbook>")]), "entities are never expanded"),
        (packed([("xl/workbook.xml", "<a>" * 100_000)]), "nested deeper"),
        (packed([("xl/workbook.xml", "<workbook><sheets/></workbook>")]), "without a sheet"),
        (sheet(DATA.format(""))[:-60], "damaged or cut short"),
        (packed([("a.txt", "x")]), "without a workbook or document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "LibreOffice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "damaged or cut short"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_can_not_be_read_says_so_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read_document(data, "a.xlsx")
    assert "\n" not in str(caught.value)


def test_what_a_sheet_declares_of_its_size_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    last = '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    merges = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 20_000))
    xml = f'<dimension ref="A1:XFD1048576"/>{DATA.format(last)}<mergeCells>{merges}</mergeCells>'
    reading = read_document(sheet(xml, others=[("../../evil.txt", "x")]), "a.xlsx")
    assert texts(reading) == [["a"]]
    assert not list(tmp_path.iterdir())
    assert not (tmp_path.parent.parent / "evil.txt").exists()
