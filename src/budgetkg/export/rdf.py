"""The graph in the serialisations that pyoxigraph writes, document by document."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from budgetkg.export.quads import graph_files, readable_quads, sorted_lines
from budgetkg.store.generations import Generation
from budgetkg.vocab import PREFIXES


def _triples(generation: Generation, out: BinaryIO, *, kind: RdfFormat) -> None:
    """Write the union of all graphs, with prefixes."""
    triples = (quad.triple for quad in readable_quads(generation))
    pyoxigraph.serialize(triples, out, kind, prefixes=PREFIXES)


def _trig(generation: Generation, out: BinaryIO) -> None:
    """Write every graph under its name, with prefixes."""
    pyoxigraph.serialize(readable_quads(generation), out, RdfFormat.TRIG, prefixes=PREFIXES)


def _nquads(generation: Generation, out: BinaryIO) -> None:
    """Write the lines in the order of their bytes, so that two builds can be compared."""
    out.writelines(sorted_lines(generation))


def _ntriples(generation: Generation, out: BinaryIO) -> None:
    """Write the union of all graphs, one after the other."""
    for path in graph_files(generation):
        quads = pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
        pyoxigraph.serialize((quad.triple for quad in quads), out, RdfFormat.N_TRIPLES)


WRITERS = {
    "turtle": partial(_triples, kind=RdfFormat.TURTLE),
    "rdfxml": partial(_triples, kind=RdfFormat.RDF_XML),
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
}
