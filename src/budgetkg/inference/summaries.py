"""Summaries: what a document's own statements show of its projects and indicators, found by CONSTRUCT.

A question over all documents that had to look at each indicator would take longer than anybody waits. What
depends on one document alone is found once, by ``queries/summaries/``, when the document comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import QueryTriples, RdfFormat, Store

from budgetkg.errors import BudgetkgError
from budgetkg.queries import summary_queries

_END = " .\n"


def summaries(store: Store) -> Iterator[str]:
    """The marks and tallies of the documents in a store, as lines of N-Triples without the full stop."""
    for slug, text in _texts():
        found = store.query(text, use_default_graph_as_union=True)
        if not isinstance(found, QueryTriples):
            raise BudgetkgError("not-a-construct", query=slug)
        said = found.serialize(format=RdfFormat.N_TRIPLES) or b""
        yield from said.decode().removesuffix(_END).split(_END) if said else ()


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    return tuple((query.slug, query.sparql()) for query in summary_queries())
