"""Indicator cells of a column run matched back to their rows, by order and page.

The run repeats the rows' pages; a cell may be printed again at a page break where its row is not,
and the other way round. The cheapest alignment that keeps the order wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.forms.project.rows import Block, Row
from budgetkg.text import comparison_key as key

_MOST_PRINTINGS = 12  # of one cell: no cell is as high as so many pages
_LEFT_OUT = 100  # a row without a cell, or a cell without a row, is the last resort
_MOST_PAIRS = 1_000_000  # of rows and cells that are compared
_DOWN = 16  # a step as one number: whether it goes on to the next row, and over how many cells


def match_blocks(rows: list[Row], blocks: list[Block]) -> tuple[list[Row], list[Block]]:
    """Rows with their cells, and the cells that no row claims."""
    pages = _relative_pages(rows, blocks)
    best = _align(rows, blocks, pages)
    matched, left = [], []
    for row_index, taken in best:
        if row_index is None:
            left.extend(taken)
        else:
            matched.append(rows[row_index].with_blocks(tuple(taken)))
    return matched, left


def same_block(one: Block, other: Block) -> bool:
    """Whether two cells meet at a page break and say the same, or one is the other cut short."""
    return one.closes_page and other.opens_page and key(other.cell.text).startswith(key(one.cell.text))


def _relative_pages(rows: list[Row], blocks: list[Block]) -> tuple[int, int, bool]:
    """First page of either run, and whether both run over as many pages, so that pages compare."""
    if not rows or not blocks:
        return 0, 0, False
    first_row = min(row.first.first_page for row in rows)
    last_row = max(printing.last_page for row in rows for printing in row.printings)
    comparable = last_row - first_row == blocks[-1].last_page - blocks[0].first_page
    return first_row, blocks[0].first_page, comparable


_Step = tuple[int | None, list[Block]]


@dataclass(frozen=True, slots=True)
class _Band:
    """Which cells are tried for a row: all in a document of usual size, else those of about its place."""

    height: int
    breadth: int

    def of(self, row: int) -> range:
        """How many cells may have been taken before a row; neighbouring rows' bands always overlap."""
        reach = max(_MOST_PAIRS // (2 * self.height + 2), self.breadth // max(self.height, 1) + 1)
        middle = row * self.breadth // max(self.height, 1)
        return range(max(0, middle - reach), min(self.breadth, middle + reach) + 1)


def _align(rows: list[Row], blocks: list[Block], pages: tuple[int, int, bool]) -> list[_Step]:
    """Dynamic programming over (row, block): take one cell, a cell printed twice, or none.

    What is kept of a row beside its costs is one byte for each cell of its band.
    """
    band = _Band(len(rows), len(blocks))
    steps = [bytearray(len(band.of(i))) for i in range(len(rows) + 1)]
    costs, below = {0: 0}, dict[int, int]()
    for i in range(len(rows) + 1):
        reach, next_reach = band.of(i), band.of(i + 1)
        for j in reach:
            if j not in costs:
                continue
            for down, across, price in _moves(rows, blocks, i, j, pages):
                known, within = (below, next_reach) if down else (costs, reach)
                target, reached = j + across, costs[j] + price
                # Of equal readings the one wins that leaves out the later row or cell.
                if target in within and (target not in known or reached <= known[target]):
                    known[target] = reached
                    steps[i + down][target - within.start] = down * _DOWN + across
        costs, below = below, {}
    return _trace(band, steps, blocks)


def _moves(
    rows: list[Row], blocks: list[Block], i: int, j: int, pages: tuple[int, int, bool]
) -> list[tuple[int, int, int]]:
    moves = []
    if i < len(rows):
        moves.append((1, 0, _LEFT_OUT))
    if j < len(blocks):
        moves.append((0, 1, _LEFT_OUT))
    if i < len(rows) and j < len(blocks):
        count = 1
        moves.append((1, 1, _mismatch(rows[i], blocks[j : j + 1], pages)))
        most = min(len(blocks) - j, _MOST_PRINTINGS)
        while count < most and same_block(blocks[j + count - 1], blocks[j + count]):
            count += 1
            moves.append((1, count, _mismatch(rows[i], blocks[j : j + count], pages)))
    return moves


def _mismatch(row: Row, taken: list[Block], pages: tuple[int, int, bool]) -> int:
    """How far the pages of the cells are from those of the row; 1 where they only overlap."""
    row_start, block_start, comparable = pages
    repeated = int((len(row.printings) > 1) != (len(taken) > 1))
    if not comparable:
        return repeated
    first, last = taken[0].first_page - block_start, taken[-1].last_page - block_start
    starts, ends = row.first.first_page - row_start, row.printings[-1].last_page - row_start
    apart = max(first - ends, starts - last)
    if apart > 0:  # most pairs are
        return min(1 + 4 * apart, _LEFT_OUT - 2) + repeated
    mine = {page - row_start for page in row.pages}
    theirs = {page - block_start for block in taken for page in range(block.first_page, block.last_page + 1)}
    if mine == theirs:
        return 0
    distance = 0 if mine & theirs else min(abs(a - b) for a in mine for b in theirs)
    return min(1 + 4 * distance, _LEFT_OUT - 2) + repeated


def _trace(band: _Band, found: list[bytearray], blocks: list[Block]) -> list[_Step]:
    steps: list[_Step] = []
    i, j = band.height, band.breadth
    while i or j:
        down, across = divmod(found[i][j - band.of(i).start], _DOWN)
        steps.append((i - 1 if down else None, blocks[j - across : j]))
        i, j = i - down, j - across
    return steps[::-1]
