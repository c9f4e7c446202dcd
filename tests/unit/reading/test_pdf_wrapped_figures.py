"""Figures that a narrow cell wraps: their lines are one amount, and the table keeps its cells."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.reading import read_document

XS = (40, 140, 170, 200, 230)
HEADER = ["资金", "预算", "执行", "分值"]


def rows(*lines: list[str]) -> list[list[str]]:
    sheet = Sheet()
    sheet.table(XS, 60, [HEADER, *lines])
    reading = read_document(printed(sheet), "sample.pdf")
    assert all(row.table == 1 for row in reading.rows)
    return [[cell.text for cell in row.cells] for row in reading.rows]


@pytest.mark.parametrize(
    "figure", ["234.\n00", "1,2\n34.5", "1234\n5.00", "1,\n234.\n50", "100\n.5", "12345\n%"]
)
def test_a_figure_in_several_lines_is_one_amount(figure: str) -> None:
    found = rows(["年度资金\n总额", figure, figure, "10"], ["财政拨款", figure, figure, "—"])
    assert found[1:] == [
        ["年度资金总额", figure.replace("\n", ""), figure.replace("\n", ""), "10"],
        ["财政拨款", figure.replace("\n", ""), figure.replace("\n", ""), "—"],
    ]


def test_whole_numbers_wrap_in_a_table_of_which_more_rows_have_edges() -> None:
    found = rows(
        ["总额", "12000\n00", "12000\n00", "10"], ["县级", "300", "300", ""], ["市级", "900", "900", ""]
    )
    assert found[1] == ["总额", "1200000", "1200000", "10"]


def test_amounts_below_one_another_are_rows_where_no_edge_parts_them() -> None:
    sheet = Sheet()
    sheet.table((40, 140, 240, 340), 60, [["项目名称", "总计", "其他"]], step=16)
    names, amounts = "甲路养护\n乙桥维修\n丙渠清淤", "234.00\n15.50\n8.25"
    sheet.table((40, 140, 240, 340), 80, [[names, amounts, amounts]], step=16, upper=False)
    found = [[cell.text for cell in row.cells] for row in read_document(printed(sheet), "a.pdf").rows]
    assert found[1:] == [
        ["甲路养护", "234.00", "234.00"], ["乙桥维修", "15.50", "15.50"], ["丙渠清淤", "8.25", "8.25"]
    ]  # fmt: skip
