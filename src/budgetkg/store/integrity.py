"""Is a generation what its build wrote? By names and sizes at every opening, by hashes when asked.

``manifest.json`` holds the SHA-256 of each file, and the generation bears the hash of
the manifest as its name.
``store/seal.json`` holds what can't be part of that name: sizes, and the engine's files, which differ from
run to run. It repeats the hashes too, so that either of the two restores the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetkg.messages import Message

MANIFEST, SEAL, STORE, INDEX = "manifest.json", "store/seal.json", "store", "index.json"
DIGEST = re.compile(r"[0-9a-f]{16}")
"""The name of a generation: the beginning of the SHA-256 of its manifest."""

_OF_THE_ENGINE = re.compile(
    r"LOG(\.old.*)?|LOCK|.*\.dbtmp|seal\.json"
)  # its diary, which says nothing about the data
_SMALL = 1 << 20  # bytes; such a file of the engine is hashed at every opening: they lead to the large ones


@dataclass(frozen=True, slots=True)
class Damage:
    """A file or folder that isn't what was written, and how it differs."""

    path: Path
    what: Message


@dataclass(frozen=True, slots=True)
class Seal:
    """Size and SHA-256 of each file and of each file of the engine; how many statements the store holds."""

    files: Mapping[str, tuple[int, str]]
    store: Mapping[str, tuple[int, str]]
    statements: int


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_same(path: Path, known: str) -> bool:
    """Whether a file has this hash; one that can't be read has none."""
    try:
        return sha256(path) == known
    except OSError:
        return False


def json_bytes(value: Any) -> bytes:
    """JSON with fixed order and line ends: the same content gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode("utf-8")


def manifest_bytes(layout: int, hashes: Mapping[str, str]) -> bytes:
    """The manifest of files by their hashes."""
    return json_bytes({"layout": layout, "files": dict(sorted(hashes.items()))})


def digest_of(manifest: bytes) -> str:
    """The name of the generation with this manifest."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def manifest_of(generation: Path) -> tuple[int, dict[str, str]] | None:
    """Layout number and hashes of a generation's files; ``None`` where it isn't named by this manifest."""
    try:
        data = (generation / MANIFEST).read_bytes()
        if digest_of(data) != generation.name:
            return None
        found = json.loads(data)
        names = dict(found["files"])
        return (
            None
            if any(".." in name or name.startswith("/") for name in names)
            else (int(found["layout"]), names)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def files_of(generation: Path) -> list[Path]:
    """The files that a manifest is about: all but the manifest, the seal and the store."""
    return [
        path
        for path in sorted(generation.rglob("*"))
        if path != generation / MANIFEST
        and path.relative_to(generation).parts[0] != STORE
        and not path.is_dir()
    ]


def write_seal(generation: Path, hashes: Mapping[str, str], statements: int) -> None:
    """Write what the files and the store are like now."""
    files = {name: (generation / name) for name in sorted(hashes)}
    store = {path.name: path for path in _engine_files(generation / STORE)}
    inner = {
        "statements": statements,
        "files": {name: [path.stat().st_size, hashes[name]] for name, path in files.items()},
        "store": {name: [path.stat().st_size, sha256(path)] for name, path in store.items()},
    }
    own = hashlib.sha256(json_bytes(inner)).hexdigest()
    (generation / SEAL).write_bytes(json_bytes({"sha256": own, "seal": inner}))


def seal_of(generation: Path) -> Seal | None:
    """What the seal says; ``None`` where it is missing or isn't as it was written."""
    try:
        found = json.loads((generation / SEAL).read_bytes())
        inner = found["seal"]
        if hashlib.sha256(json_bytes(inner)).hexdigest() != found["sha256"]:
            return None
        files = {name: (size, digest) for name, (size, digest) in inner["files"].items()}
        store = {name: (size, digest) for name, (size, digest) in inner["store"].items()}
        return Seal(files, store, inner["statements"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def seen_at_once(generation: Path) -> Iterator[Damage]:
    """What shows without reading it all: manifest, seal, index, sizes, the small files of the engine."""
    manifest, seal = manifest_of(generation), seal_of(generation)
    if manifest is None:
        yield _changed(generation / MANIFEST)
    if seal is None or (manifest and {name: known for name, (_, known) in seal.files.items()} != manifest[1]):
        yield _changed(generation / SEAL)
        seal = None
    if seal is None:
        yield from (
            Damage(generation / name, Message("damage-missing"))
            for name in (manifest[1] if manifest else ())
            if not (generation / name).is_file()
        )
        return
    for name, (size, known) in seal.files.items():
        yield from _sized(generation / name, size, known if name == INDEX else None)
    for name, (size, known) in seal.store.items():
        leads = size <= _SMALL and not name.endswith(".sst")
        yield from _sized(generation / STORE / name, size, known if leads else None)


def seen_by_reading(generation: Path) -> Iterator[Damage]:
    """All that hashes show, and what lies among the files and doesn't belong there."""
    quick = {damage.path: damage for damage in seen_at_once(generation)}
    yield from quick.values()
    manifest, seal = manifest_of(generation), seal_of(generation)
    hashes = (
        manifest[1]
        if manifest
        else {name: known for name, (_, known) in (seal.files if seal else {}).items()}
    )
    engine = {f"{STORE}/{name}": known for name, (_, known) in seal.store.items()} if seal else {}
    for name, known in {**hashes, **engine}.items():
        path = generation / name
        if path not in quick and not is_same(path, known):
            yield Damage(path, Message("damage-content"))
    if hashes:
        known_paths = {generation / name for name in hashes}
        yield from (_stranger(path) for path in files_of(generation) if path not in known_paths)
    if seal:
        named = {generation / name for name in engine}
        yield from (_stranger(path) for path in _engine_files(generation / STORE) if path not in named)


def _sized(path: Path, size: int, known: str | None) -> Iterator[Damage]:
    """How a file differs from its size, and if the hash is given from that."""
    try:
        found = path.stat()
    except OSError:
        yield Damage(path, Message("damage-missing"))
        return
    if not path.is_file():
        yield Damage(path, Message("damage-content"))
    elif found.st_size != size:
        yield Damage(path, Message("damage-size", found=found.st_size, wanted=size))
    elif known is not None and not is_same(path, known):
        yield Damage(path, Message("damage-content"))


def _engine_files(store: Path) -> list[Path]:
    if not store.is_dir():
        return []
    return [path for path in sorted(store.iterdir()) if not _OF_THE_ENGINE.fullmatch(path.name)]


def _changed(path: Path) -> Damage:
    return Damage(path, Message("damage-content" if path.exists() else "damage-missing"))


def _stranger(path: Path) -> Damage:
    return Damage(path, Message("damage-stranger"))
