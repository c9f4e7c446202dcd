"""From what a user names to files: files, folders and archives with all that is in them, globs, lists."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from budgetkg.errors import BudgetkgError, UnreadableDocument, why
from budgetkg.messages import Message
from budgetkg.origins import Origin, is_list, read_list
from budgetkg.pipeline.archives import archive_of, is_archive, members, read_member

PathLike: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no document: its name, and the message that says why (in English as a string)."""

    source: str
    reason: Message


@dataclass(slots=True)
class Sources:
    """The files to read, each once; what names none; and where files come from, as far as a list says.

    ``origins`` has resolved paths, ``read`` the files in which each document was found.
    """

    files: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    origins: dict[Path, Origin] = field(default_factory=dict)
    read: dict[str, list[Path]] = field(default_factory=dict)

    def take(self, path: Path, key: str) -> None:
        """Note that a file holds the document with a key."""
        self.read.setdefault(key, []).append(path)

    @property
    def repeated(self) -> tuple[tuple[Path, ...], ...]:
        """The files of the same bytes, which are one document, sorted."""
        several = (tuple(sorted(set(paths))) for paths in self.read.values())
        return tuple(sorted(paths for paths in several if len(paths) > 1))


def expand(sources: Iterable[str | os.PathLike[str]], outside: Path | None = None) -> Sources:
    """The files that the sources name, folders sorted.

    An archive is read as a folder; a list of sources adds the files that it names to the others. What lies in
    ``outside``, the directory that a build writes, is no source.
    """
    files: dict[Path, None] = {}
    found = Sources()
    outside = _real(outside) if outside is not None else None
    for source in (os.fspath(source) for source in sources):
        named, left_out = _named(source)
        readable = [path for path in named if not _lies_in(path, outside)]
        found.failures += [failure for failure in left_out if not _lies_in(Path(failure.source), outside)]
        for path in readable:
            files.update(dict.fromkeys(_opened(path, found)))
        if not readable and not left_out:
            found.failures.append(Failure(source, _why_nothing(source)))
    unique = {_real(path): path for path in reversed(files)}
    found.files = [path for path in files if unique[_real(path)] is path]
    return found


def _opened(path: Path, found: Sources) -> list[Path]:
    """The files that a file stands for: those of an archive or of a list, else the file itself."""
    if is_list(path):
        return _listed(path, found)
    if is_archive(path):
        try:
            inside = members(path)
        except UnreadableDocument as error:
            found.failures.append(Failure(str(path), error.cause))
            return []
        found.failures += [
            Failure(str(file), Message("zip-name-twice", count=count))
            for file, count in inside.several.items()
        ]
        return list(inside.paths)
    return [path]


def _listed(path: Path, found: Sources) -> list[Path]:
    """The files of a list; notes where they come from, and the rows that name none."""
    try:
        rows = read_list(path)
    except BudgetkgError as error:
        found.failures.append(Failure(str(path), error.message))
        return []
    files: list[Path] = []
    for row in rows:
        file = path.parent / row.file
        fault = row.fault
        if fault is None and not row.file:
            fault = Message("source-not-collected", url=row.origin.url)
        elif fault is None and not file.is_file() and archive_of(file) is None:
            fault = Message("source-not-there", file=row.file)
        if fault is not None:
            found.failures.append(Failure(f"{path}:{row.line}", fault))
            continue
        opened = _opened(file, found) if not is_list(file) else []
        files += opened
        found.origins.update({_real(each): row.origin for each in (file, *opened)})
    return files


def name_of(path: Path) -> str:
    """The name of a source; bytes of it that are no UTF-8 are written as ``\\xb1``."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_bytes(path: Path) -> bytes:
    """The bytes of a source, in an archive or not, or one line that says why there are none."""
    try:
        archive = None if path.is_file() else archive_of(path)
        return path.read_bytes() if archive is None else read_member(path, archive)
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
    """Does a path lead into a directory, given by where it is in truth?"""
    return directory is not None and _real(path).is_relative_to(directory)


def _real(path: Path) -> Path:
    """The place that a path leads to; of a link to itself, the link (where Path.resolve raises)."""
    return Path(os.path.realpath(path))


def _why_nothing(source: str) -> Message:
    if Path(source).is_dir():
        return Message("no-file-in-folder")
    if Path(source).exists():
        return Message("not-a-regular-file")
    if Path(source).is_symlink():
        return Message("dead-link")
    return Message("no-file-matches") if glob.has_magic(source) else Message("no-such-file")
