"""Workbooks of Excel before 2007 (xls): the same sheets as in xlsx, out of the binary format.

The one module that knows xlrd, which reads number formats, merged ranges and hidden rows, evaluates
no formula and runs no macro.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import GridBuilder, Reading
from budgetkg.reading.number_formats import GENERAL, printed_number, printed_text
from budgetkg.reading.sheets import INDENT, Merge, Sheet, check_count, check_size, write_sheet

MEDIA_TYPE = "application/vnd.ms-excel"
# xlrd trusts every count and offset of a file, and raises any of these where they are wrong.
_DAMAGE = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError,
    EOFError, LookupError, MemoryError, NameError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def read_xls(data: bytes, name: str) -> Reading:
    """Read a workbook of the old format; raises UnreadableDocument where it is damaged or protected."""
    try:
        # The log goes nowhere: xlrd would write it to standard output.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        sheets = [_sheet(book, sheet, name) for sheet in book.sheets()]
    except _DAMAGE as error:
        if "encrypted" in str(error).lower():
            raise UnreadableDocument(name, "workbook-password") from error
        words = str(error)[:200] or type(error).__name__
        raise UnreadableDocument(name, "workbook-damaged", error=words) from error
    builder = GridBuilder()
    for page, sheet in enumerate(sheets, start=1):
        write_sheet(builder, sheet, page)
        check_size(name, builder.length)
    return builder.reading(data, name, MEDIA_TYPE, len(sheets))


def _sheet(book: Any, stored: Any, name: str) -> Sheet:
    check_count(name, len(stored.merged_cells))
    sheet = Sheet(
        title=stored.name,
        merges=[Merge(top, left, below - 1, beyond - 1) for top, below, left, beyond in stored.merged_cells],
        hidden_rows={row for row, info in stored.rowinfo_map.items() if info.hidden},
        hidden_columns=[
            range(column, column + 1) for column, info in stored.colinfo_map.items() if info.hidden
        ],
        hidden=stored.visibility != 0,
    )
    for row in range(stored.nrows):
        for column in range(stored.row_len(row)):
            sheet.put(name, row, column, _printed(book, stored.cell(row, column)))
    return sheet


def _printed(book: Any, cell: Any) -> str:
    """The text of a cell as its style prints it."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    known = book.format_map.get(style.format_key) if style is not None else None
    code = known.format_str if known is not None else GENERAL
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        text = printed_number(repr(cell.value), code, book.datemode == 1)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#ERR")
    else:
        text = printed_text(cell.value, code)
    indent = style.alignment.indent_level if style is not None else 0
    return INDENT * indent + text if text else ""
