"""A document's text with its lines and pages: what every evidence points into."""

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
"""Hears of a page that was read: its number, and how many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its number from 1, its page from 1, its offsets in the document's text.

    The number is the one that an editor shows; a form feed parts two lines of one number.
    """

    number: int
    page: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset behind the last character, the line break left out."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader of a file kind reports: a finding's code, where, and the text it is about.

    ``start`` equals ``end`` where the notice is about the file.
    """

    code: str
    where: str = ""
    start: int = 0
    end: int = 0
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document as text.

    ``dropped`` counts characters that no reader can show (NUL bytes, broken sequences at the end
    of a cut file) and that are therefore not in ``text``; ``encoding`` names the decoding used and
    ``encoding_certain`` whether the bytes themselves declare it. ``boxes`` gives each character its
    place on the page where the file has a geometry; ``furniture`` are stretches of text that the
    file holds and that carry nothing of their own (a cell drawn twice and clipped). ``addresses``
    are the offsets at which a cell with an address begins (Sheet1!B7), in order; ``notices`` what
    the reader of the file kind reports; ``confidences`` says of each character that was read from a
    picture how sure the model is of it.
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
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _breaks: tuple[int, ...] = field(default=(), repr=False)  # line breaks, where cells may hold some

    def line_at(self, offset: int) -> Line:
        """The line in which a character stands."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    def evidence(self, start: int, end: int) -> Evidence:
        """The place and the exact words between two offsets."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        quote, box, cells = self.text[start:end], self._box(start, end), self._cells(start, end)
        lines = None if self.boxes else (self._number(first, start), self._number(last, max(start, end - 1)))
        return Evidence(first.page, lines, start, end, quote, box, cells, self._confidence(start, end))

    def _confidence(self, start: int, end: int) -> float | None:
        """How sure the model is of the least sure letter or digit; marks are too small to count."""
        pairs = zip(self.confidences[start:end], self.text[start:end], strict=False)
        known = [(sure, char.isalnum()) for sure, char in pairs if sure is not None]
        worded = [sure for sure, counts in known if counts] or [sure for sure, _ in known]
        return round(min(worded), 3) if worded else None

    def _cells(self, start: int, end: int) -> str | None:
        """The address of the cell in which a text stands, or of the first and the last of them."""
        first = bisect_right(self.addresses, start, key=_offset) - 1
        last = bisect_right(self.addresses, max(start, end - 1), key=_offset) - 1
        if first < 0:
            return None
        one, other = self.addresses[first][1], self.addresses[last][1]
        return one if one == other else f"{one}:{other.rpartition('!')[2]}"

    def _number(self, line: Line, offset: int) -> int:
        """The printed line of a character: a row whose cells hold line breaks covers several."""
        return line.number + bisect_left(self._breaks, offset) - bisect_left(self._breaks, line.start)

    def _box(self, start: int, end: int) -> Box | None:
        boxes = [box for box in self.boxes[start:end] if box is not None]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def evidence_of(self, offsets: tuple[int, ...]) -> tuple[Evidence, ...]:
        """One evidence per page over which a healed text runs."""
        inked = [offset for offset in offsets if not self.text[offset].isspace()]
        pages = groupby(inked, key=lambda offset: self.line_at(offset).page)
        spans = [(group[0], group[-1] + 1) for group in (list(members) for _, members in pages)]
        return tuple(self.evidence(start, end) for start, end in spans)


def _offset(address: tuple[int, str]) -> int:
    return address[0]


@dataclass(frozen=True, slots=True)
class Healed:
    """A text joined over line breaks, each character with its offset in the document."""

    text: str = ""
    offsets: tuple[int, ...] = ()

    def __getitem__(self, span: slice) -> Healed:
        return Healed(self.text[span], self.offsets[span])

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def strip(self) -> Healed:
        """Without surrounding blanks."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())]


def heal(lines: list[Line]) -> Healed:
    """Join the lines of one cell: a line break inside a cell is the printer's, not the author's."""
    text: list[str] = []
    offsets: list[int] = []
    for line in lines:
        stripped = line.text.strip()
        start = line.start + len(line.text) - len(line.text.lstrip())
        text.append(stripped)
        offsets.extend(range(start, start + len(stripped)))
    return Healed("".join(text), tuple(offsets))


def part(line: Line, start: int, end: int) -> Line:
    """A stretch of a line as a line of its own (same number and page)."""
    return Line(line.number, line.page, line.start + start, line.text[start:end])
