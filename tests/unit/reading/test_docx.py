"""Word documents: merged cells, nested tables, text boxes, what is deleted or hidden."""

from __future__ import annotations

import pytest
from tests.printers.packages import cell, packed, paragraph, word

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import Reading, read_document


def read(body: str) -> Reading:
    return read_document(word(body), "a.docx")


def cells(reading: Reading) -> list[list[tuple[int, int, str]]]:
    return [[(found.column, found.span, found.text) for found in row.cells] for row in reading.rows]


def furniture(reading: Reading) -> list[str]:
    return [reading.source.text[start:end].strip() for start, end in reading.source.furniture]


def test_merged_cells_keep_their_columns() -> None:
    wide = cell(paragraph("wide"), '<gridSpan val="2"/>')
    top = cell(paragraph("tall"), '<vMerge val="restart"/>')
    below = cell("<p/>", "<vMerge/>")
    reading = read(
        f"<tbl><tr>{top}{wide}</tr><tr>{below}{cell(paragraph('b'))}{cell(paragraph('c'))}</tr></tbl>"
    )
    assert cells(reading) == [[(0, 1, "tall"), (1, 2, "wide")], [(1, 1, "b"), (2, 1, "c")]]
    assert {row.table for row in reading.rows} == {1}


def test_columns_left_out_before_a_row_count() -> None:
    row = f'<tr><trPr><gridBefore val="2"/></trPr>{cell(paragraph("a"))}</tr>'
    assert cells(read(f"<tbl>{row}</tbl>")) == [[(2, 1, "a")]]


def test_nested_tables_follow_their_row() -> None:
    inner = f"<tbl><tr>{cell(paragraph('inner'))}</tr></tbl>"
    beside = cell(paragraph("beside"))
    reading = read(f"{paragraph('above')}<tbl><tr>{cell(paragraph('outer') + inner)}{beside}</tr></tbl>")
    texts = [(row.table, row.place.text) for row in reading.rows]
    assert texts == [(0, "above"), (1, "outerbeside"), (2, "inner")]


def test_a_table_of_one_column_around_another_only_frames_it() -> None:
    inner = f"<tbl><tr>{cell(paragraph('inner'))}</tr></tbl>"
    framed = cell(paragraph("title") + paragraph("unit line") + inner)
    reading = read(f"<tbl><tr>{cell(paragraph('top'))}</tr><tr>{framed}</tr></tbl>")
    texts = [(row.table, row.place.text) for row in reading.rows]
    assert texts == [(0, "top"), (0, "title"), (0, "unit line"), (1, "inner")]


def test_a_text_box_is_read_once() -> None:
    box = f"<txbxContent>{paragraph('boxed')}</txbxContent>"
    twice = f"<AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent>"
    reading = read(f"<p><r><t>line</t>{twice}</r></p>")
    assert [row.place.text for row in reading.rows] == ["line", "boxed"]


def test_breaks_tabs_and_indents_are_kept() -> None:
    row = '<tr><tc><p><pPr><ind left="480"/></pPr><r><t>a</t><br/><t>b</t></r></p></tc></tr>'
    reading = read(f"<p><r><t>left</t><tab/><t>right</t></r></p><tbl>{row}</tbl>")
    assert cells(reading) == [[(0, 1, "left"), (1, 1, "right")], [(0, 1, "ab")]]
    assert "    a\nb" in reading.source.text


def test_deleted_and_hidden_text_is_furniture_and_insertions_are_text() -> None:
    reading = read(
        "<p><del><r><delText>gone</delText></r></del><ins><r><t>new</t></r></ins>"
        "<r><rPr><vanish/></rPr><t>unseen</t></r><r><instrText>FIELD</instrText></r></p>"
    )
    assert [row.place.text for row in reading.rows] == ["new"]
    assert furniture(reading) == ["goneunseen"]


def test_page_headers_are_furniture() -> None:
    related = '<Relationships><Relationship Id="r1" Type="x/header" Target="header1.xml"/></Relationships>'
    data = packed([
        ("word/document.xml", f"<document><body>{paragraph('text')}</body></document>"),
        ("word/_rels/document.xml.rels", related),
        ("word/header1.xml", f"<hdr>{paragraph('each page')}</hdr>"),
    ])  # fmt: skip
    assert furniture(read_document(data, "a.docx")) == ["each page"]


def test_spans_and_depths_are_the_files_word() -> None:
    wide = cell(paragraph("a"), '<gridSpan val="999999999"/>')
    assert len(cells(read(f"<tbl><tr>{wide * 50}</tr></tbl>"))[0]) <= 50
    deep = "<tbl><tr><tc>" * 150 + paragraph("deep") + "</tc></tr></tbl>" * 150
    assert [row.place.text for row in read(deep).rows] == ["deep"]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<document/>", "without a body"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><document><body>&a;</body></document>', "never expanded"),
        ("<document><body>", "damaged"),
    ],
)
def test_what_can_not_be_read_says_so(xml: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(packed([("word/document.xml", xml)]), "a.docx")
