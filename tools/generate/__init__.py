"""Generators of the files that derive from the ontology, the queries, the records and the command line.

A generator is a function without arguments that returns the text of one file. It uses no clock, so two runs
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools.generate import (
    benchmarks_page,
    cli_pages,
    context,
    frames,
    layers,
    ontology_page,
    questions,
    records_page,
    signals_page,
    vocab,
)
from tools.generate.repository import checkout

GENERATORS: dict[str, Callable[[], str]] = {
    "CONTRIBUTING.md": lambda: layers.page(checkout()),
    "docs/benchmarks.md": lambda: benchmarks_page.page(checkout()),
    "docs/benchmarks.svg": lambda: benchmarks_page.chart(checkout()),
    "docs/cli.md": cli_pages.render,
    "docs/ontology.md": ontology_page.render,
    "docs/questions.md": questions.render,
    "docs/records.md": records_page.page,
    "docs/records.schema.json": records_page.schema,
    "docs/signals.md": signals_page.render,
    "ontology/context.jsonld": context.render,
    **{f"ontology/frames/{name}.json": partial(frames.render, name) for name in frames.names()},
    "src/budgetkg/borrowed.py": vocab.render_borrowed,
    "src/budgetkg/vocab.py": vocab.render,
}
"""The generator of each file, by its path from the root of the repository. A new one is one line."""


def stale(root: Path) -> tuple[str, ...]:
    """The generated files that are missing or differ from what their generator makes."""
    return tuple(path for path, render in sorted(GENERATORS.items()) if _read(root / path) != render())


def write(root: Path) -> tuple[str, ...]:
    """Write every stale file; returns their paths."""
    written = stale(root)
    for path in written:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(GENERATORS[path]().encode())
    return written


def _read(path: Path) -> str | None:
    return path.read_bytes().decode() if path.is_file() else None
