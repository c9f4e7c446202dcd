"""Text dumps: whatever encoding, line ends and page breaks an office produces."""

from __future__ import annotations

import pytest

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.text_dump import decode, read_text_dump, split_lines

TEXT = "项目支出绩效目标表\n部门名称：甲局 单位：万元\n合计 １０.00\n"
MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\x00\x00",
}


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides(encoding: str) -> None:
    found = decode(MARKS[encoding] + TEXT.encode(encoding), "x")
    assert (found.text, found.encoding, found.certain, found.dropped) == (TEXT, encoding, True, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_without_a_mark_the_words_of_the_forms_decide(encoding: str) -> None:
    found = decode(TEXT.encode(encoding), "x")
    assert (found.text, found.encoding) == (TEXT, encoding)
    assert found.certain == (encoding == "utf-8")


def test_what_cannot_be_shown_is_counted() -> None:
    found = decode(TEXT.replace("甲局", "甲\x00局\x00").encode(), "x")
    assert (found.text, found.dropped) == (TEXT, 2)
    cut = decode(TEXT.encode()[:-1] + "元".encode()[:2], "x")
    assert cut.dropped == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_one_line(end: str) -> None:
    lines, pages = split_lines(TEXT.replace("\n", end))
    assert [line.text for line in lines] == TEXT.splitlines()
    assert [line.number for line in lines] == [1, 2, 3]
    assert pages == 1


def test_three_blank_lines_break_a_page_and_two_do_not() -> None:
    lines, pages = split_lines("\n\n\n\n一\n\n\n二\n\n\n\n三\n")
    assert {line.text: line.page for line in lines if line.text} == {"一": 1, "二": 1, "三": 2}
    assert pages == 2


def test_form_feeds_break_pages_and_no_editor_counts_them() -> None:
    lines, pages = split_lines("一\n\n\n\n二\n\f三\f四")
    assert {line.text: (line.page, line.number) for line in lines if line.text} == {
        "一": (1, 1),
        "二": (1, 5),
        "三": (2, 6),
        "四": (3, 6),
    }
    assert pages == 3


def test_evidence_is_the_words_and_their_place() -> None:
    source = read_text_dump(TEXT.encode(), "x")
    start = TEXT.index("甲局")
    found = source.evidence(start, start + 2)
    assert (found.quote, found.page, found.lines, found.start) == ("甲局", 1, (2, 2), start)
    over = source.evidence_of(tuple(range(start, len(TEXT))))
    assert [item.lines for item in over] == [(2, 3)]


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b" \r\n\t"])
def test_nothing_is_said_to_be_nothing(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="x: the file is empty"):
        read_text_dump(data, "x")
