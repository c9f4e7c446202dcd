"""How many files a process may have open: some engines keep as many open as the system lets them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import resource
except ImportError:  # Windows: the limit is the C library's own
    resource = None  # type: ignore[assignment]

_ROOM = 48
"""Files that whoever begins meanwhile may need at once: an engine opens some twenty, libraries a few."""


@contextmanager
def few_files(most: int) -> Iterator[None]:
    """Let this process open so many files only, while it begins what goes by that limit.

    Where it has too many open already, or may have fewer than that, the limit stays as it is.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE) if resource is not None else (0, 0)
    lowered = not 0 <= soft <= most and _open() + _ROOM <= most  # no limit is a number below 0
    if lowered:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        yield
    finally:
        if lowered:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _open() -> int:
    try:
        return len(os.listdir("/dev/fd"))  # noqa: PTH208 - numbers, no paths
    except OSError:
        return 1 << 20  # not to be known on this system: nothing is limited
