"""The rows of an answer as a workbook (xlsx), for people who go on in a spreadsheet program.

Written by hand, because the libraries stamp the time into their files: the same answer gives the same bytes.
Texts stay texts (a division's code keeps its noughts, nothing is a formula); numbers are numbers up to the
15 digits that a spreadsheet holds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from pyoxigraph import Literal

from budgetkg.export.answers import plain
from budgetkg.store.results import Solutions, Term
from budgetkg.text.xml import writable_in_xml
from budgetkg.vocab import XSD

_NUMERIC = (XSD.integer, XSD.decimal)
_MOST_DIGITS = 15
_LONGEST_CELL = 32_767
_NARROW, _WIDE = 8, 60
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MIME}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATED}"><sheets>'
    '<sheet name="budgetkg" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>',
    # Style 0 is plain, style 1 the bold one of the header.
    "xl/styles.xml": f'<styleSheet xmlns="{_SHEETS}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip


def workbook(answer: Solutions | bool) -> bytes:
    """A workbook with one sheet: the columns' names, which stay in sight, then the rows."""
    rows: Sequence[Sequence[Term | None]] = answer.rows if isinstance(answer, Solutions) else ()
    columns = answer.variables if isinstance(answer, Solutions) else ("true" if answer else "false",)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(columns, rows)}.items():
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), f"{_HEAD}{text}", zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sheet(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    lengths = [
        max([len(column), *(len(plain(row[at])) for row in rows)]) for at, column in enumerate(columns)
    ]
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{min(_WIDE, max(_NARROW, length + 2))}" customWidth="1"/>'
        for at, length in enumerate(lengths, start=1)
    )
    head = "".join(_text(column, ' s="1"') for column in columns)
    body = "".join(_numbered(2, (map(_cell, row) for row in rows)))
    return (
        f'<worksheet xmlns="{_SHEETS}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{head}</row>{body}</sheetData></worksheet>'
    )


def _numbered(first: int, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    for number, cells in enumerate(rows, start=first):
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(term: Term | None) -> str:
    if isinstance(term, Literal) and term.datatype in _NUMERIC:
        number = Decimal(term.value)
        if len(number.as_tuple().digits) <= _MOST_DIGITS:
            return f"<c><v>{number:f}</v></c>"
    return _text(plain(term))


def _text(text: str, style: str = "") -> str:
    kept = escape(writable_in_xml(text)[:_LONGEST_CELL])
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{kept}</t></is></c>' if text else "<c/>"
