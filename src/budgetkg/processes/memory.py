"""The memory of a process: how much it may take beyond what the program takes, and what it gives back."""

from __future__ import annotations

import gc
import mmap
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: no limit of memory can be set there
    resource = None  # type: ignore[assignment]

_MIB = 1 << 20
_NEW_OBJECTS = 20_000
"""New objects after which garbage is looked for; Python's 700 cost a twentieth of the time of a document,
which makes some hundred thousand that live until it is done. More than 20,000 gain nothing further."""


def give_back() -> None:
    """Give memory back to the system that nothing uses any more, where its allocator can.

    The C library of Linux keeps what was freed for whatever is asked for next, some 30 MiB after each large
    step of a build, and the engine's threads keep stores of their own.
    """
    import ctypes  # what only asks a graph needs none of it

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if resource is not None else None
    if trim is not None:
        trim(0)


def holds_memory() -> bool:
    """Whether this system lets a process limit its own memory."""
    return resource is not None and hasattr(resource, "RLIMIT_AS")


def limit_memory(memory: int) -> None:
    """Let this process take so many MiB more than it takes now."""
    if not holds_memory():
        return
    limit = _used() + memory * _MIB
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most in (resource.RLIM_INFINITY, -1) or limit < most:
        with suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def collect_rarely() -> None:
    """Look for garbage less often in this process, and never in what the program has loaded so far."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _used() -> int:
    """The address space that the program takes before it reads anything."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return _MIB << 10  # no such file on this system: more than the program takes anywhere
    return pages * mmap.PAGESIZE
