"""Validating what is there already: a built graph, document by document, or an RDF file.

A document's graph only names the plan that it states; the plan is described in the reference graph.
So each document is validated together with that description, as it was when it was built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from budgetkg.errors import BudgetkgError
from budgetkg.export.quads import graph_files
from budgetkg.pipeline.workers import over_processes, worker_count
from budgetkg.store.generations import REFERENCE, current, whole
from budgetkg.vocab import BKG, RDF

if TYPE_CHECKING:
    from budgetkg.validation import Shapes, ValidationReport

_Plans = Mapping[NamedNode | BlankNode | Triple, list[Quad]]


def validate_path(
    target: Path, shapes: Path | None = None, *, workers: int | None = None, engine: str = "auto"
) -> ValidationReport:
    """Validate a directory that a build wrote, or an RDF file; by the packaged shapes or others.

    ``engine`` is one of :data:`budgetkg.validation.ENGINES`.
    """
    if target.is_dir():
        generation = current(target)
        files = graph_files(generation)
        whole(generation, files)
        one = partial(_validate_file, shapes=shapes, reference=generation.graph(REFERENCE), engine=engine)
        return _joined(list(over_processes(one, files, worker_count(workers, len(files)))))
    if not target.is_file():
        raise BudgetkgError("no-file-or-directory", path=target)
    return _validate_file(target, shapes, engine=engine)


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


def _validate_file(
    path: Path, shapes: Path | None, reference: Path | None = None, engine: str = "auto"
) -> ValidationReport:
    """Named graph by named graph: the cost then grows with the documents, not with their square."""
    quads = sorted(read_rdf(path), key=lambda quad: str(quad.graph_name))
    plans = _plans_in(reference) if reference else _plans(quads)
    groups = (_with_plan(list(group), plans) for _, group in groupby(quads, key=lambda quad: quad.graph_name))
    others = _shapes(shapes) if shapes else None
    return _joined([_validated(group, others, engine) for group in groups])


def _validated(quads: list[Quad], shapes: Shapes | None, engine: str) -> ValidationReport:
    """The results for one graph, each with what people call the thing that it is about."""
    from budgetkg.pipeline.checks import DocumentIndex
    from budgetkg.validation import ValidationReport, validate_quads

    index = DocumentIndex(f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads)
    results = validate_quads(quads, shapes, engine).results
    return ValidationReport(tuple(replace(result, name=index.name(result.focus)) for result in results))


def _with_plan(quads: list[Quad], plans: _Plans) -> list[Quad]:
    """The quads of a graph, and what other graphs say of the plans that it states."""
    stated = {quad.object for quad in quads if quad.predicate == BKG.statesPlan}
    return quads + [quad for plan in stated if isinstance(plan, NamedNode) for quad in plans.get(plan, ())]


def _plans(quads: Iterable[Quad]) -> _Plans:
    """The description of each plan: what is said of it in the graph that says that it is one."""
    quads = list(quads)
    places = {
        (quad.subject, quad.graph_name)
        for quad in quads
        if quad.predicate == RDF.type and quad.object in (BKG.BudgetPlan, BKG.SelfEvaluation)
    }
    described: dict[NamedNode | BlankNode | Triple, list[Quad]] = defaultdict(list)
    for quad in quads:
        if (quad.subject, quad.graph_name) in places:
            described[quad.subject].append(quad)
    return described


@cache
def _plans_in(reference: Path) -> _Plans:
    return _plans(read_rdf(reference)) if reference.exists() else {}


@cache
def _shapes(path: Path) -> Shapes:
    from budgetkg.validation import others

    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    if not files:
        raise BudgetkgError("no-shapes", path=path)
    return others(quad.triple for file in files for quad in read_rdf(file))


def _joined(reports: Sequence[ValidationReport]) -> ValidationReport:
    from budgetkg.validation import ValidationReport

    # What is wrong with a plan shows in each document that states it: it is reported once.
    every = dict.fromkeys(result for report in reports for result in report.results)
    return ValidationReport(tuple(every))
