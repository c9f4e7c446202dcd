"""SHACL validation of one document's graph: one report, and engines behind it.

`shacl` is native code and some twenty times faster; pySHACL is the reference. Left to itself (``auto``)
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
from budgetkg.validation.shapes import Shapes, of_graph, others, packaged, serialized

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
    known = _known(text(), shapes) if engine == "auto" and there and shapes.packaged else None
    return known or _report(lambda known: _reference(graph(), known), shapes)


def _known(ntriples: str, shapes: Shapes) -> ValidationReport | None:
    """The native engine's report where it is known to be the reference's, else None.

    The two differ about literals that aren't of their datatype ("x" as a number): one compares them, the other
    doesn't. Our mapping writes none; a graph that breaks a datatype goes to the reference.
    """
    if "_:" in ntriples and _BLANK.search(ntriples):
        return None
    try:
        report = _report(partial(_native, ntriples), shapes)
    except BudgetkgError:  # what the one refuses, the reference answers or tells why not
        return None
    broken = any(result.component.endswith(_DATATYPE) for result in report.results)
    return None if broken else report


def _report(run: Callable[[Shapes], Any], shapes: Shapes) -> ValidationReport:
    return ValidationReport(results(run(shapes), shapes))


def _native(ntriples: str, shapes: Shapes) -> Any:
    from budgetkg.validation import native

    return native.validate(ntriples, shapes)


def _reference(graph: Graph, shapes: Shapes) -> Any:
    from budgetkg.validation import reference

    return reference.validate(graph, shapes)
