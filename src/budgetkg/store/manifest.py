"""What a generation is made of: ``manifest.json`` holds the SHA-256 of each file but the engine's.

The generation bears the hash of the manifest as its name, so that the manifest is known to be whole too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from budgetkg.regular import content, opened

_LINE = "\n"
_quoted = json.encoder.encode_basestring
MANIFEST, STORE = "manifest.json", "store"
DIGEST = re.compile(r"[0-9a-f]{16}")
"""The name of a generation: the beginning of the SHA-256 of its manifest."""


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    with opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_same(path: Path, known: str, size: int | None = None) -> bool:
    """Whether a file has this hash; one that can't be read has none. One of another ``size`` isn't hashed."""
    try:
        return size in (None, path.stat().st_size) and sha256(path) == known
    except OSError:
        return False


def is_one_file(path: Path, other: Path) -> bool:
    """Whether two names lead to one file of the disk."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def json_bytes(value: Any) -> bytes:
    """JSON with fixed order and line ends: the same content gives the same bytes.

    What ``json.dumps(value, indent=1)`` gives, in less than half the time: with an indentation that is Python
    which hands up each sign by itself.
    """
    return f"{_indented(value, _LINE)}\n".encode()


def json_list(items: Iterable[Any]) -> Iterator[bytes]:
    """A list as :func:`json_bytes` writes it, item by item: thousands of entries as one text are large."""
    before = "["
    for item in items:
        yield f"{before}{_LINE} {_indented(item, f'{_LINE} ')}".encode()
        before = ","
    yield b"[]\n" if before == "[" else f"{_LINE}]{_LINE}".encode()


def _indented(value: Any, line: str) -> str:
    """A value as JSON; ``line`` is the end of a line and the indentation of the next."""
    if isinstance(value, str):
        return _quoted(value)
    if not value or not isinstance(value, dict | list | tuple):
        return json.dumps(value)
    inner = f"{line} "
    if isinstance(value, dict):
        parts = (f"{_quoted(name)}: {_indented(held, inner)}" for name, held in value.items())
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    return f"[{inner}{f',{inner}'.join(_indented(held, inner) for held in value)}{line}]"


def hashed_bytes(value: Any) -> bytes:
    """JSON to be hashed and not kept: in one line, which takes a tenth of the time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def manifest_bytes(layout: int, hashes: Mapping[str, str]) -> bytes:
    """The manifest of files by their hashes: as :func:`json_bytes` writes it, in a tenth of the time."""
    if not hashes:
        return json_bytes({"layout": layout, "files": {}})
    files = ",\n".join(f"  {_quoted(name)}: {_quoted(known)}" for name, known in sorted(hashes.items()))
    return f'{{\n "layout": {layout},\n "files": {{\n{files}\n }}\n}}\n'.encode()


def digest_of(manifest: bytes) -> str:
    """The name of the generation with this manifest."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def manifest_of(generation: Path) -> tuple[int, dict[str, str]] | None:
    """Layout number and hashes of a generation's files; ``None`` where it isn't named by this manifest."""
    try:
        path = generation / MANIFEST
        data = content(path)
        if digest_of(data) != generation.name:
            return None
        found = json.loads(data)
        names = dict(found["files"])
        doubtful = b".." in data or b'"/' in data
        outside = doubtful and any(".." in name or name.startswith("/") for name in names)
        return None if outside else (int(found["layout"]), names)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def files_of(generation: Path) -> list[Path]:
    """The files that a manifest is about: all but the manifest, the seal and the store."""
    return [generation / name for name in names_of(generation)]


def names_of(generation: Path) -> list[str]:
    """The names of these files in the generation, in the order of their folders."""
    names = (name for name in inodes_of(generation) if name != MANIFEST and name.partition("/")[0] != STORE)
    return sorted(names, key=lambda name: name.split("/"))


def inodes_of(folder: Path) -> dict[str, int]:
    """All files of a folder by their names in it, with the number of each on its disk.

    Where two folders of one disk have the same number under a name, it is one file: listing them tells.
    """
    found: dict[str, int] = {}
    inner = [""]
    while inner:
        begin = inner.pop()
        with suppress(OSError), os.scandir(f"{folder}/{begin}") as entries:
            for entry in entries:
                if entry.is_dir():
                    inner += [] if entry.is_symlink() else [f"{begin}{entry.name}/"]
                else:
                    found[f"{begin}{entry.name}"] = entry.inode()
    return found
