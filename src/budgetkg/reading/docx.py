"""Word documents (docx): paragraphs and tables in their order, text boxes where they are anchored.

A Word file has no pages before it is laid out, so all of it stands on page 1 and its lines count.
Deleted and hidden text, page headers and footers are furniture; fields give the text that Word left
with them; macros, links and embedded files are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.docx_numbers import Numbers, numbers
from budgetkg.reading.docx_text import Paragraph, read_paragraph
from budgetkg.reading.grid import GridBuilder, RawCell, Reading
from budgetkg.reading.packages import Package, open_package
from budgetkg.reading.sheets import check_size, text_lines
from budgetkg.text import is_blank

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE = 1
_MAX_COLUMNS = 16_384  # a file may claim any span; no page is as wide as this
_FURNITURE_PARTS = ("header", "footer")
# Elements that only wrap paragraphs, tables, rows or cells; what was deleted or moved away is no text.
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_DELETED = frozenset({"del", "moveFrom"})


@dataclass(slots=True)
class _Merges:
    """The cells of a table that are merged downwards.

    ``begun`` is the row at which the merged cell began that is open in a column; ``rows`` how many rows
    the merged cell covers that begins at a row and a column.
    """

    begun: dict[int, int] = field(default_factory=dict)
    rows: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of a document to a grid; ``tables`` counts the tables so far."""

    name: str
    numbers: Numbers
    builder: GridBuilder = field(default_factory=GridBuilder)
    tables: int = 0

    def blocks(self, container: ET.Element) -> None:
        """Write the paragraphs and tables of a body or a text box."""
        for block in _unwrapped(container):
            if block.tag == "p":
                self.paragraph(read_paragraph(block, self.numbers))
            elif block.tag == "tbl":
                self.table(block)
        check_size(self.name, self.builder.length)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph outside any table; tabs part it into cells."""
        cells = [RawCell(column, text_lines(text)) for column, text in enumerate(paragraph.text.split("\t"))]
        inked = [cell for cell in cells if _inked(cell.lines)]
        if inked:
            self.builder.row([(_PAGE, inked)], len(cells))
        self.furniture(paragraph.unprinted)
        for box in paragraph.boxes:
            self.blocks(box)

    def table(self, table: ET.Element) -> None:
        """Write the rows of a table, each followed by the tables inside its cells."""
        rows = _children(table, "tr")
        if _frames(rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    self.blocks(cell)
            return
        self.tables += 1
        table_number, merges = self.tables, _Merges()
        read = [_cells(row, merges, at, self.numbers) for at, row in enumerate(rows)]
        for at, (row, (cells, covered, inner, width)) in enumerate(zip(rows, read, strict=True)):
            self.furniture("\n".join("\n".join(cell.lines) for cell in covered))
            if row.find("trPr/del") is not None:
                self.furniture("\n".join("\n".join(cell.lines) for cell in cells))
            elif cells:
                merged = [replace(cell, rows=merges.rows.get((at, cell.column), 1)) for cell in cells]
                self.builder.row([(_PAGE, merged)], width, table_number, number=at)
            for block in inner:
                self.table(block)

    def furniture(self, text: str) -> None:
        """Write text that is not printed, or that each page repeats."""
        if not all(map(is_blank, text)):
            self.builder.furniture(_PAGE, [RawCell(0, text_lines(text))])


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word document; raises UnreadableDocument where it is damaged or hostile."""
    package = open_package(data, name)
    main = package.main_part()
    if not main:
        raise UnreadableDocument(name, "zip-without-document")
    body = package.tree(main).find("body")
    if body is None:
        raise UnreadableDocument(name, "document-without-body")
    writer = _Writer(name, _numbers(package, main))
    writer.blocks(body)
    for text in _page_texts(package, main):
        writer.furniture(text)
    return writer.builder.reading(data, name, MEDIA_TYPE, 1)


def _numbers(package: Package, main: str) -> Numbers:
    """The list numbering of a document, empty where it has no list."""
    paths = {kind: path for kind, path in package.relations(main).values() if package.has(path)}
    lists, styles = (package.tree(paths[kind]) if kind in paths else None for kind in ("numbering", "styles"))
    return numbers(lists, styles)


def _page_texts(package: Package, main: str) -> Iterator[str]:
    """The texts of page headers and footers."""
    paths = {path for kind, path in package.relations(main).values() if kind in _FURNITURE_PARTS}
    for path in sorted(paths):
        if package.has(path):
            paragraphs = (read_paragraph(found, Numbers()) for found in package.tree(path).iter("p"))
            yield "\n".join(paragraph.text for paragraph in paragraphs)


def _unwrapped(container: ET.Element) -> Iterator[ET.Element]:
    """Yield the children of an element, those of wrappers in the place of the wrapper."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        elif child.tag not in _DELETED:
            yield child


def _children(container: ET.Element, tag: str) -> list[ET.Element]:
    return [block for block in _unwrapped(container) if block.tag == tag]


def _frames(rows: list[ET.Element]) -> bool:
    """Whether a table of one column only frames another: what is in it reads as if it stood outside."""
    cells = [_children(row, "tc") for row in rows]
    return all(len(own) < 2 for own in cells) and any(_children(cell, "tbl") for own in cells for cell in own)


def _cells(
    row: ET.Element, merges: _Merges, at: int, numbers: Numbers
) -> tuple[list[RawCell], list[RawCell], list[ET.Element], int]:
    """Read row number ``at`` of a table.

    Returns its cells with text, the cells that a merged one above covers, the tables inside its cells, and
    how many columns the row has.
    """
    cells: list[RawCell] = []
    covered: list[RawCell] = []
    inner: list[ET.Element] = []
    column = _number(row.find("trPr/gridBefore"), 0)
    for cell in _children(row, "tc"):
        span = max(1, min(_number(cell.find("tcPr/gridSpan"), 1), _MAX_COLUMNS))
        lines, tables = _content(cell, numbers)
        raw = RawCell(column, lines, span=span)
        merge = cell.find("tcPr/vMerge")
        # Where w:val is left out the cell is merged with the one above.
        goes_on = merge is not None and merge.get("val", "continue") == "continue"
        begun = merges.begun.pop(column, None)
        continues = goes_on and begun is not None
        if merge is not None:
            first = merges.begun[column] = begun if goes_on and begun is not None else at
            merges.rows[first, column] = at - first + 1
        if _inked(lines):
            (covered if continues else cells).append(raw)
        inner += tables
        column = min(column + span, _MAX_COLUMNS)
    return cells, covered, inner, column


def _content(cell: ET.Element, numbers: Numbers) -> tuple[tuple[str, ...], list[ET.Element]]:
    """The lines of a cell, text boxes included, and the tables inside it."""
    lines: list[str] = []
    tables: list[ET.Element] = []

    def take(container: ET.Element) -> None:
        for block in _unwrapped(container):
            if block.tag == "tbl":
                tables.append(block)
            elif block.tag == "p":
                paragraph = read_paragraph(block, numbers)
                lines.extend(text_lines(paragraph.text.replace("\t", "    ")))
                for box in paragraph.boxes:
                    take(box)

    take(cell)
    return tuple(lines), tables


def _inked(lines: tuple[str, ...]) -> bool:
    return any(not is_blank(char) for line in lines for char in line)


def _number(element: ET.Element | None, otherwise: int) -> int:
    """The whole number that an element has as w:val, at most that of the widest table."""
    text = element.get("val", "") if element is not None else ""
    return min(int(text), _MAX_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
