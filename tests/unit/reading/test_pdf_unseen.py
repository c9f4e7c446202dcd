"""What a page holds and doesn't show is no text of the form: it is left out, and reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import read_document
from budgetkg.reading.grid import Reading

XS = (50.0, 200.0, 350.0, 500.0)
ROWS = [["项目名称", "指标", "值"], ["修缮", "完成数量", "三间"], ["添置", "购买数量", "百套"]]
HIDDEN = "看不见的字"


def form() -> Sheet:
    sheet = Sheet()
    for y in (100, 130, 160, 190):
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, 100, x, 190)
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 5, 108 + 30 * number, text)
    return sheet


def unpainted(sheet: Sheet) -> None:
    sheet.drawn.append("3 Tr")
    sheet.text(210, 175, HIDDEN, size=8)
    sheet.drawn.append("0 Tr")


def white(sheet: Sheet) -> None:
    sheet.text(210, 175, HIDDEN, size=8, grey=1)


def tiny(sheet: Sheet) -> None:
    sheet.text(240, 180, HIDDEN, size=0.5)


def read(sheet: Sheet) -> Reading:
    return read_document(printed(sheet), "sample.pdf")


def cells(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


@pytest.mark.parametrize("hide", [unpainted, white, tiny])
def test_text_that_is_not_seen_is_reported_and_left_out(hide: Callable[[Sheet], None]) -> None:
    sheet = form()
    hide(sheet)
    reading = read(sheet)
    assert cells(reading) == ROWS
    said = [(notice.code, dict(notice.params)["text"]) for notice in reading.source.notices]
    assert said == [("text-clipped", HIDDEN)]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    sheet = form()
    words = sheet.drawn[-1]
    sheet.drawn[-1:] = [f"0.2 g 350 {sheet.height - 190:g} 150 30 re f", words.replace("BT 0 g", "BT 1 g")]
    reading = read(sheet)
    assert cells(reading) == ROWS
    assert not reading.source.notices


SEEN = {
    "outlined": ["1 g 0 G 1 Tr", "0 Tr"],
    "of one ink, all of it": ["/Separation cs 1 scn", "0 g"],
    "of a colour space just chosen, which begins with black": ["1 g /DeviceGray cs", "0 g"],
    "on a gradient": ["/Any sh 1 g", "0 g"],
}


@pytest.mark.parametrize("how", SEEN.values(), ids=SEEN)
def test_other_text_is_seen(how: list[str]) -> None:
    sheet = form()
    begin, end = how
    words = sheet.drawn[-1].replace("BT 0 g", "BT")
    sheet.drawn[-1:] = [begin, words, end]
    reading = read(sheet)
    assert cells(reading) == ROWS
    assert not reading.source.notices
