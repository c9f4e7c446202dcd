"""Bytes → a document's text, its rows of cells, and where each character stands.

Names are loaded when they are first used: what looks into an archive needs no reader of PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkg.late import late

if TYPE_CHECKING:
    from budgetkg.reading.documents import read_document
    from budgetkg.reading.grid import Reading
    from budgetkg.reading.ledger import Ledger
    from budgetkg.reading.source import Line, Notice, Pages, Source

__all__ = ["Ledger", "Line", "Notice", "Pages", "Reading", "Source", "read_document"]

_HOMES = {
    "Ledger": "ledger",
    "Line": "source",
    "Notice": "source",
    "Pages": "source",
    "Reading": "grid",
    "Source": "source",
    "read_document": "documents",
}

__getattr__ = late(__name__, _HOMES)
