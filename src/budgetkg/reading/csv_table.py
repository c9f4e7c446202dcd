"""Tables as values parted by commas, semicolons or tabs (RFC 4180), as spreadsheet programs save them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import groupby, pairwise
from pathlib import PurePath

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import GridBuilder, Reading
from budgetkg.reading.sheets import Sheet, write_sheet
from budgetkg.reading.text_dump import decode

MEDIA_TYPE = "text/csv"
_SNIFFED = 20_000  # characters from which the kind of a text is told
_MIN_FIELDS = 4
_MIN_ROWS = 3
_MANY_ROWS = 8  # as wide as each other: a table, however long the letter above it
_NARROW = 3  # fields of a narrow table, all rows of which are as wide as each other
_MIN_SHARE = 0.8  # of the rows have the most common number of fields
_PASTED_SHARE = 0.9  # of the rows stand in tables of their own width, where several are pasted together
_SEPARATORS = (",", ";", "\t")
# A field in quotes that holds a line break or a doubled quote: only a program writes that.
_QUOTED = re.compile(r'(?:^|\t)"(?:[^"]*\n[^"]*|[^"]*"")', re.MULTILINE)
_SUM_BEFORE = re.compile(r"(?<!\d)\d{1,3}$")
_SUM_BEHIND = re.compile(r"\d{3}(?!\d)")


def is_csv(text: str) -> bool:
    """Whether the lines of a text part into as many fields each: a sum of money has commas too."""
    return separator_of(text) is not None


def separator_of(text: str) -> str | None:
    """What parts the fields of a text, ``None`` where nothing does.

    Tabs count only where quotes stand around fields: else each line is a row as it is printed, and its
    quotes are the form's own.
    """
    sample = text[:_SNIFFED]
    found = [mark for mark in _SEPARATORS if _parts_fields(sample, mark, whole=len(text) <= _SNIFFED)]
    return max(found, key=sample.count, default=None)


def ragged_separator_of(text: str) -> str | None:
    """What parts the fields of rows that aren't as wide as each other, ``None`` where nothing does.

    Programs that drop the blank fields at a row's end write such files. Their shape alone doesn't tell them
    from prose, so this is asked only of a file that is called CSV.
    """
    sample = text[:_SNIFFED]
    if "\t" in sample:
        return None
    return max((mark for mark in ",;" if _parts_most(sample, mark)), key=sample.count, default=None)


def _parts_most(sample: str, mark: str) -> bool:
    """Whether most rows, title and notes apart, have several fields, and not as cut sums of money."""
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if any(row)]
    except csv.Error:
        return False
    rows = _between_lines(rows)
    wide = [row for row in rows if len(row) > 1]
    return len(wide) >= max(_MIN_ROWS, _MIN_SHARE * len(rows)) and 2 * sum(map(_cuts_sums, wide)) < len(wide)


def _parts_fields(sample: str, mark: str, whole: bool) -> bool:
    if sample.count(mark) < _MIN_ROWS * (_NARROW - 1):
        return False
    if "\t" in sample and (mark != "\t" or not _QUOTED.search(sample)):
        return False
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if row]
    except csv.Error:
        return False
    rows = rows if whole else rows[:-1]  # the last is cut in the middle
    if _is_pasted(rows):
        return True
    rows = _between_lines(rows)
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width == _NARROW:
        return count >= _MANY_ROWS and count == len(rows)
    return width >= _MIN_FIELDS and count >= max(_MIN_ROWS, _MIN_SHARE * len(rows))


def _is_pasted(rows: list[list[str]]) -> bool:
    """Whether rows are several tables below each other, each as wide as itself: the sheets of a workbook.

    Titles of one field may part them. A dump of a table with sums of money has rows as wide, too, but there
    the marks stand inside of the sums.
    """
    wide = [row for row in rows if len(row) > 1]
    runs = [list(run) for _, run in groupby(rows, key=len)]
    tables = [run for run in runs if len(run[0]) >= _MIN_FIELDS and len(run) >= _MIN_ROWS]
    inside = sum(map(len, tables))
    if inside < _MANY_ROWS or inside < _PASTED_SHARE * len(wide) or 2 * inside < len(rows):
        return False
    return 2 * sum(map(_cuts_sums, wide)) < len(wide)


def _cuts_sums(fields: list[str]) -> bool:
    """Whether a row is cut where a sum of money has its commas: 12 | 345.00."""
    return any(_SUM_BEFORE.search(one) and _SUM_BEHIND.match(two) for one, two in pairwise(fields))


def _between_lines(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the lines of one field above and below them: title, unit line, note.

    A program that writes no blank fields leaves these lines unpadded. They may not be more than the few rows
    they surround: prose that ends in some sums of money is no table.
    """
    wide = [at for at, row in enumerate(rows) if len(row) > 1]
    inner = rows[wide[0] : wide[-1] + 1] if wide else []
    return inner if len(inner) >= _MANY_ROWS or 2 * len(inner) >= len(rows) else rows


def read_csv(data: bytes, name: str) -> Reading:
    """Read a table of separated values; raise UnreadableDocument where it breaks off in a field."""
    decoded = decode(data, name)
    sheet = Sheet(PurePath(name).stem)
    mark = separator_of(decoded.text) or ragged_separator_of(decoded.text) or ","
    try:
        for row, fields in enumerate(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark)):
            for column, field in enumerate(fields):
                sheet.put(name, row, column, field)
    except csv.Error as error:
        raise UnreadableDocument(name, "file-damaged", error=error) from error
    builder = GridBuilder()
    write_sheet(builder, sheet, 1)
    return builder.reading(data, name, MEDIA_TYPE, 1, decoded.encoding, decoded.certain, decoded.dropped)
