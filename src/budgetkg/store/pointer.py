"""A name that leads to another place in the same directory, exchanged in one step.

It is a symbolic link where the file system has links, else a small file that holds the path: Windows
gives links only to some users, and doesn't exchange one in a single step.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from budgetkg.regular import content

_LONGEST = 4096  # bytes of a path
_LINKS = os.name != "nt"


def point(name: Path, target: str) -> None:
    """Let a name lead to ``target``, a path relative to the name's folder."""
    fresh = name.with_name(f".{name.name}.new")
    fresh.unlink(missing_ok=True)
    if not _linked(fresh, target):
        fresh.write_text(f"{target}\n", encoding="utf-8", newline="\n")
    fresh.replace(name)


def pointed(name: Path) -> Path | None:
    """The path that a name leads to, resolved; ``None`` where the name or its target isn't there."""
    try:
        if name.is_symlink() or not name.is_file():
            return name.resolve() if name.exists() else None
        place = (name.parent / content(name, _LONGEST).decode("utf-8").strip()).resolve()
        return place if place.exists() else None
    except (OSError, ValueError, RuntimeError):  # not a path at all; RuntimeError is a link to itself
        return None


def link_inside(name: Path, target: str) -> None:
    """Let a name lead to a path below another name's target (``store`` to ``current/store``).

    Where the system has no links, nothing is written.
    """
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
