"""Jobs in processes of their own, each with a limit of time and memory.

A job that breaks a limit, or its process, costs itself alone: its process is replaced, it is reported
as lost with the reason, and the others go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeAlias, TypeVar

from budgetkg.messages import Message
from budgetkg.pipeline.workers import context, started
from budgetkg.processes.children import end_with_the_parent
from budgetkg.processes.memory import collect_rarely, holds_memory, limit_memory

Given = TypeVar("Given")
Result = TypeVar("Result")

__all__ = ["Guard", "Limits", "guarded", "holds_memory", "tell"]

JobProgress: TypeAlias = Callable[[Given, int, int], None]

# How far the work may run ahead of the result that is waited for: what is done waits in memory.
_AHEAD = 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take.

    Seconds, MiB of memory beyond the program's own, pages, and objects that a page draws.

    Memory is held where the system lets a process limit itself (:func:`holds_memory`): not on Windows.
    """

    seconds: float = 300
    memory: int = 2048
    pages: int = 3000
    objects: int = 200_000


@dataclass(frozen=True, slots=True)
class _Step:
    """What a job sends while it runs: how many parts (pages) it has done, of how many."""

    done: int
    total: int


def _nobody_listens(done: int, total: int) -> None: ...


_listener: ContextVar[Callable[[int, int], None]] = ContextVar("listener", default=_nobody_listens)


def tell(done: int, total: int) -> None:
    """Say from within a job how far it has come; ``guarded`` passes it on to its ``progress``."""
    _listener.get()(done, total)


class _Worker(Generic[Given, Result]):
    """A process that does one job after the other."""

    def __init__(self, function: Callable[[Given], Result], limits: Limits) -> None:
        self._function, self._limits = function, limits
        self.number: int | None = None
        self.deadline = float("inf")
        self._start()

    def _start(self) -> None:
        kind = context()
        self.pipe, theirs = kind.Pipe()
        self._process = started(kind, _work, theirs, self._function, self._limits.memory)
        theirs.close()

    def give(self, number: int, job: Given) -> None:
        """Begin a job."""
        self.number, self.deadline = number, time.monotonic() + self._limits.seconds
        self.pipe.send(job)

    def take(self, progress: Callable[[int, int], None]) -> list[Result]:
        """The job's result in a list, an empty list while it runs; raises EOFError if the process has ended.

        The steps that have come in are passed to ``progress``.
        """
        while self.pipe.poll():
            message: Result | _Step = self.pipe.recv()
            if not isinstance(message, _Step):
                self.number, self.deadline = None, float("inf")
                return [message]
            progress(message.done, message.total)
        return []

    def replace(self) -> None:
        """End the process however it is, and start another."""
        self.end()
        self.number, self.deadline = None, float("inf")
        self._start()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


def guarded(
    function: Callable[[Given], Result],
    given: Sequence[Given],
    *,
    workers: int,
    limits: Limits,
    lost: Callable[[Given, Message], Result],
    weight: Callable[[Given], int] = lambda _: 0,
    progress: JobProgress[Given] = lambda *_: None,
) -> Iterator[Result]:
    """Run a function over jobs in processes that are held to limits; the results come in the order given.

    The first jobs are begun at once, the others when results are taken.

    ``lost`` makes the result of a job that broke a limit or ended its process. Of the next few jobs the one
    of the greatest ``weight`` is begun first: a long one begun last would be waited for alone. ``progress``
    is called with a job, its parts done and its parts in all (see :func:`tell`).
    """
    crew = [_Worker(function, limits) for _ in range(workers)]
    queue = _Queue(given, weight, _AHEAD * workers)
    queue.give(crew, 0)
    return _results(crew, queue, limits, lost, progress)


@dataclass(slots=True)
class _Queue(Generic[Given]):
    """The jobs that wait; of the next few the one of the greatest weight is given first."""

    given: Sequence[Given]
    weight: Callable[[Given], int]
    ahead: int
    near: list[int] = field(default_factory=list)
    begun: int = 0

    def give(self, crew: list[_Worker[Given, Any]], wanted: int) -> None:
        """Give jobs to the workers that have none; ``wanted`` is whose result is awaited."""
        reach = min(wanted + self.ahead, len(self.given))
        if reach > self.begun:
            self.near += range(self.begun, reach)
            self.near.sort(key=lambda number: (self.weight(self.given[number]), -number))
            self.begun = reach
        for worker in crew:
            if worker.number is None and self.near:
                number = self.near.pop()
                worker.give(number, self.given[number])


def _results(
    crew: list[_Worker[Given, Result]],
    queue: _Queue[Given],
    limits: Limits,
    lost: Callable[[Given, Message], Result],
    progress: JobProgress[Given],
) -> Iterator[Result]:
    results: dict[int, Result] = {}
    try:
        for wanted in range(len(queue.given)):
            while wanted not in results:
                queue.give(crew, wanted)
                results |= _turn(crew, limits, queue.given, lost, progress)
            yield results.pop(wanted)
    finally:
        for worker in crew:
            worker.end()


class Guard(Generic[Given, Result]):
    """One process for jobs that come one after the other, each held to the limits."""

    def __init__(
        self, function: Callable[[Given], Result], limits: Limits, lost: Callable[[Given, Message], Result]
    ) -> None:
        self._worker, self._limits, self._lost = _Worker(function, limits), limits, lost

    def outcome(self, job: Given) -> Result:
        """The job's result; where it broke a limit or ended the process, what ``lost`` makes of it."""
        self._worker.give(0, job)
        while not (results := _turn([self._worker], self._limits, [job], self._lost, lambda *_: None)):
            pass
        return results[0]

    def end(self) -> None:
        """End the process."""
        self._worker.end()


def _turn(
    crew: list[_Worker[Any, Result]],
    limits: Limits,
    given: Sequence[Given],
    lost: Callable[[Given, Message], Result],
    progress: JobProgress[Given],
) -> dict[int, Result]:
    """Wait until a job has done a step, is done, has ended its process or has run out of time."""
    left = min(worker.deadline for worker in crew) - time.monotonic()
    wait([worker.pipe for worker in crew if worker.number is not None], max(left, 0))
    results: dict[int, Result] = {}
    for worker in crew:
        number = worker.number
        if number is None:
            continue
        job = given[number]
        try:
            received = worker.take(partial(progress, job))
        except EOFError:
            results[number] = lost(job, Message("process-ended"))
            worker.replace()
            continue
        if received:
            (results[number],) = received
        elif time.monotonic() >= worker.deadline:
            results[number] = lost(job, Message("too-slow", seconds=limits.seconds))
            worker.replace()
    return results


def _work(pipe: Connection, function: Callable[[Any], Any], memory: int) -> None:
    end_with_the_parent()
    limit_memory(memory)
    collect_rarely()
    _listener.set(lambda done, total: pipe.send(_Step(done, total)))
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send(function(job))
