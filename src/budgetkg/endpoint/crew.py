"""A crew of processes over the current generation, of which each answers one query at a time.

A query ends with its process when it breaks a limit or nobody waits for it any more; the others go on. A
build that exchanges the generation is seen with the next query.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from budgetkg.errors import CrewBusy
from budgetkg.store.generations import current
from budgetkg.store.locks import Reading
from budgetkg.store.worker import Asked, Limits, Worker


class Crew:
    """Processes over the graph in a directory; ``patience`` is how long a query waits for one, in seconds."""

    def __init__(self, directory: Path, limits: Limits, size: int = 4, patience: float = 10) -> None:
        self._directory, self._limits, self._patience = directory, limits, patience
        self._free = asyncio.Semaphore(size)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="query")
        self._store: Path | None = None
        self._held: Reading | None = None
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()

    async def begin(self) -> None:
        """Begin a first process; raises StoreError where the graph can't be opened."""
        worker = self._take()
        await asyncio.get_running_loop().run_in_executor(self._threads, worker.begin)
        self._idle.append(worker)

    @asynccontextmanager
    async def answering(self, asked: Asked) -> AsyncIterator[AsyncGenerator[bytes, None]]:
        """The pieces of an answer (:meth:`Worker.ask`) within a block; leaving it early ends the query.

        Raises CrewBusy where every process stays busy.
        """
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError as error:
            raise CrewBusy("crew-busy", seconds=self._patience) from error
        worker: Worker | None = None
        try:
            worker = self._take()
            self._busy.add(worker)
            pieces = self._pieces(worker, asked)
            try:
                yield pieces
            finally:
                await pieces.aclose()
        finally:
            if worker is not None:
                self._busy.discard(worker)
                self._give_back(worker)
            self._free.release()

    async def _pieces(self, worker: Worker, asked: Asked) -> AsyncGenerator[bytes, None]:
        pieces = worker.ask(asked)
        loop = asyncio.get_running_loop()
        step = None
        try:
            while True:
                step = loop.run_in_executor(self._threads, next, pieces, None)
                piece = await asyncio.shield(step)
                if piece is None:
                    return
                yield piece
        finally:
            # A thread that waits for the process is released by its end, never left behind.
            if step is not None and not step.done():
                worker.stop()
                await asyncio.wait([step])
                step.exception()
            pieces.close()

    def _take(self) -> Worker:
        """A process over the current generation: one at rest, else another."""
        store = current(self._directory).store.resolve()
        if store != self._store:
            for worker in self._idle:
                worker.end()
            self._idle.clear()
            if self._held is not None:
                self._held.close()
            self._store, self._held = store, Reading(store)
        return self._idle.pop() if self._idle else Worker(store, self._limits)

    def _give_back(self, worker: Worker) -> None:
        if worker.store == self._store and worker.is_running:
            self._idle.append(worker)
        else:
            worker.end()

    def close(self) -> None:
        """End every process and let go of the directory."""
        for worker in self._busy:
            worker.stop()
        for worker in self._idle:
            worker.end()
        self._idle.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._held is not None:
            self._held.close()
            self._held = None
