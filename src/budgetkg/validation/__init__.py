"""SHACL validation of one document's graph: one report, and engines behind it.

`shacl` is native code and several times faster; pySHACL is the reference. Left to itself (``auto``)
this package takes the native one for what the two are known to agree on: our shapes, and graphs
without blank nodes. Tests compare both on every sample and document; docs/decisions/0024 says more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from budgetkg.errors import BudgetkgError
from budgetkg.validation.raw import results
from budgetkg.validation.report import Result, ValidationReport
from budgetkg.validation.shapes import Shapes, of_graph, others, packaged, parsed, serialized

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph

__all__ = [
    "ENGINES",
    "Result",
    "Shapes",
    "ValidationReport",
    "others",
    "packaged",
    "validate_graph",
    "validate_quads",
    "validate_text",
]

ENGINES = ("auto", "shacl", "pyshacl")
_DATATYPE = "#DatatypeConstraintComponent"
_BLANK = re.compile(r'^_:|> _:[^\s"]+ \.$', re.MULTILINE)


def validate_quads(
    quads: Iterable[Quad], shapes: Shapes | None = None, engine: str = "auto"
) -> ValidationReport:
    """Validate the triples of some quads against the packaged shapes, or against others."""
    kept = list(quads)
    return _validate(
        lambda: serialized(quad.triple for quad in kept), lambda: _rdflib(kept), shapes or packaged(), engine
    )


def validate_text(ntriples: str, shapes: Shapes | None = None, engine: str = "auto") -> ValidationReport:
    """Validate N-Triples, likewise."""
    return _validate(lambda: ntriples, lambda: _rdflib(parsed(ntriples)), shapes or packaged(), engine)


def validate_graph(graph: Graph, shapes: Graph | None = None, engine: str = "auto") -> ValidationReport:
    """Validate a plain rdflib graph, likewise."""
    return _validate(lambda: graph.serialize(format="nt"), lambda: graph, of_graph(shapes), engine)


def _rdflib(quads: Iterable[Quad]) -> Graph:
    from budgetkg.validation.rdflib_graph import to_rdflib

    return to_rdflib(quads)


def _validate(
    text: Callable[[], str], graph: Callable[[], Graph], shapes: Shapes, engine: str
) -> ValidationReport:
    if engine not in ENGINES:
        raise BudgetkgError("unknown-engine", name=engine, known=ENGINES)
    there = find_spec("shacl") is not None
    if engine == "shacl":
        if not there:
            raise BudgetkgError("engine-missing", name=engine)
        return _report(partial(_native, text()), shapes)
    quick = _quick(text(), shapes) if engine == "auto" and there and shapes.packaged else None
    if quick is not None and not _breaks_a_datatype(quick):
        return quick
    try:
        return _report(lambda known: _reference(graph(), known), shapes)
    except BudgetkgError:
        if quick is None:
            raise
        return quick


def _quick(ntriples: str, shapes: Shapes) -> ValidationReport | None:
    """The native engine's report; None where it has none, or might name blank nodes anew."""
    if "_:" in ntriples and _BLANK.search(ntriples):
        return None
    try:
        return _report(partial(_native, ntriples), shapes)
    except BudgetkgError:  # what the one refuses, the reference answers or tells why not
        return None


def _breaks_a_datatype(report: ValidationReport) -> bool:
    """Whether a literal isn't of its datatype ("x" as a number): one engine compares it, the other doesn't.

    Our mapping writes none; such a graph goes to the reference, which sums over one break off.
    """
    return any(result.component.endswith(_DATATYPE) for result in report.results)


def _report(run: Callable[[Shapes], Any], shapes: Shapes) -> ValidationReport:
    return ValidationReport(results(run(shapes), shapes))


def _native(ntriples: str, shapes: Shapes) -> Any:
    from budgetkg.validation import native

    return native.validate(ntriples, shapes)


def _reference(graph: Graph, shapes: Shapes) -> Any:
    from budgetkg.validation import reference

    return reference.validate(graph, shapes)
