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


Cell = tuple[float, float, str]
ROWS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (80, tuple(words for _, words in HEADS)),
    (112, ("", "数量指标", "整治沟渠的/总长度", "12公里", "20")),
    (145, ("", "质量指标", "沟渠整治工程/验收合格率", "95%", "20")),
    (178, ("", "时效指标", "按期完成率", "90%", "20")),
    (211, ("", "成本指标", "每公里整治/费用", "8万元", "20")),
    (244, ("效益指标", "社会效益/指标", "沿线农户/受益程度", "显著", "20")),
)
PASSES: list[Cell] = [
    (x, middle, words)
    for middle, row in ROWS
    for (x, _), words in zip(HEADS, row, strict=True)
    if words
]  # fmt: skip
PASSES.insert(len(HEADS), (50, 161.5, "产出指标"))


def in_two_passes(cells: list[Cell]) -> Sheet:
    """A sheet as LibreOffice draws it: cells of one line first, then those of several."""
    sheet = Sheet()
    for several in (False, True):
        for x, middle, words in cells:
            if ("/" in words) == several:
                text(sheet, x, middle, words)
    return sheet


def test_cells_of_several_lines_are_drawn_last() -> None:
    """A merged cell of two lines beside goals of two is not of their row: it begins in the one above."""
    goals: list[Cell] = [
        (120, 17, "年初目标"), (360, 17, "完成情况"), (50, 35, "年度/目标"),
        (120, 45, "整治沟渠，/改善灌溉"), (360, 45, "已按期完成/全部任务"),
    ]  # fmt: skip
    reading = read(in_two_passes([*goals, *PASSES]))
    assert cells(reading)[:2] == [
        ["年度目标", "年初目标", "完成情况"],
        ["整治沟渠，改善灌溉", "已按期完成全部任务"],
    ]
    found = cells(reading)
    assert ["产出指标", "数量指标", "整治沟渠的总长度", "12公里", "20"] in found
    assert ["成本指标", "每公里整治费用", "8万元", "20"] in found
    assert ["效益指标", "社会效益指标", "沿线农户受益程度", "显著", "20"] in found
    assert next(c for row in reading.rows for c in row.cells if c.text == "产出指标").rows == 4


def test_a_text_beside_a_blank_column_may_stand_over_it() -> None:
    """It is set as no other text of its column: nobody can say of which columns it is."""
    lower = [
        (50.0, 257.5, words) if words == "效益指标" else (x, middle, words) for x, middle, words in PASSES
    ]
    reading = read(in_two_passes([*lower, (228, 271, "总分"), (430, 271, "100")]))
    assert ["效益指标", "社会效益指标", "沿线农户受益程度", "显著", "20"] in cells(reading)
    assert not any("总分" in row for row in cells(reading))
    assert any(cell.text == "总分" for row in reading.asides for cell in row.cells)


def test_texts_beside_one_another_at_different_heights_begin_a_form() -> None:
    """The label of the first row takes two lines, the name beside it one: no line holds two texts."""
    first = [(50.0, 50.0, "项目/名称"), (120.0, 50.0, "沟渠整治项目")]
    found = cells(read(in_two_passes([*first, *PASSES])))
    assert ["项目名称", "沟渠整治项目"] in found
