"""Bytes → a document's text, its rows of cells, and where each character stands."""

from __future__ import annotations

from dataclasses import replace

from budgetkg.reading.csv_table import read_csv
from budgetkg.reading.docx import read_docx
from budgetkg.reading.grid import Reading, grid_row
from budgetkg.reading.html import read_html
from budgetkg.reading.kinds import claimed_kind, kind_label, kind_of
from budgetkg.reading.ledger import Ledger
from budgetkg.reading.pdf.document import read_pdf
from budgetkg.reading.pdf.limits import budget
from budgetkg.reading.source import Line, Notice, Pages, Source
from budgetkg.reading.text_dump import read_text_dump
from budgetkg.reading.xls import read_xls
from budgetkg.reading.xlsx import read_xlsx

__all__ = ["Ledger", "Line", "Notice", "Pages", "Reading", "Source", "read_document"]


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
    else:
        reading = _READERS[kind](data, name)
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


_READERS = {
    "workbook": read_xlsx,
    "xls": read_xls,
    "document": read_docx,
    "html": read_html,
    "csv": read_csv,
    "text": _read_text,
}
