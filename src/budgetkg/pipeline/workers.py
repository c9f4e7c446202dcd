"""Mapping a function over sources in several processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from budgetkg.errors import BudgetkgError
from budgetkg.processes.children import end_with_the_parent

Given = TypeVar("Given")
Result = TypeVar("Result")


def worker_count(wanted: int | None, jobs: int) -> int:
    """As many workers as asked for, else one for each processor; never more than there are jobs."""
    if wanted is not None and wanted < 1:
        raise BudgetkgError("workers-needed", count=wanted)
    return max(1, min(wanted or _processors(), jobs))


def _processors() -> int:
    """The processors this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def context() -> BaseContext:
    """How processes are begun: forked where that is safe, which is quicker, else as new interpreters."""
    forks = hasattr(os, "fork") and sys.platform != "darwin"
    return multiprocessing.get_context("fork" if forks else "spawn")


def started(kind: BaseContext, target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process that runs a function of ours and ends with this one."""
    process: BaseProcess = kind.Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
    with _without_main():
        process.start()
    return process


@contextmanager
def _without_main() -> Iterator[None]:
    """Begin processes that don't run the user's script again, which then needs no main guard.

    A new interpreter imports the main module of the one that began it, for functions that are defined
    there; ours never are.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def over_processes(
    function: Callable[[Given], Result], given: Sequence[Given], workers: int
) -> Iterator[Result]:
    """The results in the order of what was given; one worker means this process."""
    if workers == 1:
        yield from map(function, given)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(workers, mp_context=context(), initializer=end_with_the_parent)
    try:
        with _without_main():  # every job is handed over at once, and with the first its process begins
            results = pool.map(function, given)
        yield from results
    except BrokenProcessPool as error:
        raise BudgetkgError("worker-died") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
