"""The rows of a page without edges, and which of them each cell covers: certain where only one answer fits.

The cells of a row are aligned to its middle or to its top. A cell merged over rows stands in the middle of
them, so the merged cells of a column that cover its rows without a gap leave one way to do so, or none. The
rows are parted from the left: those that the cell of the first column covers are a band, in which the further
columns are parted alike, each as far as the band goes (an XY-cut, as Nagy and Seth part pages, 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.lines import ColumnLine
from budgetkg.reading.pdf.borderless.rows import TOP
from budgetkg.reading.pdf.borderless.settings import GRID


@dataclass(slots=True)
class Line:
    """The texts of which each is a cell of one row, and from where to where the row's text reaches."""

    blocks: list[Block]

    @property
    def top(self) -> float:
        """Where its text begins."""
        return min(block.top for block in self.blocks)

    @property
    def bottom(self) -> float:
        """Where its text ends."""
        return max(block.bottom for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Placed:
    """A text that is the cell of the rows from ``first`` up to ``last``, the end left out."""

    block: Block
    first: int
    last: int


class Uncertain(LookupError):
    """More than one answer fits, or none."""


def bands_of(blocks: Sequence[Block], alignment: float) -> tuple[list[Line], list[Placed]]:
    """The rows of a page, and the rows that each of its texts covers.

    A merged cell stands over texts of its rows, or so near to them as no row does to another. Raises
    :class:`Uncertain` where there is not one answer.
    """
    try:
        return _bands(blocks, alignment, 0.0)
    except Uncertain:
        if alignment == TOP:
            raise
        return _bands(blocks, alignment, GRID.least_gap)


def _bands(blocks: Sequence[Block], alignment: float, least_gap: float) -> tuple[list[Line], list[Placed]]:
    lines, merged = _lines(blocks, alignment, least_gap)
    rows = _Rows(lines, alignment)
    rows.part(0, len(lines), [*merged, *(block for line in lines for block in line.blocks)])
    return lines, [_down_to_its_end(one, lines, rows.placed) for one in rows.placed]


def _down_to_its_end(one: Placed, lines: Sequence[Line], placed: Sequence[Placed]) -> Placed:
    """A text that goes on beside the rows below covers those too, if their cells are right of it."""
    last = one.last
    room = GRID.reach * one.block.size
    while last < len(lines) and lines[last].blocks[0].lines[0].top < one.block.bottom - room:
        beside = any(other.first == last and other.block.left < one.block.right for other in placed)
        if beside and len(lines[last].blocks) >= len(lines[one.first].blocks):
            raise Uncertain
        last += 1
    return Placed(one.block, one.first, last)


def _lines(blocks: Sequence[Block], alignment: float, least_gap: float) -> tuple[list[Line], list[Block]]:
    """The rows from top to bottom, and the texts that reach over several of them.

    Raises :class:`Uncertain` where a page has more lines than any printed one.
    """
    lines: list[Line] = []
    for block in sorted(blocks, key=lambda one: one.place(alignment)):
        place = lines[-1].blocks[0].place(alignment) if lines else -inf
        if block.place(alignment) - place <= GRID.row_tolerance * block.size:
            lines[-1].blocks.append(block)
        else:
            lines.append(Line([block]))
    if len(lines) > GRID.max_lines:
        raise Uncertain
    merged: list[Block] = []
    least = least_gap * _usual_gap(lines)
    while alignment != TOP:
        degrees = [sum(_are_close(one, other, least) for other in lines if other is not one) for one in lines]
        most = max(degrees, default=0)
        if not most:
            break
        at = min(
            (at for at, degree in enumerate(degrees) if degree == most),
            key=lambda at: (len(lines[at].blocks), min(block.left for block in lines[at].blocks)),
        )
        merged += lines.pop(at).blocks
    return lines, merged


def _usual_gap(lines: Sequence[Line]) -> float:
    """How far rows of several texts keep apart, in points."""
    several = [line for line in lines if len(line.blocks) > 1]
    gaps = sorted(other.top - one.bottom for one, other in pairwise(several))
    return max(gaps[len(gaps) // 2], 0.0) if gaps else 0.0


def _are_close(one: Line, other: Line, least: float) -> bool:
    """Whether texts stand closer to one another than two rows do."""
    room = GRID.reach * one.blocks[0].size - least
    return one.top < other.bottom - room and other.top < one.bottom - room


class _Rows:
    """The rows of a page while they are parted."""

    def __init__(self, lines: Sequence[Line], alignment: float) -> None:
        self.alignment = alignment
        self.placed: list[Placed] = []
        self._parted = 0
        self._lines = lines
        self._row_of = {id(block): at for at, line in enumerate(lines) for block in line.blocks}
        inner = [(one.bottom + other.top) / 2 for one, other in pairwise(lines)]
        first = lines[0].top - (inner[0] - lines[0].bottom if inner else 0)
        last = lines[-1].bottom + (lines[-1].top - inner[-1] if inner else 0)
        self._ys = [first, *inner, last]

    def part(self, first: int, last: int, blocks: Sequence[Block]) -> None:
        """Place the texts of some rows: column by column, or else all by those furthest left."""
        self._parted += 1
        if self._parted > GRID.max_parted:
            raise Uncertain
        known = len(self.placed)
        groups = side_by_side(blocks)
        try:
            self._part_columns(first, last, groups)
        except Uncertain:
            if len(groups) == 1:
                raise
            del self.placed[known:]
            self._part_from_left(first, last, blocks, named=False)

    def _part_columns(self, first: int, last: int, groups: Sequence[Sequence[Block]]) -> None:
        named = False
        for group in groups:
            rows = {self._row_of.get(id(block)) for block in group}
            self._part_from_left(first, last, group, named)
            named = named or (len(rows) == len(group) == last - first and None not in rows)

    def _part_from_left(self, first: int, last: int, blocks: Sequence[Block], named: bool) -> None:
        """Place texts by the rows that those of them cover that stand furthest left.

        ``named`` is true where each row has a cell of its own further left: blanks are likely then.
        """
        side = min(block.right for block in blocks)
        column = sorted((one for one in blocks if one.left < side), key=lambda one: one.place(self.alignment))
        rest = [block for block in blocks if block.left >= side]
        for placed in self._covered(first, last, column, named):
            self.placed.append(placed)
            own = [block for block in rest if self._is_within(block, placed)]
            if own:
                least = placed.block.right + GRID.min_gap * placed.block.size
                if min(block.left for block in own) < least:
                    raise Uncertain
                self.part(placed.first, placed.last, own)
            rest = [block for block in rest if not any(block is other for other in own)]
        for row in sorted({self._row(block) for block in rest}):
            self.part(row, row + 1, [block for block in rest if self._row(block) == row])

    def _is_within(self, block: Block, placed: Placed) -> bool:
        row = self._row_of.get(id(block))
        if row is not None:
            return placed.first <= row < placed.last
        return self._ys[placed.first] <= block.place(self.alignment) < self._ys[placed.last]

    def _row(self, block: Block) -> int:
        row = self._row_of.get(id(block))
        if row is None:
            raise Uncertain
        return row

    def _covered(self, first: int, last: int, column: Sequence[Block], named: bool) -> list[Placed]:
        """Which rows each text of a column covers, if there is one way."""
        rows = [self._row_of[id(block)] for block in column if id(block) in self._row_of]
        alone = len(set(rows)) == len(column)
        own = [Placed(block, row, row + 1) for block, row in zip(column, rows, strict=False)]
        if alone and (len(rows) == last - first or self.alignment == TOP):
            return own
        short = named and all(len(block.lines) == 1 for block in column)
        if alone and short:
            return own
        ways = [] if self.alignment == TOP else self._tilings(first, last, column)
        # The corner above the labels of a table is blank, and rows begin below it.
        begins = bool(rows) and (rows[0] == first or rows == list(range(first + 1, last)))
        ways += [own] if alone and (named or begins) else []
        if len(ways) != 1 or self._may_be_several(ways[0]):
            raise Uncertain
        return ways[0]

    def _may_be_several(self, column: Sequence[Placed]) -> bool:
        """Whether the lines of a merged cell may be those of as many cells as it has rows."""
        return any(
            self._fit(one.block.lines, one.first, one.last) for one in column if one.last > one.first + 1
        )

    def _fit(self, lines: list[ColumnLine], first: int, last: int) -> bool:
        """Whether lines part into a cell for each of some rows, each aligned to its row."""
        if first == last:
            return not lines
        middle = self._lines[first].blocks[0].place(self.alignment)
        return any(
            abs(Block(lines[:count]).place(self.alignment) - middle) <= GRID.row_tolerance * Block(lines).size
            and self._fit(lines[count:], first + 1, last)
            for count in range(1, len(lines) + 1)
        )

    def _tilings(self, first: int, last: int, column: Sequence[Block]) -> list[list[Placed]]:
        """Ways (two at most) in which texts cover rows without a gap, each in the middle of its own."""
        ways: dict[int, list[list[Placed]]] = {first: [[]]}
        for block in column:
            row = self._row_of.get(id(block))
            longer: dict[int, list[list[Placed]]] = {}
            for start, known in ways.items():
                for stop in range(start + (1 if row is not None else 2), last + 1):
                    off = abs((self._ys[start] + self._ys[stop]) / 2 - block.place(self.alignment))
                    if off <= GRID.span_tolerance * block.size and (stop > start + 1 or row == start):
                        found = longer.setdefault(stop, [])
                        found += [[*way, Placed(block, start, stop)] for way in known][: 2 - len(found)]
            ways = longer
        return ways.get(last, [])


def side_by_side(blocks: Sequence[Block]) -> list[list[Block]]:
    """Texts in groups that white space parts from top to bottom, from left to right."""
    groups: list[list[Block]] = []
    right = 0.0
    for block in sorted(blocks, key=lambda one: one.left):
        if groups and block.left < right:
            groups[-1].append(block)
            right = max(right, block.right)
        else:
            groups.append([block])
            right = block.right
    return groups
