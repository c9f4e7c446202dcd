"""Forms printed without lines, drawn row by row: the order tells the cells, or nothing does."""

from __future__ import annotations

from tests.printers.pdf import Sheet, printed

from budgetkg.reading import Reading, read_document

STEP = 13
HEADS = ((50, "一级指标"), (120, "二级指标"), (210, "三级指标"), (360, "指标值"), (430, "分值"))


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "a.pdf")


def cells(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


def text(sheet: Sheet, x: float, middle: float, words: str) -> None:
    """A cell aligned to the middle of its row; strokes break its lines."""
    lines = words.split("/")
    for at, line in enumerate(lines):
        sheet.text(x, middle + STEP * (at - (len(lines) - 1) / 2), line)


def form(tier: float = 112.0) -> Sheet:
    """Three rows of 26, 13 and 39 points that touch one another; ``tier`` is the middle of a merged cell."""
    sheet = Sheet()
    for x, words in HEADS:
        text(sheet, x, 80, words)
    rows = ((99.5, "修整乡道护栏的/公里数", "12公里", "20"), (119, "护栏合格率", "95%", "30"),
            (145, "沿线村民对乡道/护栏养护工作的/满意度", "90%", "40"))  # fmt: skip
    for number, (middle, name, value, weight) in enumerate(rows):
        if number == 0:
            text(sheet, 50, tier, "产出指标")
        if number == 2:
            text(sheet, 50, 145, "满意度指标")
        text(sheet, 120, middle, ("数量指标", "质量指标", "服务对象/满意度指标")[number])
        text(sheet, 210, middle, name)
        text(sheet, 360, middle, value)
        text(sheet, 430, middle, weight)
    return sheet


def test_rows_without_room_between_them_are_told_by_the_order_of_drawing() -> None:
    """Lines of cells and rows are as far apart: only the order and the middles say what belongs together."""
    found = cells(read(form(tier=106)))
    assert ["产出指标", "数量指标", "修整乡道护栏的公里数", "12公里", "20"] in found
    assert ["质量指标", "护栏合格率", "95%", "30"] in found
    assert ["满意度指标", "服务对象满意度指标", "沿线村民对乡道护栏养护工作的满意度", "90%", "40"] in found


def test_a_merged_cell_covers_the_rows_of_which_it_stands_in_the_middle() -> None:
    rows = read(form(tier=106)).rows
    tier = next(cell for row in rows for cell in row.cells if cell.text == "产出指标")
    assert tier.rows == 2


def test_a_merged_cell_in_the_middle_of_no_rows_is_not_read() -> None:
    """Its place fits no stretch of rows that begins where it is drawn: nobody can say what it covers."""
    found = cells(read(form(tier=160)))
    assert not any("产出指标" in row and len(row) > 1 for row in found)


def listed(rows: list[tuple[str, ...]], *, ruled: bool) -> Sheet:
    """Rows of one line each, as close as the lines of a cell; ``ruled`` draws a line between them."""
    sheet = Sheet()
    for x, words in HEADS:
        sheet.text(x, 80, words)
    for number, row in enumerate(rows):
        for (x, _), words in zip(HEADS, row, strict=True):
            if words:
                sheet.text(x, 80 + STEP * (number + 1), words)
        if ruled:
            sheet.line(190, 79 + STEP * (number + 1), 480, 79 + STEP * (number + 1))
    return sheet


FIGURES = [
    ("产出指标", "数量指标", "修整护栏", "12公里", "20"),
    ("", "", "新建站亭", "30座", "30"),
    ("", "质量指标", "验收合格率", "≥95%", "20"),
    ("效益指标", "社会效益指标", "事故下降率", "≥10%", "30"),
]


def test_a_target_under_a_target_tells_that_lines_are_rows() -> None:
    found = cells(read(listed(FIGURES, ruled=False)))
    assert ["产出指标", "数量指标", "修整护栏", "12公里", "20"] in found
    assert ["新建站亭", "30座", "30"] in found


def test_no_cell_reaches_over_a_line() -> None:
    """Names of two rows, set alike, would be one text: a line is drawn between them."""
    found = cells(read(listed(FIGURES, ruled=True)))
    assert ["新建站亭", "30座", "30"] in found
    assert not any("12公里30座" in cell or "修整护栏新建站亭" in cell for row in found for cell in row)
