"""Signals of all documents, measured anew but where the same software measured the same document before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph
from pyoxigraph import Quad

from budgetkg.errors import StoreError
from budgetkg.mapping import iri
from budgetkg.pipeline.software import software
from budgetkg.store.generations import SIGNALS, Generation, located
from budgetkg.store.locks import GENERATIONS
from budgetkg.store.manifest import is_one_file
from budgetkg.store.memory import READ, recalled
from budgetkg.vocab import DQV

Json: TypeAlias = dict[str, Any]


def signals(staged: Generation, directory: Path, keys: Iterable[str], base: str) -> list[Quad]:
    """The measurements of the documents. A metric defined anew holds for those of earlier builds too."""
    from budgetkg.inference import document_signals

    before = _before(directory)
    earlier = _by_document(before) if before else {}
    made: list[Quad] = []
    for key in keys:
        own = earlier.get(iri.document(base, key).value)
        if own is None or before is None or not is_one_file(staged.graph(key), before.graph(key)):
            quads = pyoxigraph.parse(path=str(staged.graph(key)), format=pyoxigraph.RdfFormat.N_QUADS)
            own = document_signals(quads, base)
        made += own
    return made


def _before(directory: Path) -> Generation | None:
    """The generation that counts, if this very software made it."""
    kept = recalled(directory / GENERATIONS / READ)
    outcome: Mapping[str, Any] = kept["outcome"] if isinstance(kept, dict) else {}
    try:
        old = located(directory)
    except StoreError:
        return None
    same = (outcome.get("generation"), outcome.get("software")) == (old.path.name, software())
    return old if same and old.graph(SIGNALS).exists() else None


def _by_document(generation: Generation) -> dict[str, list[Quad]]:
    """The measurements of a generation by the documents that were measured."""
    nodes: dict[str, list[Quad]] = {}
    of_node: dict[str, str] = {}
    path = generation.graph(SIGNALS)
    for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS):
        nodes.setdefault(str(quad.subject), []).append(quad)
        if quad.predicate == DQV.computedOn:
            of_node[str(quad.subject)] = str(quad.object)
    found: dict[str, list[Quad]] = {}
    for node, quads in nodes.items():
        found.setdefault(of_node[node].strip("<>"), []).extend(quads)
    return found
