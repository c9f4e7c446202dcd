"""Formats of several files: a folder that appears, or is exchanged, only when it is whole."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from budgetkg.errors import BudgetkgError, why


@contextmanager
def replacing_folder(out: Path, main: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of ``out`` when all went well.

    What stands there is exchanged only where it is empty or an earlier export: ``main`` is the file
    that each export of the format has.
    """
    if out.exists() and not out.is_dir():
        raise BudgetkgError("a-file-no-folder", path=out)
    if out.is_dir() and any(out.iterdir()) and not (out / main).is_file():
        raise BudgetkgError("folder-of-something-else", path=out, main=main)
    try:
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise BudgetkgError("cant-be-written", path=out, reason=why(error)) from error
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
