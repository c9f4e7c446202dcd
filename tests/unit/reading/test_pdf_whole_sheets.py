"""A sheet cut through merged cells: its pages are laid together, and a cut text is read in its order."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

LEFT, CUT, RIGHT = 40.0, 300.0, 560.0
COLUMNS = (40.0, 120.0, 300.0, 420.0, 560.0)
HEIGHTS = (60.0, 80.0, 120.0, 140.0, 160.0, 180.0)
GOAL = ("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯", "辰巳午未")


def form(project: str) -> Sheet:
    """A title and a goal merged over all columns above rows of four."""
    sheet = Sheet()
    for y in HEIGHTS:
        sheet.line(LEFT, y, RIGHT, y)
    for x in (LEFT, RIGHT):
        sheet.line(x, HEIGHTS[0], x, HEIGHTS[-1])
    sheet.line(COLUMNS[1], HEIGHTS[1], COLUMNS[1], HEIGHTS[2])
    for x in COLUMNS[1:-1]:
        sheet.line(x, HEIGHTS[2], x, HEIGHTS[-1])
    sheet.text(42, 63, project).text(42, 85, "目标")
    for number, line in enumerate(GOAL):
        sheet.text(122, 85 + 14 * number, line)
    for number, row in enumerate(
        (("一级", "名称", "单位", "值"), ("产出", "甲", "个", "3"), ("效益", "乙", "%", "9"))
    ):
        for x, text in zip(COLUMNS, row, strict=False):
            sheet.text(x + 2, 123 + 20 * number, text)
    return sheet


def cut(whole: Sheet) -> list[Sheet]:
    """The sheet as two pages: each draws it whole under a clip, the second moved to its left."""
    pages = []
    for start, end in ((LEFT, CUT), (CUT, RIGHT)):
        inner = Sheet(drawn=[f"1 0 0 1 {LEFT - start:g} 0 cm", *whole.drawn])
        pages.append(Sheet().clipped(LEFT - 0.5, 0, LEFT + end - start + 0.5, 842, inner))
    return pages


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in reading.rows]


def expected(project: str) -> list[tuple[str, ...]]:
    goal = ("目标", "".join(GOAL))
    return [
        (project,),
        goal,
        ("一级", "名称", "单位", "值"),
        ("产出", "甲", "个", "3"),
        ("效益", "乙", "%", "9"),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3)], ids=["over, then down", "down, then over"])
def test_pages_are_one_and_a_cut_text_keeps_its_order(order: tuple[int, ...]) -> None:
    pages = [*cut(form("甲项目")), *cut(form("乙项目"))]
    reading = read_document(printed(*(pages[number] for number in order)), "wide.pdf")
    assert rows(reading) == [*expected("甲项目"), *expected("乙项目")]


def test_each_character_keeps_the_page_that_it_is_printed_on() -> None:
    reading = read_document(printed(*cut(form("甲项目"))), "wide.pdf")
    place = next(row for row in reading.rows if "目标" in row.place.text).cells[1].place
    pages = [reading.source.line_at(offset).page for offset in place.offsets]
    assert pages == [1] * 18 + [2] * 6 + [1] * 4


def test_closed_forms_of_one_layout_stay_apart() -> None:
    reading = read_document(printed(form("甲项目"), form("乙项目")), "two.pdf")
    assert rows(reading) == [*expected("甲项目"), *expected("乙项目")]
