"""The texts of a page of which each is a cell: pieces of lines that stand as close as the lines of one cell.

What is closer than the lines of one cell is one text, what is clearly further apart are two. Where a distance
is neither, nobody can say, and the page has no cells (``None``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetkg.reading.pdf.borderless.columns import extent_of
from budgetkg.reading.pdf.borderless.lines import ColumnLine, column_line
from budgetkg.reading.pdf.borderless.settings import GRID
from budgetkg.reading.pdf.page import Glyph, is_inked
from budgetkg.reading.pdf.settings import TEXT

Row = Sequence[Glyph]


@dataclass(slots=True)
class Block:
    """The lines of one text, from top to bottom."""

    lines: list[ColumnLine]

    @property
    def left(self) -> float:
        """The x of its left side."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """The x of the right side of its ink: a mark at the end of a line may hang over its cell."""
        inked = ([glyph for glyph in line.glyphs if not glyph.text.isspace()] for line in self.lines)
        return max(extent_of(glyphs).right for glyphs in inked)

    @property
    def top(self) -> float:
        """The y of its upper side."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.lines[-1].bottom

    @property
    def size(self) -> float:
        """The height of its first line: the unit of tolerances."""
        return self.lines[0].bottom - self.lines[0].top

    def place(self, alignment: float) -> float:
        """The y by which it is aligned: of its first line, its middle or its last line."""
        first, last = self.lines[0].middle, self.lines[-1].middle
        return first + alignment * (last - first)

    @property
    def glyphs(self) -> list[Glyph]:
        """All its glyphs."""
        return [glyph for line in self.lines for glyph in line.glyphs]


def pieces_of(row: Row) -> list[ColumnLine]:
    """A printed line parted where it prints nothing, not even a blank, or where its blanks are wide."""
    runs: list[list[Glyph]] = []
    for glyph in row:
        gap = glyph.x0 - runs[-1][-1].x1 if runs else 0.0
        if runs and gap <= GRID.piece_gap * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [column_line(part) for run in runs for part in _at_wide_blanks(run) if is_inked(part)]


def _at_wide_blanks(run: Row) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in run:
        if not glyph.text.isspace():
            if last is not None and glyph.x0 - last.x1 > TEXT.column_gap * glyph.size:
                parts.append([])
            last = glyph
        parts[-1].append(glyph)
    return parts


def blocks_of(lines: Sequence[ColumnLine], step: float) -> list[Block] | None:
    """Put lines under one another together where they are no further apart than ``step``, in points.

    A step of 0 leaves each line alone. Returns ``None`` where that is uncertain.
    """
    blocks = [Block([line]) for line in lines] if not step else []
    last: list[Block] = []
    for line in sorted(lines, key=lambda one: (one.middle, one.left)) if step else ():
        last = [block for block in last if line.middle - block.lines[-1].middle <= GRID.apart * step]
        over = [block for block in last if _distance(block.lines[-1], line) > GRID.level * step]
        if len(over) > 1 or any(_distance(block.lines[-1], line) > GRID.together * step for block in over):
            return None
        if over and any(_distance(other, line) is not None for block in last for other in block.lines[-1:]
                        if block is not over[0] and _overlap(other, line)):  # fmt: skip
            return None
        if over:
            over[0].lines.append(line)
        else:
            blocks.append(Block([line]))
            last.append(blocks[-1])
    return blocks


def _overlap(one: ColumnLine, other: ColumnLine) -> bool:
    """Whether lines stand over one another, by the blanks too with which a text is set in."""
    left = max(line.glyphs[0].x0 for line in (one, other))
    return min(line.glyphs[-1].x1 for line in (one, other)) - left > 0


def _distance(one: ColumnLine, other: ColumnLine) -> float:
    """How far a line stands under another one; negative where it stands beside it."""
    return other.middle - one.middle if _overlap(one, other) else -1.0


def line_step(pages: Sequence[Sequence[ColumnLine]]) -> float:
    """The least distance that lines set under one another have, in points; 0 where none are.

    Of those that are nearly the same the most frequent: letters of another font move a line a little.
    """
    distances = sorted(distance for lines in pages for distance in _distances(lines))
    if not distances:
        return 0.0
    same = [distance for distance in distances if distance <= GRID.same_step * distances[0]]
    return max(set(same), key=lambda distance: (same.count(distance), distance))


def _distances(lines: Sequence[ColumnLine]) -> list[float]:
    """How far below each line the next one stands that is set as it is, flush left or centred."""
    ordered = sorted(lines, key=lambda one: one.middle)
    middles = [line.middle for line in ordered]
    found = []
    for at, line in enumerate(ordered):
        size = line.bottom - line.top
        stop = bisect_right(middles, line.middle + GRID.max_leading * size)
        near = (other for other in ordered[at + 1 : stop] if _is_aligned(line, other, GRID.aligned * size))
        below = [other.middle - line.middle for other in near]
        found += [round(distance, 1) for distance in below if distance >= GRID.min_leading * size][:1]
    return found


def _is_aligned(one: ColumnLine, other: ColumnLine, room: float) -> bool:
    left, right = one.left - other.left, one.right - other.right
    return min(abs(left), abs(left + right) / 2) <= room


def is_told_by_distances(pages: Sequence[Sequence[Block]], step: float) -> bool:
    """Whether rows keep apart from one another by what is no multiple of the distance between lines.

    Then nobody takes the lines of one cell for rows. Half of it counts too: cells may be set to the middle.
    """
    halves = [2 * gap / step for blocks in pages for gap in _gaps_below(blocks, GRID.max_row_step * step)]
    odd = sum(abs(number - round(number)) > GRID.odd_step for number in halves)
    return odd >= GRID.min_odd_steps and odd * 2 > len(halves)


def _gaps_below(blocks: Sequence[Block], most: float) -> Iterator[float]:
    """How far below the last line of each text the next one begins."""
    firsts = sorted((block.lines[0] for block in blocks), key=lambda one: one.middle)
    middles = [line.middle for line in firsts]
    for last in (block.lines[-1] for block in blocks):
        start, stop = bisect_right(middles, last.middle), bisect_right(middles, last.middle + most)
        below = next((one for one in firsts[start:stop] if _overlap(last, one)), None)
        if below is not None:
            yield below.middle - last.middle
