"""A store for code that waits, over one for tasks: explanations and stored questions ask it from a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeAlias

from budgetkg.errors import StoreError
from budgetkg.resources import internal_query
from budgetkg.store.results import Answer, Solutions, Substitutions

Ask: TypeAlias = Callable[[str, Substitutions | None], Coroutine[Any, Any, Answer]]


class AskedStore:
    """A store whose every query is a task of the loop; ``close`` ends the one that is being answered."""

    def __init__(self, ask: Ask, loop: asyncio.AbstractEventLoop) -> None:
        self._ask, self._loop = ask, loop
        self._waiting: Future[Answer] | None = None
        self._closed = False

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; called from another thread than the loop's."""
        if self._closed:
            raise StoreError("client-gone")
        self._waiting = asyncio.run_coroutine_threadsafe(self._ask(text, substitutions), self._loop)
        try:
            return self._waiting.result()
        except CancelledError as error:
            raise StoreError("client-gone") from error

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        found = self.query(internal_query("graphs"))
        rows = found.rows if isinstance(found, Solutions) else ()
        return tuple(sorted(str(getattr(row[0], "value", "")) for row in rows))

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._closed = True
        if self._waiting is not None:
            self._waiting.cancel()
