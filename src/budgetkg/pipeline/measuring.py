"""Signals of one document, as lines of its share of the conclusions."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from budgetkg.mapping import Statements


def signals(graph: Path, base: str) -> Statements:
    """The measurements of the document in a file. A metric defined anew holds for earlier documents too."""
    from budgetkg.inference import signal_lines

    return signal_lines(Statements.of(graph.read_bytes()).lines, base)


def parted(nquads: bytes, graph: NamedNode) -> tuple[Statements, bytes]:
    """The statements of one graph among sorted ones of several, and the lines of the others."""
    ending = f" {graph} .\n".encode()
    lines = nquads.splitlines(keepends=True)
    own = tuple(line[: -len(ending)].decode() for line in lines if line.endswith(ending))
    return Statements(str(graph), own), b"".join(line for line in lines if not line.endswith(ending))
