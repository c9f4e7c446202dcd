"""From what a user names to files: files, folders with all that is in them, globs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from budgetkg.errors import UnreadableDocument, why
from budgetkg.messages import Message

PathLike: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no document: its name, and the message that says why (in English as a string)."""

    source: str
    reason: Message


def expand(
    sources: Iterable[str | os.PathLike[str]], outside: Path | None = None
) -> tuple[list[Path], list[Failure]]:
    """The files that the sources name, each once, folders sorted; and the sources that name none.

    What lies in ``outside``, the directory that a build writes, is no source.
    """
    files: dict[Path, None] = {}
    failures: list[Failure] = []
    for source in (os.fspath(source) for source in sources):
        named, left_out = _named(source)
        readable = [path for path in named if not _lies_in(path, outside)]
        files.update(dict.fromkeys(readable))
        failures += [failure for failure in left_out if not _lies_in(Path(failure.source), outside)]
        if not readable and not left_out:
            failures.append(Failure(source, _why_nothing(source)))
    unique = {_real(path): path for path in reversed(files)}
    return [path for path in files if unique[_real(path)] is path], failures


def name_of(path: Path) -> str:
    """The name of a source; bytes of it that are no UTF-8 are written as ``\\xb1``."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _real(path: Path) -> str:
    """Where a path leads; unlike ``Path.resolve`` this fails for no link, not even one to itself."""
    return os.path.realpath(path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a source, or one line that says why there are none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(str(path), why(error)) from error


def _named(source: str) -> tuple[list[Path], list[Failure]]:
    """The files that a source names, and what it names that can't be read as one."""
    path = Path(source)
    if path.is_file():
        return [path], []
    if path.is_dir():
        return _inside(path)
    if not glob.has_magic(source):
        return [], []
    # pathlib globs below a directory that it is given; here the whole pattern is the user's.
    matches = [Path(name) for name in sorted(glob.glob(source, recursive=True))]  # noqa: PTH207
    files: list[Path] = []
    left_out: list[Failure] = []
    for match in matches:
        if match.is_dir():
            inside, failures = _inside(match)
            files, left_out = files + inside, left_out + failures
        elif match.is_file():
            files.append(match)
        else:
            left_out.append(Failure(str(match), _why_nothing(str(match))))
    return files, left_out


def _inside(folder: Path) -> tuple[list[Path], list[Failure]]:
    """The files of a folder and all its subfolders, sorted; hidden ones are not documents.

    A link to a folder is not followed, because it may lead anywhere, and round in a circle.
    """
    files: list[Path] = []
    left_out: list[Failure] = []

    def unseen(error: OSError) -> None:
        left_out.append(Failure(str(error.filename), why(error)))

    for at, folders, names in os.walk(folder, onerror=unseen):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(at, name) for name in (*names, *folders) if not name.startswith(".")):
            if path.is_file():
                files.append(path)
            elif path.is_symlink() and path.is_dir():
                left_out.append(Failure(str(path), Message("link-to-folder")))
            elif not path.is_dir():
                left_out.append(Failure(str(path), _why_nothing(str(path))))
    return sorted(files), sorted(left_out, key=lambda failure: failure.source)


def _lies_in(path: Path, directory: Path | None) -> bool:
    return directory is not None and Path(_real(path)).is_relative_to(_real(directory))


def _why_nothing(source: str) -> Message:
    if Path(source).is_dir():
        return Message("no-file-in-folder")
    if Path(source).exists():
        return Message("not-a-regular-file")
    if Path(source).is_symlink():
        return Message("dead-link")
    return Message("no-file-matches") if glob.has_magic(source) else Message("no-such-file")
