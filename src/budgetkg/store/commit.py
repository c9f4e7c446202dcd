"""Writing a generation: staged beside the others, then made current by one rename.

Whatever interrupts a build before that rename leaves the old state whole; what it leaves behind is
cleared by the next build.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph

from budgetkg.errors import StoreError
from budgetkg.store.generations import CURRENT, LAYOUT, Generation
from budgetkg.store.locks import GENERATIONS, building, is_read
from budgetkg.store.pointer import link_inside, point, pointed

STAGING = "staging"
_WAYS_IN = ("store", "findings.json")
_BY_PEOPLE = ("corrections", "links", "merged", CURRENT)  # what may stand there before the first build


def check_place(directory: Path) -> None:
    """Refuse to write where something stands that a build did not put there."""
    if directory.exists() and not directory.is_dir():
        raise StoreError("not-a-graph-directory", directory=directory)
    for name in _WAYS_IN:
        path = directory / name
        if path.exists() and not path.is_symlink():
            raise StoreError("foreign-file", directory=directory, name=name)
    if directory.is_dir() and not (directory / GENERATIONS).exists():
        others = sorted(entry.name for entry in directory.iterdir() if entry.name not in _BY_PEOPLE)
        if others:
            raise StoreError("foreign-files", directory=directory, name=others[0])


@contextmanager
def exclusive(directory: Path) -> Iterator[None]:
    """Keep a second build out of the directory."""
    (directory / GENERATIONS).mkdir(parents=True, exist_ok=True)
    with building(directory):
        try:
            yield
        finally:
            _tidy(directory)


def _tidy(directory: Path) -> None:
    """Remove what a build that failed has left behind."""
    shutil.rmtree(directory / GENERATIONS / STAGING, ignore_errors=True)
    if not (directory / CURRENT).exists():
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
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def keep(old: Generation, new: Generation, key: str) -> None:
    """Carry a document over unchanged; generations are never written again, so a link will do."""
    for kind in (Generation.graph, Generation.document, Generation.findings_of, Generation.extract):
        source, target = kind(old, key), kind(new, key)
        if kind is Generation.extract and not source.exists():
            continue  # written by a version that kept none; the next step makes it
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)


def carry(old: Generation, new: Generation) -> None:
    """Carry a whole generation over, but for the graphs beside its documents, which are written anew."""
    beside = {old.graph(name) for name in old.beside}
    for path in sorted(path for path in old.path.rglob("*") if path.is_file()):
        place = path.relative_to(old.path)
        if path not in beside and path != old.manifest and place.parts[0] != "store":
            target = new.path / place
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.hardlink_to(path)
            except OSError:
                shutil.copyfile(path, target)


def commit(directory: Path, staged: Generation) -> Generation:
    """Load the store, name the generation by its content and make it the current one."""
    digest = _seal(staged)
    final = Generation(directory / GENERATIONS / digest)
    if final.path.exists():
        # The same content was built before: a directory under its final name is always whole.
        shutil.rmtree(staged.path)
    else:
        _load(staged)
        if hasattr(os, "sync"):
            os.sync()
        staged.path.rename(final.path)
    point(directory / CURRENT, f"{GENERATIONS}/{digest}")
    for name in _WAYS_IN:
        if not (directory / name).is_symlink():
            link_inside(directory / name, f"{CURRENT}/{name}")
    prune(directory)
    return final


def prune(directory: Path) -> None:
    """Remove generations that are neither current nor held open by a reader."""
    # Resolved like the link: under a relative name no path would equal the one that counts.
    kept = pointed(directory / CURRENT)
    for path in sorted((directory / GENERATIONS).resolve().iterdir()):
        if path.is_dir() and path != kept and not is_read(path):
            shutil.rmtree(path, ignore_errors=True)


def _seal(staged: Generation) -> str:
    """Write the manifest: the hash of each file, and of them all the name of the generation."""
    files = sorted(path for path in staged.path.rglob("*") if path.is_file())
    hashes = {
        path.relative_to(staged.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    write_json(staged.manifest, {"layout": LAYOUT, "files": hashes})
    return hashlib.sha256(staged.manifest.read_bytes()).hexdigest()[:16]


def _load(staged: Generation) -> None:
    """Fill the store in one go: a load for each document would leave it in thousands of small files.

    The graphs of editions that don't count stay files: in the store they would be summed up too.
    """
    joined = staged.path / "joined.nq"
    left_out = {staged.graph(entry["key"]) for entry in staged.superseded()}
    with joined.open("wb") as target:
        for path in sorted((staged.path / "graphs").glob("*.nq")):
            if path not in left_out:
                with path.open("rb") as source:
                    shutil.copyfileobj(source, target)
    store = pyoxigraph.Store(str(staged.store))
    store.bulk_load(path=str(joined), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    joined.unlink()
