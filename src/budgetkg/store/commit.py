"""Writing a generation: staged beside the others, then made current by one rename.

Whatever interrupts a build before that rename leaves the old state whole; what it leaves behind is
cleared by the next build.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from budgetkg.errors import StoreError
from budgetkg.messages import Message
from budgetkg.store.durable import naming, sync_folder, sync_tree, write_bytes
from budgetkg.store.filling import load
from budgetkg.store.generations import (
    CURRENT,
    EXTRACT,
    LAYOUT,
    MEASURED,
    Generation,
    files_of_document,
    stored,
)
from budgetkg.store.integrity import seen_by_reading
from budgetkg.store.locks import GENERATIONS, building, is_read
from budgetkg.store.manifest import (
    digest_of,
    inodes_of,
    is_same,
    json_bytes,
    manifest_bytes,
    manifest_of,
    names_of,
    sha256,
)
from budgetkg.store.memory import Stamps, keep_stamps, stamps_of
from budgetkg.store.pointer import link_inside, point, pointed

STAGING = "staging"
GONE = ".gone"
# What SQLite has beside a database while it writes to it: after a kill the two are whole only together.
_JOURNAL = "-journal"
"""What a folder's name ends in that is about to be deleted: half of one must never look like a whole."""

WAYS_IN = ("store", "findings.json")
_BY_PEOPLE = (
    "corrections",
    "links",
    "merged",
    "aside",
    CURRENT,
)  # what may stand there before the first build


def check_place(directory: Path) -> None:
    """Refuse to write where something stands that a build did not put there."""
    if directory.exists() and not directory.is_dir():
        raise StoreError("not-a-graph-directory", directory=directory)
    for name in WAYS_IN:
        path = directory / name
        if path.exists() and not path.is_symlink():
            raise StoreError("foreign-file", directory=directory, name=name)
    if directory.is_dir() and not (directory / GENERATIONS).exists():
        ours = {*_BY_PEOPLE, *(name for name in WAYS_IN if (directory / name).is_symlink())}
        others = sorted(entry.name for entry in directory.iterdir() if entry.name not in ours)
        if others:
            raise StoreError("foreign-files", directory=directory, name=others[0])


@contextmanager
def exclusive(directory: Path) -> Iterator[None]:
    """Keep a second build out of the directory."""
    with naming(directory):
        (directory / GENERATIONS).mkdir(parents=True, exist_ok=True)
    with building(directory), naming(directory):
        try:
            yield
        finally:
            _tidy(directory)


def _tidy(directory: Path) -> None:
    """Remove what a build that failed has left behind, and what an earlier one had no time to delete."""
    shutil.rmtree(directory / GENERATIONS / STAGING, ignore_errors=True)
    for path in (directory / GENERATIONS).glob(f"*{GONE}"):
        shutil.rmtree(path, ignore_errors=True)
    for path in (directory / GENERATIONS).glob(".*.new"):
        path.unlink(missing_ok=True)
    for journal in (directory / GENERATIONS).glob(f"*{_JOURNAL}"):
        journal.with_name(journal.name.removesuffix(_JOURNAL)).unlink(missing_ok=True)
        journal.unlink(missing_ok=True)
    if pointed(directory / CURRENT) is None and not stored(directory):
        shutil.rmtree(directory / GENERATIONS, ignore_errors=True)
        with suppress(OSError):  # it held something before
            directory.rmdir()


def stage(directory: Path) -> Generation:
    """An empty generation to write into; leftovers of an interrupted build are cleared."""
    path = directory / GENERATIONS / STAGING
    shutil.rmtree(path, ignore_errors=True)
    for name in ("graphs", "documents", MEASURED):
        (path / name).mkdir(parents=True)
    return Generation(path)


def write_json(path: Path, value: Any) -> None:
    """JSON with fixed order and line ends: the same content gives the same bytes."""
    write_bytes(path, json_bytes(value))


def keep(old: Generation, new: Generation, keys: Iterable[str]) -> None:
    """Carry documents over unchanged; raises StoreError where a file of one isn't as it was written."""
    hashes, stamps = _hashes(old), stamps_of(old.path)
    for key in keys:
        for name in files_of_document(key):
            if name.endswith(EXTRACT) and not (old.path / name).exists():
                continue  # written by a version that kept none; the next step makes it
            _carried(old, new, name, hashes, stamps)


def take_over(old: Generation, new: Generation, names: Iterable[str]) -> None:
    """Carry files over; raises StoreError where one isn't as it was written."""
    hashes, stamps = _hashes(old), stamps_of(old.path)
    for name in names:
        _carried(old, new, name, hashes, stamps)


def carry(old: Generation, new: Generation) -> None:
    """Carry a whole generation over, but for the graphs beside its documents, which are written anew."""
    beside = {f"graphs/{name}.nq" for name in old.beside}
    hashes, stamps = _hashes(old), stamps_of(old.path)
    for name in sorted(hashes.keys() - beside):
        (new.path / name).parent.mkdir(parents=True, exist_ok=True)
        _carried(old, new, name, hashes, stamps)


def _hashes(generation: Generation) -> dict[str, str]:
    manifest = manifest_of(generation.path)
    if manifest is None:
        raise StoreError("graph-damaged", path=generation.manifest, error=Message("damage-content"))
    return manifest[1]


def _carried(old: Generation, new: Generation, name: str, hashes: Mapping[str, str], stamps: Stamps) -> None:
    """A generation is never written again, so a link will do. What is damaged must not be sealed anew."""
    source, target = f"{old.path}/{name}", f"{new.path}/{name}"  # thousands: as text in a third of the time
    if not (name in hashes and stamps.untouched(name)) and not is_same(Path(source), hashes.get(name, "")):
        what = Message("damage-content" if Path(source).exists() else "damage-missing")
        raise StoreError("graph-damaged", path=Path(source), error=what)
    try:
        os.link(source, target)
    except OSError:
        with naming(Path(target)):
            shutil.copyfile(source, target)
        if not is_same(Path(target), hashes[name]):  # a copy is hashed anew, and must not be sealed as it is
            raise StoreError("graph-damaged", path=Path(source), error=Message("damage-content")) from None


def commit(directory: Path, staged: Generation) -> Generation:
    """Load the store, name the generation by its content and make it the current one.

    Each step is on the disk before the next: the files, their folder under its final name, the pointer.
    """
    before = _before(directory)
    digest = _seal(staged, before)
    final = Generation(directory / GENERATIONS / digest)
    if final.path.exists() and not any(seen_by_reading(final.path, trusting=True)):
        shutil.rmtree(staged.path, ignore_errors=True)  # the same content was built before, and it is whole
    else:
        if final.path.exists():
            set_aside(final.path)
            before = None
        load(staged, before)
        with naming(staged.path):
            sync_tree(staged.path, inodes_of(before.path) if before else None)
            staged.path.rename(final.path)
            sync_folder(final.path.parent)
    lead(directory, digest)
    keep_stamps(final.path)
    prune(directory)
    return final


def _before(directory: Path) -> Generation | None:
    """The generation that counts until now, if there is one that says what it is made of."""
    place = pointed(directory / CURRENT)
    return Generation(place) if place is not None and manifest_of(place) is not None else None


def lead(directory: Path, digest: str) -> None:
    """Make a generation the current one, and the names of its store and findings lead there.

    The names come first: they lead nowhere until there is a current generation, and one without them is
    damaged.
    """
    with naming(directory / CURRENT):
        missing = [name for name in WAYS_IN if not (directory / name).is_symlink()]
        for name in missing:
            link_inside(directory / name, f"{CURRENT}/{name}")
        if missing:
            sync_folder(directory)
        point(directory / CURRENT, f"{GENERATIONS}/{digest}")
        sync_folder(directory)
        sync_folder(directory.resolve().parent)


def set_aside(path: Path) -> None:
    """Take a folder's name away in one step, then delete it: whatever ends this, no half of it remains."""
    gone = path.with_name(f"{path.name}{GONE}")
    shutil.rmtree(gone, ignore_errors=True)
    with suppress(PermissionError):  # Windows, while something in it is open: the next build tries again
        path.rename(gone)
        sync_folder(path.parent)
        shutil.rmtree(gone, ignore_errors=True)


def prune(directory: Path) -> None:
    """Remove generations that are neither current nor held open by a reader."""
    kept = pointed(directory / CURRENT)
    for path in stored(directory):
        if path != kept and not is_read(path):
            set_aside(path)


def _seal(staged: Generation, before: Generation | None) -> str:
    """Write the manifest: the hash of each file, and of them all the name of the generation.

    A file that is the very one of the generation before keeps the hash that it was carried over with.
    """
    manifest = manifest_of(before.path) if before else None
    known = manifest[1] if manifest else {}
    held, now = inodes_of(before.path) if before else {}, inodes_of(staged.path)
    files = {}
    for name in names_of(staged.path):
        carried = name in known and held.get(name) == now[name]
        files[name] = known[name] if carried else sha256(staged.path / name)
    data = manifest_bytes(LAYOUT, files)
    write_bytes(staged.manifest, data)
    return digest_of(data)
