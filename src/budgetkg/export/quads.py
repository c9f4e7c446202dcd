"""The quads of a generation in the orders that formats want, streamed file by file."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from budgetkg.store.generations import SHARED, Generation
from budgetkg.vocab import RDF


def graph_files(generation: Generation) -> tuple[Path, ...]:
    """One file per named graph: the documents, then what they share."""
    return (*document_files(generation), *shared_files(generation))


def document_files(generation: Generation) -> tuple[Path, ...]:
    """The graphs of the documents, in the order of their keys."""
    return tuple(map(generation.graph, generation.keys))


def shared_files(generation: Generation) -> tuple[Path, ...]:
    """The graphs that belong to no document; some documents by themselves have none."""
    if generation.only:
        return ()
    return tuple(path for path in map(generation.graph, (*SHARED, *generation.beside)) if path.exists())


def sorted_lines(generation: Generation) -> Iterator[bytes]:
    """All N-Quads in the order of their bytes.

    Each file is sorted. What a document says begins with its own IRI, so the documents in the order of
    their keys are one sorted run; what it says of its plan begins with the plan's, so the documents in
    the order of their plans are another. Few runs to merge, however many documents.
    """
    plans: dict[str, list[Path]] = {}
    for entry in generation.counted():
        plans.setdefault(str(entry["plan"]), []).append(generation.graph(entry["key"]))
    runs = ((path,) for path in shared_files(generation))
    return heapq.merge(_own_lines(generation), _plan_lines(plans), *map(_lines, runs))


def _own_lines(generation: Generation) -> Iterator[bytes]:
    for entry in generation.counted():
        plan = _opening(entry["plan"])
        for line in _lines((generation.graph(entry["key"]),)):
            if not line.startswith(plan):
                yield line


def _plan_lines(plans: dict[str, list[Path]]) -> Iterator[bytes]:
    for iri, paths in sorted(plans.items()):
        plan = _opening(iri)
        yield from heapq.merge(
            *((line for line in _lines((path,)) if line.startswith(plan)) for path in paths)
        )


def _opening(iri: str) -> bytes:
    return f"<{iri}> ".encode()


def _lines(paths: tuple[Path, ...]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as stream:
            yield from stream


def readable_quads(generation: Generation) -> Iterator[Quad]:
    """Graph by graph, subject by subject, the type first: the order of Turtle for people."""
    for path in graph_files(generation):
        yield from readable_graph(path)


def readable_graph(path: Path) -> list[Quad]:
    """The quads of one file, subject by subject, the type first."""
    return sorted(pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS), key=readable_order)


def readable_order(statement: Quad | Triple) -> tuple[str, bool, str, str]:
    """Subject by subject, the type first."""
    predicate = statement.predicate.value
    return str(statement.subject), predicate != RDF.type.value, predicate, str(statement.object)
