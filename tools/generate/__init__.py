"""Files that derive from the ontology, the queries and the command line.

A generator is a function without arguments that returns the text of one file; it knows no clock,
so two runs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from budgetkg.errors import BudgetkgError
from budgetkg.resources import repository
from tools.generate import (
    cli_pages,
    context,
    layers,
    ontology_page,
    questions,
    records_page,
    signals_page,
    vocab,
)

GENERATORS: dict[str, Callable[[], str]] = {
    "CONTRIBUTING.md": lambda: layers.page(checkout()),
    "docs/cli.md": cli_pages.render,
    "docs/ontology.md": ontology_page.render,
    "docs/questions.md": questions.render,
    "docs/records.md": records_page.page,
    "docs/records.schema.json": records_page.schema,
    "docs/signals.md": signals_page.render,
    "ontology/context.jsonld": context.render,
    "src/budgetkg/borrowed.py": vocab.render_borrowed,
    "src/budgetkg/vocab.py": vocab.render,
}
"""Path from the root of the repository → what makes the file's text. A new generator is one line."""


def stale(root: Path) -> tuple[str, ...]:
    """The generated files that are missing or differ from what their generator makes."""
    return tuple(path for path, render in sorted(GENERATORS.items()) if _read(root / path) != render())


def write(root: Path) -> tuple[str, ...]:
    """Write every stale file; the paths written."""
    written = stale(root)
    for path in written:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(GENERATORS[path]().encode())
    return written


def checkout() -> Path:
    """The root of the repository; generated files are made nowhere else."""
    root = repository()
    if root is None:
        raise BudgetkgError("tools.generate: runs in a checkout only")
    return root


def _read(path: Path) -> str | None:
    return path.read_bytes().decode() if path.is_file() else None
