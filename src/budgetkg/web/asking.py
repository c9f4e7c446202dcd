"""How pages and protocols ask the graph: the one object that each of them is given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from budgetkg.errors import QueryError
from budgetkg.parameters import Value
from budgetkg.queries import Question
from budgetkg.store import Store
from budgetkg.store.generations import Generation
from budgetkg.store.results import Answer, Solutions, Substitutions
from budgetkg.store.worker import Asked
from budgetkg.web.asked import AskedStore
from budgetkg.web.remembered import Derived, Remembered
from budgetkg.web.settings import Settings
from budgetkg.web.source import Source

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Site:
    """A graph as the site asks it, and how the site was told to be.

    The source is a crew of processes over a directory or somebody's SPARQL endpoint; whoever asks doesn't
    see which. A query has limits of time, memory and size, and ends when the task that waits for it is
    cancelled, which is what happens when the client leaves (:mod:`budgetkg.web.guarding`).
    """

    source: Source
    settings: Settings = field(default_factory=Settings)
    remembered: Remembered = field(default_factory=Remembered)
    derived: Derived = field(default_factory=Derived)

    @property
    def version(self) -> str:
        """A name that changes with the graph: the generation's digest; empty where it can't be known."""
        return self.source.version()

    @property
    def base(self) -> str:
        """What the IRIs of things begin with."""
        return self.source.base()

    def files(self) -> Generation | None:
        """The files of the graph as it is now; ``None`` behind an endpoint."""
        return self.source.files()

    async def rows(self, text: str, parameters: Substitutions | None = None) -> Solutions:
        """The rows of a SELECT; ``columns`` of the answer are its ``variables``.

        Prefixes of ours need no declaration. Raises QueryError for a query of another form.
        """
        answer = await self.ask(text, parameters)
        if not isinstance(answer, Solutions):
            raise QueryError("rows-only")
        return answer

    async def ask(self, text: str, parameters: Substitutions | None = None) -> Answer:
        """Rows of a SELECT, truth of an ASK, triples of a CONSTRUCT; answers to the same text are kept.

        For texts of ours: what a stranger sends goes to :meth:`answering`, and is not kept.
        """
        terms = dict(parameters or {})
        version = self.version
        if not version:  # nothing tells when an endpoint's graph changes
            return await self.source.ask(text, terms)
        key = (version, text, tuple(sorted((name, str(term)) for name, term in terms.items())))
        return await self.remembered.of(key, lambda: self.source.ask(text, terms))

    def answering(self, asked: Asked) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
        """The pieces of an answer within a block, the first is its kind: SELECT, ASK or CONSTRUCT.

        For SPARQL from outside: nothing is kept, leaving the block early ends the query.
        """
        return self.source.answering(asked)

    async def asking(self, work: Callable[[Store], _T]) -> _T:
        """Whatever asks a store in plain, waiting Python (a stored question, ``explain``), in a thread.

        Every query in it goes through :meth:`ask`, and ends with the task that waits here.
        """
        direct = self.source.at_once()
        if direct is not None:
            return work(direct)
        store = AskedStore(self.ask, asyncio.get_running_loop())
        try:
            return await asyncio.to_thread(work, store)
        finally:
            store.close()

    async def made(self, name: str, make: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
        """What is made of the graph once and used by many pages, until the graph changes."""
        return await self.derived.of(self.version, name, make)

    async def question(self, question: Question, given: Mapping[str, Value] | None = None) -> Solutions:
        """The answer to a stored question, numbered, cut and with its decimals."""
        answer = await self.asking(lambda store: question.ask(store, given or {}))
        if not isinstance(answer, Solutions):
            raise QueryError("rows-only")
        return answer
