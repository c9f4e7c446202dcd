"""What can't be part of a generation's name: sizes, and the engine's files, which differ from run to run.

``store/seal.json`` repeats the hashes of the manifest, so that either of the two restores the other. Its own
hash stands before it; in earlier versions that was the hash of the same written over many lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetkg.regular import content
from budgetkg.store.manifest import STORE, hashed_bytes, is_one_file, json_bytes, sha256

SEAL = f"{STORE}/seal.json"
# The engine's diary and its lock say nothing about the data.
_BEGIN, _BETWEEN, _END = b'{"sha256":"', b'","seal":', b"}\n"
_APART = re.compile(r"LOG(\.old.*)?|LOCK|.*\.dbtmp|seal\.json")


@dataclass(frozen=True, slots=True)
class Seal:
    """Size and SHA-256 of each file and of each file of the engine; how many statements the store holds."""

    files: Mapping[str, tuple[int, str]]
    store: Mapping[str, tuple[int, str]]
    statements: int


def write_seal(
    generation: Path, hashes: Mapping[str, str], statements: int, before: Path | None = None
) -> None:
    """Write what the files and the store are like now.

    Files of the engine that are the very ones of the generation before keep the hashes that they have there.
    """
    sealed = seal_of(before) if before else None
    known = {name: digest for name, (_, digest) in sealed.store.items()} if sealed else {}
    store = {path.name: path for path in engine_files(generation / STORE)}
    inner = {
        "statements": statements,
        "files": {name: [_size(f"{generation}/{name}"), hashes[name]] for name in sorted(hashes)},
        "store": {
            name: [
                _size(path),
                known[name]
                if before and name in known and is_one_file(path, before / STORE / name)
                else sha256(path),
            ]
            for name, path in store.items()
        },
    }
    data = hashed_bytes(inner)
    own = hashlib.sha256(data).hexdigest().encode()
    (generation / SEAL).write_bytes(_BEGIN + own + _BETWEEN + data + _END)


def _size(path: Path | str) -> int:
    return os.stat(path).st_size  # noqa: PTH116 - thousands of names: as text in a quarter of the time


def seal_of(generation: Path) -> Seal | None:
    """What the seal says; ``None`` where it is missing or isn't as it was written."""
    try:
        inner = _whole(content(generation / SEAL))
        files = {name: (size, digest) for name, (size, digest) in inner["files"].items()}
        store = {name: (size, digest) for name, (size, digest) in inner["store"].items()}
        return Seal(files, store, inner["statements"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _whole(data: bytes) -> Any:
    """What is sealed, if it is as it was written; raises ValueError."""
    own, _, inner = data.removeprefix(_BEGIN).removesuffix(_END).partition(_BETWEEN)
    if data == _BEGIN + own + _BETWEEN + inner + _END:
        if hashlib.sha256(inner).hexdigest().encode() != own:
            raise ValueError
        return json.loads(inner)
    found = json.loads(data)
    if hashlib.sha256(json_bytes(found["seal"])).hexdigest() != found["sha256"]:
        raise ValueError
    return found["seal"]


def engine_files(store: Path) -> list[Path]:
    """The files of the engine that hold data, sorted."""
    if not store.is_dir():
        return []
    return [path for path in sorted(store.iterdir()) if not _APART.fullmatch(path.name)]
