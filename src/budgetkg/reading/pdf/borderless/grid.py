"""Forms printed without edges → tables, where only one grid fits the page; else nothing is said of them.

A form has sections, each with columns of its own: labels beside values, goals, indicators. Rows are of one
section as long as white space parts their columns alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetkg.reading.pdf.borderless.bands import Placed, Uncertain, bands_of
from budgetkg.reading.pdf.borderless.blocks import (
    Block,
    blocks_of,
    is_told_by_distances,
    line_step,
)  # fmt: skip
from budgetkg.reading.pdf.borderless.bodies import bodies_of, clipped_lines
from budgetkg.reading.pdf.borderless.cut_rows import join_cut_rows
from budgetkg.reading.pdf.borderless.drawn_grid import pages_as_drawn
from budgetkg.reading.pdf.borderless.lines import ColumnLine
from budgetkg.reading.pdf.borderless.rows import MIDDLE, TOP
from budgetkg.reading.pdf.borderless.sections import Column, GridPage, Section, sections_of
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID, LINES
from budgetkg.reading.pdf.doubts import doubt_what_hangs
from budgetkg.reading.pdf.settings import BORDERLESS
from budgetkg.reading.pdf.tables import BorderlessPage, PageCell, PageRow, PageTable
from budgetkg.reading.pdf.text import cell_lines

Span = tuple[float, float]
"""From where to where something reaches on the x axis, in points."""


def read_grid(pages: Sequence[BorderlessPage], *, as_drawn: bool) -> bool:
    """Read pages as one form, if that is certain; its lines are then moved to the pages' tables.

    ``as_drawn`` tells rows by the order in which their cells are drawn, else by the places of the texts.
    """
    if any(page.block_starts or (page.clipped and not as_drawn) for page in pages):
        return False
    filled = [(page, body) for page, body in zip(pages, bodies_of(pages), strict=True) if body]
    if not filled:
        return False
    numbers = [page.number for page, _ in filled]
    try:
        if as_drawn:
            extent = _extent([line for _, body in filled for line in body])
            for page, body in filled:
                body += clipped_lines(page, extent)
            tables = _tables_as_drawn(filled, numbers)
        else:
            tables = _tables_by_places([body for _, body in filled], numbers)
    except Uncertain:
        return False
    for (page, body), table in zip(filled, tables, strict=True):
        gone = {id(glyph) for line in body for glyph in line.glyphs}
        page.rows = [row for row in page.rows if not any(id(glyph) in gone for glyph in row)]
        page.clipped = [glyph for glyph in page.clipped if id(glyph) not in gone]
        page.table = table
    return True


def _extent(lines: Sequence[ColumnLine]) -> Span:
    return min(line.left for line in lines), max(line.right for line in lines)


def _tables_as_drawn(
    filled: Sequence[tuple[BorderlessPage, Sequence[ColumnLine]]], numbers: Sequence[int]
) -> list[PageTable]:
    orders = [
        {id(glyph): at for at, glyph in enumerate(one for one in page.drawn if not one.text.isspace())}
        for page, _ in filled
    ]
    rules = [page.rules for page, _ in filled]
    return _tables(pages_as_drawn([body for _, body in filled], orders, rules), numbers, told=True)


def _tables_by_places(bodies: Sequence[Sequence[ColumnLine]], numbers: Sequence[int]) -> list[PageTable]:
    step = line_step(bodies)
    texts: list[list[Block]] = []
    for body in bodies:
        blocks = blocks_of(body, step)
        if blocks is None:
            raise Uncertain
        texts.append(blocks)
    told = is_told_by_distances(texts, step)
    for alignment in (MIDDLE, TOP):
        try:
            return _tables([GridPage(*bands_of(blocks, alignment)) for blocks in texts], numbers, told)
        except Uncertain:
            continue
    raise Uncertain


def _tables(pages: Sequence[GridPage], numbers: Sequence[int], told: bool) -> list[PageTable]:
    sections = sections_of(pages)
    tables = [_table(page, number, sections, told) for number, page in enumerate(pages)]
    join_cut_rows(tables, numbers)
    doubt_what_hangs(tables)
    return tables


def _boundaries(sections: Sequence[Section], least: float) -> tuple[list[float], list[list[float]]]:
    """The boundaries of all columns, and those of each section: the fewest that part what is parted.

    Raises :class:`.bands.Uncertain` where a white space between columns is narrower than ``least``.
    """
    sides = [
        side for section in sections for column in section.columns for side in (column.left, column.right)
    ]
    gaps = sorted((other.left, one.right) for section in sections for one, other in pairwise(section.columns))
    points: list[float] = []
    for right, left in gaps:
        if right - left < least:
            raise Uncertain
        if not points or points[-1] < left:
            points.append(right - min(GRID.side, (right - left) / 2))
    first, last = min(sides) - 1, max(sides) + 1
    own = [
        [first, *(_nearest(points, one.right, other.left) for one, other in pairwise(section.columns)), last]
        for section in sections
    ]
    return [first, *points, last], own


def _nearest(points: Sequence[float], left: float, right: float) -> float:
    """The last boundary in a white space: cells begin at it, whatever the length of those before."""
    return max(point for point in points if left <= point <= right)


def _table(page: GridPage, number: int, sections: Sequence[Section], told: bool) -> PageTable:
    xs, own = _boundaries(sections, DRAWN.section_gap if told else GRID.section_gap)
    if len(xs) <= GRID.min_columns or sum(len(section.rows) for section in sections) < GRID.min_rows:
        raise Uncertain
    places = {row: at for at, section in enumerate(sections) for row in section.rows}
    rows = [
        PageRow([], line.bottom - line.top, doubtful=at in page.doubts) for at, line in enumerate(page.rows)
    ]
    free = [list(range(len(sections[places[number, at]].columns))) for at in range(len(rows))]
    cells: list[tuple[Placed, float, float]] = []
    for one in page.placed:
        at = places[number, one.first]
        first, last = sections[at].columns_of(one.block, page.heads)
        if id(one.block) not in page.heads and _may_be_several(
            one.block, sections[at].columns[first : last + 1]
        ):
            for line in range(one.first, one.last):
                rows[line].doubtful = True
        for line in range(one.first, one.last):
            if places[number, line] != at or not {*range(first, last + 1)} <= {*free[line]}:
                raise Uncertain
            free[line] = [column for column in free[line] if not first <= column <= last]
        cells.append((one, own[at][first], own[at][last + 1]))
    for one in page.placed:
        section, row = sections[places[number, one.first]], rows[one.first]
        row.doubtful |= _may_begin_further_left(one.block, section, free[one.first], page)
    if not told:
        _check_ends(cells)
    for one, left, right in cells:
        ends = one.last == len(rows)
        span = one.last - one.first
        rows[one.first].cells.append(
            PageCell(left, right, cell_lines(one.block.glyphs), ends_page=ends, row_span=span)
        )
    for at, row in enumerate(rows):  # blank cells
        sides = own[places[number, at]]
        row.cells += [PageCell(sides[column], sides[column + 1], []) for column in free[at]]
        row.cells.sort(key=lambda cell: cell.left)
    top, bottom = page.rows[0].top, page.rows[-1].bottom
    return PageTable(xs, top, bottom, rows, ruled=False)


def _may_begin_further_left(block: Block, section: Section, free: Sequence[int], page: GridPage) -> bool:
    """Whether a text that is set as no other one of its column may stand over a blank one beside it too."""
    first, _ = section.columns_of(block, page.heads)
    return first - 1 in free and not section.columns[first].has_set(block)


def _may_be_several(block: Block, columns: Sequence[Column]) -> bool:
    """Whether the lines of a text over several columns break where two of these almost touch."""
    for one, other in pairwise(columns):
        middle = (one.right + other.left) / 2
        over = [line for line in block.lines if line.left < middle < line.right]
        straddled = any(glyph.x0 < middle - GRID.side and middle + GRID.side < glyph.x1
                        for line in over for glyph in line.glyphs)  # fmt: skip
        if other.left - one.right < GRID.piece_gap * block.size and over and not straddled:
            return True
    return False


def _check_ends(cells: Sequence[tuple[Placed, float, float]]) -> None:
    """Two texts of one row that break at one height without need are rows laid into one."""
    widths: dict[Span, float] = {}
    for one, left, right in cells:
        widths[left, right] = max(widths.get((left, right), 0.0), one.block.right)
    ends: dict[int, list[float]] = {}
    for one, left, right in cells:
        for line, other in pairwise(one.block.lines):
            room = LINES.full_line_room * (line.bottom - line.top)
            if line.right + other.first_word_width <= widths[left, right] - room:
                known = ends.setdefault(one.first, [])
                if any(abs(line.middle - middle) < BORDERLESS.level_tolerance for middle in known):
                    raise Uncertain
                known.append(line.middle)
