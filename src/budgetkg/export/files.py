"""Files and folders that appear, or take the place of older ones, only when they are whole."""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from budgetkg.errors import BudgetkgError, why
from budgetkg.export.exchanging import exchanging
from budgetkg.store.durable import naming, sync_folder
from budgetkg.store.locks import hold, is_held

_HALF = ".half"  # what the name of a file ends in that is being written


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A binary stream whose content replaces a file at the end; after an error the file is as it was.

    What a killed run began of the same file is deleted. Raises :class:`BudgetkgError` for a folder and for a
    place that can't be written.
    """
    if out.exists() and not out.is_file():
        if out.is_dir():
            raise BudgetkgError("a-directory-no-file", path=out)
        with out.open("wb") as device:  # a pipe takes what it is given
            yield device
        return
    try:
        _clear(out.parent, f".{glob.escape(out.name)}.????????{_HALF}")
        descriptor, name = tempfile.mkstemp(_HALF, f".{out.name}.", out.parent)
    except OSError as error:
        raise _unwritable(out, error) from error
    fresh = Path(name)
    try:
        with naming(out), os.fdopen(descriptor, "wb") as stream:
            hold(descriptor)
            yield stream
            stream.flush()
            os.fsync(descriptor)
            fresh.chmod(0o666 & ~_umask())
            fresh.replace(out)
        sync_folder(out.parent)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def clear_leftovers(folder: Path) -> None:
    """Delete files that :func:`replacing` began in a folder and that nobody writes any more."""
    _clear(folder, f".*.????????{_HALF}")
    _clear(folder, ".*.????????")  # as earlier versions called them


def _clear(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        if path.is_file() and not is_held(path):
            path.unlink(missing_ok=True)


@contextmanager
def replacing_folder(out: Path, main: str) -> Iterator[Path]:
    """An empty folder to fill, which replaces ``out`` at the end; after an error ``out`` is as it was.

    A folder that exists is replaced only if it is empty or an earlier export, known by ``main``, the file
    that every export of the format has; else :class:`BudgetkgError` is raised.
    """
    if out.exists() and not out.is_dir():
        raise BudgetkgError("a-file-no-folder", path=out)
    if out.is_dir() and any(out.iterdir()) and not (out / main).is_file():
        raise BudgetkgError("folder-of-something-else", path=out, main=main)
    with exchanging(out) as fresh:
        yield fresh


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV with a line of column names, lines ended by LF on every system."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON in UTF-8, keys in the order given, lines ended by LF."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _unwritable(out: Path, error: OSError) -> BudgetkgError:
    return BudgetkgError("cant-be-written", path=out, reason=why(error))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
