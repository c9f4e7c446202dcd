"""Where answers come from: processes over a directory of ours, or a SPARQL endpoint of anybody's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pyoxigraph
from pyoxigraph import RdfFormat

from budgetkg.endpoint.crew import Crew
from budgetkg.endpoint.protocol import ROWS
from budgetkg.export.answers import written
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.store import Store
from budgetkg.store.bounded import answer_of, refuse_reaching_out
from budgetkg.store.generations import CURRENT, Generation, current
from budgetkg.store.pointer import pointed
from budgetkg.store.querytext import bound, has_dataset_clause, query_form
from budgetkg.store.remote import RemoteStore, connect
from budgetkg.store.results import Answer, Solutions, Substitutions
from budgetkg.store.worker import Asked, Limits


class Source(Protocol):
    """What the site needs of a graph."""

    async def begin(self) -> None:
        """Get ready; raises StoreError where there is no graph."""

    async def close(self) -> None:
        """End everything that runs."""

    def version(self) -> str:
        """A name of the graph's state; empty where none is known."""

    def files(self) -> Generation | None:
        """The files of the graph, where it lies on this machine."""

    def base(self) -> str:
        """What the IRIs of its things begin with."""

    async def ask(self, text: str, terms: Substitutions, times: int = 1) -> Answer:
        """Answer a query of ours, its parameters bound as terms; it may take ``times`` as long as others."""

    def answering(self, asked: Asked) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
        """The pieces of an answer, the first is its kind; leaving the block early ends the query."""

    def at_once(self) -> Store | None:
        """The store, where whoever asks may wait for it without keeping anybody else waiting."""


class DirectorySource:
    """The current graph of a directory, asked by a crew of processes that can be ended."""

    def __init__(self, directory: Path, limits: Limits, workers: int = 4) -> None:
        self._directory = directory
        self._crew = Crew(directory, limits, workers)
        self._base = ("", DEFAULT_BASE)

    async def begin(self) -> None:
        """Begin a first process; raises StoreError where the graph can't be opened."""
        await self._crew.begin()

    async def close(self) -> None:
        """End the processes."""
        self._crew.close()

    def version(self) -> str:
        """The digest of the current generation."""
        place = pointed(self._directory / CURRENT)
        return place.name if place is not None else ""

    def files(self) -> Generation:
        """The current generation."""
        return current(self._directory)

    def base(self) -> str:
        """The base that the graph was built with."""
        version = self.version()
        if self._base[0] != version:
            entries = self.files().entries()
            self._base = (version, str(entries[0]["base"]) if entries else DEFAULT_BASE)
        return self._base[1]

    async def ask(self, text: str, terms: Substitutions, times: int = 1) -> Answer:
        """Answer a query over the union of all graphs, or those it names by FROM."""
        query_form(text)
        refuse_reaching_out(text, frozenset())
        union = not has_dataset_clause(text)
        async with self._crew.answering(Asked(bound(text, terms), union=union, times=times)) as pieces:
            kind = await anext(pieces)
            body = b"".join([piece async for piece in pieces])
        return answer_of(kind, body)

    def answering(self, asked: Asked) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
        """The pieces of an answer, as they are found."""
        return self._crew.answering(asked)

    def at_once(self) -> None:
        """Others wait for the same loop."""


class EndpointSource:
    """A SPARQL endpoint; what it is asked waits in a thread."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url, self._seconds = url, max(1, round(limits.seconds))
        self._store: RemoteStore | None = None

    async def begin(self) -> None:
        """Look whether the endpoint answers, and how it makes its default graph."""
        self._store = await asyncio.to_thread(connect, self._url, self._seconds)

    async def close(self) -> None:
        """Nothing is held between two queries."""

    def version(self) -> str:
        """Nothing tells when an endpoint's graph changes."""
        return ""

    def files(self) -> None:
        """An endpoint shows no files."""

    def base(self) -> str:
        """An endpoint's graph is taken to have the base of the project."""
        return DEFAULT_BASE

    async def ask(self, text: str, terms: Substitutions, times: int = 1) -> Answer:
        """Answer a query; one that nobody waits for any longer ends at its timeout."""
        return await asyncio.to_thread(self._open().query, text, terms)

    @asynccontextmanager
    async def answering(self, asked: Asked) -> AsyncIterator[AsyncGenerator[bytes, None]]:
        """The whole answer as one piece."""
        graphs = (*asked.default_graphs, *asked.named_graphs)
        store = RemoteStore(self._url, self._seconds, frozenset(), graphs) if graphs else self._open()
        yield _pieces(await asyncio.to_thread(store.query, asked.text), asked)

    def at_once(self) -> None:
        """Others wait for the same loop."""

    def _open(self) -> RemoteStore:
        if self._store is None:
            self._store = connect(self._url, self._seconds)
        return self._store


async def _pieces(answer: Answer, asked: Asked) -> AsyncGenerator[bytes, None]:
    if isinstance(answer, tuple):
        yield b"CONSTRUCT"
        form = RdfFormat.from_media_type(asked.triples_as) or RdfFormat.N_TRIPLES
        yield pyoxigraph.serialize(answer, format=form) or b""
    else:
        yield b"SELECT" if isinstance(answer, Solutions) else b"ASK"
        yield written(answer, ROWS.get(asked.rows_as, "json")).encode()
