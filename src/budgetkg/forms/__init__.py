"""Bytes → records: one pure function per file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkg.late import late

if TYPE_CHECKING:
    from budgetkg.forms.documents import parse_document, trace_document

__all__ = ["parse_document", "trace_document"]

_HOMES = {
    "parse_document": "documents",
    "trace_document": "documents",
}

__getattr__ = late(__name__, _HOMES)
