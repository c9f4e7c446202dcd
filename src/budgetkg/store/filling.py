"""Filling the store of a generation from its graphs: all of it, or from the store before it what is new.

The engine's data files are never changed once they are written, so the store of a new generation begins as
links to those of the one before. Then the statements that are no longer there are taken out, and the new ones
put in, graph by graph: whatever differs between the files of two generations, and nothing else.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

import pyoxigraph

from budgetkg.processes.descriptors import few_files
from budgetkg.processes.memory import give_back
from budgetkg.store.durable import naming
from budgetkg.store.generations import Generation
from budgetkg.store.manifest import STORE, is_same, manifest_of
from budgetkg.store.memory import stamps_of
from budgetkg.store.seal import Seal, engine_files, seal_of, write_seal

_AT_ONCE = 32 << 20  # bytes of N-Quads; the engine sorts what it loads in memory, some four times as large
# The engine keeps open all but 48 of the files that it may open, and of each (64 MiB) some 1 MiB of index in
# memory: without a limit that grows with the store. It wants to be allowed no fewer.
_FILES_ALLOWED = 96
# Lines that differ, held at once: some 400 bytes each, and as many again for the engine's transaction.
MOST_LINES = 100_000
_MOST_SHARES = 1 << 12  # of the lines of a nation; who makes lines of one checksum has them held together
_DATA = ".sst"
# From this share of the bytes on, loading everything takes less time, and leaves a tidier store.
MOST_NEW = 0.3
_MERGED = "merged-"
SHARES = ("compared-", "concluded-")
"""How the names of files begin of which several hold statements of one graph: documents' conclusions."""


def load(generation: Generation, before: Generation | None = None) -> None:
    """Fill the store, from that of the generation before where that is whole and most of it stays.

    The graphs of editions that don't count stay files: in the store they would be summed up too.
    """
    statements = _renewed(generation, before) if before is not None else None
    if statements is None:
        statements = _loaded(generation)
    manifest = manifest_hashes(generation)
    with naming(generation.path):
        write_seal(generation.path, manifest, statements, before.path if before else None)


def manifest_hashes(generation: Generation) -> dict[str, str]:
    """The hashes of a generation that may not bear its final name yet."""
    import json

    files: dict[str, str] = json.loads(generation.manifest.read_bytes())["files"]
    return files


def _loaded(generation: Generation) -> int:
    """Load every graph, many at once: a load for each would leave the store in thousands of small files."""
    joined = generation.path / "joined.nq"
    give_back()
    with naming(generation.store):
        engine = _engine(generation)
        for some in _portions(_in_store(generation)):
            with naming(joined), joined.open("wb") as target:
                for path in some:
                    with path.open("rb") as source:
                        shutil.copyfileobj(source, target)
            engine.bulk_load(path=str(joined), format=pyoxigraph.RdfFormat.N_QUADS)
        joined.unlink(missing_ok=True)
        # Portions leave files whose keys overlap; with one order of all, a look-up takes a third of the time.
        engine.optimize()
        engine.flush()
    statements = len(engine)
    del engine  # closes it: its files are as they stay
    give_back()
    return statements


def _engine(generation: Generation) -> pyoxigraph.Store:
    """The store to be written to."""
    with few_files(_FILES_ALLOWED):
        return pyoxigraph.Store(str(generation.store))


def _portions(paths: Iterable[Path]) -> Iterator[list[Path]]:
    portion: list[Path] = []
    size = 0
    for path in paths:
        own = path.stat().st_size
        if portion and size + own > _AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append(path)
        size += own
    yield portion


def _in_store(generation: Generation) -> list[Path]:
    """The graphs that belong into the store, sorted."""
    left_out = {generation.graph(entry["key"]) for entry in generation.superseded()}
    names = sorted(name for name in os.listdir(generation.path / "graphs") if name.endswith(".nq"))  # noqa: PTH208 - thousands
    return [path for name in names if (path := generation.path / "graphs" / name) not in left_out]


def _renewed(generation: Generation, before: Generation) -> int | None:
    """Make the store from the one before; returns how many statements it holds.

    ``None`` where that one isn't whole, where too much is new, and where others' data may stand in the
    graphs of documents, so that taking out a line of one file might take out one of another.
    """
    seal, manifest = seal_of(before.path), manifest_of(before.path)
    if seal is None or manifest is None or not _is_whole(before):
        return None
    old, new = ({path.name: path for path in _in_store(one)} for one in (before, generation))
    if any(name.startswith(_MERGED) for name in (*old, *new)):
        return None
    hashes = manifest_hashes(generation)
    changed = [
        name
        for name in sorted(old.keys() | new.keys())
        if name not in old or name not in new or manifest[1][f"graphs/{name}"] != hashes[f"graphs/{name}"]
    ]
    size = sum(path.stat().st_size for path in new.values())
    if sum(new[name].stat().st_size for name in changed if name in new) > MOST_NEW * size:
        return None
    if not _linked(before, generation, seal):
        return None
    with naming(generation.store):
        try:
            return seal.statements + _exchanged(generation, old, new, changed)
        except OSError as error:
            if error.errno:
                raise
            shutil.rmtree(generation.store)  # the engine finds its own data damaged, whoever touched them
            return None


def _is_whole(before: Generation) -> bool:
    stamps, seal = stamps_of(before.path), seal_of(before.path)
    files = [path.name for path in engine_files(before.store)]
    return (
        seal is not None
        and set(files) == seal.store.keys()
        and all(stamps.untouched(f"{STORE}/{name}") for name in files)
    )


def _exchanged(
    generation: Generation, old: Mapping[str, Path], new: Mapping[str, Path], changed: Iterable[str]
) -> int:
    """Exchange files, old for new, in the store; how many statements more it holds."""
    apart = [[name] for name in changed if not name.startswith(SHARES)]
    together = [name for name in changed if name.startswith(SHARES)]
    engine, more = _engine(generation), 0
    for names in (*apart, together):
        was, now = ([held[name] for name in names if name in held] for held in (old, new))
        more += _exchange(engine, was, now, whole=names is not together)
    engine.flush()
    return more


def _linked(before: Generation, generation: Generation, seal: Seal) -> bool:
    """Take over the engine's files: data by links, the small ones that lead to them as copies.

    A copy is hashed anew: whether it is what was sealed.
    """
    with naming(generation.store):
        generation.store.mkdir()
        for path in engine_files(before.store):
            target = generation.store / path.name
            if path.suffix == _DATA:
                try:
                    target.hardlink_to(path)
                    continue
                except OSError:
                    pass
            shutil.copyfile(path, target)
            if not is_same(target, seal.store[path.name][1]):
                shutil.rmtree(generation.store)
                return False
    return True


def _exchange(
    engine: pyoxigraph.Store,
    old: list[Path],
    new: list[Path],
    *,
    whole: bool,
    share: int = 0,
    shares: int = 1,
) -> int:
    """Take out the lines that some files no longer have and put in those that they have now; the difference.

    ``whole`` says that the files hold all of their graphs. Where too many lines differ to be held at once,
    the files are gone through again for one ``share`` of all lines after the other.
    """
    found = _differing(old, new, share, shares)
    if found is None:
        more = 0
        for half in (share, share + shares):
            more += _exchange(engine, old, new, whole=whole, share=half, shares=2 * shares)
            engine.flush()  # else the engine holds in memory what was written, up to a gigabyte
        return more
    gone, come = map(sorted, found)
    if whole and gone and not new:
        for graph in {quad.graph_name for quad in _quads(gone)}:
            engine.remove_graph(graph)
    else:
        for quad in _quads(gone):
            engine.remove(quad)
    engine.extend(_quads(come))
    return len(come) - len(gone)


def _differing(
    old: list[Path], new: list[Path], share: int, shares: int
) -> tuple[set[bytes], set[bytes]] | None:
    """Of a share of the lines those that no file has any more, and those that none had; ``None`` if too many.

    A statement may move from one file to another, or stand in several.
    """
    lost, won = set[bytes](), set[bytes]()
    was, now = ({path.name: path for path in paths} for paths in (old, new))
    for name in sorted(was.keys() | now.keys()):
        before, after = (_lines(held.get(name), share, shares) for held in (was, now))
        lost |= before - after
        won |= after - before
        if len(lost) + len(won) > MOST_LINES and shares < _MOST_SHARES:
            return None
    lost, won = lost - won, won - lost
    if lost:
        for path in new:  # one of them may have it still
            lost -= _lines(path, share, shares)
    return lost, won


def _lines(path: Path | None, share: int, shares: int) -> set[bytes]:
    """The lines of a file that belong to one of several shares, told by their checksum."""
    lines = path.read_bytes().splitlines(keepends=True) if path else []
    return {*lines} if shares == 1 else {line for line in lines if crc32(line) % shares == share}


def _quads(lines: list[bytes]) -> Iterator[pyoxigraph.Quad]:
    return iter(pyoxigraph.parse(io.BytesIO(b"".join(lines)), pyoxigraph.RdfFormat.N_QUADS))
