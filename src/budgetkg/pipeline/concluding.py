"""After the documents: what follows from all of them together, as files that each belong to one document.

A document that comes or goes has only the files written anew that it changes; the others are carried over.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.errors import StoreError
from budgetkg.mapping import Statements, iri
from budgetkg.pipeline.comparing import Memory
from budgetkg.pipeline.document import BuildOptions, mapping_options
from budgetkg.pipeline.shares import Share
from budgetkg.store.commit import take_over, write_json
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import (
    CONCLUSIONS,
    MEASURED,
    SIGNALS,
    SIMILARITIES,
    Generation,
    files_of_document,
    read_json,
)
from budgetkg.store.manifest import inodes_of, sha256
from budgetkg.vocab import BKG, DQV

if TYPE_CHECKING:
    from budgetkg.inference import Concluder, Conclusions, Extract, Graphs

Json: TypeAlias = dict[str, Any]

_MEASURED = DQV.computedOn  # each measurement says it once; summaries don't

CORRECTIONS = Path("corrections") / "themes.csv"
"""Where in the directory of a graph a person's corrections stand; no build touches them."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """How many conclusions stand in each graph, which corrections fitted nothing, how long it took."""

    counts: dict[str, int]
    unused: tuple[str, ...]
    seconds: float


def concluder_of(directory: Path, entries: Iterable[Json]) -> Concluder:
    """What concludes, by a person's corrections and the districts of the documents."""
    from budgetkg.inference import Concluder, read_corrections

    districts = {str(entry["district"]) for entry in entries if entry["district"]}
    return Concluder(districts, read_corrections(directory / CORRECTIONS))


def conclude(
    staged: Generation, memory: Memory, concluder: Concluder, entries: Iterable[Json], options: BuildOptions
) -> Concluded:
    """Write the conclusions; the same documents give the same bytes, whatever their order and history.

    ``entries`` are the documents that count, as the index has them.
    """
    started = time.perf_counter()
    base = mapping_options(options).base
    by_key = {str(entry["key"]): entry for entry in sorted(entries, key=lambda entry: str(entry["key"]))}
    try:
        writing = _Writing(staged, memory, concluder, base, by_key)
        writing.write()
    except (sqlite3.DatabaseError, StoreError):
        if memory.before is None:
            raise
        memory.forgotten()
        writing = _Writing(staged, memory, concluder, base, by_key)
        writing.write()
    shutil.rmtree(staged.path / MEASURED, ignore_errors=True)
    unused = tuple(f"{CORRECTIONS}:{item.line}: {item.subject}" for item in writing.conclusions.unused())
    return Concluded(_summed(memory), unused, time.perf_counter() - started)


class _Writing:
    """Writes the shares of documents into a generation that is being made."""

    def __init__(
        self, staged: Generation, memory: Memory, concluder: Concluder, base: str, entries: Mapping[str, Json]
    ) -> None:
        from budgetkg.inference import Conclusions

        self._staged, self._memory, self._base, self._entries = staged, memory, base, entries
        brief_of = partial(_brief_of, staged, entries)
        self.conclusions: Conclusions = Conclusions(base, concluder, memory.comparisons, brief_of)
        self._counts: dict[str, dict[str, int]] = defaultdict(dict)
        # The files that are those of the generation before.
        held = inodes_of(memory.before.path).items() if memory.before else ()
        self._carried = {name for name, _ in inodes_of(staged.path).items() & set(held)}

    def write(self) -> None:
        """Write what differs from the generation before, and carry over the rest."""
        comparisons, before = self._memory.comparisons, self._memory.before
        known = comparisons.digests()
        digests = {key: self._digest(key, known.get(key)) for key in self._entries}
        come = {key: digest for key, digest in digests.items() if known.get(key) != digest}
        gone = sorted(key for key in known if key in come or key not in digests)
        changed = self.conclusions.exchange(gone, come, self._write_single)
        for key, projects in sorted(changed.takers.items()):
            self._write_themes(key, projects)
        for key in sorted(changed.compared):
            self._write_compared(key)
        for key, pairs in sorted(changed.pairs.items()):
            self._write_pairs(key, pairs)
        for key, counts in self._counts.items():
            comparisons.add_counts(key, counts)
        if before is not None:
            kinds = [kind(Generation(Path()), "{}").as_posix() for kind in _KINDS]
            names = {kind.format(key) for key in digests.keys() - come.keys() for kind in kinds}
            take_over(before, self._staged, sorted(names - inodes_of(self._staged.path).keys()))

    def _write_single(self, key: str, graphs: Graphs) -> None:
        made = _signals(self._staged, key, self._base)
        write_bytes(self._staged.concluded(key), _sorted(_lines(graphs) + made.nquads()))
        self._counts[key] |= {**_counts(graphs), SIGNALS: made.count(_MEASURED)}

    def _write_themes(self, key: str, projects: Collection[str]) -> None:
        """Exchange the themes of some projects in what follows from a document alone."""
        for name, said in self.conclusions.themes(key, projects).items():
            share = self._share(Generation.concluded, key, name)
            for project in projects:
                share.without_conclusions(project)
                share.without_subject(project)
            share.take(said)
            self._counts[key] |= {name: share.count(BKG.hasMethod)}
            write_bytes(self._staged.concluded(key), share.nquads())

    def _write_pairs(self, key: str, pairs: Collection[tuple[str, str]]) -> None:
        """Exchange some pairs in what follows from a document beside others."""
        from budgetkg.inference import pair_node

        share = self._share(Generation.compared, key, SIMILARITIES)
        for first, second in pairs:
            share.without_subject(pair_node(self._base, first, second).value)
            share.without_statement(first, BKG.isSimilarTo, second)
            share.without_statement(second, BKG.isSimilarTo, first)
        share.take(self.conclusions.pairs(pairs))
        self._counts[key] |= {SIMILARITIES: share.count(BKG.hasMethod)}
        write_bytes(self._staged.compared(key), share.nquads())

    def _share(self, kind: Kind, key: str, name: str) -> Share:
        """A document's share as it was written now, else as it was in the generation before."""
        before = self._memory.before
        paths = [kind(self._staged, key), *([kind(before, key)] if before else [])]
        path = next(path for path in paths if path.exists())
        return Share(path.read_bytes(), iri.graph(self._base, name))

    def _write_compared(self, key: str) -> None:
        graphs = self.conclusions.compared(key)
        write_bytes(self._staged.compared(key), _sorted(_lines(graphs)))
        self._counts[key] |= _counts(graphs)

    def _digest(self, key: str, known: str | None) -> str:
        """What the conclusions of a document follow from, as one hash; known where its files are the same."""
        before, staged = self._memory.before, self._staged
        files = [staged.graph(key), staged.extract(key)]
        if before is not None and known is not None:
            graph, _, _, extract = files_of_document(key)
            if {graph, extract} <= self._carried:
                return known
        _brief_of(staged, self._entries, key)  # makes it where an earlier version kept none
        return hashlib.sha256("".join(map(sha256, files)).encode()).hexdigest()


Kind: TypeAlias = Callable[[Generation, str], Path]
_KINDS: tuple[Kind, ...] = (Generation.concluded, Generation.compared)


def _signals(staged: Generation, key: str, base: str) -> Statements:
    """How well a document can be measured: by who read it, else by its graph, which was kept."""
    from budgetkg.inference import signals_in

    measured = staged.measured(key)
    if measured.exists():
        return Statements.of(measured.read_bytes())
    return signals_in(staged.graph(key).read_bytes(), base)


def _lines(graphs: Graphs) -> bytes:
    return b"".join(said.nquads() for said in graphs.values())


def _sorted(lines: bytes) -> bytes:
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _counts(graphs: Graphs) -> dict[str, int]:
    return {name: said.count(BKG.hasMethod) for name, said in graphs.items()}


def _summed(memory: Memory) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for line in memory.comparisons.counts():
        whole.update(json.loads(line))
    return {name: whole[name] for name in CONCLUSIONS}


def _brief_of(staged: Generation, entries: Mapping[str, Json], key: str) -> Extract:
    return brief(staged, entries[key])


def brief(staged: Generation, entry: Json) -> Extract:
    """The extract of a document; made from its graph where an earlier build kept none."""
    from budgetkg.inference import Extract, extract_of

    path = staged.extract(entry["key"])
    if not path.exists():
        graph = staged.graph(entry["key"])
        said = Statements.of(graph.read_bytes())
        document = extract_of(SimpleNamespace(**entry), said.lines, entry["base"])
        write_json(path, document.json())
    return Extract.of(read_json(path))
