"""N-Triples of the union of all graphs, graph by graph."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from budgetkg.export.quads import graph_files
from budgetkg.store.generations import Generation


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream."""
    for path in graph_files(generation):
        quads = pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
        pyoxigraph.serialize((quad.triple for quad in quads), out, RdfFormat.N_TRIPLES)
