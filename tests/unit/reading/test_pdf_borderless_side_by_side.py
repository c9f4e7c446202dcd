"""Borderless tables too wide for a page: their columns go on, row by row, on later pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.printers.pdf import Sheet, printed
from tests.unit.reading.test_pdf_borderless_rows import HEADER, ROWS, STEP, XS, print_rows, titled

from budgetkg.forms import parse_document


def cut(rows: list[list[str]], first: int, end: int, sheet: Sheet, top: float) -> None:
    """Some columns of rows as a spreadsheet program prints them: where they would stand in all of them."""
    for row in rows:
        tallest = max(cell.count("\n") + 1 for cell in row)
        for x, cell in zip(XS[first:end], row[first:end], strict=True):
            lines = cell.split("\n") if cell else []
            start = top + 3 + 0.5 * STEP * (tallest - len(lines))
            for number, words in enumerate(lines):
                sheet.text(50 + x - XS[first], start + number * STEP, words, 8)
        top += tallest * STEP + 6


@pytest.mark.parametrize("edges", [(0, 4, 6), (0, 4, 5, 6), (0, 5, 6)])
@pytest.mark.parametrize("over", [False, True])
def test_column_blocks_come_back_to_their_rows(edges: tuple[int, ...], over: bool) -> None:
    blocks = []
    for first, end in pairwise(edges):
        upper = titled() if not first else Sheet()
        lower = Sheet()
        cut([HEADER, *ROWS[:3]], first, end, upper, 80)
        cut([HEADER, ROWS[3]], first, end, lower, 60)
        blocks.append((upper, lower))
    pages = [page for block in (zip(*blocks, strict=True) if over else blocks) for page in block]
    (record,) = parse_document(printed(*pages), "sample.pdf")
    (unit,) = record.units_of_use
    found = [(one.name, (one.goal or "")[-3:], len(one.indicators)) for one in unit.projects]
    assert found == [("甲乡道路", "便利。", 2), ("乙乡桥梁维修", "如期修", 1)]
    assert sum(one.code == "columns-split" for one in record.findings) == len(edges) - 2
    assert record.account.remainder == 0


def test_pages_that_hold_other_rows_stay_one_below_another() -> None:
    first, second = titled(), Sheet()
    print_rows(first, 80, [HEADER, *ROWS[:3]], 0.5)
    print_rows(second, 80, [["乙乡桥梁维\n修", *ROWS[3][1:]]], 0.5)
    (record,) = parse_document(printed(first, second), "sample.pdf")
    assert [one.name for one in record.units_of_use[0].projects] == ["甲乡道路", "乙乡桥梁维修"]
    assert not any(one.code == "columns-split" for one in record.findings)
