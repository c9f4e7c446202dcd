"""The first row of a page without edges: the rest of the last one above, a row of its own, or in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from budgetkg.reading.pdf.borderless.cut_rows import join_cut_rows
from budgetkg.reading.pdf.tables import PageCell, PageRow, PageTable
from budgetkg.reading.pdf.text import TextLine

XS = (40, 90, 190, 240, 290)  # a name of five characters, an indicator of ten, a value, a weight


def line(words: str, x: float, top: float) -> TextLine:
    boxes = tuple((x + 10 * at, top, x + 10 * at + 10, top + 10) for at in range(len(words)))
    return TextLine(words, boxes, x, x + 10 * len(words), top, top + 10)


def page(*rows: Sequence[str]) -> PageTable:
    """Rows of cells, of which each line stands in one of its own; those of the last row end the page."""
    made = []
    for number, cells in enumerate(rows):
        own = [
            PageCell(left, right, [line(words, left, 40 * number + 12 * at)
                                   for at, words in enumerate(cell.split("\n")) if words],
                     ends_page=number + 1 == len(rows))
            for left, right, cell in zip(XS, XS[1:], cells, strict=False)
        ]  # fmt: skip
        made.append(PageRow(own, 30.0))
    return PageTable([*XS], 0.0, 40.0 * len(rows), made, ruled=False)


ABOVE = ("水库巡查项\n目", "巡查水库合格率及附属\n设施完好率", "95", "10")
CUT = ("小型水库巡", "清淤河道达标率", "80", "10")


@pytest.mark.parametrize(
    ("below", "doubtful"),
    [
        (("查支出", "（含配套河道）", "", ""), True),  # whose figures stand above: its rest, or nobody knows
        (("查支出", "（含配套河道）", "90", "20"), False),  # with figures of its own
    ],
)
def test_what_leaves_all_figures_blank_may_be_the_rest(below: Sequence[str], doubtful: bool) -> None:
    first, second = page(ABOVE, CUT), page(below, ABOVE)
    join_cut_rows([first, second], [1, 2])
    assert [row.doubtful for row in (first.rows[-1], second.rows[0])] == [doubtful, doubtful]
    assert not first.rows[0].doubtful
