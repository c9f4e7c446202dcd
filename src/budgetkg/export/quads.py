"""The quads of a generation in the orders that formats want, streamed file by file."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

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

    Each file is sorted, and a document's statements all begin with the document's own IRI, so the
    documents in the order of their keys are sorted too: few runs to merge, however many documents.
    """
    runs = (document_files(generation), *((path,) for path in shared_files(generation)))
    return heapq.merge(*map(_lines, runs))


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
    return sorted(pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS), key=_readable_order)


def _readable_order(quad: Quad) -> tuple[str, bool, str, str]:
    predicate = quad.predicate.value
    return str(quad.subject), predicate != RDF.type.value, predicate, str(quad.object)
