"""Rows of cells: the common form of spreadsheets, word-processor tables, web tables and PDF pages.

The reader of each file kind gives its rows to a :class:`GridBuilder`, which writes one text for the whole
document (a row ends with a line break, a cell with a tab, the lines of a cell with line breaks between) and
remembers for every character of every cell its offset in that text and, if there is one, its box on the page.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from budgetkg.reading.source import Box, Healed, Line, Notice, Source
from budgetkg.text import comparison_key, is_blank, without_wrap_blanks


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its column from 0, its text joined over line breaks, and that text with its offsets.

    ``span`` and ``rows`` are how many columns and rows a merged cell covers, in the rows of the file
    (``GridRow.number``).
    """

    column: int
    text: str
    place: Healed
    span: int = 1
    rows: int = 1

    @property
    def key(self) -> str:
        """The text in the form in which texts are compared."""
        return comparison_key(self.text)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its first line, the cells that hold something, and how many columns the row has.

    ``table`` is the number of its table in the document from 1; 0 is text outside any table.
    ``last_page`` is the page on which it ends, another one than ``line.page`` where a page break cuts it.
    ``number`` is its place among the rows of its table, blank ones counted.
    """

    line: Line
    cells: tuple[Cell, ...]
    width: int
    table: int = 0
    last_page: int = 0
    number: int = 0

    @property
    def place(self) -> Healed:
        """The texts of all its cells, joined, with their offsets."""
        texts = "".join(cell.place.text for cell in self.cells)
        return Healed(texts, tuple(chain.from_iterable(cell.place.offsets for cell in self.cells)))

    def at(self, column: int) -> Cell | None:
        """Return the cell that begins in a column, ``None`` if nothing does."""
        return next((cell for cell in self.cells if cell.column == column), None)


def cells_over(above: GridRow, row: GridRow) -> list[tuple[Cell, Cell | None, bool]]:
    """Each cell of a row, the cell of a row above that covers it, and whether that covers no other.

    A cell covers what it is merged over, and what comes before the next one where merged cells leave blanks.
    """
    starts = [cell.column for cell in above.cells]
    over = [bisect_right(starts, cell.column) - 1 for cell in row.cells]
    times = Counter(over)
    return [
        (cell, above.cells[at] if at >= 0 else None, times[at] == 1)
        for cell, at in zip(row.cells, over, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: its text, and its rows (none where a text dump has lost the columns).

    ``asides`` are rows that belong to no form (a cover, another table), kept for what must not be quoted.
    """

    source: Source
    rows: tuple[GridRow, ...] = ()
    asides: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a reader gives it: its lines, and for each line one box per character if there are boxes.

    ``address`` is what a spreadsheet program calls the cell (Sheet1!B7).
    """

    column: int
    lines: tuple[str, ...]
    boxes: tuple[tuple[Box, ...], ...] = ()
    span: int = 1
    rows: int = 1
    address: str = ""


@dataclass(slots=True)
class GridBuilder:
    """Writes the text of a document row by row and keeps the offset and box of every character."""

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
        """Add a row; returns it as written, or ``None`` where its cells are blank.

        ``parts`` are its cells on each page on which it stands (page, cells), in page order; parts of one
        column are one cell. ``width`` is how many columns its table has. ``last_page`` is the page on
        which its first columns end, given where other columns stand on later pages.
        """
        places: dict[int, Healed] = {}
        merged: dict[int, tuple[int, int]] = {}
        first: Line | None = None
        for page, cells in parts:
            start = self._length
            for cell in sorted(cells, key=lambda one: one.column):
                place = self._write(cell)
                before = places.get(cell.column, Healed())
                places[cell.column] = Healed(before.text + place.text, before.offsets + place.offsets)
                span, rows = merged.get(cell.column, (1, 1))
                merged[cell.column] = max(span, cell.span), max(rows, cell.rows)
            line = self._close(page, start)
            first = first or line
        inked = [(column, place) for column, place in sorted(places.items()) if place]
        if first is not None and inked:
            written = tuple(Cell(column, place.text, place, *merged[column]) for column, place in inked)
            self._rows.append(GridRow(first, written, width, table, last_page or parts[-1][0], number))
            return self._rows[-1]
        return None

    def furniture(self, page: int, cells: Sequence[RawCell]) -> None:
        """Add text of a page that carries nothing of its own: a page number, a stamp, a cell drawn twice."""
        start = self._length
        for cell in cells:
            self._write(cell)
        self._close(page, start)
        self._furniture.append((start, self._length))

    def notice(self, code: str, where: str = "", start: int = 0, end: int = 0, /, **params: object) -> None:
        """Add a notice on the text between two offsets, or on the file; ``params`` are for its message."""
        texts = tuple(sorted((name, str(value)) for name, value in params.items()))
        self._notices.append(Notice(code, where, start, end, texts))

    def reading(
        self, data: bytes, name: str, media_type: str, pages: int,
        encoding: str = "unicode", certain: bool = True, dropped: int = 0,
    ) -> Reading:  # fmt: skip
        """Return the finished document; ``data`` are the bytes of the file, of which the hash is kept."""
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
        offsets: list[int] = []
        if cell.address:
            self._addresses.append((self._length, cell.address))
        for number, line in enumerate(cell.lines):
            boxes = cell.boxes[number] if cell.boxes else (None,) * len(line)
            offsets.extend(range(self._length, self._length + len(line)))
            self._text.extend(line)
            self._boxes.extend(boxes)
            self._length += len(line)
            self._put("\n" if number + 1 < len(cell.lines) else "\t", None)
        return _healed(cell.lines, offsets)

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


def _healed(lines: tuple[str, ...], offsets: list[int]) -> Healed:
    """The text of a cell, its lines joined without the blanks at their ends."""
    words: list[str] = []
    places: list[int] = []
    at = 0
    for line in lines:
        left, inked = len(line) - len(line.lstrip()), line.strip()
        words.append(inked)
        places += offsets[at + left : at + left + len(inked)]
        at += len(line)
    return Healed("".join(words), tuple(places))


def grid_row(line: Line) -> GridRow:
    """Cut a line of a tab-separated dump at its tabs; blanks in the place of line breaks are taken out."""
    cells = []
    at = 0
    texts = line.text.split("\t")
    for column, text in enumerate(texts):
        left = len(text) - len(text.lstrip())
        inked = text.strip()
        if inked and not all(is_blank(char) for char in inked):
            start = line.start + at + left
            place = Healed(inked, tuple(range(start, start + len(inked))))
            cells.append(Cell(column, without_wrap_blanks(inked), place))
        at += len(text) + 1
    return GridRow(line, tuple(cells), len(texts), last_page=line.page)


def joined(first: Cell, last: Cell) -> Healed:
    """Return the texts of two cells of a row as one, with its offsets."""
    return Healed(first.place.text + last.place.text, (*first.place.offsets, *last.place.offsets))
