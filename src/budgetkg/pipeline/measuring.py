"""Signals of one document, as lines of its share of the conclusions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from budgetkg.mapping import Statements, iri
from budgetkg.store.generations import SIGNALS


def signals(graph: Path, base: str) -> Statements:
    """The measurements of the document in a file. A metric defined anew holds for earlier documents too."""
    from budgetkg.inference import signal_lines

    return signal_lines(Statements.of(graph.read_bytes()).lines, base)


def measured_lines(shares: Iterable[Path], base: str) -> bytes:
    """The measurements that stand in the first of some files that exists."""
    ending = f" {iri.graph(base, SIGNALS)} .\n".encode()
    share = next(path for path in shares if path.exists())
    return b"".join(line for line in share.read_bytes().splitlines(keepends=True) if line.endswith(ending))
