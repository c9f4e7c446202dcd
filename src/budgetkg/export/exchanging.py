"""A folder that takes the place of another in one step of the system, so that one of them is always there."""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from budgetkg.errors import BudgetkgError, why
from budgetkg.store.durable import naming, sync_folder
from budgetkg.store.locks import hold, is_held

_HERE = -100  # AT_FDCWD: paths are as they are
_EXCHANGE = 2  # RENAME_EXCHANGE
_LOCK = "lock"


@contextmanager
def exchanging(out: Path) -> Iterator[Path]:
    """An empty folder to fill beside ``out``, which takes its place at the end; else ``out`` is as it was.

    What a killed run left behind is deleted. Raises BudgetkgError for a place that can't be written.
    """
    out = out.resolve()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _clear(out)
        beside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise BudgetkgError("cant-be-written", path=out, reason=why(error)) from error
    descriptor = os.open(beside / _LOCK, os.O_RDWR | os.O_CREAT)
    try:
        hold(descriptor)
        fresh = beside / "new"
        fresh.mkdir()
        with naming(out):
            yield fresh
            _exchange(fresh, out, beside / "old")
        sync_folder(out.parent)
    finally:
        os.close(descriptor)
        shutil.rmtree(beside, ignore_errors=True)


def _clear(out: Path) -> None:
    for path in out.parent.glob(f".{glob.escape(out.name)}.????????"):
        if (path / _LOCK).is_file() and not is_held(path / _LOCK):
            shutil.rmtree(path, ignore_errors=True)


def _exchange(fresh: Path, out: Path, old: Path) -> None:
    """Put ``fresh`` at ``out``; where the system can't exchange two folders it takes two steps."""
    if not out.exists():
        fresh.rename(out)
    elif not _in_one_step(fresh, out):
        out.rename(old)
        try:
            fresh.rename(out)
        except BaseException:
            with suppress(OSError):
                old.rename(out)
            raise


def _in_one_step(fresh: Path, out: Path) -> bool:
    """Exchange two folders; whether the system and the file system can."""
    rename = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    )
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(fresh), _HERE, os.fsencode(out), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(out))
