"""Column runs without rules: pages that show the same rows are laid side by side before rows are found.

A spreadsheet too wide for its pages goes on, column by column, on later ones, cut along the same rows:
the header of each run of columns stands at one height, and so do the cells of a row. Whether that was
so shows afterwards: the cells of pages that don't belong together agree in no place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.tables import AlignedPage
from budgetkg.reading.pdf.text import pieces, rows_of
from budgetkg.reading.pdf.unruled.band_lines import ink_line, is_figure
from budgetkg.reading.pdf.unruled.gutters import Row

_COLUMN_GAP = 1.8
_LEVEL = 1.0
_APART = 16.0
_BEGINNING = 5

Runs = list[list[AlignedPage]]


def runs_of(pages: Sequence[AlignedPage], header: Row) -> list[Runs]:
    """The ways in which pages that begin with a header may be runs of columns; each as runs of pages."""
    beginnings = [number for number, page in enumerate(pages) if number and _begins(page, pages[0], header)]
    if not beginnings:
        return []
    height = beginnings[0]
    across = 1
    while across * height in beginnings:
        across += 1
    ways = [[list(pages[run * height : (run + 1) * height]) for run in range(across)]]
    if height == 1 and len(pages) % across == 0:
        # All columns of the first rows are printed before the next rows.
        ways.insert(0, [list(pages[run::across]) for run in range(across)])
    return [runs for runs in ways if len({len(run) for run in runs}) == 1]


def _begins(page: AlignedPage, first: AlignedPage, header: Row) -> bool:
    """Whether a page has names of other columns at the height of the header."""
    level = ink_line(header).middle
    own = [row for row in page.rows if abs(ink_line(row).middle - level) <= _LEVEL]
    if not own or _text(own[0]) == _text(header):
        return False
    if any(is_figure(ink_line(part)) for part in pieces(list(own[0]), _COLUMN_GAP)):
        return False
    titles = [_text(row) for row in first.rows if ink_line(row).middle < level - _LEVEL]
    above = [_text(row) for row in page.rows if ink_line(row).middle < level - _LEVEL]
    return all(_is_title(text, titles) for text in above)


def _is_title(text: str, titles: Sequence[str]) -> bool:
    """Whether a text is a label, or a part of a title wider than its page."""
    return "：" in text or ":" in text or any(text in title or title[:_BEGINNING] == text[:_BEGINNING]
                                             for title in titles)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """Runs laid side by side: whole pages, and for each of their glyphs the one that was printed."""

    pages: list[AlignedPage]
    printed: dict[int, Glyph] = field(default_factory=dict)

    def give_back(self, runs: Runs) -> None:
        """Put the tables onto the pages of the first run, and take their text out of all of them."""
        used: set[int] = set()
        for page, whole in zip(runs[0], self.pages, strict=True):
            rest = {id(glyph) for row in (*whole.rows, whole.clipped) for glyph in row}
            used |= {id(glyph) for number, glyph in self.printed.items() if number not in rest}
            page.table = whole.table
        for page in (page for run in runs for page in run):
            page.rows = [left for row in page.rows if (left := [one for one in row if id(one) not in used])]
            page.clipped = [glyph for glyph in page.clipped if id(glyph) not in used]


def united(runs: Runs, header: Row, is_number: Callable[[Row], bool]) -> Sheet:
    """The pages of the first run, with the columns of the others moved to their right."""
    level = ink_line(header).middle
    titles = {_text(row) for row in runs[0][0].rows if ink_line(row).middle < level - _LEVEL}
    sheet = Sheet([AlignedPage([], number=page.number) for page in runs[0]])
    glyphs: list[list[Glyph]] = [[] for _ in runs[0]]
    right = 0.0
    for number, run in enumerate(runs):
        mine = [_taken(page, titles, is_number, 0.0 if at else level - _LEVEL) for at, page in enumerate(run)]
        left = min((glyph.x0 for found in mine for glyph in found), default=0.0)
        shift = right + _APART - left if number else 0.0
        for page, whole, all_of_it, found in zip(run, sheet.pages, glyphs, mine, strict=True):
            moved = [_moved(sheet, glyph, shift) for glyph in found]
            all_of_it += moved
            whole.clipped += [_moved(sheet, glyph, shift) for glyph in page.clipped]
            whole.begins += [(left + shift - _APART / 2, page.number)] if number else []
            right = max(right, *(glyph.x1 for glyph in moved)) if moved else right
    for whole, found in zip(sheet.pages, glyphs, strict=True):
        whole.rows = [*rows_of(found)]
    return sheet


def _taken(
    page: AlignedPage, titles: set[str], is_number: Callable[[Row], bool], level: float
) -> list[Glyph]:
    """What a page holds but for titles and its number."""
    ends = (page.rows[0], page.rows[-1]) if page.rows else ()
    numbers = {id(row) for row in ends if is_number(row)}
    return [
        glyph
        for row in page.rows
        if ink_line(row).middle >= level and _text(row) not in titles and id(row) not in numbers
        for glyph in row
    ]


def _moved(sheet: Sheet, glyph: Glyph, shift: float) -> Glyph:
    """A glyph at its place on the whole page; its box stays where it is printed."""
    moved = replace(glyph, x0=glyph.x0 + shift, x1=glyph.x1 + shift, x=glyph.x + shift)
    sheet.printed[id(moved)] = glyph
    return moved


def _text(row: Row) -> str:
    return "".join(glyph.text for glyph in row if not glyph.text.isspace())
