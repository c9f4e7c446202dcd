"""Glyphs → lines of text, each character with its box on the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from budgetkg.reading.pdf.page import CLIPPED_BESIDE, VISIBLE, Glyph, is_inked, level_glyphs
from budgetkg.reading.pdf.settings import TEXT
from budgetkg.reading.source import Box
from budgetkg.text import is_wide, without_white_space

# 第 1 页 共 6 页, — 1 —, 1/18, Page 3 of 9, (3)
_PAGE_NUMBER = re.compile(
    r"[-—－–·(（]*(第|[Pp]age)?\d{1,4}页?(([/|，,]+(共|of)?|共|of)\d{1,4}页?)?[-—－–·)）]*"
)

_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class TextLine:
    """A printed line: its text with one box per character, where it stands, whether it shows.

    ``page`` is the number of the page on which it is printed if that was laid beside another one, else 0.
    """

    text: str
    boxes: tuple[Box, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    visibility: int = VISIBLE
    page: int = 0

    @property
    def size(self) -> float:
        """The height in points."""
        return self.bottom - self.top


def is_page_number(text: str) -> bool:
    """Whether a line says on which page it stands, and nothing else."""
    return _PAGE_NUMBER.fullmatch(without_white_space(text)) is not None


def is_label(text: str) -> bool:
    """Whether a line is a label with its value (单位：万元), which holds for a whole table."""
    return "：" in text or ":" in text


def is_part_of_title(text: str, titles: Collection[str]) -> bool:
    """Whether a text above a block of columns belongs to the title of another block, or is a label.

    A title wider than its page goes on above the next block, or begins there once more.
    """
    count = TEXT.title_beginning
    return is_label(text) or any(
        text in title or title in text or title[:count] == text[:count] for title in titles
    )


def without_digits(text: str) -> str:
    """A text without its numbers, which may count pages."""
    return _DIGITS.sub("", text)


def bare_text(glyphs: Sequence[Glyph]) -> str:
    """The text of some glyphs without white space, to be compared."""
    return "".join(glyph.text for glyph in glyphs if not glyph.text.isspace())


def cell_lines(glyphs: list[Glyph]) -> list[TextLine]:
    """The lines of one cell from top to bottom (of vertical script from right to left).

    What the side of a clip hides on a line is a line of its own, so that the rest is read as it shows.
    """
    if sum(glyph.vertical_script for glyph in glyphs) * 2 > len(glyphs):
        rows = _vertical_lines(glyphs)
    else:
        rows = text_rows(level_glyphs(glyphs))
    lines = []
    for row in rows:
        beside = [glyph for glyph in row if glyph.visibility == CLIPPED_BESIDE]
        parts = ([glyph for glyph in row if glyph.visibility != CLIPPED_BESIDE], beside) if beside else (row,)
        lines += [text_line(own) for part in parts for own in by_page(part) if is_inked(own)]
    return lines


def by_page(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """Part a line where the side of a page cuts it."""
    return [list(part) for _, part in groupby(row, lambda glyph: glyph.page)]


def text_rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group glyphs that stand level with one another; rows from the top, each from left to right."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    tolerance, share = TEXT.line_tolerance, TEXT.small_glyph_share
    for glyph in sorted(glyphs, key=lambda one: one.top + one.bottom):
        centre = (glyph.top + glyph.bottom) / 2
        if rows and centre - middle <= tolerance * max(size, share * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle, size = centre, max(glyph.size, 0.1)
    for row in rows:
        # Two marks side by side may share their blank halves: the second then begins left of the first.
        row.sort(key=lambda one: one.x0 + one.x1)
    return rows


def _vertical_lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Lines of vertical script from right to left, each from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -(one.x0 + one.x1)):
        last = lines[-1][-1] if lines else None
        if last is not None and abs(last.x0 + last.x1 - glyph.x0 - glyph.x1) <= glyph.x1 - glyph.x0:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda one: one.top)
    return lines


def split_at_gaps(row: Sequence[Glyph], gap: float) -> list[list[Glyph]]:
    """Split a row where blanks wider than ``gap`` glyph heights part its glyphs; white space is left out."""
    pieces: list[list[Glyph]] = []
    right = 0.0
    for glyph in row:
        if glyph.text.isspace():
            continue
        if pieces and glyph.x0 - right <= gap * max(glyph.size, pieces[-1][-1].size):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
        right = glyph.x1
    return pieces


def text_line(row: list[Glyph]) -> TextLine:
    """Write a row of glyphs as a line; a gap that the file does not spell out becomes a blank."""
    text: list[str] = []
    boxes: list[Box] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None and glyph.x0 - before.x1 > TEXT.blank_min_points and _is_gap(before, glyph):
            text.append(" ")
            boxes.append((before.box[2], before.box[1], before.box[2], before.box[3]))
        text.append(" " if glyph.text in "\n\t\r" else glyph.text)
        boxes.extend([glyph.box] * len(glyph.text))
        before = glyph
    inked = [glyph for glyph in row if not glyph.text.isspace()] or row
    seen = [glyph.visibility for glyph in inked]
    return TextLine(
        "".join(text), tuple(boxes),
        inked[0].x0, max(glyph.x1 for glyph in inked),
        min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked),
        VISIBLE if VISIBLE in seen else seen[0], row[0].page,
    )  # fmt: skip


def _is_gap(before: Glyph, glyph: Glyph) -> bool:
    """Whether the room between two glyphs is that of a blank; ideographs are set wider than letters."""
    if before.vertical_script or before.text.isspace() or glyph.text.isspace():
        return False
    wide = is_wide(before.text[-1:] or " ") or is_wide(glyph.text[:1] or " ")
    least = TEXT.blank_beside_ideograph if wide else TEXT.blank_between_letters
    return glyph.x0 - before.x1 > least * max(glyph.size, before.size)
