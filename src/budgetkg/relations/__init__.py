"""What is concluded from several documents: themes, similar goals, series, transfers.

Pure functions over what documents say (:mod:`budgetkg.relations.subjects`). None of the results is
printed anywhere, so each has a graph of its own kind and says on what it rests.
"""

from budgetkg.relations.corrections import Correction, read_corrections
from budgetkg.relations.graphs import Relations, relate
from budgetkg.relations.signals import document_signals
from budgetkg.relations.subjects import Extract, extract

__all__ = ["Correction", "Extract", "Relations", "document_signals", "extract", "read_corrections", "relate"]
