"""The embedded store: Oxigraph on disk, opened read-only so that a server may hold it too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from budgetkg.errors import QueryError, StoreError
from budgetkg.messages import Message
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.federation import reaches_out
from budgetkg.store.locks import Reading
from budgetkg.store.malformed import malformed
from budgetkg.store.querytext import KEPT, SHORT, bound, has_dataset_clause, query_form
from budgetkg.store.results import Answer, Substitutions, solutions, triples
from budgetkg.vocab import PREFIXES


class EmbeddedStore:
    """A SPARQL store in a directory, over the union of its named graphs."""

    def __init__(self, path: Path, services: frozenset[str] = frozenset()) -> None:
        self._services = services
        self._path = Path(path).resolve()
        if not self._path.is_dir():
            raise StoreError("no-store", path=path, reason=Message("no-such-file-or-directory"))
        self._bounded: BoundedStore | None = None
        self._held: Reading | None = Reading(self._path)
        try:
            self._store = pyoxigraph.Store.read_only(str(self._path))
        except OSError as error:
            self.close()
            raise StoreError("store-unopened", path=path, error=_first_line(error)) from error

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; updates and any SERVICE not allowed are refused, parameters bound as terms."""
        short = len(text) <= SHORT
        out, union = (_known if short else _looked_at)(text, self._services)
        if out:
            # The engine reads SERVICE where we may not: it is asked where it has no network.
            return self._without_network().query(text, substitutions)
        text = bound(text, substitutions or {})
        try:
            answer = self._store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
            if isinstance(answer, QueryBoolean):
                return bool(answer)
            return solutions(answer) if isinstance(answer, QuerySolutions) else triples(answer)
        except SyntaxError as error:
            raise malformed(text, error, PREFIXES) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError("query-failed", error=_first_line(error)) from error

    def _without_network(self) -> BoundedStore:
        if self._bounded is None:
            self._bounded = BoundedStore(self._path, services=self._services)
        return self._bounded

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        named = (graph for graph in self._store.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(graph.value for graph in named))

    def close(self) -> None:
        """Let go of the directory: a later build may remove a generation that nobody reads."""
        if self._bounded is not None:
            self._bounded.close()
            self._bounded = None
        if self._held is not None:
            self._held.close()
            self._held = None

    def __del__(self) -> None:
        if getattr(self, "_held", None) is not None:
            self.close()


def _looked_at(text: str, services: frozenset[str]) -> tuple[bool, bool]:
    """Whether a query that only reads might reach out, and whether it leaves the graphs to us."""
    query_form(text, services)
    return reaches_out(text, services), not has_dataset_clause(text)


_known = lru_cache(KEPT)(_looked_at)
"""The same of queries that are asked often."""


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
