"""Texts that a print cuts off are told where they fill their cell and end within a bracket or at a comma."""

from __future__ import annotations

import pytest
from tests.printers.pdf import SIZE, Sheet, printed

from budgetkg.reading import Reading, read_document

CUT = "修补旧书（含装"
XS = (50.0, 50.0 + 5 + len(CUT) * SIZE, 320.0)


def read(text: str, step: float = 14.0) -> Reading:
    sheet = Sheet()
    sheet.table(XS, 60, (("甲栏", "乙栏"), (text, "十册"), ("送书", "三次")), step=step)
    return read_document(printed(sheet), "sample.pdf")


def cut(reading: Reading) -> list[tuple[str, str]]:
    notices = [one for one in reading.source.notices if one.code == "text-cut"]
    assert all(reading.source.text[one.start : one.end] == dict(one.params)["text"] for one in notices)
    return [(one.where, dict(one.params)["text"]) for one in notices]


@pytest.mark.parametrize("text", [CUT, "修补旧书订新、", "“送书进村到户"])
def test_a_text_that_fills_its_cell_and_stops_unfinished_is_cut(text: str) -> None:
    reading = read(text)
    assert [row.cells[0].text for row in reading.rows] == ["甲栏", text, "送书"]
    assert cut(reading) == [("p. 1", text)]


@pytest.mark.parametrize("text", ["修补旧书共十册", "修补旧书（装）", "书（含装"])
def test_a_text_that_is_whole_or_has_room_beside_it_is_not(text: str) -> None:
    assert cut(read(text)) == []


def test_a_text_with_room_below_it_is_not_cut() -> None:
    assert cut(read(CUT, step=40.0)) == []


def test_what_may_go_on_on_the_next_page_is_not_cut() -> None:
    sheet = Sheet()
    sheet.table(XS, 60, (("甲栏", "乙栏"), ("送书", "三次"), (CUT, "十册")))
    assert cut(read_document(printed(sheet), "sample.pdf")) == []
