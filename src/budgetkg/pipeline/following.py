"""A process that ends with the one that began it."""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from contextlib import suppress

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


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
