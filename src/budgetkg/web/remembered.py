"""Answers that are kept: a page asks the same as it did for the last reader, until the graph changes."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, TypeVar

from budgetkg.store.results import Answer, Solutions

_MOST_CELLS = 2_000_000
"""Cells of all kept answers together: some 300 MB at most, where every cell is a long text."""
_LARGEST = 200_000
"""Cells of an answer that is kept: a tenth of all, so that one doesn't drive out the others."""
_MINUTE = 60

_T = TypeVar("_T")


class Remembered:
    """Answers by what was asked of which graph; those not asked for longest go first.

    Several who ask the same at once wait for one query.
    """

    def __init__(self, most: int = _MOST_CELLS) -> None:
        self._most, self._cells = most, 0
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._asked: dict[Hashable, asyncio.Lock] = {}
        self.hits = self.misses = 0

    async def of(self, key: Hashable, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """The kept answer, else the one that ``ask`` gives."""
        lock = self._asked.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if key in self._kept:
                    self.hits += 1
                    self._kept.move_to_end(key)
                    return self._kept[key]
                self.misses += 1
                answer = await ask()
                self._keep(key, answer)
                return answer
        finally:
            if not lock.locked():
                self._asked.pop(key, None)

    def _keep(self, key: Hashable, answer: Answer) -> None:
        size = _cells(answer)
        if size > _LARGEST:
            return
        self._kept[key] = answer
        self._cells += size
        while self._cells > self._most:
            _, gone = self._kept.popitem(last=False)
            self._cells -= _cells(gone)


class Derived:
    """Things made of answers, by name: each once for a state of the graph.

    Behind an endpoint nothing tells when the graph changes, so they are made anew after a minute.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, float, asyncio.Task[Any]]] = {}

    async def of(self, version: str, name: str, make: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
        """The thing of a name; whoever asks meanwhile waits for the same making."""
        now = time.monotonic()
        kept = self._made.get(name)
        if (
            kept is None
            or kept[0] != version
            or (not version and now - kept[1] > _MINUTE)
            or _failed(kept[2])
        ):
            kept = (version, now, asyncio.ensure_future(make()))
            self._made[name] = kept
        made: _T = await asyncio.shield(kept[2])
        return made


def _failed(task: asyncio.Task[Any]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


def _cells(answer: Answer) -> int:
    if isinstance(answer, Solutions):
        return 1 + len(answer.rows) * len(answer.variables)
    return 1 + (3 * len(answer) if isinstance(answer, tuple) else 0)
