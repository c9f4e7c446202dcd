"""In how many passes a program draws the cells of a page: LibreOffice draws those of several lines last.

In one pass the cells go from row to row and from left to right. A cell that is drawn before one above it or,
level with it, to its left is merged down from a row further above.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID

Key = tuple[int, float]
"""The number of the level at which a cell is aligned, and its left side: a pass goes up in both."""


def keys_of(cells: Sequence[Block], alignment: float) -> list[Key]:
    """The keys of cells, in their order; places that differ by next to nothing are one level."""
    levels: dict[int, int] = {}
    start, level = -inf, 0
    for cell in sorted(cells, key=lambda one: one.place(alignment)):
        if cell.place(alignment) - start > GRID.row_tolerance * cell.size:
            start, level = cell.place(alignment), level + 1
        levels[id(cell)] = level
    return [(levels[id(cell)], cell.left) for cell in cells]


def second_passes(pages: Sequence[Sequence[Block]], alignment: float) -> list[int]:
    """With which cell the second pass of each page begins; behind the last one where there is one pass.

    Where one pass would make many cells merged and two don't, the pages are drawn in two.
    """
    counted = [_merged_counts(keys_of(cells, alignment)) for cells in pages]
    starts = [_start(cells, *counts) for cells, counts in zip(pages, counted, strict=True)]
    in_one = sum(first[-1] for first, _ in counted)
    in_two = sum(first[at] + rest[at] for at, (first, rest) in zip(starts, counted, strict=True))
    many = in_one > DRAWN.merged_share * sum(map(len, pages))
    if many and 2 * in_two < in_one and (alignment == MIDDLE or _are_of_several_lines(pages, starts)):
        return starts
    return [*map(len, pages)]


def _start(cells: Sequence[Block], first: Sequence[int], rest: Sequence[int]) -> int:
    """Where the second pass of a page begins: with the fewest merged cells, before any of several lines."""
    several = next((at for at, cell in enumerate(cells) if len(cell.lines) > 1), len(cells))
    possible = (*range(1, several + 1), len(cells))
    merged = {at: first[at] + rest[at] for at in possible}
    fewest = min(merged.values())
    start: int = max(at for at, count in merged.items() if count == fewest)
    return start


def _are_of_several_lines(pages: Sequence[Sequence[Block]], starts: Sequence[int]) -> bool:
    """Whether cells of several lines are many in the second pass: no place tells of cells set to the top."""
    second = [cell for cells, at in zip(pages, starts, strict=True) for cell in cells[at:]]
    return sum(len(cell.lines) > 1 for cell in second) >= DRAWN.several_share * len(second)


def _merged_counts(keys: Sequence[Key]) -> tuple[list[int], list[int]]:
    """How many cells are merged by their order: of the first ones up to each, and of those from each on."""
    first, kept = [0], list[Key]()
    for key in keys:
        merged = first[-1]
        while kept and kept[-1] > key:
            kept.pop()
            merged += 1
        kept.append(key)
        first.append(merged)
    rest, least = [0], keys[-1] if keys else (0, 0.0)
    for key in reversed(keys):
        rest.append(rest[-1] + (key > least))
        least = min(least, key)
    return first, rest[::-1]
