"""Lines → cells by the order of drawing: a program draws the lines of a cell one after the other.

Whether the next line below belongs to the cell is said by its distance. Which distances are those between
the lines of a cell is a guess that the rows then prove or not (:mod:`.drawn`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.lines import ColumnLine, column_line
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID
from budgetkg.reading.pdf.page import Edge, Glyph, is_inked
from budgetkg.text import comparison_key as key
from budgetkg.text import is_wide

Steps = tuple[float, ...]
"""Distances in points that lines of one cell may have."""
# ≥320户, 100%, 1,060人: what is counted; a date may be wrapped behind any of its parts
_FIGURE = re.compile(r"[≥≤<>=≧≦]?\d[\d,]*(?:\.\d+)?[^\d年月日至.,-]{0,4}")


def in_order(
    lines: Sequence[ColumnLine], order: Mapping[int, int], rules: Sequence[Edge] = ()
) -> list[ColumnLine]:
    """The lines in the order in which they are drawn, parted where another text is drawn between.

    ``order`` counts the glyphs that show, by their ``id``; ``rules`` are the horizontal edges of the page.
    """
    drawn: list[tuple[int, ColumnLine]] = []
    mixed = _usual([gap for line in lines for gap in _gaps(line.glyphs, mixed=True)])
    for line in lines:
        rooms = (_usual(_gaps(line.glyphs, mixed=False)), mixed)
        runs: list[list[Glyph]] = []
        last = -1
        for glyph in line.glyphs:
            at = order[id(glyph)] if not glyph.text.isspace() else last
            if runs and at in (last, last + 1) and not _is_parted(runs[-1][-1], glyph, rooms):
                runs[-1].append(glyph)
            else:
                runs.append([glyph])
            last = at
        inked = [run for run in runs if is_inked(run)]
        drawn += [(min(order[id(one)] for one in run if one.text.strip()), column_line(run)) for run in inked]
    return [_below(rules, line) for _, line in sorted(drawn, key=lambda entry: entry[0])]


def _below(rules: Sequence[Edge], line: ColumnLine) -> ColumnLine:
    """The line with the number of edges above its middle: none parts the lines of one cell."""
    middle = (line.left + line.right) / 2
    above = sum(edge.at < line.middle and edge.start <= middle <= edge.end for edge in rules)
    return replace(line, rules=above) if above else line


def _wide_ones(one: Glyph, other: Glyph) -> int:
    """How many of two neighbours are ideographs."""
    return is_wide(one.text[-1:] or " ") + is_wide(other.text[:1] or " ")


def _is_parted(one: Glyph, other: Glyph, rooms: tuple[float, float]) -> bool:
    """Whether two glyphs stand further apart than those of one text, two ideographs or one of them.

    Word processors set ideographs apart from letters, and justified ones from one another.
    """
    wide = _wide_ones(one, other)
    if not wide or one.text.isspace() or other.text.isspace():
        return False
    return other.x0 - one.x1 > rooms[wide == 1] + DRAWN.touch_gap * other.size


def _gaps(glyphs: Sequence[Glyph], *, mixed: bool) -> list[float]:
    """The gaps between ideographs, or between one and a letter or a figure, in points."""
    return [
        other.x0 - one.x1
        for one, other in pairwise(glyphs)
        if _wide_ones(one, other) == (1 if mixed else 2) and not (one.text.isspace() or other.text.isspace())
    ]


def _usual(gaps: list[float]) -> float:
    """A gap that few exceed: not all ideographs of a text are set apart from what stands beside them."""
    return max(sorted(gaps)[int(len(gaps) * DRAWN.usual_share)], 0.0) if gaps else 0.0


def possible_steps(pages: Sequence[Sequence[ColumnLine]]) -> Iterator[Steps]:
    """The sets of distances that may be those between the lines of one cell, the likeliest first."""
    found: list[float] = []
    for distance in sorted(_distances(pages)):
        if not found or distance - found[-1] > DRAWN.same_step:
            found.append(distance)
    near = [step for step in found if step <= DRAWN.steps_share * found[0]][: DRAWN.max_steps]
    for count in range(len(near), -1, -1):
        yield from combinations(near, count)


def row_distances(pages: Sequence[Sequence[ColumnLine]]) -> Steps:
    """The distances at which a target or figure stands under another one: each is a cell of its own."""
    found: list[float] = []
    for page in pages:
        figures = [line for line in page if _FIGURE.fullmatch(key(line.text))]
        for upper in figures:
            below = (lower.middle - upper.middle for lower in figures if is_under(upper, lower))
            found += [min((distance for distance in below if distance > 0), default=0.0)]
    return tuple(distance for distance in found if distance)


def _distances(pages: Sequence[Sequence[ColumnLine]]) -> Iterator[float]:
    for page in pages:
        for upper, lower in pairwise(page):
            size = upper.bottom - upper.top
            distance = lower.middle - upper.middle
            if DRAWN.min_leading * size <= distance <= DRAWN.max_leading * size and is_under(upper, lower):
                yield distance


def is_under(upper: ColumnLine, lower: ColumnLine) -> bool:
    """Whether a line stands under another one as the next line of its text would."""
    size = upper.bottom - upper.top
    left, right = lower.left - upper.left, lower.right - upper.right
    aligned = min(abs(left), abs(right), abs(left + right) / 2) <= DRAWN.aligned * size
    indented = -DRAWN.indent * size <= left <= 0
    over = min(upper.right, lower.right) - max(upper.left, lower.left)
    return over > -DRAWN.rounding * indented and (aligned or indented) and upper.rules == lower.rules


def cells_of(lines: Sequence[ColumnLine], steps: Steps) -> list[Block]:
    """Lines in the order in which they are drawn as cells, in the same order."""
    cells: list[Block] = []
    for line in lines:
        last = cells[-1].lines[-1] if cells else None
        if last is not None and is_under(last, line) and is_step(line.middle - last.middle, steps):
            cells[-1].lines.append(line)
        else:
            cells.append(Block([line]))
    return cells


def without_rows_above(cells: Sequence[Block], alignment: float) -> list[Block]:
    """The cells, without the lines of a row above in which nothing stands to the right of them."""
    parted: list[Block] = []
    for cell, after in pairwise([*cells, None]):
        at = _lines_of_row_above(cell, after, alignment) if cell and after else 0
        if cell:
            parted += [Block(cell.lines[:at]), Block(cell.lines[at:])] if at else [cell]
    return parted


def _lines_of_row_above(cell: Block, after: Block, alignment: float) -> int:
    """How many lines of a cell are of the row above: the rest is level with the cell to the right."""
    room = GRID.row_tolerance * cell.size
    place = after.place(alignment)
    if abs(place - cell.place(alignment)) <= room:
        return 0
    tails = (Block(cell.lines[at:]) for at in range(1, len(cell.lines)))
    level = (abs(tail.place(alignment) - place) <= room and tail.right - room <= after.left for tail in tails)
    return next((at for at, is_level in enumerate(level, 1) if is_level), 0)


def is_step(distance: float, steps: Steps) -> bool:
    """Whether lines so far apart may be of one cell."""
    return any(abs(distance - step) <= DRAWN.same_step for step in steps)
