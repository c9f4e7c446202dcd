"""Web pages: tables as browsers lay them out, what is furniture, whatever the encoding."""

from __future__ import annotations

import pytest
from tests.printers.office import web_page

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.reading import Reading, read_document


def read(body: str) -> Reading:
    return read_document(f"<html><meta charset=utf-8><body>{body}".encode(), "a.html")


def cells(reading: Reading) -> list[list[tuple[int, int, str]]]:
    return [[(found.column, found.span, found.text) for found in row.cells] for row in reading.rows]


def furniture(reading: Reading) -> list[str]:
    return [reading.source.text[start:end].strip() for start, end in reading.source.furniture]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", ""])
def test_any_encoding_a_government_site_uses(declared: str) -> None:
    reading = read_document(web_page(declared), "a.html")
    assert reading.source.encoding_certain == bool(declared)
    (record,) = parse_document(web_page(declared), "a.html")
    assert record.department == "中国共产党广州市番禺区委员会宣传部"
    assert record.unit == "万元"
    assert record.account.remainder == 0


def test_a_wrong_declaration_does_not_garble() -> None:
    wrong = web_page().replace(b"charset=gb2312", b"charset=utf-8")
    (record,) = parse_document(wrong, "a.html")
    assert record.district == "番禺区"
    assert "encoding-assumed" in {finding.code for finding in record.findings}


def test_spans_take_their_columns_and_end_tags_may_be_missing() -> None:
    reading = read("<table><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td>e</table>")
    assert cells(reading) == [[(0, 1, "a"), (1, 2, "b")], [(1, 1, "c"), (2, 1, "d")], [(0, 1, "e")]]


def test_navigation_and_markup_are_not_text() -> None:
    reading = read(
        "<script>var 指标</script><style>b{}</style><nav>menu</nav><p><a>one</a> <a>two</a></p>"
        "<p>see <a>here</a></p><table><tr><td><a>x</a></table>"
    )
    assert [row.place.text for row in reading.rows] == ["see here"]
    assert furniture(reading) == ["menu", "one two", "x"]
    assert "var" not in reading.source.text


def test_a_table_that_lays_the_page_out_is_lines_and_the_table_inside() -> None:
    reading = read("<table><tr><td>left<td><h1>title</h1><table><tr><td>a<td>b</table>below</table>")
    assert [(row.table, row.place.text) for row in reading.rows] == [
        (0, "left"), (0, "title"), (2, "ab"), (0, "below"),
    ]  # fmt: skip


def test_breaks_and_blanks() -> None:
    reading = read("<table><tr><td>&nbsp;&nbsp;一\n二<br>x  y</table><p>甲 乙\n丙</p>")
    assert "\xa0\xa0一二\nx y" in reading.source.text
    assert "甲 乙丙" in reading.source.text


def test_text_beside_the_table_is_no_row_of_it() -> None:
    (record,) = parse_document(web_page(), "a.html")
    names = [p.name for unit in record.units_of_use for p in unit.projects]
    assert names == ["文艺经费", "场馆经费", "新媒体经费"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 60_000, "nested deeper"),
        ("<table><tr><td>" * 100, "tables nested deeper"),
        ("<p>x" * 310_000, "lines and cells"),
    ],
    ids=["divs", "tables", "lines"],
)
def test_hostile_pages_are_refused_in_one_line(body: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(body)
    assert "\n" not in str(caught.value)


def test_spans_beyond_reason_cost_nothing() -> None:
    reading = read("<table>" + "<tr><td rowspan=1000000000 colspan=1000000000>a" * 500 + "</table>")
    assert len(reading.rows) == 500
    assert max(row.width for row in reading.rows) < 1_000
    huge = read(f'<p title="{"x" * 5_000_000}">short</p>')
    assert huge.source.text.strip() == "short"
