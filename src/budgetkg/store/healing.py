"""Finding what is damaged in a graph's directory, and mending what the rest of it allows.

Nothing is mended by guessing: a file is put back only with the bytes whose hash the manifest holds, and the
store is loaded again only from graphs that are whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from budgetkg.errors import StoreError
from budgetkg.messages import Message
from budgetkg.regular import cleared
from budgetkg.store.commit import GONE, WAYS_IN, lead, set_aside
from budgetkg.store.counting import miscounted
from budgetkg.store.durable import sync_tree
from budgetkg.store.filling import load
from budgetkg.store.generations import CURRENT, Generation, located, stored
from budgetkg.store.integrity import Damage, seen_by_reading
from budgetkg.store.manifest import manifest_of
from budgetkg.store.memory import forget_stamps
from budgetkg.store.restoring import mend_files, mend_manifest

ASIDE = "aside"
"""Where in the directory that is put which lay in a generation and is no part of it."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was damaged and is whole again, and what is damaged still."""

    healed: tuple[Damage, ...] = ()
    left: tuple[Damage, ...] = ()


def damages(directory: Path, *, count: bool = True) -> list[Damage]:
    """All that is damaged: by hashes, and by counting the store's statements against those of the files.

    Without ``count`` files that nobody has touched since the build that hashed them are taken for whole.
    Where damage is found all the same, no build takes any for whole until all are hashed again.
    """
    lost = _pointer(directory)
    if lost is not None:
        return [lost]
    generation = located(directory)
    found = list(seen_by_reading(generation.path, trusting=not count))
    if count and not found:
        found = list(miscounted(generation))
    if count and found:
        forget_stamps(generation.path)
    return found + list(_ways_in(directory))


def mended(directory: Path, *, count: bool = True) -> Mended:
    """Mend what can be; the caller holds the lock of the directory. No graph, nothing to do."""
    try:
        located(directory)
    except StoreError as error:
        if error.code == "no-graph":
            return Mended()
    before = damages(directory, count=count)
    if not before:
        return Mended()
    if _pointer(directory) is not None:
        digest = _the_whole_one(directory)
        if digest is None:
            return Mended((), tuple(before))
        _lead(directory, digest)
        before += damages(directory, count=count)
    generation = located(directory)
    mend_manifest(generation)
    mend_files(directory, generation)
    _put_aside(directory, generation)
    _mend_store(generation, count)
    if any(_ways_in(directory)):
        _lead(directory, generation.path.name)
    left = damages(directory, count=count)
    still = {damage.path for damage in left}
    return Mended(tuple(damage for damage in before if damage.path not in still), tuple(left))


def _pointer(directory: Path) -> Damage | None:
    """The damage of the pointer, if it leads to no generation; raises StoreError where there is none."""
    try:
        located(directory)
    except StoreError as error:
        if error.code != "graph-damaged":
            raise
        return Damage(directory / CURRENT, Message("damage-pointer"))
    return None


def _the_whole_one(directory: Path) -> str | None:
    """The one generation that is whole; where several are, nothing says which of them counts."""
    whole = [path.name for path in stored(directory) if manifest_of(path) and not any(seen_by_reading(path))]
    if not whole:
        whole = [path.name for path in stored(directory)]
    return whole[0] if len(whole) == 1 else None


def _lead(directory: Path, digest: str) -> None:
    name = directory / CURRENT
    if name.is_dir() and not name.is_symlink():  # a copy that followed the link
        set_aside(name)
    for way in WAYS_IN:
        if (directory / way).is_symlink():
            (directory / way).unlink()
    lead(directory, digest)


def _ways_in(directory: Path) -> Iterator[Damage]:
    """Links beside the pointer that lead elsewhere; where a system has no links there are none."""
    if not (directory / CURRENT).is_symlink():
        return
    for name in WAYS_IN:
        path = directory / name
        if path.is_symlink():
            if path.readlink().as_posix() != f"{CURRENT}/{name}":
                yield Damage(path, Message("damage-way-in"))
        else:
            yield Damage(path, Message("damage-way-in" if path.exists() else "damage-missing"))


def _put_aside(directory: Path, generation: Generation) -> None:
    """Take what is no part of the generation out of it; it is kept, in case it is somebody's."""
    for ours in ("joined.nq", ".*.new", f"*{GONE}", f"*/*{GONE}", "*/.*.new"):
        for path in generation.path.glob(ours):  # what is left of an earlier attempt to mend
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for damage in list(seen_by_reading(generation.path)):
        if damage.what.code == "damage-stranger":
            place = directory / ASIDE / damage.path.name
            place.parent.mkdir(exist_ok=True)
            with suppress(OSError):
                damage.path.replace(place)


def _mend_store(generation: Generation, count: bool) -> None:
    """Load the store again where it is damaged and the graphs are whole."""
    found = list(seen_by_reading(generation.path)) or (list(miscounted(generation)) if count else [])
    if not found or any(not damage.path.is_relative_to(generation.store) for damage in found):
        return
    before = generation.store.with_name(f"{generation.store.name}{GONE}")
    cleared(before)
    if generation.store.exists() or generation.store.is_symlink():
        generation.store.rename(before)
    try:
        load(generation)
        sync_tree(generation.path)
    except BaseException:
        if before.exists() or before.is_symlink():  # no memory, no disk: it is no worse than it was
            cleared(generation.store)
            before.rename(generation.store)
        raise
    cleared(before)
