"""Writing a generation: staged beside the others, then made current by one rename.

Whatever interrupts a build before that rename leaves the old state whole; what it leaves behind is
cleared by the next build.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph

from budgetkg.errors import StoreError
from budgetkg.messages import Message
from budgetkg.store.durable import naming, sync_folder, sync_tree, write_bytes
from budgetkg.store.generations import CURRENT, LAYOUT, Generation, stored
from budgetkg.store.integrity import seen_by_reading
from budgetkg.store.locks import GENERATIONS, building, is_read
from budgetkg.store.manifest import (
    digest_of,
    files_of,
    is_same,
    json_bytes,
    manifest_bytes,
    manifest_of,
    sha256,
)
from budgetkg.store.pointer import link_inside, point, pointed
from budgetkg.store.seal import write_seal

STAGING = "staging"
GONE = ".gone"
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
    if pointed(directory / CURRENT) is None and not stored(directory):
        shutil.rmtree(directory / GENERATIONS, ignore_errors=True)
        with suppress(OSError):  # it held something before
            directory.rmdir()


def stage(directory: Path) -> Generation:
    """An empty generation to write into; leftovers of an interrupted build are cleared."""
    path = directory / GENERATIONS / STAGING
    shutil.rmtree(path, ignore_errors=True)
    for name in ("graphs", "documents"):
        (path / name).mkdir(parents=True)
    return Generation(path)


def write_json(path: Path, value: Any) -> None:
    """JSON with fixed order and line ends: the same content gives the same bytes."""
    write_bytes(path, json_bytes(value))


def keep(old: Generation, new: Generation, key: str) -> None:
    """Carry a document over unchanged; raises StoreError where a file of it isn't as it was written."""
    hashes = _hashes(old)
    for kind in (Generation.graph, Generation.document, Generation.findings_of, Generation.extract):
        source = kind(old, key)
        if kind is Generation.extract and not source.exists():
            continue  # written by a version that kept none; the next step makes it
        _carried(old, new, source.relative_to(old.path).as_posix(), hashes)


def carry(old: Generation, new: Generation) -> None:
    """Carry a whole generation over, but for the graphs beside its documents, which are written anew."""
    beside = {f"graphs/{name}.nq" for name in old.beside}
    hashes = _hashes(old)
    for name in sorted(hashes.keys() - beside):
        (new.path / name).parent.mkdir(parents=True, exist_ok=True)
        _carried(old, new, name, hashes)


def _hashes(generation: Generation) -> dict[str, str]:
    manifest = manifest_of(generation.path)
    if manifest is None:
        raise StoreError("graph-damaged", path=generation.manifest, error=Message("damage-content"))
    return manifest[1]


def _carried(old: Generation, new: Generation, name: str, hashes: Mapping[str, str]) -> None:
    """A generation is never written again, so a link will do. What is damaged must not be sealed anew."""
    source, target = old.path / name, new.path / name
    if not is_same(source, hashes.get(name, "")):
        what = Message("damage-content" if source.exists() else "damage-missing")
        raise StoreError("graph-damaged", path=source, error=what)
    try:
        target.hardlink_to(source)
    except OSError:
        with naming(target):
            shutil.copyfile(source, target)


def commit(directory: Path, staged: Generation) -> Generation:
    """Load the store, name the generation by its content and make it the current one.

    Each step is on the disk before the next: the files, their folder under its final name, the pointer.
    """
    digest = _seal(staged)
    final = Generation(directory / GENERATIONS / digest)
    if final.path.exists() and not any(seen_by_reading(final.path)):
        shutil.rmtree(staged.path, ignore_errors=True)  # the same content was built before, and it is whole
    else:
        if final.path.exists():
            set_aside(final.path)
        load(staged)
        with naming(staged.path):
            sync_tree(staged.path)
            staged.path.rename(final.path)
            sync_folder(final.path.parent)
    lead(directory, digest)
    prune(directory)
    return final


def lead(directory: Path, digest: str) -> None:
    """Make a generation the current one, and the names of its store and findings lead there."""
    with naming(directory / CURRENT):
        point(directory / CURRENT, f"{GENERATIONS}/{digest}")
        for name in WAYS_IN:
            if not (directory / name).is_symlink():
                link_inside(directory / name, f"{CURRENT}/{name}")
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


def _seal(staged: Generation) -> str:
    """Write the manifest: the hash of each file, and of them all the name of the generation."""
    files = {path.relative_to(staged.path).as_posix(): sha256(path) for path in files_of(staged.path)}
    data = manifest_bytes(LAYOUT, files)
    write_bytes(staged.manifest, data)
    return digest_of(data)


def load(generation: Generation) -> None:
    """Fill the store in one go: a load for each document would leave it in thousands of small files.

    The graphs of editions that don't count stay files: in the store they would be summed up too.
    """
    joined = generation.path / "joined.nq"
    left_out = {generation.graph(entry["key"]) for entry in generation.superseded()}
    with naming(joined), joined.open("wb") as target:
        for path in sorted((generation.path / "graphs").glob("*.nq")):
            if path not in left_out:
                with path.open("rb") as source:
                    shutil.copyfileobj(source, target)
    with naming(generation.store):
        engine = pyoxigraph.Store(str(generation.store))
        engine.bulk_load(path=str(joined), format=pyoxigraph.RdfFormat.N_QUADS)
        engine.flush()
    statements = len(engine)
    joined.unlink()
    del engine  # closes it: its files are as they stay
    data = generation.manifest.read_bytes()
    with naming(generation.path):
        write_seal(generation.path, json.loads(data)["files"], statements)
