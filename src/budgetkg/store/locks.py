"""Who builds in a graph's directory, and who reads which generation of it.

One build at a time holds ``generations/lock``. Each reader holds a file of its own,
``generations/<digest>.….reader``: a generation is removed only when no such file is held. A file that a
killed reader left behind is held by nobody, and counts for nothing.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkg.errors import StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

GENERATIONS = "generations"
_READER = ".reader"
# A build that was killed leaves its lock for the moment that the system needs to notice.
_PATIENCE = 1.0
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}


@contextmanager
def building(directory: Path) -> Iterator[None]:
    """Keep a second build out of the directory; raises StoreError where one is running.

    On a file system without locks a file says that a build is running, with its machine and process. One
    that a build on this machine left behind when it was killed counts for nothing; of another machine it
    can't be known.
    """
    from filelock import FileLock, SoftFileLock, Timeout

    lock: BaseFileLock = FileLock(directory / GENERATIONS / "lock", timeout=_PATIENCE, fallback_to_soft=False)
    told = SoftFileLock(directory / GENERATIONS / "lock.held", timeout=_PATIENCE)
    try:
        lock.acquire()
        if Path(told.lock_file).exists():  # a machine that has no locks there builds, or did
            with told:
                pass
    except Timeout as error:
        if lock.is_locked:
            lock.release()
            raise StoreError("no-locks", directory=directory, path=told.lock_file) from error
        raise StoreError("build-running", directory=directory) from error
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        lock = _told(directory, told)
    try:
        yield
    finally:
        lock.release()


def _told(directory: Path, lock: BaseFileLock) -> BaseFileLock:
    from filelock import Timeout

    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError("no-locks", directory=directory, path=lock.lock_file) from error
    return lock


def hold(descriptor: int) -> None:
    """Lock a file for as long as it is open; without locks the file alone says that somebody has it."""
    with suppress(OSError):
        _locked(descriptor, blocking=True)


def _locked(descriptor: int, *, blocking: bool) -> bool:
    """Lock a file, or find that somebody else has: by the same call of the system as the library makes.

    Every reader needs this alone, and importing the library takes an eighth of the time of a question.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        from filelock import lock_descriptor

        return lock_descriptor(descriptor, blocking=blocking)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


class Reading:
    """A generation's store is read; nothing removes it until ``close``."""

    def __init__(self, store: Path) -> None:
        """Hold the store at this place; one that lies in no generation needs no hold."""
        self._descriptor: int | None = None
        self._file: Path | None = None
        generation = store.parent
        if generation.parent.name != GENERATIONS:
            return
        # Who may not write there holds nothing: what such a reader has open stays readable all the same.
        with suppress(OSError):
            while self._file is None or not self._file.exists():  # taken for a leftover, just as it was made
                self.close()
                prefix = f"{generation.name}."
                self._descriptor, name = tempfile.mkstemp(_READER, prefix, generation.parent)
                self._file = Path(name)
                hold(self._descriptor)

    def pass_on(self) -> None:
        """Let the program that is executed in place of this one hold the generation on."""
        if self._descriptor is not None:
            os.set_inheritable(self._descriptor, True)

    def close(self) -> None:
        """Let go: a later build may remove the generation."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


def is_read(generation: Path) -> bool:
    """Whether somebody reads a generation; leftovers of readers that were killed are cleared."""
    files = generation.parent.glob(f"{generation.name}.*{_READER}")
    return any(list(map(is_held, files)))  # each is looked at


def is_held(path: Path) -> bool:
    """Whether somebody has a file that it locked; one that a killed process left behind is deleted."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return path.exists()
    try:
        if not _locked(descriptor, blocking=False):
            return True
        path.unlink(missing_ok=True)
    except OSError:
        return path.exists()
    finally:
        os.close(descriptor)
    return False
