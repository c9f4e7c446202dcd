"""A document's text with its lines and pages: every place of evidence is a stretch of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from budgetkg.findings import Evidence

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, from the upper left corner of the page."""

Pages: TypeAlias = Callable[[int, int], None]
"""Is called for each page that was read, with its number and how many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its number from 1, its page from 1, its offset in the document's text.

    The number is the one that an editor shows: a form feed ends a line, but the next has the same number.
    """

    number: int
    page: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind its last character (that of the line break)."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether the line holds white space only."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader of a file kind reports: the code of a finding, where, and the offsets of its text.

    ``where`` is a page (p. 3) or a sheet; ``start`` equals ``end`` where the notice is about the file;
    ``params`` are names and values for the finding's message.
    """

    code: str
    where: str = ""
    start: int = 0
    end: int = 0
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document as text.

    ``encoding`` is the one the text was read in, ``encoding_certain`` whether the bytes themselves declare
    it; ``dropped`` counts characters that no reader can show (NUL bytes, broken sequences at the end of a
    cut file) and that are therefore not in ``text``. ``boxes`` has one box for each character of ``text``
    (``None`` for those that the file does not print), or is empty where the file has no geometry.
    ``furniture`` are stretches (start, end) that carry nothing of their own: page numbers, a cell drawn
    twice. ``addresses`` are the offsets at which cells with an address begin (Sheet1!B7), in order;
    ``notices`` what the reader of the file kind reports; ``confidences`` has for each character that was
    read from a picture how sure the model is of it, from 0 to 1. ``apart`` are the cells (start, end) of a
    table that runs sideways or has several receivers, in order: what belongs together doesn't stand there
    side by side.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    lines: tuple[Line, ...]
    pages: int
    encoding: str
    encoding_certain: bool
    dropped: int = 0
    boxes: tuple[Box | None, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    addresses: tuple[tuple[int, str], ...] = ()
    notices: tuple[Notice, ...] = ()
    confidences: tuple[float | None, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _breaks: tuple[int, ...] = field(default=(), repr=False)  # line breaks, where cells may hold some

    def line_at(self, offset: int) -> Line:
        """Return the line in which the character at an offset stands."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the place and the exact text between two offsets, ``end`` left out."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        quote, box, cells = self.text[start:end], self._box(start, end), self._cells(start, end)
        lines = None if self.boxes else (self._number(first, start), self._number(last, max(start, end - 1)))
        return Evidence(first.page, lines, start, end, quote, box, cells, self._confidence(start, end))

    def _confidence(self, start: int, end: int) -> float | None:
        """The least confidence of a letter or digit in a text; marks are too small to count."""
        if not self.confidences:
            return None
        pairs = zip(self.confidences[start:end], self.text[start:end], strict=False)
        known = [(sure, char.isalnum()) for sure, char in pairs if sure is not None]
        worded = [sure for sure, counts in known if counts] or [sure for sure, _ in known]
        return round(min(worded), 3) if worded else None

    def _cells(self, start: int, end: int) -> str | None:
        """The address of the cell in which a text stands (B7), or the range of the cells (B7:C7)."""
        first = bisect_right(self.addresses, start, key=_offset) - 1
        last = bisect_right(self.addresses, max(start, end - 1), key=_offset) - 1
        if first < 0:
            return None
        one, other = self.addresses[first][1], self.addresses[last][1]
        return one if one == other else f"{one}:{other.rpartition('!')[2]}"

    def _number(self, line: Line, offset: int) -> int:
        """The number of the line of a character: a row whose cells hold line breaks covers several."""
        return line.number + bisect_left(self._breaks, offset) - bisect_left(self._breaks, line.start)

    def _box(self, start: int, end: int) -> Box | None:
        """The box around a text."""
        if not self.boxes:
            return None
        boxes = [box for box in self.boxes[start:end] if box is not None]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def evidence_of(self, offsets: tuple[int, ...]) -> tuple[Evidence, ...]:
        """Return the evidence of a text given by the offsets of its characters, one for each page.

        Of a table of which a record's cells don't stand side by side it is one for each cell.
        """
        text = self.text
        if self.pages == 1 and not self.apart:  # its ends are enough, and most texts have no blanks there
            first = next((offset for offset in offsets if not text[offset].isspace()), None)
            last = next((offset for offset in reversed(offsets) if not text[offset].isspace()), 0)
            return () if first is None else (self.evidence(first, last + 1),)
        inked = [offset for offset in offsets if not text[offset].isspace()]
        if not inked:
            return ()
        if self._cell_apart(inked[0]) is not None:
            cells = groupby(inked, key=lambda offset: (self._cell_apart(offset), self.line_at(offset).page))
            return tuple(self.evidence(own[0], own[-1] + 1) for own in (list(run) for _, run in cells))
        if self.pages == 1 or self.line_at(min(inked)).page == self.line_at(max(inked)).page:
            return (self.evidence(inked[0], inked[-1] + 1),)
        pages = groupby(inked, key=lambda offset: self.line_at(offset).page)
        spans = [(group[0], group[-1] + 1) for group in (list(members) for _, members in pages)]
        return tuple(self.evidence(start, end) for start, end in spans)

    def _cell_apart(self, offset: int) -> int | None:
        """Which cell of a sideways table a character stands in, if in one."""
        at = bisect_right(self.apart, (offset, len(self.text))) - 1
        return at if at >= 0 and offset < self.apart[at][1] else None


def _offset(address: tuple[int, str]) -> int:
    return address[0]


@dataclass(frozen=True, slots=True)
class Healed:
    """The text of a cell, joined over line breaks: each character has its offset in the document.

    A slice of it keeps its offsets; it is false where it holds white space only.
    """

    text: str = ""
    offsets: tuple[int, ...] = ()

    def __getitem__(self, span: slice) -> Healed:
        return Healed(self.text[span], self.offsets[span])

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def strip(self) -> Healed:
        """Return it without surrounding white space."""
        if len(self.text.strip()) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())]


def heal(lines: list[Line]) -> Healed:
    """Join the lines of one cell without blanks: its line breaks are the printer's, not the author's."""
    text: list[str] = []
    offsets: list[int] = []
    for line in lines:
        stripped = line.text.strip()
        start = line.start + len(line.text) - len(line.text.lstrip())
        text.append(stripped)
        offsets.extend(range(start, start + len(stripped)))
    return Healed("".join(text), tuple(offsets))


def part(line: Line, start: int, end: int) -> Line:
    """Return a stretch of a line, from ``start`` to ``end`` within it, as a line with its number and page."""
    return Line(line.number, line.page, line.start + start, line.text[start:end])
