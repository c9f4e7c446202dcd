"""Writing the graph out: one format per file, discovered by name."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

from budgetkg.errors import BudgetkgError, UnknownName, why
from budgetkg.export.folders import replacing_folder
from budgetkg.formats import FOLDERS, FORMATS, check, file_name, names
from budgetkg.store.generations import Generation

Writer: TypeAlias = Callable[[Generation, BinaryIO], None]
FolderWriter: TypeAlias = Callable[..., None]

__all__ = [
    "FOLDERS", "FORMATS", "check", "export_file", "export_to", "file_name", "names", "replacing", "writer",
]  # fmt: skip

def writer(name: str) -> Writer:
    """The function that writes one format."""
    check(name)
    if name in FOLDERS:
        raise UnknownName("format-is-a-folder", name=name)
    found: Writer = importlib.import_module(_module(name)).write
    return found


def export_to(generation: Generation, name: str, out: Path, *, spreadsheet: bool = False) -> None:
    """Write one format to a file or folder that appears only when it is whole."""
    check(name)
    if name not in FOLDERS:
        export_file(generation, name, out)
        return
    write: FolderWriter = importlib.import_module(_module(name)).write
    with replacing_folder(out, FOLDERS[name]) as folder:
        write(generation, folder, spreadsheet=spreadsheet)


def _module(name: str) -> str:
    return f"budgetkg.export.{name.replace('-', '_')}"


def export_file(generation: Generation, name: str, out: Path) -> None:
    """Write one format to a file that appears only when it is whole."""
    write = writer(name)
    with replacing(out) as stream:
        write(generation, stream)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A binary stream that takes the place of a file when all went well, and else leaves it alone."""
    if out.exists() and not out.is_file():
        if out.is_dir():
            raise BudgetkgError("a-directory-no-file", path=out)
        with out.open("wb") as device:  # a pipe takes what it is given
            yield device
        return
    fresh, stream = _beside(out)
    try:
        with stream:
            yield stream
        fresh.chmod(0o666 & ~_umask())
        fresh.replace(out)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _beside(out: Path) -> tuple[Path, BinaryIO]:
    try:
        descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise BudgetkgError("cant-be-written", path=out, reason=why(error)) from error
    return Path(name), os.fdopen(descriptor, "wb")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
