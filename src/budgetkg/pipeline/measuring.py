"""Signals of one document, as lines of its share of the conclusions."""

from __future__ import annotations

from pathlib import Path

from budgetkg.mapping import Statements


def signals(graph: Path, base: str) -> Statements:
    """The measurements of the document in a file. A metric defined anew holds for earlier documents too."""
    from budgetkg.inference import signals_in

    return signals_in(graph.read_bytes(), base)
