"""The quads of a generation in the orders that formats want, streamed file by file."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from budgetkg.store.generations import CONCLUSIONS, SHARED, Generation
from budgetkg.vocab import RDF

_OPEN = 128  # files open at once; the lowest limit for a process, on macOS, is 256


def graph_files(generation: Generation) -> tuple[Path, ...]:
    """The graphs of the documents, then the files of what they share and of what follows from them."""
    return (*document_files(generation), *shared_files(generation))


def document_files(generation: Generation) -> tuple[Path, ...]:
    """The graphs of the documents, in the order of their keys."""
    return tuple(map(generation.graph, generation.keys))


def shared_files(generation: Generation) -> tuple[Path, ...]:
    """The graphs that belong to no document; none where only some documents are exported."""
    if generation.only:
        return ()
    files = (path for name in (*SHARED, *generation.beside) for path in generation.files_of_graph(name))
    return tuple(dict.fromkeys(files))


def files_by_plan(generation: Generation) -> dict[str, list[Path]]:
    """The documents' files by the IRI of the plan that they state, in the order of their keys."""
    plans: dict[str, list[Path]] = {}
    for entry in generation.counted():
        plans.setdefault(str(entry["plan"]), []).append(generation.graph(entry["key"]))
    return plans


def sorted_lines(generation: Generation) -> Iterator[bytes]:
    """All N-Quads in the order of their bytes.

    Each file is sorted. Lines about a document and its parts begin with its IRI, so the files in the order
    of their keys make one sorted sequence; lines about plans begin with the plan's IRI, so the files in the
    order of their plans make another. However many documents, only these and the shared files are merged.
    """
    return heapq.merge(
        _own_lines(generation),
        _plan_lines(files_by_plan(generation)),
        merged_lines(shared_files(generation)),
    )


def graph_lines(generation: Generation, name: str) -> Iterator[bytes]:
    """The N-Quads of one graph in the order of their bytes."""
    ending = f"/graph/{name}> .\n".encode()
    lines = merged_lines(generation.files_of_graph(name))
    return (line for line in lines if line.endswith(ending))


def merged_lines(paths: Sequence[Path]) -> Iterator[bytes]:
    """The lines of sorted files in order: of so many files that no system opens all of them at once."""
    if len(paths) <= _OPEN:
        yield from heapq.merge(*map(_lines, paths))
        return
    with tempfile.TemporaryDirectory() as folder:
        portions = [paths[start : start + _OPEN] for start in range(0, len(paths), _OPEN)]
        merged = [Path(folder) / str(number) for number in range(len(portions))]
        for target, portion in zip(merged, portions, strict=True):
            with target.open("wb") as stream:
                stream.writelines(heapq.merge(*map(_lines, portion)))
        yield from merged_lines(merged)


def _own_lines(generation: Generation) -> Iterator[bytes]:
    for entry in generation.counted():
        plan = _opening(entry["plan"])
        for line in _lines(generation.graph(entry["key"])):
            if not line.startswith(plan):
                yield line


def _plan_lines(plans: dict[str, list[Path]]) -> Iterator[bytes]:
    for iri, paths in sorted(plans.items()):
        plan = _opening(iri)
        yield from heapq.merge(*((line for line in _lines(path) if line.startswith(plan)) for path in paths))


def _opening(iri: str) -> bytes:
    return f"<{iri}> ".encode()


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def readable_quads(generation: Generation) -> Iterator[Quad]:
    """The quads graph by graph, in each subject by subject with the type first: an order for readers."""
    for path in document_files(generation):
        yield from readable_graph(path)
    if not generation.only:
        for name in (*SHARED, *generation.beside):
            yield from readable_shared(generation, name)


def readable_shared(generation: Generation, name: str) -> Iterator[Quad]:
    """The quads of a graph that belongs to no document; those of conclusions file by file."""
    ending = f"/graph/{name}> .\n".encode()
    for path in generation.files_of_graph(name):
        if name not in CONCLUSIONS:
            yield from readable_graph(path)
            continue
        lines = b"".join(line for line in _lines(path) if line.endswith(ending))
        yield from sorted(pyoxigraph.parse(lines, format=RdfFormat.N_QUADS), key=readable_order)


def readable_graph(path: Path) -> list[Quad]:
    """The quads of one file, subject by subject, the type first."""
    return sorted(pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS), key=readable_order)


def readable_order(statement: Quad | Triple) -> tuple[str, bool, str, str]:
    """A key to sort by: subject by subject, of each its type first."""
    predicate = statement.predicate.value
    return str(statement.subject), predicate != RDF.type.value, predicate, str(statement.object)
