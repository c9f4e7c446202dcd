"""The rows of a page by the order in which its cells are drawn: row by row, each from left to right.

A spreadsheet program, a word processor and a browser draw a table so, whatever edges they print with it, a
merged cell with the first of its rows. (LibreOffice draws the cells of a sheet that take several lines after
all others, in the same order: a second pass.) So the cells say themselves in which row they begin; where they
end is said by their middle (:mod:`.spans`). An order that doesn't fit the places of the texts says nothing:
:class:`.bands.Uncertain`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.borderless.bands import Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.rows import MIDDLE
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID
from budgetkg.reading.pdf.page import CLIPPED_ABOVE

Key = tuple[int, float]
"""The number of the level at which a cell is aligned, and its left side: what a pass draws goes up in both."""


@dataclass(slots=True)
class Begun:
    """A cell, and the first and the last row in which it may begin.

    ``single`` is the row with whose other cells it is aligned, -1 where there is none; ``number`` counts the
    passes and the cells of its pass.
    """

    cell: Block
    first: int
    last: int
    single: int
    number: tuple[int, int] = (0, 0)

    @property
    def is_single(self) -> bool:
        """Whether it surely covers one row alone."""
        return self.first == self.last == self.single


def clip_of(cell: Block) -> int:
    """On which side a page break hides the first line of a cell, or that it shows."""
    return next(glyph.visibility for glyph in cell.glyphs if not glyph.text.isspace())


def is_right_of(cell: Block, other: Block) -> bool:
    """Whether a cell stands so far right of another one that both may be of one row."""
    return cell.left >= other.right - GRID.row_tolerance * cell.size


def second_passes(pages: Sequence[Sequence[Block]], alignment: float) -> list[int]:
    """With which cell the second pass of each page begins; behind the last one where there is one pass.

    A cell that is drawn before one above it is merged down from further above. Where one pass would make
    many cells merged and two don't, the pages are drawn in two.
    """
    whole = [_merged_counts(cells, alignment)[-1] for cells in pages]
    parted: list[tuple[int, int]] = []
    for cells in pages:
        several = next((at for at, cell in enumerate(cells) if len(cell.lines) > 1), len(cells))
        before = _merged_counts(cells, alignment)
        after = _merged_counts(cells[::-1], alignment, backwards=True)[::-1]
        parted.append(min((before[at] + after[at], -at) for at in (*range(1, several + 1), len(cells))))
    second = [cell for cells, (_, at) in zip(pages, parted, strict=True) for cell in cells[-at:]]
    if (
        sum(whole) > DRAWN.merged_share * sum(map(len, pages))
        and 2 * sum(merged for merged, _ in parted) < sum(whole)
        and sum(len(cell.lines) > 1 for cell in second) >= DRAWN.several_share * len(second) * (alignment != MIDDLE)
    ):
        return [-at for _, at in parted]
    return [*map(len, pages)]


def _keys(cells: Sequence[Block], alignment: float) -> list[Key]:
    numbers: dict[int, int] = {}
    start, level = -inf, 0
    for cell in sorted(cells, key=lambda one: one.place(alignment)):
        if cell.place(alignment) - start > GRID.row_tolerance * cell.size:
            start, level = cell.place(alignment), level + 1
        numbers[id(cell)] = level
    return [(numbers[id(cell)], cell.left) for cell in cells]


def _merged_counts(cells: Sequence[Block], alignment: float, *, backwards: bool = False) -> list[int]:
    """How many of the first cells, one after the other, are merged by their order; ``backwards`` of the last."""
    keys = _keys(cells, alignment)
    counts, count = [0], 0
    kept: list[Key] = []
    for key in keys:
        if backwards:
            merged = bool(kept) and kept[0] < key
            kept = kept if merged else [key]
            count += merged
        else:
            while kept and kept[-1] > key:
                kept.pop()
                count += 1
            kept.append(key)
        counts.append(count)
    return counts


def begun_cells(
    cells: Sequence[Block], second: int, alignment: float, *, cut_below: bool
) -> tuple[list[list[Block]], list[Begun]]:
    """The cells of each row that cover it alone, and in which rows all cells begin.

    ``cells`` come in the order in which they are drawn, those from number ``second`` on in a second pass.
    """
    passes = [own for own in (cells[:second], cells[second:]) if own]
    singles = [
        cell
        for own in passes
        for cell in _may_be_single(own, alignment, in_one=len(passes) == 1, cut_below=cut_below)
    ]
    alone = {id(cell) for cell in singles}
    merged = [cell.place(alignment) for cell in cells if id(cell) not in alone]
    rows = _rows_of(singles, merged, alignment)
    row_of = {id(cell): number for number, row in enumerate(rows) for cell in row}
    places = [sum(cell.place(alignment) for cell in row) / len(row) for row in rows]
    begun: list[Begun] = []
    for number, own in enumerate(passes):
        begun += _begun_in_pass(own, number, row_of, places, alignment, in_one=len(passes) == 1)
    return rows, begun


def _may_be_single(
    cells: Sequence[Block], alignment: float, *, in_one: bool, cut_below: bool
) -> Iterator[Block]:
    """The cells of a pass that may cover one row alone: none drawn later stands above or left of them.

    If there is no other pass, what stands beside the cell before and lower is merged down as well.
    """
    runs = _runs(cells)
    cut = {id(cell) for run in runs for cell in _cut_below(run, alignment)} if cut_below else set[int]()
    kept = [cell for cell in cells if id(cell) not in cut]
    least: Key = (len(kept) + 1, 0.0)
    merged: set[int] = set()
    for cell, key in reversed([*zip(kept, _keys(kept, alignment), strict=True)]):
        if key > least or clip_of(cell) == CLIPPED_ABOVE:
            merged.add(id(cell))
        least = min(least, key)
    for run in runs:
        beside: list[Block] = []
        for cell in (one for one in run if id(one) not in cut):
            beside.append(cell)
            if id(cell) not in merged and not (in_one and _is_merged_beside(beside, alignment)):
                yield cell


def _runs(cells: Sequence[Block]) -> list[list[Block]]:
    """Cells that are drawn one after the other from left to right: those of a row are."""
    runs: list[list[Block]] = []
    for cell in cells:
        if runs and is_right_of(cell, runs[-1][-1]):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _cut_below(run: Sequence[Block], alignment: float) -> Iterator[Block]:
    """The cells of a run that go on behind the page break: a browser sets them to the top of their rows.

    Others, of which one begins at the same height, are aligned with one another further below.
    """
    for cell in run:
        room = GRID.row_tolerance * cell.size
        lower = [one for one in run if one.place(alignment) > cell.place(alignment) + room]
        if any(
            abs(one.lines[0].middle - cell.lines[0].middle) <= room
            and sum(abs(one.place(alignment) - other.place(alignment)) <= room for other in lower) > 1
            for one in lower
        ):
            yield cell


def _is_merged_beside(row: Sequence[Block], alignment: float) -> bool:
    """Whether the last of some cells from left to right stands beside the one before, but lower than one."""
    *others, cell = row
    place, room = cell.place(alignment), GRID.row_tolerance * cell.size
    places = [one.place(alignment) for one in others]
    beside = bool(others) and cell.lines[0].top < others[-1].bottom - room
    level = any(abs(place - other) <= room for other in places)
    return (beside or level) and place > min(places) + room


def _rows_of(singles: Sequence[Block], merged: Sequence[float], alignment: float) -> list[list[Block]]:
    """Cells at one place as a row each. Where the texts of two reach over one another one is none.

    ``merged`` are the places of cells that cover several rows: others at such a place may do so as well.
    """
    rows: list[list[Block]] = []
    for cell in sorted(singles, key=lambda one: one.place(alignment)):
        room = GRID.row_tolerance * cell.size
        if rows and cell.place(alignment) - rows[-1][0].place(alignment) <= room:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    while alignment == MIDDLE and len(rows) > 1:
        over = [_reach_over(one, other) for one, other in pairwise(rows)]
        near = [
            over[at : at + 1].count(True) + over[max(at - 1, 0) : at].count(True) for at in range(len(rows))
        ]
        if not max(near):
            break
        rows.pop(
            min(
                (at for at, count in enumerate(near) if count),
                key=lambda at: _weight(rows[at], near[at], merged, alignment),
            )
        )
    return rows


def _weight(row: Sequence[Block], near: int, merged: Sequence[float], alignment: float) -> tuple[float, ...]:
    """How much speaks for it that some cells are a row; ``near`` counts the rows that it reaches over."""
    place, room = row[0].place(alignment), GRID.row_tolerance * row[0].size
    level = sum(abs(other - place) <= room for other in merged)
    return -level, len(row), -near, min(cell.left for cell in row)


def _reach_over(upper: Sequence[Block], lower: Sequence[Block]) -> bool:
    """Whether the texts of two rows reach over one another's heights: then one of them is none."""
    bottom, top = max(cell.bottom for cell in upper), min(cell.top for cell in lower)
    return top < bottom - GRID.reach * lower[0].size


def _last_above(cell: Block, places: Sequence[float], alignment: float) -> int:
    """The last row that is aligned to a place above that of a cell, or at it: it begins no later."""
    return max(bisect_right(places, cell.place(alignment) + GRID.row_tolerance * cell.size) - 1, 0)


def _begun_in_pass(
    cells: Sequence[Block],
    number: int,
    row_of: dict[int, int],
    places: Sequence[float],
    alignment: float,
    *,
    in_one: bool,
) -> list[Begun]:
    """In which of all rows the cells of one pass begin.

    That is known where two of them are aligned with one another, or if there is no other pass. One alone may
    be merged over rows, its row-mates drawn by the other pass: it begins between its neighbours.
    """
    own = [row_of.get(id(cell), -1) for cell in cells]
    known = [
        row >= 0 and (in_one or (at > 0 and own[at - 1] == row and is_right_of(cells[at], cells[at - 1])))
        for at, row in enumerate(own)
    ]
    firsts: list[int] = []
    for at, cell in enumerate(cells):
        least = firsts[-1] + (not is_right_of(cell, cells[at - 1])) if firsts else 0
        firsts.append(own[at] if known[at] else least)
        if firsts[at] < least:
            raise Uncertain
    lasts: list[int] = []
    most = len(places) - 1
    for at in reversed(range(len(cells))):
        cell = cells[at]
        if lasts:
            most = lasts[-1] - (not is_right_of(cells[at + 1], cell))
        lasts.append(
            min(
                own[at] if own[at] >= 0 else _last_above(cell, places, alignment) if not in_one else most,
                most,
            )
        )
    lasts.reverse()
    if any(first > last for first, last in zip(firsts, lasts, strict=True)):
        raise Uncertain
    return [
        Begun(cell, first, last, row, (number, at))
        for at, (cell, first, last, row) in enumerate(zip(cells, firsts, lasts, own, strict=True))
    ]
