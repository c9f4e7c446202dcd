"""The documents' own files in the folder that ``--sources`` names: each by the SHA-256 of its bytes.

A name says nothing of what a file holds, and nobody outside names a path: a file is found by the
fingerprint that the graph has of it, or not at all.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from pathlib import Path

from budgetkg.store.manifest import sha256

MOST = 100_000
"""Files that are looked at: a folder with more is somebody's whole disk."""


def by_digest(folder: Path) -> dict[str, Path]:
    """The regular files within a folder by their SHA-256; of equal ones the first by its path."""
    root = folder.resolve()
    found: dict[str, Path] = {}
    for path in sorted(islice(root.rglob("*"), MOST)):
        if path.is_file() and path.resolve().is_relative_to(root):
            state = path.stat()
            found.setdefault(_digest(path, state.st_size, state.st_mtime_ns), path)
    return found


@lru_cache(maxsize=MOST)
def _digest(path: Path, size: int, changed: int) -> str:
    """The fingerprint of a file as it is; it is read anew when its size or time of change differs."""
    return sha256(path)
