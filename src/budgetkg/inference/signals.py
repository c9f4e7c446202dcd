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

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store

from budgetkg.errors import BudgetkgError
from budgetkg.inference.summaries import summaries
from budgetkg.mapping import iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.mapping.statements import Statements, ntriples, parts
from budgetkg.queries import signal_queries, summary_queries
from budgetkg.store.generations import SIGNALS
from budgetkg.vocab import BKG, DQV, PREFIXES, RDF

_PLACES = Decimal("0.0001")
_NAME = re.compile(r"\b([a-z]+):([A-Za-z0-9_-]+)")
_TYPE = str(RDF.type)


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
    return signal_lines((f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads), base).quads()


def signal_lines(lines: Iterable[str], base: str) -> Statements:
    """The same from and as text; each line is a statement of N-Triples without the full stop.

    Only what the queries ask about is loaded. The places in the text, which are nearly half of what a
    document states, are no matter of theirs.
    """
    graph, store = iri.graph(base, SIGNALS), Store()
    store.load(ntriples(line for line in lines if _is_asked(line)).encode(), RdfFormat.N_TRIPLES)
    sink = QuadSink(graph)
    for item in measured(store):
        node = iri.inference(base, "signal", item.document.value, item.metric)
        sink.add(node, RDF.type, DQV.QualityMeasurement)
        sink.add(node, DQV.computedOn, item.document)
        sink.add(node, DQV.isMeasurementOf, iri.code("signal", item.metric))
        sink.add(node, DQV.value, literals.decimal(item.value))
        sink.integer(node, BKG.signalCount, item.count)
        sink.integer(node, BKG.signalTotal, item.total)
    for quad in summaries(store, graph):
        sink.state(quad.triple)
    return sink.statements()


def _is_asked(line: str) -> bool:
    _, predicate, value = parts(line)
    return predicate in _asked() and (predicate != _TYPE or value in _asked())


@cache
def _asked() -> frozenset[str]:
    """The terms that the queries name; none of them asks for whatever property or type there is."""
    texts = (query.sparql() for query in (*signal_queries(), *summary_queries()))
    names = {name.groups() for text in texts for name in _NAME.finditer(text)}
    return frozenset(
        {_TYPE, *(f"<{PREFIXES[prefix]}{local}>" for prefix, local in names if prefix in PREFIXES)}
    )


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
