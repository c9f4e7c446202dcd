"""Signals of one document, as lines of its share of the conclusions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from budgetkg.mapping import iri
from budgetkg.store.generations import SIGNALS


def signals(graph: Path, base: str) -> list[Quad]:
    """The measurements of the document in a file. A metric defined anew holds for earlier documents too."""
    from budgetkg.inference import document_signals

    quads = pyoxigraph.parse(path=str(graph), format=pyoxigraph.RdfFormat.N_QUADS)
    return document_signals(quads, base)


def measured_lines(shares: Iterable[Path], base: str) -> bytes:
    """The measurements that stand in the first of some files that exists."""
    ending = f" {iri.graph(base, SIGNALS)} .\n".encode()
    share = next(path for path in shares if path.exists())
    return b"".join(line for line in share.read_bytes().splitlines(keepends=True) if line.endswith(ending))
