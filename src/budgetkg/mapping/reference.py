"""The two graphs that belong to no document: reference (departments, code lists) and vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from budgetkg.errors import BudgetkgError
from budgetkg.mapping import iri
from budgetkg.mapping.department import NamesDepartment, add_departments, division_code
from budgetkg.mapping.division import add_divisions
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.sink import QuadSink
from budgetkg.resources import code_list_files, vocabulary_files

REFERENCE = "reference"
VOCABULARY = "vocabulary"


def reference_quads(records: Iterable[NamesDepartment], options: MappingOptions | None = None) -> list[Quad]:
    """Departments, districts and code lists: what documents share, said once."""
    base = (options or MappingOptions()).base
    records = tuple(records)
    sink = QuadSink(iri.graph(base, REFERENCE))
    add_departments(sink, base, records)
    for triple in _triples(code_list_files()):
        _add(sink, triple)
    add_divisions(sink, {code for said in records for code in (said.division, division_code(said)) if code})
    return sink.quads()


def vocabulary_quads(options: MappingOptions | None = None) -> list[Quad]:
    """The ontology. A triple that the code lists say as well stands in the reference graph only."""
    base = (options or MappingOptions()).base
    sink = QuadSink(iri.graph(base, VOCABULARY))
    elsewhere = frozenset(_triples(code_list_files()))
    for triple in _triples(vocabulary_files()):
        if triple not in elsewhere:
            _add(sink, triple)
    return sink.quads()


def _add(sink: QuadSink, triple: Triple) -> None:
    # A blank node gets another name on every reading: builds would differ.
    if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
        raise BudgetkgError("blank-in-ontology", triple=triple)
    sink.add(triple.subject, triple.predicate, triple.object)


@lru_cache(maxsize=8)
def _triples(paths: tuple[Path, ...]) -> tuple[Triple, ...]:
    return tuple(quad.triple for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE))
