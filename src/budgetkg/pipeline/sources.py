"""From what a user names to files: files, folders with all that is in them, globs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from budgetkg.errors import UnreadableDocument

PathLike: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no document: one line that names it and says why."""

    source: str
    reason: str


def expand(
    sources: Iterable[str | os.PathLike[str]], outside: Path | None = None
) -> tuple[list[Path], list[Failure]]:
    """The files that the sources name, each once, folders sorted; and the sources that name none.

    What lies in ``outside``, the directory that a build writes, is no source.
    """
    files: dict[Path, None] = {}
    failures = []
    for source in (os.fspath(source) for source in sources):
        found = [path for path in _named(source) if not _lies_in(path, outside)]
        files.update(dict.fromkeys(found))
        if not found:
            failures.append(Failure(source, _why_nothing(source)))
    unique = {path.resolve(): path for path in reversed(files)}
    return [path for path in files if unique[path.resolve()] is path], failures


def read_bytes(path: Path) -> bytes:
    """The bytes of a source, or one line that says why there are none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(str(path), error.strerror or type(error).__name__) from error


def _named(source: str) -> list[Path]:
    path = Path(source)
    if path.is_file():
        return [path]
    if path.is_dir():
        return _inside(path)
    if not glob.has_magic(source):
        return []
    # pathlib globs below a directory it is told; here the whole pattern is the user's.
    matches = [Path(name) for name in sorted(glob.glob(source, recursive=True))]  # noqa: PTH207
    return [found for match in matches for found in ([match] if match.is_file() else _inside(match))]


def _inside(folder: Path) -> list[Path]:
    """The files of a folder and all its subfolders, sorted; hidden ones are not documents."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder)]


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _lies_in(path: Path, directory: Path | None) -> bool:
    return directory is not None and path.resolve().is_relative_to(directory.resolve())


def _why_nothing(source: str) -> str:
    if Path(source).is_dir():
        return "no file in this folder"
    if Path(source).exists():
        return "not a regular file"
    return "no file matches" if glob.has_magic(source) else "no such file"
