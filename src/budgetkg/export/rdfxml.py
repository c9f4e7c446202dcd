"""RDF/XML of the union of all graphs."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from budgetkg.export.quads import readable_quads
from budgetkg.store.generations import Generation
from budgetkg.vocab import PREFIXES


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream."""
    quads = (quad.triple for quad in readable_quads(generation))
    pyoxigraph.serialize(quads, out, RdfFormat.RDF_XML, prefixes=PREFIXES)
