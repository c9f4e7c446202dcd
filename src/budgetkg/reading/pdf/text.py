"""Glyphs → printed lines, each character with its box."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.folding import is_wide
from budgetkg.reading.pdf.page import BESIDE, SEEN, Glyph, level
from budgetkg.reading.source import Box

# 第 1 页 共 6 页, — 1 —, 1/18, Page 3 of 9, (3)
_PAGE_NUMBER = re.compile(
    r"[-—－–·(（]*(第|[Pp]age)?\d{1,4}页?([/|，,]*(共|of)?\d{1,4}页?)?[-—－–·)）]*"
)
_LINE = 0.55
_WORD = 0.25
_SQUARE = 0.8


@dataclass(slots=True)
class TextLine:
    """A line as printed: its text, a box per character, where it stands, and what hides it."""

    text: str
    boxes: tuple[Box, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    cut: int = SEEN

    @property
    def size(self) -> float:
        """The height."""
        return self.bottom - self.top


def is_page_number(text: str) -> bool:
    """Whether a line says which page it stands on, and nothing else."""
    return _PAGE_NUMBER.fullmatch("".join(text.split())) is not None


def lines_of(glyphs: list[Glyph]) -> list[TextLine]:
    """The lines of one cell, from top to bottom; what a clip hides on a line is a line of its own."""
    if sum(glyph.down for glyph in glyphs) * 2 > len(glyphs):
        rows = _columns_of(glyphs)
    else:
        rows = rows_of(level(glyphs))
    found = []
    for row in rows:
        beside = [glyph for glyph in row if glyph.cut == BESIDE]
        parts = ([glyph for glyph in row if glyph.cut != BESIDE], beside) if beside else (row,)
        found += [line_of(part) for part in parts if any(not glyph.text.isspace() for glyph in part)]
    return found


def rows_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand level with one another, each row from left to right."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda found: found.top + found.bottom):
        centre = (glyph.top + glyph.bottom) / 2
        if rows and centre - middle <= _LINE * max(size, 0.5 * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle, size = centre, max(glyph.size, 0.1)
    for row in rows:
        # Two marks side by side may share their blank halves: the second then begins left of the first.
        row.sort(key=lambda found: found.x0 + found.x1)
    return rows


def _columns_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Text that runs from top to bottom, its columns from right to left."""
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda found: -(found.x0 + found.x1)):
        last = columns[-1][-1] if columns else None
        if last is not None and abs(last.x0 + last.x1 - glyph.x0 - glyph.x1) <= glyph.x1 - glyph.x0:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    for column in columns:
        column.sort(key=lambda found: found.top)
    return columns


def pieces(row: list[Glyph], gap: float) -> list[list[Glyph]]:
    """A row cut where blanks of more than ``gap`` heights part its words."""
    found: list[list[Glyph]] = []
    right = 0.0
    for glyph in row:
        if glyph.text.isspace():
            continue
        if found and glyph.x0 - right <= gap * max(glyph.size, found[-1][-1].size):
            found[-1].append(glyph)
        else:
            found.append([glyph])
        right = glyph.x1
    return found


def line_of(row: list[Glyph]) -> TextLine:
    """One row of glyphs as a line."""
    text: list[str] = []
    boxes: list[Box] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None and glyph.x0 - before.x1 > 1 and _parted(before, glyph):
            text.append(" ")
            boxes.append((before.box[2], before.box[1], before.box[2], before.box[3]))
        text.append(" " if glyph.text in "\n\t\r" else glyph.text)
        boxes.extend([glyph.box] * len(glyph.text))
        before = glyph
    inked = [glyph for glyph in row if not glyph.text.isspace()] or row
    cuts = [glyph.cut for glyph in inked]
    return TextLine(
        "".join(text), tuple(boxes),
        inked[0].x0, max(glyph.x1 for glyph in inked),
        min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked),
        SEEN if SEEN in cuts else cuts[0],
    )  # fmt: skip


def _parted(before: Glyph, glyph: Glyph) -> bool:
    """Whether a blank stands between two glyphs that the file does not spell out."""
    if before.down or before.text.isspace() or glyph.text.isspace():
        return False
    wide = is_wide(before.text[-1:] or " ") or is_wide(glyph.text[:1] or " ")
    return glyph.x0 - before.x1 > (_SQUARE if wide else _WORD) * max(glyph.size, before.size)
