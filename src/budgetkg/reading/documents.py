"""Any file into its text and cells: its kind is told first, then the reader of that kind is asked."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from budgetkg.reading.csv_table import read_csv
from budgetkg.reading.docx import read_docx
from budgetkg.reading.grid import Reading, grid_row
from budgetkg.reading.html import read_html
from budgetkg.reading.kinds import claimed_kind, kind_label, kind_of
from budgetkg.reading.lost_merges import with_merges
from budgetkg.reading.markdown import MEDIA_TYPE as MARKDOWN
from budgetkg.reading.markdown import as_html
from budgetkg.reading.mht import MEDIA_TYPE as MHT
from budgetkg.reading.mht import page_of
from budgetkg.reading.ofd.document import MEDIA_TYPE as OFD
from budgetkg.reading.ofd.document import ofd_pages
from budgetkg.reading.office import saved_as
from budgetkg.reading.pdf.document import read_pages, read_pdf
from budgetkg.reading.pdf.limits import budget
from budgetkg.reading.source import Notice, Pages
from budgetkg.reading.text_dump import decode, read_text_dump
from budgetkg.reading.xls import read_xls
from budgetkg.reading.xlsx import read_xlsx


def read_document(
    data: bytes,
    name: str,
    *,
    pages: int | None = None,
    objects: int | None = None,
    progress: Pages | None = None,
) -> Reading:
    """Read a document of any kind this release knows; the kind is told by its bytes, not by its name.

    ``pages`` is how many pages it may have and ``objects`` how many characters, lines and pictures each
    page may draw (``None``: the program's own limit); ``progress`` is called for each page that was read,
    with its number and how many there are, where the kind has pages.

    Raises :class:`budgetkg.errors.UnreadableDocument` with the reason where it can't be read.
    """
    kind, claimed = kind_of(data, name), claimed_kind(name)
    if kind == "pdf":
        reading = read_pdf(data, name, budget(name, pages, objects), progress)
    elif kind == "ofd":
        allowed = budget(name, pages, objects)
        reading = read_pages(ofd_pages(data, allowed), data, OFD, allowed, progress)
    elif kind in _READERS:
        reading = _READERS[kind](data, name)
        reading = with_merges(reading) if kind in _PASTED else reading
    else:
        reading = _read_through_office(data, name, kind)
    if claimed is None or claimed == kind:
        return reading
    params = (("found", kind_label(kind)), ("named", kind_label(claimed)))
    notices = (Notice("kind-differs", params=params), *reading.source.notices)
    return replace(reading, source=replace(reading.source, notices=notices))


def _read_text(data: bytes, name: str) -> Reading:
    source = read_text_dump(data, name)
    if "\t" not in source.text:
        return Reading(source)
    return Reading(source, tuple(grid_row(line) for line in source.lines if not line.blank))


def _read_markdown(data: bytes, name: str) -> Reading:
    decoded = decode(data, name)
    reading = _of(read_html(as_html(decoded.text).encode(), name), data, MARKDOWN)
    known = replace(reading.source, encoding=decoded.encoding, encoding_certain=decoded.certain,
                    dropped=decoded.dropped)  # fmt: skip
    return replace(reading, source=known)


def _read_mht(data: bytes, name: str) -> Reading:
    return _of(read_html(page_of(data, name), name), data, MHT)


def _read_through_office(data: bytes, name: str, kind: str) -> Reading:
    """What LibreOffice saves of the file, read; a finding says that another program stood in between."""
    target, saved = saved_as(data, name, kind)
    reading = (read_docx if target == "docx" else read_xlsx)(saved, name)
    notice = Notice("read-through-office", params=(("found", kind_label(kind)), ("saved", target)))
    source = replace(reading.source, notices=(notice, *reading.source.notices))
    return _of(replace(reading, source=source), data, _MEDIA_TYPES[kind])


def _of(reading: Reading, data: bytes, media_type: str) -> Reading:
    """A reading as that of the file that was published, and not of what was made of it on the way."""
    source = replace(reading.source, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type)
    return replace(reading, source=source)


_PASTED = frozenset({"csv", "markdown"})
"""Kinds that know no merged cells."""
_MEDIA_TYPES = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "uot": "application/x-uof",
    "uos": "application/x-uof",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "fodt": "application/vnd.oasis.opendocument.text-flat-xml",
    "fods": "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    "word-xml": "application/xml",
    "excel-xml": "application/xml",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
}
_READERS = {
    "markdown": _read_markdown,
    "mht": _read_mht,
    "workbook": read_xlsx,
    "xls": read_xls,
    "document": read_docx,
    "html": read_html,
    "csv": read_csv,
    "text": _read_text,
}
