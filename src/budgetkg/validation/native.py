"""The `shacl` engine, which is native code: the only importer of it.

It gives blank nodes other names, so it gets only what has none, and messages without their language,
which the report that it writes as N-Triples has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import shacl
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from budgetkg.errors import BudgetkgError
from budgetkg.validation.raw import RawResult
from budgetkg.validation.shapes import Node, Shapes

_SH = "http://www.w3.org/ns/shacl#"
_NUMBERED = re.compile(r"r(\d+)")


def validate(ntriples: str, shapes: Shapes) -> Iterator[RawResult]:
    """The results for a graph."""
    try:
        report = _compiled(shapes).validate_text(ntriples, "ntriples")
    except ValueError as error:
        raise BudgetkgError("shapes-refused", error=error) from error
    except BaseException as error:
        # A panic of native code is no Exception: it would end the process that reads documents.
        if type(error).__name__ != "PanicException":
            raise
        raise BudgetkgError("engine-broke", error=error) from error
    said = _said(report.serialize("ntriples"))
    for number, result in enumerate(report.results, 1):
        more = said[number]
        yield RawResult(
            severity=result.severity,
            focus=_term(result.focus_node),
            value=None if result.value is None else _term(result.value),
            source=_term(result.source_shape or ""),
            constraint=next(iter(more["sourceConstraint"]), None),
            path=next(iter(more["resultPath"]), None),
            component=result.component_iri,
            messages=[text for text in more["resultMessage"] if isinstance(text, Literal)],
        )


@lru_cache(maxsize=4)
def _compiled(shapes: Shapes) -> shacl.Shapes:
    return shacl.Shapes.from_text(shapes.ntriples, "ntriples")


def _said(report: str) -> dict[int, dict[str, list[Node]]]:
    """What the report says of each result, by its number."""
    said: dict[int, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(report.encode(), format=RdfFormat.N_TRIPLES):
        found = _NUMBERED.fullmatch(getattr(quad.subject, "value", ""))
        if found:
            said[int(found[1])][quad.predicate.value.removeprefix(_SH)].append(quad.object)
    return said


def _term(text: str) -> Node:
    if text.startswith("<") and "\\" not in text:
        return NamedNode(text[1:-1])
    (quad,) = parse(f"<x:> <x:> {text} .".encode(), format=RdfFormat.N_TRIPLES)
    value: Node = quad.object
    return value
