"""The statements of a store, counted against those of the files that it was loaded from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from budgetkg.messages import Message
from budgetkg.regular import opened
from budgetkg.store.generations import Generation
from budgetkg.store.integrity import Damage
from budgetkg.store.seal import seal_of


def miscounted(generation: Generation) -> Iterator[Damage]:
    """Graphs of which the store holds more or fewer statements than the files; the files are whole."""
    seal = seal_of(generation.path)
    try:
        store = pyoxigraph.Store.read_only(str(generation.store))
        found = {
            graph.value: sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
            for graph in store.named_graphs()
            if isinstance(graph, NamedNode)
        }
        every = len(store)
    except (OSError, ValueError, RuntimeError) as error:
        yield _damage(generation, Message("damage-store", error=str(error).splitlines()[0]))
        return
    wanted = _in_files(generation)
    for graph in sorted(found.keys() | wanted.keys()):
        if found.get(graph, 0) != wanted[graph]:
            yield _miscount(generation, found.get(graph, 0), wanted[graph], graph)
    if seal is not None and every != seal.statements:
        yield _miscount(generation, every, seal.statements, "")


def _in_files(generation: Generation) -> Counter[str]:
    """How many statements each graph has in the files; two files may share a graph, and statements."""
    left_out = {generation.graph(entry["key"]) for entry in generation.superseded()}
    places: dict[bytes, list[Path]] = defaultdict(list)
    counts: Counter[bytes] = Counter()
    for path in sorted((generation.path / "graphs").glob("*.nq")):
        if path not in left_out:
            own = Counter(_graph(line) for line in _lines(path))
            counts.update(own)
            for graph in own:
                places[graph].append(path)
    for graph, paths in places.items():
        if len(paths) > 1:
            counts[graph] = len({line for path in paths for line in _lines(path) if _graph(line) == graph})
    return Counter({graph.decode("utf-8", "replace"): count for graph, count in counts.items()})


def _lines(path: Path) -> Iterator[bytes]:
    with opened(path) as stream:
        yield from stream


def _graph(line: bytes) -> bytes:
    return line.rsplit(b" ", 2)[-2].strip(b"<>") if line.count(b" ") > 1 else b""


def _miscount(generation: Generation, found: int, wanted: int, graph: str) -> Damage:
    return _damage(generation, Message("damage-statements", found=found, wanted=wanted, graph=graph))


def _damage(generation: Generation, what: Message) -> Damage:
    return Damage(generation.store, what)
