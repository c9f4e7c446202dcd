"""A graph that is held open in this process: for whoever publishes it, page after page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncGenerator, Hashable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from budgetkg.errors import QueryError
from budgetkg.graph import Graph
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.store import Store
from budgetkg.store.generations import Generation
from budgetkg.store.results import Answer, Substitutions
from budgetkg.store.worker import Asked

_MOST_KEPT = 64


class OpenedSource:
    """One generation of a directory; a build meanwhile changes nothing of it.

    Only our own queries are asked here: none needs a process that can be ended, and an answer isn't written
    and read again on its way.
    """

    def __init__(self, directory: Path) -> None:
        self.graph = Graph(directory)
        self._generation, self._store = self.graph.generation, self.graph.store
        self._known = _Recalling(self._store)
        entries = self._generation.entries()
        self._base = str(entries[0]["base"]) if entries else DEFAULT_BASE

    async def begin(self) -> None:
        """It is open already."""

    async def close(self) -> None:
        """Let go of the directory."""
        self._store.close()

    def version(self) -> str:
        """The digest of the generation."""
        return self._generation.path.name

    def files(self) -> Generation:
        """The generation."""
        return self._generation

    def base(self) -> str:
        """The base that the graph was built with."""
        return self._base

    async def ask(self, text: str, terms: Substitutions, times: int = 1) -> Answer:
        """Answer a query of ours."""
        return self._known.query(text, terms)

    def at_once(self) -> Store:
        """The store itself, with what it was asked before: nobody else is kept waiting."""
        return self._known

    def answering(self, asked: Asked) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
        """Nobody outside asks here."""
        raise QueryError("query-failed", error=asked.text)


class _Recalling:
    """A store with its last answers: the same page in another language asks for them again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """The kept answer, else the store's."""
        terms = substitutions or {}
        key = (text, tuple(sorted((name, str(term)) for name, term in terms.items())))
        if key not in self._kept:
            self._kept[key] = self._store.query(text, terms)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        return self._store.graphs()

    def close(self) -> None:
        """Whoever opened the store closes it."""
