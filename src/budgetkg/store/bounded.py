"""The embedded store, asked in a process of its own: within limits, and without a network."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from budgetkg.errors import QueryError, StoreError
from budgetkg.messages import Message
from budgetkg.processes.network import can_give_up_network
from budgetkg.resources import internal_query
from budgetkg.store.federation import reaches_out
from budgetkg.store.locks import Reading
from budgetkg.store.querytext import bound, has_dataset_clause, query_form
from budgetkg.store.results import Answer, Solutions, Substitutions, solutions, triples
from budgetkg.store.worker import Asked, Limits, Worker


class BoundedStore:
    """A store in a directory whose every query is held to limits of time, memory and depth.

    ``copied``: see :func:`budgetkg.processes.children.context`.
    """

    def __init__(
        self,
        path: Path,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        services: frozenset[str] = frozenset(),
        *,
        copied: bool = False,
    ) -> None:
        path = Path(path).resolve()
        if not path.is_dir():
            raise StoreError("no-store", path=path, reason=Message("no-such-file-or-directory"))
        self._services = services
        self._held = Reading(path)
        self._worker = Worker(path, limits, online=bool(services), copied=copied)

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; updates and any SERVICE not allowed are refused, parameters bound as terms."""
        query_form(text, self._services)
        refuse_reaching_out(text, self._services)
        text = bound(text, substitutions or {})
        pieces = self._worker.ask(Asked(text, union=not has_dataset_clause(text)))
        with closing(pieces):
            return answer_of(next(pieces), b"".join(pieces))

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        found = self.query(internal_query("graphs"))
        rows = found.rows if isinstance(found, Solutions) else ()
        return tuple(sorted(row[0].value for row in rows if isinstance(row[0], NamedNode)))

    def close(self) -> None:
        """End the process and let go of the directory."""
        self._worker.end()
        self._held.close()


def refuse_reaching_out(text: str, services: frozenset[str]) -> None:
    """Refuse a text that might name another endpoint, where the process that answers it keeps its network.

    It does where some endpoints are allowed, and on systems that can't take the network from a process.
    """
    if (services or not can_give_up_network()) and reaches_out(text, services):
        raise QueryError("service-unclear")


def answer_of(kind: bytes, body: bytes) -> Answer:
    """The answer that a worker sends: its kind (SELECT, ASK, CONSTRUCT), then JSON or N-Triples."""
    if kind == b"CONSTRUCT":
        return triples(quad.triple for quad in pyoxigraph.parse(body, RdfFormat.N_TRIPLES))
    answer = pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    if not isinstance(answer, QuerySolutions):
        raise QueryError("query-failed", error=type(answer).__name__)
    return solutions(answer)
