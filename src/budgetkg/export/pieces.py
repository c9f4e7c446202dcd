"""A graph in pieces that fit into memory, each loaded into a store of its own for SPARQL.

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
from budgetkg.export.quads import files_by_plan, graph_lines, readable_order
from budgetkg.store.generations import REFERENCE, Generation
from budgetkg.vocab import PREFIXES

Item = TypeVar("Item")

# A piece is closed when it has this many bytes of N-Quads: some ten thousand statements.
FULL = 4 << 20

_IRI = re.compile(rb"<[^<>\s]*>")
_DOCUMENTS = b"/id/document/"
# The IRI of the conclusion that a line is about, also where its subject is a part of the conclusion. In a
# sorted file all lines of a conclusion follow each other.
_CONCLUSION = re.compile(rb"<[^<>\s]*?/id/[^/<>\s]+/[0-9a-f]{16}|<[^>]*>")


class Reference:
    """The lines of the reference graph by their subject; each piece takes those that it needs.

    Lines about documents are left out: they are about superseded ones, which no piece holds.
    """

    def __init__(self, path: Path) -> None:
        self._lines_about: dict[bytes, list[bytes]] = defaultdict(list)
        with path.open("rb") as stream:
            for line in stream:
                subject = line.partition(b" ")[0]
                if _DOCUMENTS not in subject:
                    self._lines_about[subject].append(line)

    def about(self, data: bytes) -> bytes:
        """The lines about every IRI in some N-Quads, about every IRI in those lines, and so on."""
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
    plans = files_by_plan(generation).values()
    for piece in _in_pieces(plans, lambda paths: sum(path.stat().st_size for path in paths)):
        data = b"".join(path.read_bytes() for paths in piece for path in paths)
        yield data + reference.about(data)


def document_stores(generation: Generation) -> Iterator[Store]:
    """The documents as stores, some plans at a time."""
    return map(_store, document_pieces(generation, Reference(generation.graph(REFERENCE))))


def conclusion_stores(generation: Generation, name: str) -> Iterator[Store]:
    """A graph of inferences as stores, some conclusions at a time; none where the graph has no file."""
    reference = Reference(generation.graph(REFERENCE))
    whole = (b"".join(lines) for _, lines in groupby(graph_lines(generation, name), key=_conclusion))
    for piece in _in_pieces(whole, len):
        data = b"".join(piece)
        yield _store(data + reference.about(data))


def solutions(store: Store, text: str) -> QuerySolutions:
    """The rows of a SELECT over all graphs of a piece; raises :class:`BudgetkgError` for another query."""
    answer = _asked(store, text)
    if not isinstance(answer, QuerySolutions):
        raise BudgetkgError("table-select")
    return answer


def triples(store: Store, text: str) -> list[Triple]:
    """The triples of a CONSTRUCT over all graphs of a piece, subject by subject.

    Raises :class:`BudgetkgError` for another query.
    """
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


def _in_pieces(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items in their order, so many together that a piece has FULL bytes or more; the last may have less."""
    piece: list[Item] = []
    total = 0
    for item in items:
        piece.append(item)
        total += size(item)
        if total >= FULL:
            yield piece
            piece, total = [], 0
    if piece:
        yield piece


def _conclusion(line: bytes) -> bytes:
    match = _CONCLUSION.match(line)
    return match[0] if match else line
