"""Everything of this program that may decide how a document is read, as one hash."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from budgetkg.reading.office import installed
from budgetkg.resources import PACKAGE, directory

_DATA = ("ontology", "shapes", "queries")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def software() -> str:
    """A hash of our code and data, of the libraries that are installed for it, and of the interpreter.

    By content, because a checkout changes without its version. Differs between machines, so it is no part of
    what a graph is named by.
    """
    whole = hashlib.sha256(f"{sys.version}\n{installed()}\n".encode())
    for line in _libraries():
        whole.update(f"{line}\n".encode())
    for root in (PACKAGE, *map(directory, _DATA)):
        for path in _files(root):
            own = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{root.name}/{path.relative_to(root).as_posix()} {own}\n".encode())
    return whole.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _libraries() -> Iterator[str]:
    """Each library that is asked for, extras too, with its version; those that aren't there say so."""
    try:
        wanted = requires("budgetkg") or []
    except PackageNotFoundError:
        wanted = []
    for name in sorted({found[0] for line in wanted if (found := _NAME.match(line))}):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} -"
