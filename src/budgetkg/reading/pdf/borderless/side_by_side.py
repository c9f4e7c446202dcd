"""Borderless sheets too wide for a page: pages with the same rows are laid side by side again.

That is done before rows are found. A spreadsheet too wide for its pages goes on, block of columns by block,
on later ones, cut along the same rows: the header of each block stands at one height, and so do the cells of
a row. Whether that was so shows afterwards: the cells of pages that don't belong together agree in no
alignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from budgetkg.reading.pdf.borderless.columns import Row
from budgetkg.reading.pdf.borderless.lines import column_line, is_amount
from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.settings import BLOCKS, BORDERLESS, TEXT
from budgetkg.reading.pdf.tables import BorderlessPage
from budgetkg.reading.pdf.text import bare_text, is_label, split_at_gaps, text_rows

Blocks: TypeAlias = list[list[BorderlessPage]]
"""The pages of each block of columns, in the order of their rows."""


def possible_blocks(pages: Sequence[BorderlessPage], header: Row) -> list[Blocks]:
    """The ways in which pages, of which the first begins with a header, may be blocks of columns."""
    beginnings = [
        number for number, page in enumerate(pages) if number and _begins_block(page, pages[0], header)
    ]
    if not beginnings:
        return []
    height = beginnings[0]
    count = 1
    while count * height in beginnings:
        count += 1
    ways = [[list(pages[block * height : (block + 1) * height]) for block in range(count)]]
    if height == 1 and len(pages) % count == 0:
        # All columns of the first rows are printed before the next rows.
        ways.insert(0, [list(pages[block::count]) for block in range(count)])
    return [blocks for blocks in ways if len({len(block) for block in blocks}) == 1]


def _begins_block(page: BorderlessPage, first: BorderlessPage, header: Row) -> bool:
    """Whether a page has names of other columns at the height of the header, and no title of its own."""
    level, tolerance = column_line(header).middle, BORDERLESS.level_tolerance
    own = [row for row in page.rows if abs(column_line(row).middle - level) <= tolerance]
    if not own or bare_text(own[0]) == bare_text(header):
        return False
    if any(is_amount(column_line(part)) for part in split_at_gaps(own[0], TEXT.column_gap)):
        return False
    titles = [bare_text(row) for row in first.rows if column_line(row).middle < level - tolerance]
    above = [bare_text(row) for row in page.rows if column_line(row).middle < level - tolerance]
    return all(_is_title(text, titles) for text in above)


def _is_title(text: str, titles: Sequence[str]) -> bool:
    """Whether a text is a label, or a part of a title wider than its page."""
    count = TEXT.title_beginning
    return is_label(text) or any(text in title or title[:count] == text[:count] for title in titles)


@dataclass(slots=True)
class WideSheet:
    """Blocks laid side by side: whole pages, and for each of their glyphs (by ``id``) the printed one."""

    pages: list[BorderlessPage]
    printed: dict[int, Glyph] = field(default_factory=dict)

    def give_back(self, blocks: Blocks) -> None:
        """Put the tables onto the pages of the first block, and take their text out of all pages."""
        used: set[int] = set()
        for page, whole in zip(blocks[0], self.pages, strict=True):
            rest = {id(glyph) for row in (*whole.rows, whole.clipped) for glyph in row}
            used |= {id(glyph) for number, glyph in self.printed.items() if number not in rest}
            page.table = whole.table
        for page in (page for block in blocks for page in block):
            page.rows = [left for row in page.rows if (left := [one for one in row if id(one) not in used])]
            page.clipped = [glyph for glyph in page.clipped if id(glyph) not in used]


def lay_side_by_side(blocks: Blocks, header: Row, is_number: Callable[[Row], bool]) -> WideSheet:
    """Build the pages of the first block with the columns of the others moved to their right.

    ``is_number`` says of a line whether it is a page number; these and repeated titles are left out.
    """
    level = column_line(header).middle
    limit = level - BORDERLESS.level_tolerance
    titles = {bare_text(row) for row in blocks[0][0].rows if column_line(row).middle < limit}
    sheet = WideSheet([BorderlessPage([], number=page.number) for page in blocks[0]])
    glyphs: list[list[Glyph]] = [[] for _ in blocks[0]]
    right = 0.0
    for number, block in enumerate(blocks):
        own = [_own_glyphs(page, titles, is_number, 0.0 if at else limit) for at, page in enumerate(block)]
        left = min((glyph.x0 for own_glyphs in own for glyph in own_glyphs), default=0.0)
        shift = right + BLOCKS.gap_between - left if number else 0.0
        for page, whole, all_of_page, own_glyphs in zip(block, sheet.pages, glyphs, own, strict=True):
            moved = [_moved(sheet, glyph, shift) for glyph in own_glyphs]
            all_of_page += moved
            whole.clipped += [_moved(sheet, glyph, shift) for glyph in page.clipped]
            start = left + shift - BLOCKS.gap_between / 2
            whole.block_starts += [(start, page.number)] if number else []
            right = max(right, *(glyph.x1 for glyph in moved)) if moved else right
    for whole, own_glyphs in zip(sheet.pages, glyphs, strict=True):
        whole.rows = [*text_rows(own_glyphs)]
    return sheet


def _own_glyphs(
    page: BorderlessPage, titles: set[str], is_number: Callable[[Row], bool], top: float
) -> list[Glyph]:
    """What a page holds below a height but for titles and its number."""
    ends = (page.rows[0], page.rows[-1]) if page.rows else ()
    numbers = {id(row) for row in ends if is_number(row)}
    return [
        glyph
        for row in page.rows
        if column_line(row).middle >= top and bare_text(row) not in titles and id(row) not in numbers
        for glyph in row
    ]


def _moved(sheet: WideSheet, glyph: Glyph, shift: float) -> Glyph:
    """A glyph at its place on the whole page; its box stays where it is printed."""
    moved = replace(glyph, x0=glyph.x0 + shift, x1=glyph.x1 + shift, x=glyph.x + shift)
    sheet.printed[id(moved)] = glyph
    return moved
