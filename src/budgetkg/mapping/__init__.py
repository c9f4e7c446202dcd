"""From records to quads: one named graph per document, one for what they share, one vocabulary.

Pure functions: the same records give the same quads, in the same order, on every machine.
"""

from budgetkg.mapping.context import DEFAULT_BASE, MappingOptions
from budgetkg.mapping.document import document_quads
from budgetkg.mapping.reference import Superseded, plan_quads, reference_quads, vocabulary_quads

__all__ = [
    "DEFAULT_BASE",
    "MappingOptions",
    "Superseded",
    "document_quads",
    "plan_quads",
    "reference_quads",
    "vocabulary_quads",
]
