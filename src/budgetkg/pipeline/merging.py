"""RDF of others in our store: in graphs of its own, so that ours stay as they are. Nothing is fetched."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, Triple

from budgetkg.errors import BudgetkgError, why
from budgetkg.export import clear_leftovers, replacing
from budgetkg.links.rdf_files import read_quads
from budgetkg.mapping import DEFAULT_BASE, iri
from budgetkg.pipeline.document import sorted_lines
from budgetkg.pipeline.linking import MERGED, renew
from budgetkg.store.commit import exclusive
from budgetkg.store.generations import BESIDE, Generation, current
from budgetkg.vocab import PREFIXES, RDF


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging a file: how many statements, in which graphs, of which classes.

    ``known`` statements are ones that our graphs make already; ``moved`` are graphs of the file that
    bear a name of ours and were put beside instead; ``unknown`` are namespaces that we have no prefix for.
    """

    source: str
    statements: int
    known: int
    graphs: tuple[str, ...]
    moved: tuple[str, ...]
    blank_nodes: int
    classes: tuple[tuple[str, int], ...]
    unknown: tuple[str, ...]


def merge(directory: Path, files: Iterable[Path]) -> tuple[Merged, ...]:
    """Take RDF files into the store; where one can't be read, nothing changes."""
    generation = current(directory)
    read = [(path, _key(path), read_quads(path)) for path in files]
    entries = generation.entries()
    base = str(entries[0]["base"]) if entries else DEFAULT_BASE
    ours = _ours(generation)
    with exclusive(directory):
        taken = [_taken(path, key, quads, base, ours) for path, key, quads in read]
        (directory / MERGED).mkdir(exist_ok=True)
        clear_leftovers(directory / MERGED)
        for (_, key, _), (_, quads) in zip(read, taken, strict=True):
            with replacing(directory / MERGED / f"{key}.nq") as stream:
                stream.write(sorted_lines(sorted(quads, key=str)))
        renew(directory, current(directory))
    return tuple(report for report, _ in taken)


def _key(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise BudgetkgError("at-path", path=path, reason=why(error)) from error


def _ours(generation: Generation) -> frozenset[Triple]:
    paths = (path for path in (generation.path / "graphs").glob("*.nq") if not path.stem.startswith(BESIDE))
    return frozenset(
        quad.triple
        for path in sorted(paths)
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    )


def _taken(
    path: Path, key: str, quads: list[Quad], base: str, ours: frozenset[Triple]
) -> tuple[Merged, set[Quad]]:
    named = _without_blanks(quads, base, key)
    moved: set[str] = set()
    kept: set[Quad] = set()
    for quad in named:
        if quad.triple not in ours:
            kept.add(Quad(quad.subject, quad.predicate, quad.object, _place(quad, base, key, moved)))
    classes = Counter(
        _short(quad.object.value)
        for quad in kept
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)
    )
    report = Merged(
        source=path.name,
        statements=len(kept),
        known=len(named) - len(kept),
        graphs=tuple(
            sorted({quad.graph_name.value for quad in kept if isinstance(quad.graph_name, NamedNode)})
        ),
        moved=tuple(sorted(moved)),
        blank_nodes=len({node for quad in quads for node in _blanks(quad)}),
        classes=tuple(sorted(classes.items())),
        unknown=tuple(sorted({_namespace(quad.predicate.value) for quad in kept} - set(PREFIXES.values()))),
    )
    return report, kept


def _place(quad: Quad, base: str, key: str, moved: set[str]) -> NamedNode:
    """The graph for a statement: its own, or one of the file where that is none or lies under our IRIs."""
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph):
        return iri.graph(base, f"merged/{key}")
    if not isinstance(graph, NamedNode):
        raise BudgetkgError("graph-without-name", graph=graph)
    if graph.value.startswith(iri.graph(base, "").value):
        moved.add(graph.value)
        return iri.graph(base, f"merged/{key}/{iri.fingerprint(graph.value)}")
    return graph


def _without_blanks(quads: list[Quad], base: str, key: str) -> list[Quad]:
    """The statements with IRIs for blank nodes: the same in each run, and never the same in two files."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return [
        Quad(
            _named(quad.subject, base, key), quad.predicate, _named(quad.object, base, key),
            _named(quad.graph_name, base, key),
        )
        for quad in dataset
    ]  # fmt: skip


def _named(term: Any, base: str, key: str) -> Any:
    if isinstance(term, Triple):
        raise BudgetkgError("statement-on-statement")
    return iri.shared(base, "blank", key, term.value) if isinstance(term, BlankNode) else term


def _blanks(quad: Quad) -> list[BlankNode]:
    return [term for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, BlankNode)]


def _namespace(value: str) -> str:
    return value[: max(value.rfind("#"), value.rfind("/")) + 1]


def _short(value: str) -> str:
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value
