"""Files and folders that appear, or take the place of older ones, only when they are whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from budgetkg.errors import BudgetkgError


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A binary stream that takes the place of a file when all went well, and else leaves it alone."""
    if out.exists() and not out.is_file():
        if out.is_dir():
            raise BudgetkgError(f"{out}: a directory, not a file")
        with out.open("wb") as device:  # a pipe takes what it is given
            yield device
        return
    try:
        descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise _unwritable(out, error) from error
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        fresh.chmod(0o666 & ~_umask())
        fresh.replace(out)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@contextmanager
def replacing_folder(out: Path, main: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of ``out`` when all went well.

    What stands there is exchanged only where it is empty or an earlier export: ``main`` is the file
    that each export of the format has.
    """
    if out.exists() and not out.is_dir():
        raise BudgetkgError(f"{out}: a file; this format is a folder of files")
    if out.is_dir() and any(out.iterdir()) and not (out / main).is_file():
        raise BudgetkgError(f"{out}: holds files of something else (no {main}); choose another place")
    try:
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        inner = fresh / "new"
        inner.mkdir()
        yield inner
        if out.exists():
            out.rename(fresh / "old")
        inner.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_json(path: Path, value: Any) -> None:
    """JSON with fixed order and line ends."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _unwritable(out: Path, error: OSError) -> BudgetkgError:
    return BudgetkgError(f"{out}: can't be written ({error.strerror})")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
