"""Any file into its text and cells: its kind is told first, then the reader of that kind is asked."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from budgetkg.reading.grid import Reading, grid_row
from budgetkg.reading.kinds import claimed_kind, kind_label, kind_of
from budgetkg.reading.lost_merges import with_merges
from budgetkg.reading.source import Notice, Pages
from budgetkg.reading.text_dump import decode, read_text_dump

_Reader: TypeAlias = Callable[[bytes, str], Reading]


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
    if kind in _PAGED:
        reading = _read_pages(data, name, kind, (pages, objects), progress)
    elif kind in _HOMES:
        reading = _reader(kind)(data, name)
    elif kind in _OF_TEXT:
        reading = _OF_TEXT[kind](data, name)
    else:
        reading = _read_through_office(data, name, kind)
    if kind in _PASTED:
        reading = with_merges(reading)
    if claimed is None or claimed == kind:
        return reading
    params = (("found", kind_label(kind)), ("named", kind_label(claimed)))
    notices = (Notice("kind-differs", params=params), *reading.source.notices)
    return replace(reading, source=replace(reading.source, notices=notices))


def load_reader(name: str) -> None:
    """Load what reads the kind that a file's name claims, for processes that begin as copies of this one."""
    kind = claimed_kind(name)
    if kind in _HOMES:
        _reader(kind)
    for module in _PAGED.get(kind or "", ()):
        importlib.import_module(module)


def _reader(kind: str) -> _Reader:
    """What reads a kind, loaded now: a workbook needs nothing that PDFs, pages of the web or old files do."""
    module, function = _HOMES[kind]
    found: _Reader = getattr(importlib.import_module(module), function)
    return found


def _read_pages(
    data: bytes, name: str, kind: str, most: tuple[int | None, int | None], progress: Pages | None
) -> Reading:
    from budgetkg.reading.pdf.document import read_pages, read_pdf
    from budgetkg.reading.pdf.limits import budget

    allowed = budget(name, *most)
    if kind == "pdf":
        return read_pdf(data, name, allowed, progress)
    from budgetkg.reading.ofd.document import MEDIA_TYPE, ofd_pages

    return read_pages(ofd_pages(data, allowed), data, MEDIA_TYPE, allowed, progress)


def _read_text(data: bytes, name: str) -> Reading:
    source = read_text_dump(data, name)
    if "\t" not in source.text:
        return Reading(source)
    return Reading(source, tuple(grid_row(line) for line in source.lines if not line.blank))


def _read_markdown(data: bytes, name: str) -> Reading:
    from budgetkg.reading.markdown import MEDIA_TYPE, as_html

    decoded = decode(data, name)
    reading = _of(_reader("html")(as_html(decoded.text).encode(), name), data, MEDIA_TYPE)
    known = replace(reading.source, encoding=decoded.encoding, encoding_certain=decoded.certain,
                    dropped=decoded.dropped)  # fmt: skip
    return replace(reading, source=known)


def _read_mht(data: bytes, name: str) -> Reading:
    from budgetkg.reading.mht import MEDIA_TYPE, page_of

    return _of(_reader("html")(page_of(data, name), name), data, MEDIA_TYPE)


def _read_through_office(data: bytes, name: str, kind: str) -> Reading:
    """What LibreOffice saves of the file, read; a finding says that another program stood in between."""
    from budgetkg.reading.office import saved_as

    target, saved = saved_as(data, name, kind)
    reading = _reader("document" if target == "docx" else "workbook")(saved, name)
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
_PAGED = {
    "pdf": ("budgetkg.reading.pdf.document",),
    "ofd": ("budgetkg.reading.pdf.document", "budgetkg.reading.ofd.document"),
}
"""Kinds that have pages, and what reads them."""
_HOMES = {
    "workbook": ("budgetkg.reading.xlsx", "read_xlsx"),
    "xls": ("budgetkg.reading.xls", "read_xls"),
    "document": ("budgetkg.reading.docx", "read_docx"),
    "html": ("budgetkg.reading.html", "read_html"),
    "csv": ("budgetkg.reading.csv_table", "read_csv"),
}
"""Kinds that have none, and the module and function that read them."""
_OF_TEXT: dict[str, _Reader] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "mht": _read_mht,
}
