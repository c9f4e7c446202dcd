"""After the documents: what follows from all of them together, written anew on every build."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph

from budgetkg.pipeline.document import BuildOptions, mapping_options, sorted_lines
from budgetkg.pipeline.measuring import signals
from budgetkg.store.commit import write_json
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import SIGNALS, Generation, read_json

if TYPE_CHECKING:
    from budgetkg.inference import Extract

Json: TypeAlias = dict[str, Any]

CORRECTIONS = Path("corrections") / "themes.csv"
"""Where in the directory of a graph a person's corrections stand; no build touches them."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """How many conclusions stand in each graph, which corrections fitted nothing, how long it took."""

    counts: dict[str, int]
    unused: tuple[str, ...]
    seconds: float


def conclude(
    staged: Generation, directory: Path, entries: Iterable[Json], options: BuildOptions
) -> Concluded:
    """Write the graphs of conclusions; the same documents give the same bytes, whatever their order.

    ``entries`` are the documents that count, as the index has them.
    """
    from budgetkg.inference import infer, read_corrections
    from budgetkg.vocab import BKG

    started = time.perf_counter()
    corrections = read_corrections(directory / CORRECTIONS)
    ordered = sorted(entries, key=lambda entry: str(entry["key"]))
    base = mapping_options(options).base
    related = infer(lambda: (brief(staged, entry) for entry in ordered), base, corrections)
    counts = {}
    for name, quads in related.graphs.items():
        write_bytes(staged.graph(name), sorted_lines(quads))
        counts[name] = sum(quad.predicate == BKG.hasMethod for quad in quads)
    counts[SIGNALS] = _write_signals(staged, directory, (entry["key"] for entry in ordered), base)
    unused = tuple(f"{CORRECTIONS}:{item.line}: {item.subject}" for item in related.unused)
    return Concluded(counts, unused, time.perf_counter() - started)


def _write_signals(staged: Generation, directory: Path, keys: Iterable[str], base: str) -> int:
    from budgetkg.vocab import RDF

    made = signals(staged, directory, keys, base)
    write_bytes(staged.graph(SIGNALS), sorted_lines(made))
    return sum(quad.predicate == RDF.type for quad in made)


def _quads(staged: Generation, key: str) -> Iterable[pyoxigraph.Quad]:
    return pyoxigraph.parse(path=str(staged.graph(key)), format=pyoxigraph.RdfFormat.N_QUADS)


def brief(staged: Generation, entry: Json) -> Extract:
    """The extract of a document; made from its graph where an earlier build kept none."""
    from budgetkg.inference import Extract, extract

    path = staged.extract(entry["key"])
    if not path.exists():
        document = extract(SimpleNamespace(**entry), _quads(staged, entry["key"]), entry["base"])
        write_json(path, document.json())
    return Extract.of(read_json(path))
