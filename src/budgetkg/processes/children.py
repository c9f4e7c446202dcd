"""Processes for one job: begun as cheaply as is safe, and never left behind."""

from __future__ import annotations

import ctypes
import faulthandler
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import types
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG
_names = threading.Lock()


def context(*, copied: bool) -> BaseContext:
    """How a process is begun.

    ``copied``: as a copy of this one, which takes milliseconds. That is safe only while this process has one
    thread and no store open; else it comes from a small server of processes, or is a new interpreter.
    """
    methods = multiprocessing.get_all_start_methods() if hasattr(os, "fork") else ["spawn"]
    if copied and "fork" in methods and sys.platform != "darwin" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    if "forkserver" in methods:
        made = multiprocessing.get_context("forkserver")
        made.set_forkserver_preload(["budgetkg.store.worker"])
        return made
    return multiprocessing.get_context("spawn")


def begun(kind: BaseContext, target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process that runs a function of ours, without running the user's script again."""
    process: BaseProcess = kind.Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
    with _names:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
    return process


def end_with_the_parent() -> None:
    """Called in a child: leave Ctrl+C to the parent, and end when it ends, even in the midst of C code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    # The system's signal ends what is stuck in C code. It also comes when only the thread ends that began
    # this process: that is the only thread of a copied process's parent, or the server's.
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if multiprocessing.connection.wait([parent.sentinel], 0):  # it ended before that was said
            os._exit(1)
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def silence() -> None:
    """What a library's native code says as it dies is for its makers; the user is told one line by us."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
