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
        ("<br>" * 1_000_001, "more than 1,000,000 elements"),
        (f"<div {' '.join(f'a{number}=1' for number in range(2_000))}>x", "1,000 attributes"),
        ("<td>" + "字" * 5_000_001, "5,000,000 characters"),
    ],
    ids=["divs", "tables", "lines", "elements", "attributes", "a line"],
)
def test_hostile_pages_are_refused_in_one_line(body: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(body)
    assert "\n" not in str(caught.value)


def test_what_an_attribute_quotes_is_no_attribute() -> None:
    quoted = "a b " * 2_000
    assert [row.place.text for row in read(f"<p title='{quoted}' style=\"{quoted}\">text").rows] == ["text"]


def test_spans_beyond_reason_cost_nothing() -> None:
    reading = read("<table>" + "<tr><td rowspan=1000000000 colspan=1000000000>a" * 500 + "</table>")
    assert len(reading.rows) == 500
    assert max(row.width for row in reading.rows) < 1_000
    huge = read(f'<p title="{"x" * 5_000_000}">short</p>')
    assert huge.source.text.strip() == "short"


@pytest.mark.parametrize(
    "mark",
    ["hidden", 'hidden="until-found"', 'style="display: none"', 'style="color:red;VISIBILITY:hidden"',
     'style="display:none !important"'],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["tr", "td", "p", "span"])
def test_what_a_browser_hides_is_read_and_reported(mark: str, tag: str) -> None:
    inner = {"p": f"<td><p {mark}>b</p>", "span": f"<td><span {mark}>b</span>", "td": f"<td {mark}>b"}
    row = f"<tr {mark}><td>b" if tag == "tr" else f"<tr>{inner[tag]}"
    reading = read(f"<table><tr><td>a{row}<tr><td>c</table>")
    assert [found.place.text for found in reading.rows] == ["a", "b", "c"]
    (notice,) = reading.source.notices
    assert (notice.code, reading.source.text[notice.start : notice.end]) == ("text-hidden", "b")
    assert dict(notice.params) == {"what": "b"}


def test_hidden_navigation_is_furniture_and_what_shows_is_not_reported() -> None:
    page = '<p style="display:none"><a>menu</a></p><div style="display:block"><p>a</p></div><p>hidden</p>'
    reading = read(page)
    assert furniture(reading) == ["menu"]
    assert not reading.source.notices


@pytest.mark.parametrize(
    ("name", "blanks"),
    [('<td style="padding-left:32px">a', 4), ('<td><p style="text-indent: 2em">a', 4),
     ('<td style="padding-left:12pt"><span style="margin-left:1em">a</span>', 4),
     ('<td style="padding-left:5px">a', 0), ('<td style="padding-left:50%">a', 0),
     ('<td style="text-indent:-2em">a', 0)],
)  # fmt: skip
def test_an_inset_of_the_style_is_an_indent(name: str, blanks: int) -> None:
    reading = read(f'<table style="margin-left:3em"><tr>{name}</table>')
    (row,) = reading.rows
    assert row.line.text == " " * blanks + "a\t"
    assert row.cells[0].text == "a"


def test_an_inset_ends_with_its_element() -> None:
    reading = read('<table><tr><td style="padding-left:2em">a<tr><td>b</table><p>c</p>')
    assert [row.line.text.rstrip("\t") for row in reading.rows] == ["    a", "b", "c"]


def test_projects_set_in_by_the_style_stand_under_their_unit() -> None:
    rows = [("合计", 0, ""), ("青年宫", 0, ""), ("球场", 2, "球场可用"), ("乐队", 2, "")]
    rows += [("图书馆", 0, ""), ("书", 2, "")]
    body = "".join(
        f'<tr><td style="text-indent:{inset}em">{name}<td>1.00<td>{goal}<td>' for name, inset, goal in rows
    )
    head = "<tr><th>项目名称<th>总计<th>绩效目标<th>绩效指标"
    page = f"<meta charset=utf-8><p>项目支出绩效目标表</p><table>{head}{body}</table>"
    (record,) = parse_document(page.encode(), "a.html")
    found = {unit.name: [project.name for project in unit.projects] for unit in record.units_of_use}
    assert found == {"青年宫": ["球场", "乐队"], "图书馆": ["书"]}
