"""Tables that a person keeps in a spreadsheet and saves as CSV, in whatever way the spreadsheet does it."""

from __future__ import annotations

import csv
import io

_MARKS = ",;\t"


def decoded(data: bytes) -> str:
    """What a spreadsheet program wrote: by its byte order mark, else UTF-8, else GB18030.

    Raises UnicodeDecodeError where it is none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def rows_of(text: str) -> list[list[str]]:
    """The rows of the table, its header first; cells are parted by commas, semicolons or tabs.

    Raises csv.Error for a cell that no spreadsheet writes.
    """
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_MARKS, key=head.count))
    return [[cell.strip() for cell in row] for row in rows]


def columns_of(header: list[str], names: dict[str, str]) -> dict[str, int]:
    """Where each column stands, by its English or its Chinese name; ``names`` has both."""
    folded = [cell.casefold() for cell in header]
    return {
        column: folded.index(name) for column, zh in names.items() for name in (column, zh) if name in folded
    }
