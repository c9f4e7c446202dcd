"""Files of a generation made again from the others: only with the bytes whose hash is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from budgetkg.errors import BudgetkgError
from budgetkg.regular import content
from budgetkg.store.commit import set_aside
from budgetkg.store.durable import replace_bytes
from budgetkg.store.filling import SHARES
from budgetkg.store.generations import BETWEEN, CONCLUSIONS, LAYOUT, Generation, read_json, stored
from budgetkg.store.manifest import (
    digest_of,
    files_of,
    is_same,
    json_bytes,
    manifest_bytes,
    manifest_of,
    sha256,
)
from budgetkg.store.seal import seal_of


def mend_manifest(generation: Generation) -> None:
    """Make the manifest anew from the seal, else from the files; its own hash says if it is right."""
    if manifest_of(generation.path) is not None:
        return
    seal = seal_of(generation.path)
    made = [{name: known for name, (_, known) in seal.files.items()}] if seal else []
    with suppress(OSError):
        made.append({
            path.relative_to(generation.path).as_posix(): sha256(path) for path in files_of(generation.path)
        })  # fmt: skip
    for hashes in made:
        data = manifest_bytes(LAYOUT, hashes)
        if digest_of(data) == generation.path.name:
            _replace(generation.manifest, data)
            return


def mend_files(directory: Path, generation: Generation) -> None:
    """Put back each file of the manifest whose right bytes can be found."""
    manifest = manifest_of(generation.path)
    hashes = manifest[1] if manifest else {}
    seal = seal_of(generation.path)
    sizes = {name: size for name, (size, _) in seal.files.items()} if seal else {}
    for name, known in sorted(hashes.items(), key=lambda item: (item[0] != generation.index.name, item[0])):
        path = generation.path / name
        if is_same(path, known, sizes.get(name)):
            continue
        for data in _again(directory, generation, name):
            if hashlib.sha256(data).hexdigest() == known:
                _replace(path, data)
                break


def _again(directory: Path, generation: Generation, name: str) -> Iterator[bytes]:
    """What a file may have held: by another generation, by the store, by the files that it is made of."""
    for other in stored(directory):
        with suppress(OSError):
            yield content(other / name)
    if name.startswith("graphs/merged-"):  # brought in from there as it is
        with suppress(OSError):
            yield content(directory / name.removeprefix("graphs/").replace("-", "/", 1))
    if name == generation.findings.name:
        with suppress(BudgetkgError, KeyError, TypeError):
            yield _findings(generation)
    if Path(name).name.startswith(SHARES):
        yield from _share(generation, generation.path / name)
    elif name.startswith("graphs/"):
        yield from _from_store(generation, name)


def _findings(generation: Generation) -> bytes:
    """The findings of all documents, as a build joins them."""
    order = sorted(generation.counted(), key=lambda entry: (str(entry["source"]), str(entry["key"])))
    every = (read_json(generation.findings_of(entry["key"])) for entry in order)
    return json_bytes(list(chain.from_iterable(every)))


def _share(generation: Generation, path: Path) -> Iterator[bytes]:
    """A document's share of the conclusions: what the store holds of them and no other file does."""
    between = path.name.startswith("compared-")
    names = [f"/graph/{name}" for name in CONCLUSIONS if (name in BETWEEN) == between]
    with suppress(OSError, ValueError, RuntimeError):
        store = pyoxigraph.Store.read_only(str(generation.store))
        lines: set[bytes] = set()
        for graph in list(store.named_graphs()):
            if isinstance(graph, NamedNode) and graph.value.endswith(tuple(names)):
                quads = store.quads_for_pattern(None, None, None, graph)
                data = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""
                lines.update(data.splitlines(keepends=True))
        for other in path.parent.glob(f"{path.name.partition('-')[0]}-*.nq"):
            if other != path:
                lines.difference_update(content(other).splitlines(keepends=True))
        yield b"".join(sorted(lines))


def _from_store(generation: Generation, name: str) -> Iterator[bytes]:
    """The graphs of the store whose name ends like the file's, as N-Quads in the order of their bytes."""
    try:
        store = pyoxigraph.Store.read_only(str(generation.store))
        stem = Path(name).stem
        for graph in list(store.named_graphs()):
            if isinstance(graph, NamedNode) and graph.value.endswith(f"/{stem}"):
                quads = store.quads_for_pattern(None, None, None, graph)
                lines = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""
                yield b"".join(sorted(lines.splitlines(keepends=True)))
    except (OSError, ValueError, RuntimeError):
        return


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir() and not path.is_symlink():
        set_aside(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_bytes(path, data)
