"""A store in memory with the interface of the others, over quads made by the mapping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions
from pyoxigraph import Store as Oxigraph

from budgetkg.inference import document_signals, extract, infer
from budgetkg.mapping import DEFAULT_BASE, document_quads, reference_quads, vocabulary_quads
from budgetkg.records import DocumentRecord
from budgetkg.store.querytext import bound, query_form
from budgetkg.store.results import Answer, Solutions, Substitutions, solutions, triples
from budgetkg.vocab import PREFIXES


class MemoryStore:
    """Answers from memory, over the union of named graphs or over all statements in ``one_graph``."""

    def __init__(self, quads: Iterable[Quad], one_graph: bool = False) -> None:
        self.quads = list(quads)
        self._union = not one_graph
        self._store = Oxigraph()
        self._store.bulk_extend(Quad(*quad.triple) if one_graph else quad for quad in self.quads)

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        query_form(text)
        text = bound(text, substitutions or {})
        found = self._store.query(text, prefixes=PREFIXES, use_default_graph_as_union=self._union)
        if isinstance(found, QueryBoolean):
            return bool(found)
        return solutions(found) if isinstance(found, QuerySolutions) else triples(found)

    def graphs(self) -> tuple[str, ...]:
        named = (graph for graph in self._store.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(graph.value for graph in named))

    def close(self) -> None:
        """Nothing to let go of."""


def all_quads(records: Sequence[DocumentRecord]) -> list[Quad]:
    documents = [quad for record in records for quad in document_quads(record)]
    return [*documents, *concluded(records), *reference_quads(records), *vocabulary_quads()]


def concluded(records: Iterable[DocumentRecord]) -> list[Quad]:
    records = list(records)
    graphs = {record.key: document_quads(record) for record in records}
    briefs = [extract(record, graphs[record.key], DEFAULT_BASE) for record in records]
    related = [quad for quads in infer(lambda: briefs, DEFAULT_BASE).graphs.values() for quad in quads]
    signals = [quad for quads in graphs.values() for quad in document_signals(quads, DEFAULT_BASE)]
    return [*related, *sorted(signals, key=str)]


def store_of(records: Sequence[DocumentRecord], one_graph: bool = False) -> MemoryStore:
    return MemoryStore(all_quads(records), one_graph)


def texts(answer: Answer, columns: int | None = None) -> list[tuple[str, ...]]:
    """Rows as strings, the first so many columns of them; unbound is empty."""
    assert isinstance(answer, Solutions)
    return [tuple(getattr(term, "value", "") for term in row[:columns]) for row in answer.rows]
