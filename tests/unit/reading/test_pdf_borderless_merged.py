"""Borderless tables with an indicator a row: tiers and projects are merged over several rows."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import read_document

XS = (50, 120, 180, 250, 340, 430)
HEADER = ("项目名称", "总计", "一级指标", "二级指标", "三级指标", "指标值")
LEAVES = (
    (("里程", "3公里"), ("桥梁", "2座"), ("验收合格", "全部合格")),
    (("按期完工", "十月底前"), ("农户出行", "更加便利")),
)
PITCH = 24
SPANS = (
    (0, 0, 3, "甲乡道路"), (1, 0, 3, "6.72"), (2, 0, 2, "产出指标"), (3, 0, 2, "数量指标"),
    (2, 2, 3, "效益指标"), (3, 2, 3, "社会效益"),
    (0, 3, 5, "乙乡桥梁"), (1, 3, 5, "10.00"), (2, 3, 5, "产出指标"), (3, 3, 4, "时效指标"),
    (3, 4, 5, "质量指标"),
)  # fmt: skip


@pytest.mark.parametrize("alignment", [0.5, 0])
def test_merged_cells_cover_their_rows(alignment: float) -> None:
    sheet = Sheet()
    for x, words in zip(XS, HEADER, strict=True):
        sheet.text(x, 60, words)
    leaves = [leaf for project in LEAVES for leaf in project]
    for number, leaf in enumerate(leaves):
        for x, words in zip(XS[4:], leaf, strict=True):
            sheet.text(x, 90 + number * PITCH, words)
    for column, first, last, words in SPANS:
        sheet.text(XS[column], 90 + PITCH * (first + alignment * (last - first - 1)), words)
    rows = [row for row in read_document(printed(sheet), "a.pdf").rows if row.table][1:]
    assert [tuple(cell.text for cell in row.cells if cell.column > 3) for row in rows] == leaves
    found = [
        (cell.column, number, number + cell.rows, cell.text)
        for number, row in enumerate(rows) for cell in row.cells if cell.column < 4
    ]  # fmt: skip
    if alignment:
        assert sorted(found) == sorted(SPANS)
    else:
        assert sorted(one[:2] for one in found) == sorted(one[:2] for one in SPANS)
