"""From records to quads: one named graph per document, one for what they share, one vocabulary.

Pure functions: the same records give the same quads, in the same order, on every machine. Names are loaded
when they are first used: a line of N-Quads is taken apart without a reader of forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkg.late import late

if TYPE_CHECKING:
    from budgetkg.mapping.document import document_quads, document_statements
    from budgetkg.mapping.options import DEFAULT_BASE, MappingOptions
    from budgetkg.mapping.reference import (
        Superseded,
        plan_quads,
        plan_statements,
        reference_parts,
        reference_quads,
        reference_statements,
        vocabulary_quads,
        vocabulary_statements,
    )
    from budgetkg.mapping.statements import Statements

__all__ = [
    "DEFAULT_BASE",
    "MappingOptions",
    "Statements",
    "Superseded",
    "document_quads",
    "document_statements",
    "plan_quads",
    "plan_statements",
    "reference_parts",
    "reference_quads",
    "reference_statements",
    "vocabulary_quads",
    "vocabulary_statements",
]

_HOMES = {
    "DEFAULT_BASE": "options",
    "MappingOptions": "options",
    "Statements": "statements",
    "Superseded": "reference",
    "document_quads": "document",
    "document_statements": "document",
    "plan_quads": "reference",
    "plan_statements": "reference",
    "reference_parts": "reference",
    "reference_quads": "reference",
    "reference_statements": "reference",
    "vocabulary_quads": "reference",
    "vocabulary_statements": "reference",
}

__getattr__ = late(__name__, _HOMES)
