"""Where the packaged ontology, shapes and queries lie: the only module that knows.

A wheel carries them under ``budgetkg/_data``; a checkout or an editable install has them at the
root of the repository.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from budgetkg.errors import BudgetkgError, why

PACKAGE = Path(__file__).parent

TERM_FILES = (
    "core.ttl", "core-values.ttl", "core-quantities.ttl", "core-results.ttl", "links.ttl", "relations.ttl",
)  # fmt: skip
"""The files of ``ontology/`` that define terms of our own."""

VOCABULARY_FILES = (*TERM_FILES, "notes.ttl", "alignments.ttl", "prefixes.ttl")
"""The files of ``ontology/`` whose triples make the vocabulary graph."""

PUBLISHED_FILES = (*VOCABULARY_FILES, "disjoint-classes.ttl", "borrowed.ttl", "borrowed-catalogue.ttl")
"""What the ontology is published as: the vocabulary, the axioms that need blank nodes, and the terms of
others that it uses, declared."""

CODE_LIST_FILES = (
    "codelists.ttl",
    "finding-codes.ttl",
    "counting-units.ttl",
    "districts.ttl",
    "indicator-tiers.ttl",
    "comparable-measures.ttl",
    "link-codes.ttl",
    "marks.ttl",
    "relation-codes.ttl",
    "signals.ttl",
    "target-readings.ttl",
    "themes.ttl",
)
"""The files of ``ontology/`` whose triples belong to the reference graph."""


@cache
def directory(name: str) -> Path:
    """The directory ``ontology``, ``shapes`` or ``queries``."""
    for root in (PACKAGE / "_data", PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise BudgetkgError("no-packaged-directory", name=name)


def files(name: str, suffix: str) -> tuple[Path, ...]:
    """The files of a directory with this suffix, sorted by name."""
    return tuple(sorted(directory(name).glob(f"*{suffix}")))


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of ``ontology/``, each by the names of its columns."""
    with (directory("ontology") / name).open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        head = next(lines)
        yield from (dict(zip(head, line, strict=True)) for line in lines)


def shape_files() -> tuple[Path, ...]:
    """The shapes of data: those in core SHACL, then those that need SPARQL."""
    return tuple(
        path for kind in ("core", "sparql") for path in sorted((directory("shapes") / kind).glob("*.ttl"))
    )


def vocabulary_files() -> tuple[Path, ...]:
    """Turtle of the vocabulary graph."""
    return tuple(directory("ontology") / name for name in VOCABULARY_FILES)


def code_list_files() -> tuple[Path, ...]:
    """Turtle of the code lists and divisions."""
    return tuple(directory("ontology") / name for name in CODE_LIST_FILES)


def internal_query(name: str) -> str:
    """The text of a query the package itself needs: ``queries/internal/<name>.rq``."""
    return _query("internal", name)


def page_query(name: str) -> str:
    """The text of a query that a page of the site is made of: ``queries/pages/<name>.rq``."""
    return _query("pages", name)


def _query(folder: str, name: str) -> str:
    return _read(directory("queries") / folder / f"{name}.rq")


@cache
def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BudgetkgError("at-path", path=path, reason=why(error)) from error


def repository() -> Path | None:
    """The root of the checkout this package runs from, if it runs from one."""
    root = PACKAGE.parents[1]
    return root if (root / "ontology").is_dir() and (root / "src").is_dir() else None


def layout_files() -> list[Path]:
    """The layouts of the forms, which lie in the package itself, sorted by name."""
    return sorted((Path(__file__).parent / "forms" / "layouts").glob("*.toml"))


def shared_layout(name: str) -> Path:
    """The tables that several layouts use under one name, or a whole layout that another one extends."""
    folder = Path(__file__).parent / "forms" / "layouts"
    for path in (folder / "shared" / f"{name}.toml", folder / f"{name}.toml"):
        if path.is_file():
            return path
    raise BudgetkgError("no-shared-table", name=name)
