"""CSV as RFC 4180 has it, in UTF-8 without a byte order mark; cells exactly as the graph says them.

A mark at the beginning becomes part of the first column's name in most readers, and an apostrophe
before ``=`` is another text than what is printed. So both are written only where somebody asks for
files to open in a spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from budgetkg.errors import BudgetkgError
from budgetkg.export.tables import Cell, ExportColumn, ExportTable, Row

# Between several values of a cell: the first in columns of numbers and IRIs, which hold no semicolon,
# the second in columns of texts, because no form prints it.
SEPARATOR, TEXT_SEPARATOR = ";", "␞"
# Characters at the beginning of a cell that make a spreadsheet take it for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvFile:
    """One table's file, filled piece by piece."""

    def __init__(self, folder: Path, table: ExportTable, *, spreadsheet: bool = False) -> None:
        self.path = folder / file_name(table)
        self._columns = table.columns
        self._spreadsheet = spreadsheet
        encoding = "utf-8-sig" if spreadsheet else "utf-8"
        self._stream = TextIOWrapper(self.path.open("wb"), encoding=encoding, newline="")
        self._writer: Any = csv.writer(self._stream)  # a comma, quotes where needed, CR LF
        self._writer.writerow(column.name for column in table.columns)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._writer.writerow(map(self._text, self._columns, row))

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()

    def _text(self, column: ExportColumn, cell: Cell) -> str:
        text = (_joined(column, cell) if isinstance(cell, list) else cell) or ""
        if self._spreadsheet and column.type == "string" and text.startswith(FORMULA):
            return "'" + text
        return text


def separator(column: ExportColumn) -> str:
    """The mark between several values in a cell of this column."""
    return TEXT_SEPARATOR if column.type == "string" else SEPARATOR


def _joined(column: ExportColumn, values: list[str]) -> str:
    mark = separator(column)
    if any(mark in value for value in values):
        raise BudgetkgError("csv-separator", column=column.name, mark=mark)
    return mark.join(values)


def file_name(table: ExportTable) -> str:
    """The name of a table's file."""
    return f"{table.name}.csv"
