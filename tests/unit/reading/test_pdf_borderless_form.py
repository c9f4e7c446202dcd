"""Forms printed without lines: rows are told by the places of their texts, or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import read_document
from budgetkg.reading.pdf.borderless.bands import Placed, Uncertain, bands_of
from budgetkg.reading.pdf.borderless.blocks import Block, blocks_of, line_step
from budgetkg.reading.pdf.borderless.lines import column_line
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.page import Glyph

STEP = 13
NAMES = ("甲区水库巡查", "堤坝检测次数", "巡查及时完成率", "沿线农户收入")
VALUES = ("12座", "4次", "95%", "有所提高")


def block(x: float, y: float, words: str, size: float = 10) -> Block:
    """A text whose first line has its upper left corner at a place."""
    lines = []
    for at, line in enumerate(words.split("/")):
        top = y + STEP * at
        boxes = [(x + size * n, top, x + size * (n + 1), top + size) for n in range(len(line))]
        glyphs = [Glyph(text, box, *box, box[0], box[1]) for text, box in zip(line, boxes, strict=True)]
        lines.append(column_line(glyphs))
    return Block(lines)


def covered(placed: list[Placed]) -> dict[str, tuple[int, int]]:
    """The rows that each text covers."""
    return {"/".join(line.text for line in one.block.lines): (one.first, one.last) for one in placed}


def form(tier: float) -> list[Block]:
    """Three rows of 22 points with names and values, and tiers over them; ``tier`` is the y of one of two."""
    rows = [
        one for at in range(3) for one in (block(200, 22 * at, NAMES[at]), block(300, 22 * at, VALUES[at]))
    ]
    return [*rows, block(50, 22, "产出指标"), block(120, tier, "数量指标"), block(120, 44, "时效指标")]


def test_a_merged_cell_stands_in_the_middle_of_its_rows() -> None:
    _, placed = bands_of(form(11), MIDDLE)
    found = covered(placed)
    assert found["产出指标"] == (0, 3)
    assert found["数量指标"] == (0, 2)
    assert found["时效指标"] == (2, 3)
    assert found[NAMES[1]] == (1, 2)


def test_a_cell_in_the_middle_of_no_rows_is_uncertain() -> None:
    with pytest.raises(Uncertain):
        bands_of(form(16), MIDDLE)


def test_lines_of_one_cell_are_together() -> None:
    lines = [line for one in (block(50, 0, "年度/目标"), block(50, 40, "绩效/指标")) for line in one.lines]
    found = blocks_of(lines, line_step([lines]))
    assert found is not None
    assert [len(one.lines) for one in found] == [2, 2]


def test_rows_as_close_as_lines_are_not_pasted() -> None:
    """Names and values of rows as far apart as the lines of one cell: nobody can say which they are."""
    sheet = Sheet()
    rows = [("一级指标", "二级指标", "三级指标", "指标值")]
    rows += [("产出指标", "数量指标", name, value) for name, value in zip(NAMES, VALUES, strict=True)]
    for number, row in enumerate(rows):
        for x, words in zip((50, 130, 210, 360), row, strict=True):
            sheet.text(x, 80 + STEP * number, words)
    reading = read_document(printed(sheet), "a.pdf")
    texts = [cell.text for row in reading.rows for cell in row.cells]
    pairs = [*pairwise(NAMES), *pairwise(VALUES)]
    assert not any(one in text and two in text for text in texts for one, two in pairs)
