"""Is a generation what its build wrote? By names and sizes at every opening, by hashes when asked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from budgetkg.messages import Message
from budgetkg.store.manifest import MANIFEST, STORE, is_same, manifest_of, names_of
from budgetkg.store.memory import Stamps, stamps_of
from budgetkg.store.seal import SEAL, engine_files, seal_of

INDEX = "index.json"
_SMALL = 1 << 20  # bytes; such a file of the engine is hashed at every opening: they lead to the large ones


@dataclass(frozen=True, slots=True)
class Damage:
    """A file or folder that isn't what was written, and how it differs."""

    path: Path
    what: Message


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
        yield from _sized(f"{generation}/{name}", size, known if name == INDEX else None)
    for name, (size, known) in seal.store.items():
        leads = size <= _SMALL and not name.endswith(".sst")
        yield from _sized(f"{generation}/{STORE}/{name}", size, known if leads else None)


def seen_by_reading(generation: Path, *, trusting: bool = False) -> Iterator[Damage]:
    """All that hashes show, and what lies among the files and doesn't belong there.

    ``trusting`` passes over the content of files that nobody has touched since they were hashed
    (:mod:`budgetkg.store.memory`).
    """
    stamps = stamps_of(generation) if trusting else Stamps(generation, {})
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
        if stamps.untouched(name):
            continue
        path = generation / name
        if path not in quick and not is_same(path, known):
            yield Damage(path, Message("damage-content"))
    if hashes:
        yield from (_stranger(generation / name) for name in names_of(generation) if name not in hashes)
    if seal:
        named = {generation / name for name in engine}
        yield from (_stranger(path) for path in engine_files(generation / STORE) if path not in named)


def _sized(name: str, size: int, known: str | None) -> Iterator[Damage]:
    """How a file differs from its size, and if the hash is given from that."""
    try:
        found = os.stat(name)  # noqa: PTH116 - thousands of names: as text in a quarter of the time
    except OSError:
        yield Damage(Path(name), Message("damage-missing"))
        return
    if not stat.S_ISREG(found.st_mode):
        yield Damage(Path(name), Message("damage-content"))
    elif found.st_size != size:
        yield Damage(Path(name), Message("damage-size", found=found.st_size, wanted=size))
    elif known is not None and not is_same(Path(name), known):
        yield Damage(Path(name), Message("damage-content"))


def _changed(path: Path) -> Damage:
    return Damage(path, Message("damage-content" if path.exists() else "damage-missing"))


def _stranger(path: Path) -> Damage:
    return Damage(path, Message("damage-stranger"))
