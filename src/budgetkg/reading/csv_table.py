"""Tables as comma-separated values (RFC 4180), the way a spreadsheet program saves a sheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import PurePath

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import GridBuilder, Reading
from budgetkg.reading.sheets import Sheet, write_sheet
from budgetkg.reading.text_dump import decode

MEDIA_TYPE = "text/csv"
_SNIFFED = 20_000
_FEWEST_FIELDS = 4
_FEWEST_ROWS = 3
_ALIKE = 0.8


def is_csv(text: str) -> bool:
    """Whether the lines of a text part into as many fields each: a sum of money has commas too."""
    if "\t" in text[:_SNIFFED] or text.count(",") < _FEWEST_ROWS * (_FEWEST_FIELDS - 1):
        return False
    try:
        rows = [row for row in csv.reader(io.StringIO(text[:_SNIFFED], newline="")) if row]
    except csv.Error:
        return False
    rows = rows[:-1] if len(text) > _SNIFFED else rows  # the last is cut in the middle
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width >= _FEWEST_FIELDS and count >= max(_FEWEST_ROWS, _ALIKE * len(rows))


def read_csv(data: bytes, name: str) -> Reading:
    """Read a table of comma-separated values; raise UnreadableDocument where it breaks off in a field."""
    decoded = decode(data, name)
    sheet = Sheet(PurePath(name).stem)
    try:
        for row, fields in enumerate(csv.reader(io.StringIO(decoded.text, newline=""))):
            for column, field in enumerate(fields):
                sheet.put(name, row, column, field)
    except csv.Error as error:
        raise UnreadableDocument(name, "file-damaged", error=error) from error
    builder = GridBuilder()
    write_sheet(builder, sheet, 1)
    return builder.reading(data, name, MEDIA_TYPE, 1, decoded.encoding, decoded.certain, decoded.dropped)
