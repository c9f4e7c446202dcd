"""Spreadsheets (xlsx): each sheet a table, its cells as they would be printed.

Each sheet is a page. Of a formula the value is read that the spreadsheet program stored with it; none is
evaluated, macros and links are never looked at. Hidden sheets, rows and columns are read and reported; a
cell under a merged one prints nothing and is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import GridBuilder, Reading
from budgetkg.reading.number_formats import BUILT_IN, GENERAL, printed_number, printed_text
from budgetkg.reading.packages import Package, open_package
from budgetkg.reading.sheets import INDENT, Merge, Sheet, check_count, check_size, write_sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIELD_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z]|&)')
_MAX_INDENT = 30


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell style says about its text: the number format, and the indent in levels."""

    code: str = GENERAL
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share: texts, styles, and whether days count from 1904."""

    name: str
    texts: Sequence[str]
    styles: Sequence[Style]
    epoch_1904: bool


def read_xlsx(data: bytes, name: str) -> Reading:
    """Read a workbook; raises UnreadableDocument where it is damaged or hostile."""
    package = open_package(data, name)
    main = package.main_part()
    if not main:
        raise UnreadableDocument(name, "zip-without-workbook")
    root = package.tree(main)
    related = package.relations(main)
    paths = dict(related.values())
    properties = root.find("workbookPr")
    epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    book = Workbook(
        name,
        _shared_texts(package, paths.get("sharedStrings", "")),
        _styles(package, paths.get("styles", "")),
        epoch_1904,
    )
    builder, page = GridBuilder(), 0
    for page, entry in enumerate(root.iterfind("sheets/sheet"), start=1):
        kind, path = related.get(entry.get("id", ""), ("", ""))
        if kind == "worksheet" and package.has(path):
            sheet = _sheet(package, path, book)
            sheet.title = entry.get("name", "")
            sheet.hidden = entry.get("state", "visible") != "visible"
            write_sheet(builder, sheet, page)
            check_size(name, builder.length)
    if not page:
        raise UnreadableDocument(name, "workbook-without-sheet")
    return builder.reading(data, name, MEDIA_TYPE, page)


def _shared_texts(package: Package, path: str) -> list[str]:
    texts: list[str] = []
    if package.has(path):
        package.stream(path, {"si": lambda item: texts.append(_text(item))})
    check_size(package.name, sum(map(len, texts)))
    return texts


def _text(item: ET.Element) -> str:
    """The text of a string item with its rich runs; readings printed above (rPh) are left out."""
    parts = [node.text or "" for node in (*item.iterfind("t"), *item.iterfind("r/t"))]
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), "".join(parts))


def _styles(package: Package, path: str) -> list[Style]:
    if not package.has(path):
        return []
    root = package.tree(path)
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    for entry in root.iterfind("numFmts/numFmt"):
        codes[entry.get("numFmtId", "")] = entry.get("formatCode", GENERAL)
    return [_style(entry, codes) for entry in root.iterfind("cellXfs/xf")]


def _style(entry: ET.Element, codes: dict[str, str]) -> Style:
    alignment = entry.find("alignment")
    indent = 0
    if alignment is not None and alignment.get("horizontal") not in ("right", "center"):
        indent = min(_whole_number(alignment.get("indent"), 0), _MAX_INDENT)
    return Style(codes.get(entry.get("numFmtId", ""), GENERAL), indent)


def _whole_number(text: str | None, otherwise: int) -> int:
    """A number of at most nine digits."""
    plain = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text is not None and plain else otherwise


def _sheet(package: Package, path: str, book: Workbook) -> Sheet:
    sheet = Sheet()

    def view(element: ET.Element) -> None:
        sheet.prints_zeros = element.get("showZeros") not in ("0", "false")

    def column(element: ET.Element) -> None:
        if element.get("hidden") in ("1", "true"):
            first = _whole_number(element.get("min"), 0)
            sheet.hidden_columns.append(range(first - 1, _whole_number(element.get("max"), first)))

    def merge(element: ET.Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        corners = _position(first), _position(last or first)
        if corners[0] is not None and corners[1] is not None:
            sheet.merges.append(Merge(*corners[0], *corners[1]))
            check_count(package.name, len(sheet.merges))

    def page_text(element: ET.Element) -> None:
        sheet.page_texts.append(_FIELD_CODE.sub(" ", element.text or "").strip())

    takes = {
        "sheetView": view, "col": column, "mergeCell": merge, "oddHeader": page_text, "oddFooter": page_text,
        "row": lambda element: _take_row(sheet, element, book),
    }  # fmt: skip
    package.stream(path, takes)
    return sheet


def _position(reference: str) -> tuple[int, int] | None:
    """The row and column from 0 of a reference like B7."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _take_row(sheet: Sheet, element: ET.Element, book: Workbook) -> None:
    row = _whole_number(element.get("r"), sheet.last_row + 2) - 1
    sheet.last_row = row
    if element.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(row)
        check_count(book.name, len(sheet.hidden_rows))
    column = -1
    for cell in element.iterfind("c"):
        position = _position(cell.get("r", ""))
        column = position[1] if position else column + 1
        sheet.put(book.name, row, column, _printed(cell, book, sheet.prints_zeros))


def _printed(cell: ET.Element, book: Workbook, zeros: bool) -> str:
    """The text of a cell as its style prints it."""
    number = _whole_number(cell.get("s"), 0)
    style = book.styles[number] if number < len(book.styles) else Style()
    kind, value = cell.get("t", "n"), cell.findtext("v")
    inline, formula = cell.find("is"), cell.findtext("f")
    if kind == "s":
        index = _whole_number(value, -1)
        text = book.texts[index] if 0 <= index < len(book.texts) else ""
        text = printed_text(text, style.code)
    elif inline is not None:
        text = printed_text(_text(inline), style.code)
    elif value is None:
        text = f"={formula}" if formula else ""
    elif kind == "n":
        text = printed_number(value, style.code, book.epoch_1904) if zeros or value.strip("0.") else ""
    elif kind == "b":
        text = "TRUE" if value == "1" else "FALSE"
    else:
        text = printed_text(_ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), value), style.code)
    return INDENT * style.indent + text if text else ""
