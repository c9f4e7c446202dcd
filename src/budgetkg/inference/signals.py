"""Signals of quality: how well a document can be measured, counted by SPARQL over its own graph.

A document is measured by itself, so what else is in the graph never changes its signals. The
metrics are defined in ``ontology/signals.ttl``; ``queries/signals/`` holds one query for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, serialize

from budgetkg.errors import BudgetkgError
from budgetkg.inference.summaries import summaries
from budgetkg.mapping import iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.mapping.statements import Statements
from budgetkg.queries import signal_queries, summary_queries
from budgetkg.store.generations import SIGNALS
from budgetkg.vocab import BKG, DQV, PREFIXES, RDF

_PLACES = Decimal("0.0001")
_NAME = re.compile(r"\b([a-z]+):([A-Za-z0-9_-]+)")
_TYPE = str(RDF.type).encode()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One metric of one document: how many things it looked at, and how many of them fit."""

    document: NamedNode
    metric: str
    count: int
    total: int

    @property
    def value(self) -> Decimal:
        """The share, to four decimals."""
        return (Decimal(self.count) / Decimal(self.total)).quantize(_PLACES, ROUND_HALF_UP)


def document_signals(quads: Iterable[Quad], base: str) -> list[Quad]:
    """The measurements and summaries of the documents whose graphs these are, for the graph of signals."""
    return signals_in(serialize(quads, format=RdfFormat.N_QUADS) or b"", base).quads()


def signals_in(nquads: bytes, base: str) -> Statements:
    """The same from N-Quads, as lines.

    Only what the queries ask about is loaded. Much of what a document states, such as the places in its
    text, is no matter of theirs.
    """
    graph, store = iri.graph(base, SIGNALS), Store()
    # Lenient: the terms were checked when they were written.
    store.load(b"\n".join(_asked_about(nquads)), RdfFormat.N_QUADS, lenient=True)
    sink = QuadSink(graph)
    for item in measured(store):
        node = iri.inference(base, "signal", item.document.value, item.metric)
        sink.add(node, RDF.type, DQV.QualityMeasurement)
        sink.add(node, DQV.computedOn, item.document)
        sink.add(node, DQV.isMeasurementOf, iri.code("signal", item.metric))
        sink.add(node, DQV.value, literals.decimal(item.value))
        sink.integer(node, BKG.signalCount, item.count)
        sink.integer(node, BKG.signalTotal, item.total)
    for line in summaries(store):
        sink.line(line)
    return sink.statements()


def _asked_about(nquads: bytes) -> list[bytes]:
    """The lines whose property the queries name, and whose type where it is one."""
    asked, lines = _asked(), []
    for line in nquads.splitlines():
        _, predicate, value, _ = line.split(b" ", 3)
        if predicate in asked and (predicate != _TYPE or value in asked):
            lines.append(line)
    return lines


@cache
def _asked() -> frozenset[bytes]:
    """The terms that the queries name; none of them asks for whatever property or type there is."""
    texts = (query.sparql() for query in (*signal_queries(), *summary_queries()))
    names = {name.groups() for text in texts for name in _NAME.finditer(text)}
    iris = (f"<{PREFIXES[prefix]}{local}>".encode() for prefix, local in names if prefix in PREFIXES)
    return frozenset({_TYPE, *iris})


def measured(store: Store) -> Iterator[Measurement]:
    """Every measurement; where there is nothing to look at there is none."""
    for metric, text in _texts():
        rows = store.query(text, use_default_graph_as_union=True)
        if not isinstance(rows, QuerySolutions):
            raise BudgetkgError("not-a-select", metric=metric)
        for row in rows:
            document = row["document"]
            count, total = (int(row[name].value) for name in ("count", "total"))
            if isinstance(document, NamedNode) and total:
                yield Measurement(document, metric, count, total)


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    return tuple((query.metric or query.slug, query.sparql()) for query in signal_queries())
