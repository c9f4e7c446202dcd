"""The embedded store: Oxigraph on disk, opened read-only so that a server may hold it too."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from budgetkg.errors import QueryError, StoreError
from budgetkg.store.querytext import bound, has_dataset_clause, query_form
from budgetkg.store.results import Answer, Substitutions, solutions, triples
from budgetkg.vocab import PREFIXES


class EmbeddedStore:
    """A SPARQL store in a directory, over the union of its named graphs."""

    def __init__(self, path: Path, services: frozenset[str] = frozenset()) -> None:
        self._services = services
        self._path = Path(path).resolve()
        self._guard = _hold(self._path)
        try:
            self._store = pyoxigraph.Store.read_only(str(self._path))
        except OSError as error:
            self.close()
            raise StoreError(f"{path}: the store can't be opened ({_first_line(error)})") from error

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; updates and any SERVICE not allowed are refused, parameters bound as terms."""
        query_form(text, self._services)
        text = bound(text, substitutions or {})
        try:
            union = not has_dataset_clause(text)
            found = self._store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
            if isinstance(found, QueryBoolean):
                return bool(found)
            return solutions(found) if isinstance(found, QuerySolutions) else triples(found)
        except SyntaxError as error:
            raise QueryError(f"the query is malformed: {_first_line(error)}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {_first_line(error)}") from error

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        named = (graph for graph in self._store.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(graph.value for graph in named))

    def pass_on(self) -> None:
        """Let the program that is executed in place of this one hold the directory on."""
        if self._guard is not None:
            os.set_inheritable(self._guard, True)

    def close(self) -> None:
        """Let go of the directory: a later build may remove a generation that nobody reads."""
        if self._guard is not None:
            os.close(self._guard)
            self._guard = None

    def __del__(self) -> None:
        if getattr(self, "_guard", None) is not None:
            self.close()


def _hold(path: Path) -> int | None:
    """A shared lock on the store's directory: a build that finds it held leaves the directory be."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise StoreError(f"{path}: no store there ({error.strerror})") from error
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
