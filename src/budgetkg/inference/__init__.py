"""What is inferred from documents: themes, similar goals, series, transfers, measures.

Pure functions over what documents say (:mod:`budgetkg.inference.subjects`). None of the results is
printed anywhere, so each has a graph of its own kind and says on what it rests.
"""

from budgetkg.inference.comparisons import Comparisons
from budgetkg.inference.concluding import Conclusions, Exchanged, Graphs, Inferred, exchanged, infer
from budgetkg.inference.corrections import Correction, lines_of, read_corrections
from budgetkg.inference.graphs import pair_node
from budgetkg.inference.signals import document_signals, signals_in
from budgetkg.inference.single import Concluder
from budgetkg.inference.subjects import Extract, extract, extract_of

__all__ = [
    "Comparisons",
    "Concluder",
    "Conclusions",
    "Correction",
    "Exchanged",
    "Extract",
    "Graphs",
    "Inferred",
    "document_signals",
    "exchanged",
    "extract",
    "extract_of",
    "infer",
    "lines_of",
    "pair_node",
    "read_corrections",
    "signals_in",
]
