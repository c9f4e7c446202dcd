"""Bytes → a document's text, its rows of cells, and where each character stands."""

from __future__ import annotations

from budgetkg.reading.grid import Reading, grid_row
from budgetkg.reading.ledger import Ledger
from budgetkg.reading.pdf import is_pdf, read_pdf
from budgetkg.reading.source import Line, Source
from budgetkg.reading.text_dump import read_text_dump

__all__ = ["Ledger", "Line", "Reading", "Source", "read_document"]


def read_document(data: bytes, name: str) -> Reading:
    """Read a document of any kind this release knows; the kind is told by content, not by name.

    Raises :class:`budgetkg.errors.UnreadableDocument` with the reason where it can't be read.
    """
    if is_pdf(data):
        return read_pdf(data, name)
    source = read_text_dump(data, name)
    if "\t" not in source.text:
        return Reading(source)
    return Reading(source, tuple(grid_row(line) for line in source.lines if not line.blank))
