"""Mapping a function over sources in several processes."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from budgetkg.errors import BudgetkgError

Given = TypeVar("Given")
Found = TypeVar("Found")


def worker_count(wanted: int | None, jobs: int) -> int:
    """As many workers as asked for, else one for each processor; never more than there are jobs."""
    if wanted is not None and wanted < 1:
        raise BudgetkgError(f"{wanted} workers: at least one is needed")
    return max(1, min(wanted or _processors(), jobs))


def _processors() -> int:
    """The processors this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over_processes(
    function: Callable[[Given], Found], given: Sequence[Given], workers: int
) -> Iterator[Found]:
    """The results in the order of what was given; one worker means this process."""
    if workers == 1:
        yield from map(function, given)
        return
    # Forked, so that a script of a user's needs no main guard; nothing of ours runs threads before.
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=follow_the_parent)
    try:
        yield from pool.map(function, given)
    except BrokenProcessPool as error:
        reason = "a worker process died (out of memory?); nothing was changed, try --workers 1"
        raise BudgetkgError(reason) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def follow_the_parent() -> None:
    """Leave Ctrl+C to the parent, and end with it however it ends: an orphan would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
