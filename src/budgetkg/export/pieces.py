"""A graph in pieces that fit into memory, each a store of its own that SPARQL can ask.

A piece holds whole plans: all documents that state them, and what the reference graph says of the plans,
of their departments and of the concepts that they use. So a question about documents has the same answer over
the pieces in turn as over the whole graph, and a corpus of any size streams through. The graphs of
what was inferred come in pieces of their own, because they may name any document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, Triple

from budgetkg.errors import BudgetkgError
from budgetkg.export.quads import readable_order
from budgetkg.store.generations import REFERENCE, Generation
from budgetkg.vocab import PREFIXES

Item = TypeVar("Item")

# Bytes of N-Quads from which on a piece is closed: some ten thousand statements.
FULL = 4 << 20

_IRI = re.compile(rb"<[^<>\s]*>")
_DOCUMENTS = b"/id/document/"
# The conclusion that a line is about, or is about a part of: all its lines stand together in a sorted file.
_CONCLUSION = re.compile(rb"<[^<>\s]*?/id/[^/<>\s]+/[0-9a-f]{16}|<[^>]*>")


class Reference:
    """The reference graph, of which each piece takes what it needs.

    What is said of a superseded document is left aside: no piece holds such a document.
    """

    def __init__(self, path: Path) -> None:
        self._lines_about: dict[bytes, list[bytes]] = defaultdict(list)
        with path.open("rb") as stream:
            for line in stream:
                subject = line.partition(b" ")[0]
                if _DOCUMENTS not in subject:
                    self._lines_about[subject].append(line)

    def about(self, data: bytes) -> bytes:
        """The statements about all that some N-Quads name, and about what those name in turn."""
        known: set[bytes] = set()
        fresh = self._lines_about.keys() & set(_IRI.findall(data))
        while fresh:
            known |= fresh
            lines = (line for subject in fresh for line in self._lines_about[subject])
            named = {name for line in lines for name in _IRI.findall(line)}
            fresh = self._lines_about.keys() & (named - known)
        return b"".join(line for subject in sorted(known) for line in self._lines_about[subject])


def document_pieces(generation: Generation, reference: Reference) -> Iterator[bytes]:
    """The documents in N-Quads, plan by plan, each piece with what the reference graph says of it."""
    for paths in _filled(_plans(generation), lambda plan: sum(path.stat().st_size for path in plan)):
        data = b"".join(path.read_bytes() for plan in paths for path in plan)
        yield data + reference.about(data)


def document_stores(generation: Generation) -> Iterator[Store]:
    """The documents, some plans at a time."""
    return map(_store, document_pieces(generation, Reference(generation.graph(REFERENCE))))


def conclusion_stores(generation: Generation, name: str) -> Iterator[Store]:
    """One graph of what was inferred, some conclusions at a time."""
    path = generation.graph(name)
    if not path.exists():
        return
    reference = Reference(generation.graph(REFERENCE))
    with path.open("rb") as stream:
        whole = (b"".join(lines) for _, lines in groupby(stream, key=_conclusion))
        for piece in _filled(whole, len):
            data = b"".join(piece)
            yield _store(data + reference.about(data))


def solutions(store: Store, text: str) -> QuerySolutions:
    """The rows of a SELECT over all graphs of a piece."""
    answer = _asked(store, text)
    if not isinstance(answer, QuerySolutions):
        raise BudgetkgError("table-select")
    return answer


def triples(store: Store, text: str) -> list[Triple]:
    """The triples of a CONSTRUCT over all graphs of a piece, subject by subject."""
    answer = _asked(store, text)
    if not isinstance(answer, QueryTriples):
        raise BudgetkgError("view-construct")
    return sorted(set(answer), key=readable_order)


def _asked(store: Store, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)


def _store(data: bytes) -> Store:
    store = Store()
    store.bulk_load(data, format=RdfFormat.N_QUADS)
    return store


def _plans(generation: Generation) -> list[tuple[Path, ...]]:
    """The graphs of the documents of each plan, plans in the order of their first document's key."""
    plans: dict[str, list[Path]] = {}
    for entry in generation.counted():
        plans.setdefault(entry["plan"], []).append(generation.graph(entry["key"]))
    return list(map(tuple, plans.values()))


def _filled(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items together until they are FULL bytes."""
    held: list[Item] = []
    total = 0
    for item in items:
        held.append(item)
        total += size(item)
        if total >= FULL:
            yield held
            held, total = [], 0
    if held:
        yield held


def _conclusion(line: bytes) -> bytes:
    match = _CONCLUSION.match(line)
    return match[0] if match else line
