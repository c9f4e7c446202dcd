"""Rows of cells: what a spreadsheet, a word-processor table, a web table or a ruled page is made of.

Whatever the file kind, its reader hands rows to a :class:`GridBuilder`, which writes one text for the
whole document (rows as lines, cells parted by tabs, the lines of a cell by line breaks) and remembers
for every character of every cell where it stands in that text and, where there is one, on the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetkg.folding import heal_blanks, is_blank, key
from budgetkg.reading.source import Box, Healed, Line, Notice, Source


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its column from 0, its text healed of line breaks, its place.

    ``span`` and ``rows`` are how many columns and rows a merged cell covers, rows as the file counts
    them (``GridRow.number``).
    """

    column: int
    text: str
    place: Healed
    span: int = 1
    rows: int = 1

    @property
    def key(self) -> str:
        """The text as compared."""
        return key(self.text)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: the cells that hold something, and how wide the row is.

    ``table`` counts the tables of a document from 1; 0 is text outside any table. ``last_page`` is
    the page on which a row ends that runs over a page break. ``number`` is its place among the rows
    of its table, blank ones counted.
    """

    line: Line
    cells: tuple[Cell, ...]
    width: int
    table: int = 0
    last_page: int = 0
    number: int = 0

    @property
    def place(self) -> Healed:
        """The whole row, all its printed cells."""
        texts = "".join(cell.place.text for cell in self.cells)
        return Healed(texts, tuple(offset for cell in self.cells for offset in cell.place.offsets))

    def at(self, column: int) -> Cell | None:
        """The cell in a column, if it holds something."""
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: its text with places, and its rows (none where a dump has lost the columns)."""

    source: Source
    rows: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a file kind's reader finds it: its lines, and a box per character where it has any.

    ``address`` is what people of the file kind call its place (Sheet1!B7).
    """

    column: int
    lines: tuple[str, ...]
    boxes: tuple[tuple[Box, ...], ...] = ()
    span: int = 1
    rows: int = 1
    address: str = ""


@dataclass(slots=True)
class GridBuilder:
    """Writes the text of a document row by row and keeps the place of every character."""

    _text: list[str] = field(default_factory=list)
    _boxes: list[Box | None] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _rows: list[GridRow] = field(default_factory=list)
    _furniture: list[tuple[int, int]] = field(default_factory=list)
    _addresses: list[tuple[int, str]] = field(default_factory=list)
    _notices: list[Notice] = field(default_factory=list)
    _length: int = 0
    _number: int = 1

    @property
    def length(self) -> int:
        """The characters written so far."""
        return self._length

    def text(self, start: int, end: int) -> str:
        """What has been written between two offsets."""
        return "".join(self._text[start:end])

    def row(
        self,
        parts: Sequence[tuple[int, Sequence[RawCell]]],
        width: int,
        table: int = 0,
        last_page: int | None = None,
        number: int = 0,
    ) -> GridRow | None:
        """Add a row from its parts, one per page on which it stands, in page order.

        ``last_page`` is where its first columns end, if others stand on later pages.
        """
        places: dict[int, Healed] = {}
        merged: dict[int, tuple[int, int]] = {}
        first: Line | None = None
        for page, cells in parts:
            start = self._length
            for cell in sorted(cells, key=lambda found: found.column):
                place = self._write(cell)
                before = places.get(cell.column, Healed())
                places[cell.column] = Healed(before.text + place.text, before.offsets + place.offsets)
                span, rows = merged.get(cell.column, (1, 1))
                merged[cell.column] = max(span, cell.span), max(rows, cell.rows)
            line = self._close(page, start)
            first = first or line
        inked = [(column, place) for column, place in sorted(places.items()) if place]
        if first is not None and inked:
            found = tuple(Cell(column, place.text, place, *merged[column]) for column, place in inked)
            self._rows.append(GridRow(first, found, width, table, last_page or parts[-1][0], number))
            return self._rows[-1]
        return None

    def furniture(self, page: int, cells: Sequence[RawCell]) -> None:
        """Add text that is printed and carries nothing of its own: drawn twice, clipped, a stamp."""
        start = self._length
        for cell in cells:
            self._write(cell)
        self._close(page, start)
        self._furniture.append((start, self._length))

    def notice(self, code: str, where: str = "", start: int = 0, end: int = 0, /, **params: object) -> None:
        """Report a finding on the text between two offsets, or on the file."""
        texts = tuple(sorted((name, str(value)) for name, value in params.items()))
        self._notices.append(Notice(code, where, start, end, texts))

    def reading(
        self, data: bytes, name: str, media_type: str, pages: int,
        encoding: str = "unicode", certain: bool = True, dropped: int = 0,
    ) -> Reading:  # fmt: skip
        """The finished document."""
        text = "".join(self._text)
        source = Source(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            text=text,
            lines=tuple(self._lines),
            pages=pages,
            encoding=encoding,
            encoding_certain=certain,
            dropped=dropped,
            furniture=tuple(self._furniture),
            boxes=tuple(self._boxes) if any(self._boxes) else (),
            addresses=tuple(self._addresses),
            notices=tuple(self._notices),
            _starts=tuple(line.start for line in self._lines),
            _breaks=tuple(offset for offset, char in enumerate(text) if char == "\n"),
        )
        return Reading(source, tuple(self._rows))

    def _write(self, cell: RawCell) -> Healed:
        text: list[str] = []
        offsets: list[int] = []
        if cell.address:
            self._addresses.append((self._length, cell.address))
        for number, line in enumerate(cell.lines):
            boxes = cell.boxes[number] if cell.boxes else (None,) * len(line)
            for char, box in zip(line, boxes, strict=True):
                text.append(char)
                offsets.append(self._length)
                self._put(char, box)
            self._put("\n" if number + 1 < len(cell.lines) else "\t", None)
        return _healed("".join(text), offsets, cell.lines)

    def _put(self, char: str, box: Box | None) -> None:
        self._text.append(char)
        self._boxes.append(box)
        self._length += 1

    def _close(self, page: int, start: int) -> Line:
        text = "".join(self._text[start:])
        line = Line(self._number, page, start, text)
        self._number += text.count("\n") + 1
        self._lines.append(line)
        self._put("\n", None)
        return line


def _healed(text: str, offsets: list[int], lines: tuple[str, ...]) -> Healed:
    """The cell's characters without the blanks at the ends of its lines."""
    kept: list[int] = []
    at = 0
    for line in lines:
        left = len(line) - len(line.lstrip())
        kept.extend(range(at + left, at + max(left, len(line.rstrip()))))
        at += len(line)
    return Healed("".join(text[index] for index in kept), tuple(offsets[index] for index in kept))


def grid_row(line: Line) -> GridRow:
    """Cut a line of a tab-separated dump at its tabs; blanks that lost line breaks left are healed."""
    cells = []
    at = 0
    texts = line.text.split("\t")
    for column, text in enumerate(texts):
        left = len(text) - len(text.lstrip())
        inked = text.strip()
        if inked and not all(is_blank(char) for char in inked):
            start = line.start + at + left
            place = Healed(inked, tuple(range(start, start + len(inked))))
            cells.append(Cell(column, heal_blanks(inked), place))
        at += len(text) + 1
    return GridRow(line, tuple(cells), len(texts), last_page=line.page)


def joined(first: Cell, last: Cell) -> Healed:
    """Two cells of a row as one place."""
    return Healed(first.place.text + last.place.text, (*first.place.offsets, *last.place.offsets))
