"""Files that somebody may have exchanged for something else: a pipe, a device, a terabyte of zeros.

Opening a pipe waits for whoever writes to it, and a device may never end. What is read by its name in a
graph's directory is therefore looked at before it is waited for.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from budgetkg.messages import Message

LARGEST = 4 << 30
"""Bytes of a file that is read whole: far more than any of ours has."""

# Opening a pipe returns at once then; for a file it means nothing. Windows knows neither.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """A file to read; raises OSError for whatever isn't a regular one."""
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        raise OSError(errno.EINVAL, Message("not-a-regular-file"), str(path))
    with os.fdopen(descriptor, "rb") as stream:
        yield stream


def content(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a regular file; raises OSError where it is none, or has more bytes than ``most``."""
    with opened(path) as stream:
        if os.fstat(stream.fileno()).st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return stream.read()


def cleared(path: Path) -> None:
    """Make room for a file: delete what stands under its name, a folder too; of a link, not its target."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
