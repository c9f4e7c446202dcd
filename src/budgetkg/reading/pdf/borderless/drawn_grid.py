"""Pages whose cells tell their rows by the order in which they are drawn: the reading that fits best.

Which distances are those between the lines of a cell, and how cells are aligned, is tried; rows prove it
where cells of several lines stand level with others. What is joined without such a proof is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from budgetkg.reading.pdf.borderless.bands import Line, Placed, Uncertain
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.drawn import begun_cells
from budgetkg.reading.pdf.borderless.drawn_cells import (
    Steps,
    cells_of,
    in_order,
    is_step,
    possible_steps,
    row_distances,
    without_rows_above,
)
from budgetkg.reading.pdf.borderless.lines import ColumnLine, column_line
from budgetkg.reading.pdf.borderless.passes import second_passes
from budgetkg.reading.pdf.borderless.rows import MIDDLE, TOP
from budgetkg.reading.pdf.borderless.sections import GridPage
from budgetkg.reading.pdf.borderless.settings import DRAWN, GRID, LINES
from budgetkg.reading.pdf.borderless.spans import placed_cells
from budgetkg.reading.pdf.page import Edge
from budgetkg.reading.pdf.text import text_rows


def pages_as_drawn(
    bodies: Sequence[Sequence[ColumnLine]],
    orders: Sequence[Mapping[int, int]],
    rules: Sequence[Sequence[Edge]],
) -> list[GridPage]:
    """The rows of pages by the order of drawing; raises :class:`Uncertain` where it says nothing of them.

    For each page: its lines, the order of its glyphs by their ``id``, its horizontal edges.
    """
    drawn = [in_order(body, order, own) for body, order, own in zip(bodies, orders, rules, strict=True)]
    best: list[GridPage] = []
    most = (0, 0, 0)
    for steps in possible_steps(drawn):
        for alignment in (MIDDLE, TOP):
            joined = [cells_of(lines, steps) for lines in drawn]
            parted = [without_rows_above(cells, alignment) for cells in joined]
            pages = [*_pages(parted, alignment)]
            if None in pages and second_passes(joined, alignment) == [*map(len, joined)]:
                pages = [one or other for one, other in zip(pages, _pages(joined, alignment), strict=True)]
            told = [page for page in pages if page is not None]
            found = (len(told), len(_proved(told)), -len(_unproved(told)))
            if pages[0] is not None and (not best or found > most):
                best, most = [page or _untold(lines) for page, lines in zip(pages, drawn, strict=True)], found
        if most[0] == len(drawn) and most[1] and not most[2]:
            break  # with fewer distances no more would be proved
    of_rows = row_distances(drawn)
    may_be_joined = any(not is_step(step, of_rows) for step in next(possible_steps(drawn), ()))
    if most[0] < DRAWN.least_told * len(drawn) or (may_be_joined and not most[1]):
        raise Uncertain  # lines that may be of one cell are no rows, if no row proves any distance
    for page, one in _unproved(best):
        page.doubts |= {*range(one.first, one.last)}
    return best


def _untold(lines: Sequence[ColumnLine]) -> GridPage:
    """A page whose rows nobody can tell: its lines, all of them in doubt."""
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    blocks = [Block([column_line(row)]) for row in text_rows(glyphs)]
    placed = [Placed(block, number, number + 1) for number, block in enumerate(blocks)]
    return GridPage([Line([block]) for block in blocks], placed, {*range(len(blocks))})


def _pages(pages: Sequence[Sequence[Block]], alignment: float) -> Iterator[GridPage | None]:
    """The rows of each page of cells in the order of drawing, where they can be told."""
    for number, second in enumerate(second_passes(pages, alignment)):
        yield _page(pages, number, second, alignment)


def _page(pages: Sequence[Sequence[Block]], number: int, second: int, alignment: float) -> GridPage | None:
    """The rows of a page, if they can be told so; where they can't, cells may go on below it."""
    cells, cut = pages[number], (number > 0, number + 1 < len(pages))
    if len(cells) > DRAWN.max_cells:
        return None
    for at_top in (False, True) if cut[1] and alignment == MIDDLE else (False,):
        try:
            rows, begun = begun_cells(cells, second, alignment, cut_below=at_top)
            if len(rows) > GRID.max_lines:
                return None
            if alignment == TOP:
                placed, doubts = _from_top(rows, [one.cell for one in begun if one.single < 0]), set[int]()
            else:
                placed, doubts = placed_cells(rows, begun, cut)
        except Uncertain:
            continue
        alone = {id(one.block) for one in placed if one.last == one.first + 1}
        own = [[cell for cell in row if id(cell) in alone] for row in rows]
        if not any(_reach_over(upper, lower) for upper, lower in pairwise(own)):
            return GridPage([Line(row) for row in rows], placed, doubts)
    return None


def _reach_over(upper: Sequence[Block], lower: Sequence[Block]) -> bool:
    """Whether cells of one row reach over those of the next one."""
    if not upper or not lower:
        return False
    top = min(cell.top for cell in lower)
    return max(cell.bottom for cell in upper) > top + GRID.reach * lower[0].size


def _from_top(rows: Sequence[Sequence[Block]], others: Sequence[Block]) -> list[Placed]:
    """Cells aligned to the top of their rows: what reaches down beside further rows covers them."""
    if others:
        raise Uncertain
    placed: list[Placed] = []
    for number, row in enumerate(rows):
        for cell in row:
            last = number + 1
            while last < len(rows) and rows[last][0].top < cell.bottom - GRID.reach * cell.size:
                last += 1
            placed.append(Placed(cell, number, last))
    return placed


def _proved(pages: Sequence[GridPage]) -> list[Block]:
    """The cells of several lines beside cells of fewer lines, if those lines are no rows themselves."""
    return [
        one.block
        for page in pages
        for one in page.placed
        if any(
            len(other.lines) < len(one.block.lines)
            for row in page.rows[one.first : one.last]
            for other in row.blocks
        )
        and not _are_rows(one, page.rows)
    ]


def _are_rows(one: Placed, rows: Sequence[Line]) -> bool:
    """Whether each line of a cell stands level with a row: then it may be a cell of that row."""
    places = [row.blocks[0].place(MIDDLE) for row in rows[one.first : one.last]]
    room = GRID.row_tolerance * one.block.size
    return all(any(abs(line.middle - place) <= room for place in places) for line in one.block.lines)


def _unproved(pages: Sequence[GridPage]) -> list[tuple[GridPage, Placed]]:
    """The cells that are joined from lines without need, at a distance that nothing proves."""
    proved: Steps = tuple({
        round(other.middle - line.middle, 1)
        for cell in _proved(pages) for line, other in pairwise(cell.lines)
    })  # fmt: skip
    return [
        (page, one)
        for page in pages
        for one in page.placed
        if any(
            not is_step(other.middle - line.middle, proved) and not _is_full(one.block, line, other)
            for line, other in pairwise(one.block.lines)
        )
    ]


def _is_full(cell: Block, line: ColumnLine, other: ColumnLine) -> bool:
    """Whether the first word of the next line of a cell had no room on a line, by the widest of its lines."""
    room = LINES.full_line_room * (line.bottom - line.top)
    return line.width + other.first_word_width > max(own.width for own in cell.lines) - room
