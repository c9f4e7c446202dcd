"""Bytes → a source: its text, its lines and pages, and where each character stands."""

from __future__ import annotations

from budgetkg.reading.ledger import Ledger
from budgetkg.reading.source import Line, Source
from budgetkg.reading.text_dump import read_text_dump

__all__ = ["Ledger", "Line", "Source", "read_source", "read_text_dump"]


def read_source(data: bytes, name: str) -> Source:
    """Read a document of any kind this release knows; the kind is told by content, not by name.

    Raises :class:`budgetkg.errors.UnreadableDocument` with the reason where it can't be read.
    """
    return read_text_dump(data, name)
