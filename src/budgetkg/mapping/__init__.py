"""From records to quads: one named graph per document, one for what they share, one vocabulary.

Pure functions: the same records give the same quads, in the same order, on every machine.
"""

from budgetkg.mapping.context import DEFAULT_BASE, MappingOptions
from budgetkg.mapping.document import document_quads, document_statements
from budgetkg.mapping.reference import (
    Superseded,
    plan_quads,
    plan_statements,
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
    "reference_quads",
    "reference_statements",
    "vocabulary_quads",
    "vocabulary_statements",
]
