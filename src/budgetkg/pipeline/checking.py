"""Validating what is there already: a built graph, document by document, or an RDF file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from budgetkg.errors import BudgetkgError
from budgetkg.export.quads import graph_files
from budgetkg.export.rdflib_graph import to_rdflib
from budgetkg.pipeline.workers import over_processes, worker_count
from budgetkg.store.generations import current

if TYPE_CHECKING:
    import rdflib

    from budgetkg.validation import ValidationReport


def validate_path(
    target: Path, shapes: Path | None = None, *, workers: int | None = None
) -> ValidationReport:
    """Validate a directory that a build wrote, or an RDF file; by the packaged shapes or others."""
    if target.is_dir():
        files = graph_files(current(target))
        count = worker_count(workers, len(files))
        return _joined(list(over_processes(partial(_validate_file, shapes=shapes), files, count)))
    if not target.is_file():
        raise BudgetkgError("no-file-or-directory", path=target)
    return _validate_file(target, shapes)


def read_rdf(path: Path) -> list[Quad]:
    """The quads of an RDF file, in whatever format its name says."""
    kind = RdfFormat.from_extension(path.suffix.lstrip("."))
    if kind is None:
        raise BudgetkgError("no-rdf-ending", path=path, ending=path.suffix or "-")
    try:
        return list(pyoxigraph.parse(path=str(path), format=kind))
    except SyntaxError as error:
        if error.lineno:
            raise BudgetkgError(
                "not-valid-rdf-line", path=path, line=error.lineno, error=error.msg
            ) from error
        raise BudgetkgError("not-valid-rdf", path=path, error=error.msg) from error


def _validate_file(path: Path, shapes: Path | None) -> ValidationReport:
    """Named graph by named graph: the cost then grows with the documents, not with their square."""
    from budgetkg.validation import validate_graph

    quads = sorted(read_rdf(path), key=lambda quad: str(quad.graph_name))
    groups = (list(found) for _, found in groupby(quads, key=lambda quad: quad.graph_name))
    others = _shapes(shapes) if shapes else None
    return _joined([validate_graph(to_rdflib(found), others) for found in groups])


@cache
def _shapes(path: Path) -> rdflib.Graph:
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    if not files:
        raise BudgetkgError("no-shapes", path=path)
    return to_rdflib(quad for file in files for quad in read_rdf(file))


def _joined(reports: Sequence[ValidationReport]) -> ValidationReport:
    from budgetkg.validation import ValidationReport

    return ValidationReport(tuple(result for report in reports for result in report.results))
