"""A name that leads to another place in the same directory, exchanged in one step.

It is a symbolic link where the file system has links, else a small file that holds the path: Windows
gives links only to some users, and doesn't exchange one in a single step.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_LINKS = os.name != "nt"


def point(name: Path, target: str) -> None:
    """Let a name lead to ``target``, relative to where the name stands."""
    fresh = name.with_name(f".{name.name}.new")
    fresh.unlink(missing_ok=True)
    if not _linked(fresh, target):
        fresh.write_text(f"{target}\n", encoding="utf-8", newline="\n")
    fresh.replace(name)


def pointed(name: Path) -> Path | None:
    """Where a name leads, resolved; ``None`` where it isn't there or leads nowhere."""
    if name.is_symlink() or not name.is_file():
        return name.resolve() if name.exists() else None
    place = (name.parent / name.read_text("utf-8").strip()).resolve()
    return place if place.exists() else None


def lead(name: Path, target: str) -> None:
    """Give a path inside of what a name leads to a name of its own, where the system has links."""
    with suppress(OSError):
        _linked(name, target)


def _linked(name: Path, target: str) -> bool:
    if not _LINKS:
        return False
    try:
        name.symlink_to(target)
    except FileExistsError:
        raise
    except OSError:  # FAT, some network drives
        return False
    return True
