"""Going on with a graph in which something is damaged that could not be mended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from budgetkg.errors import StoreError
from budgetkg.store.generations import CURRENT, Generation, located, read_json, stored, whole
from budgetkg.store.healing import Mended
from budgetkg.store.manifest import MANIFEST, manifest_of
from budgetkg.store.pointer import pointed


def readable(directory: Path, mended: Mended, replaced: Collection[str]) -> Generation | None:
    """The generation whose documents are carried over, but for those that are replaced or removed (by key).

    ``None`` where nothing is left to carry over. Raises StoreError where a document that would be carried
    over is damaged: what it said must not get lost in silence.
    """
    if pointed(directory / CURRENT) is None and not stored(directory):
        return None
    if not mended.left:
        return located(directory)
    places = [damage.path for damage in mended.left]
    if any(path.name in ("index.json", MANIFEST, CURRENT) for path in places):
        held = {key: _source(place, key) for place in stored(directory) for key in _keys(place)}
        generation = None
    else:
        generation = located(directory)
        lost = {path.name.partition(".")[0] for path in places}
        held = {entry["key"]: entry["source"] for entry in generation.entries() if entry["key"] in lost}
    _refuse(directory, held, replaced)
    return generation


def legible(directory: Path) -> Generation | None:
    """The generation that counts, if its index can be read; whoever must go on with it says what is wrong."""
    try:
        old = located(directory)
        old.entries()  # first, for it is read only where its size can be that of an index
        whole(old, [old.index])
    except StoreError:
        return None
    return old


def _refuse(directory: Path, held: Mapping[str, str], replaced: Collection[str]) -> None:
    names = tuple(sorted(source for key, source in held.items() if key not in replaced))
    if names:
        raise StoreError("documents-damaged", directory=directory, names=names)


def _keys(generation: Path) -> set[str]:
    """The keys of the documents of a generation without an index."""
    manifest = manifest_of(generation)
    names = {f"documents/{path.name}" for path in (generation / "documents").glob("*.json")}
    names |= manifest[1].keys() if manifest else set()
    return {Path(name).name.partition(".")[0] for name in names if name.startswith("documents/")}


def _source(generation: Path, key: str) -> str:
    """The name of a document's file, as its record has it; else its key."""
    try:
        return str(read_json(Generation(generation).document(key))["source"])
    except (StoreError, KeyError, TypeError):
        return key
