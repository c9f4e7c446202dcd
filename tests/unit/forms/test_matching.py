"""Cells of a column run and their rows: in long documents only neighbours are compared, with one result."""

from __future__ import annotations

import tracemalloc

import pytest

from budgetkg.forms.project import matching
from budgetkg.forms.project.rows import Block, PrintedRow, Row
from budgetkg.reading.source import Healed
from budgetkg.records import Amounts

PER_PAGE = 8
WITHOUT_A_CELL = frozenset({0, 3, 50, 51, 52, 399})


def placed(text: str) -> Healed:
    return Healed(text, tuple(range(len(text))))


def rows(count: int) -> list[Row]:
    pages = [1 + at // PER_PAGE for at in range(count)]
    return [
        Row((PrintedRow(placed(f"{at}"), (), Amounts(), Healed(), None, (), page, page),))
        for at, page in enumerate(pages)
    ]


def blocks(count: int) -> list[Block]:
    found = []
    for at in range(count):
        page = 1 + at // PER_PAGE
        if at not in WITHOUT_A_CELL:
            found.append(Block(placed(f"1、{at}"), page, page))
    return [*found, Block(placed("1、none"), found[-1].last_page, found[-1].last_page)]


def taken(found: tuple[list[Row], list[Block]]) -> list[tuple[str, list[str]]]:
    matched, left = found
    said = [(row.first.name.text, [block.cell.text for block in row.blocks]) for row in matched]
    return [*said, ("left", [block.cell.text for block in left])]


def test_a_band_gives_the_same_reading_in_less_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 400
    whole = taken(matching.match_blocks(rows(count), blocks(count)))
    monkeypatch.setattr(matching, "_MOST_PAIRS", 20_000)
    many_rows, many_blocks = rows(count), blocks(count)
    tracemalloc.start()
    banded = taken(matching.match_blocks(many_rows, many_blocks))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert banded == whole
    assert peak < 5 * count * count  # less than one number for each pair
    kept = [(name, len(cells)) for name, cells in banded[100:300]]
    assert kept == [(str(at), 1) for at in range(100, 300)]


@pytest.mark.parametrize(("height", "breadth"), [(2, 300), (300, 2), (1, 1), (0, 3)])
def test_however_few_pairs_are_compared_every_cell_is_somewhere(
    height: int, breadth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_MOST_PAIRS", 1)
    all_blocks = blocks(breadth) if breadth > 3 else [Block(placed(f"{at}"), 1, 1) for at in range(breadth)]
    matched, left = matching.match_blocks(rows(height), all_blocks)
    found = [block for row in matched for block in row.blocks] + left
    assert len(matched) == height
    assert sorted(block.cell.text for block in found) == sorted(block.cell.text for block in all_blocks)
