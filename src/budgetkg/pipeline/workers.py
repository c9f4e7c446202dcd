"""Mapping a function over sources in several processes."""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from budgetkg.errors import BudgetkgError

Given = TypeVar("Given")
Result = TypeVar("Result")

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


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
    pool = ProcessPoolExecutor(workers, mp_context=context(), initializer=follow_the_parent)
    try:
        with _without_main():  # every job is handed over at once, and with the first its process begins
            results = pool.map(function, given)
        yield from results
    except BrokenProcessPool as error:
        raise BudgetkgError("worker-died") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def follow_the_parent() -> None:
    """Leave Ctrl+C to the parent, and end with it however it ends: an orphan would wait for ever.

    On Linux the kernel sees to that. Elsewhere a thread does, which can't while a library computes without
    a break; such an orphan ends when that is done, and holds nothing that others wait for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_the_parent()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _die_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if sys.platform != "linux" or parent is None:
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent.pid:  # it ended before that was said
        os._exit(1)


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
