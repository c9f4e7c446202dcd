"""What must not be lost: files and folders that are handed to the disk, and errors that name their file.

A rename is atomic, and still a power cut may keep it and lose what the file held: so a file is synced
before anything leads to it, and a folder after a name in it has changed. Where a system can't do that
(folders on Windows) it is left to the system.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from budgetkg.errors import StoreError, why
from budgetkg.store.manifest import inodes_of

_AT_ONCE = 8  # a journal takes several files in one go


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name the file in an error of the system: a full disk says neither which file nor which disk."""
    try:
        yield
    except BrokenPipeError:  # of who reads what we print
        raise
    except OSError as error:
        if not isinstance(error.filename, str) or error.filename == str(path):
            raise StoreError("cant-be-written", path=path, reason=why(error)) from error
        # Deleting a tree names only the last part of what it can't delete.
        raise StoreError("at-path", path=path / error.filename, reason=why(error)) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file; raises StoreError with its name and the reason."""
    with naming(path):
        path.write_bytes(data)


def replace_bytes(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; what other folders link to stays as it is."""
    fresh = path.with_name(f".{path.name}.new")
    with naming(path):
        fresh.write_bytes(data)
        sync_file(fresh)
        fresh.replace(path)
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Hand a file's content to the disk."""
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_files(paths: Iterable[Path]) -> None:
    for path in paths:
        sync_file(path)


def sync_folder(path: Path) -> None:
    """Hand the names in a folder to the disk, where the system can."""
    with suppress(OSError):  # a folder that may not be read, a file system that knows nothing of it
        if os.name != "nt":
            sync_file(path)


def sync_tree(folder: Path, safe: Mapping[str, int] | None = None) -> None:
    """Hand a folder with all that is in it to the disk.

    ``safe`` are files by their names in it, with their inodes, that are on the disk already: only the names
    of these are new.
    """
    held = safe or {}
    now = sorted(inodes_of(folder).items())
    files = [path for name, inode in now if held.get(name) != inode and (path := folder / name).is_file()]
    with naming(folder), ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(_sync_files, (files[at::_AT_ONCE] for at in range(_AT_ONCE))))
        for inner, _, _ in os.walk(folder, topdown=False):
            sync_folder(Path(inner))
