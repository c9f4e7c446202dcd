"""A graph that is held open in this process: for whoever publishes it, page after page."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from budgetkg.errors import QueryError
from budgetkg.graph import Graph
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.store.generations import Generation
from budgetkg.store.results import Answer, Substitutions
from budgetkg.store.worker import Asked


class OpenedSource:
    """One generation of a directory; a build meanwhile changes nothing of it.

    Only our own queries are asked here: none needs a process that can be ended, and an answer isn't written
    and read again on its way.
    """

    def __init__(self, directory: Path) -> None:
        self.graph = Graph(directory)
        self._generation, self._store = self.graph.generation, self.graph.store
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

    async def ask(self, text: str, terms: Substitutions) -> Answer:
        """Answer a query of ours."""
        return self._store.query(text, terms)

    def answering(self, asked: Asked) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
        """Nobody outside asks here."""
        raise QueryError("query-failed", error=asked.text)
