"""A file of RDF by others, taken apart in a process of its own, and its place beside our graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)

from budgetkg.errors import BudgetkgError
from budgetkg.links.rdf_files import read_quads
from budgetkg.mapping import iri
from budgetkg.pipeline.document import sorted_lines
from budgetkg.processes.children import silence
from budgetkg.regular import content
from budgetkg.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Job:
    """A file to take: its key among the merged ones, and the base of our IRIs."""

    path: Path
    key: str
    base: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file says, as sorted N-Quads without blank nodes.

    ``moved`` are graphs that bear a name of ours and were put beside; ``ill_typed`` are literals that are
    none of their datatype, which stay as they are.
    """

    lines: bytes
    blank_nodes: int
    moved: tuple[str, ...]
    ill_typed: tuple[str, ...]


def take(job: Job) -> Taken | BudgetkgError:
    """Read a file; what is wrong with it is returned, because it goes to another process."""
    silence()
    try:
        quads = read_quads(job.path)
        moved: set[str] = set()
        named = _without_blanks(quads, job)
        placed = [Quad(quad.subject, quad.predicate, quad.object, _place(quad, job, moved)) for quad in named]
        blanks = {node for quad in quads for node in _blanks(quad)}
        return Taken(sorted_lines(placed), len(blanks), tuple(sorted(moved)), _ill_typed(placed))
    except BudgetkgError as error:
        return error


def quads_of(lines: bytes) -> Iterator[Quad]:
    """The statements of sorted N-Quads."""
    return pyoxigraph.parse(lines, RdfFormat.N_QUADS)


def stated_once(files: Iterable[Path], others: Iterable[Path]) -> dict[str, list[Quad]]:
    """By the name of each file what is put into its graphs: a statement that others make stands with them.

    ``files`` are N-Quads of others' data: of several that make a statement, the first keeps it, and within a
    file the graph whose name sorts first. So the result doesn't depend on which was merged first, and what
    a document of ours stops saying is still there in the file. ``others`` are our own graphs.
    """
    first: dict[Triple, tuple[str, Quad]] = {}
    kept: dict[str, list[Quad]] = {}
    for path in sorted(files):
        kept[path.stem] = []
        for quad in sorted(quads_of(content(path)), key=str):
            first.setdefault(quad.triple, (path.stem, quad))
    if first:
        for triple in stated(first.keys(), others):
            first.pop(triple, None)
    for name, quad in first.values():
        kept[name].append(quad)
    return kept


def stated(triples: Iterable[Triple], files: Iterable[Path]) -> set[Triple]:
    """Those of the triples that N-Quads files state; they are read one statement at a time."""
    wanted = frozenset(triples)
    return {
        quad.triple
        for path in sorted(files)
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
        if quad.triple in wanted
    }


def _place(quad: Quad, job: Job, moved: set[str]) -> NamedNode:
    """The graph for a statement: its own, or one of the file where that is none or lies under our IRIs."""
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph):
        return iri.graph(job.base, f"merged/{job.key}")
    if not isinstance(graph, NamedNode):
        raise BudgetkgError("graph-without-name", graph=graph)
    if graph.value.startswith(iri.graph(job.base, "").value):
        moved.add(graph.value)
        return iri.graph(job.base, f"merged/{job.key}/{iri.fingerprint(graph.value)}")
    return graph


def _without_blanks(quads: list[Quad], job: Job) -> list[Quad]:
    """The statements with IRIs for blank nodes: the same in each run, and never the same in two files."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return [
        Quad(
            _named(quad.subject, job), quad.predicate, _named(quad.object, job), _named(quad.graph_name, job)
        )
        for quad in dataset
    ]


def _named(term: Any, job: Job) -> Any:
    if isinstance(term, Triple):
        raise BudgetkgError("statement-on-statement")
    return iri.shared(job.base, "blank", job.key, term.value) if isinstance(term, BlankNode) else term


def _blanks(quad: Quad) -> list[BlankNode]:
    return [term for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, BlankNode)]


def _ill_typed(quads: Iterable[Quad]) -> tuple[str, ...]:
    """The literals whose text is none of their XSD datatype, as they are written in Turtle, sorted."""
    import rdflib

    typed = {
        quad.object
        for quad in quads
        if isinstance(quad.object, Literal) and quad.object.datatype.value.startswith(PREFIXES["xsd"])
    }
    return tuple(
        sorted(
            str(term)
            for term in typed
            if rdflib.Literal(
                term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False
            ).ill_typed
        )
    )
