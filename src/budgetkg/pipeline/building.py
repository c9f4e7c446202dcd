"""Building a graph from sources: each document on its own, then all of them committed at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

from budgetkg.catalogue.provenance import provenance_quads
from budgetkg.errors import BudgetkgError, StoreError
from budgetkg.export import check, clear_leftovers, export_to, file_name
from budgetkg.mapping import Superseded, reference_quads, vocabulary_quads
from budgetkg.origins import Origin
from budgetkg.pipeline.concluding import Concluded, conclude
from budgetkg.pipeline.counting import Counted, counted
from budgetkg.pipeline.damaged import readable
from budgetkg.pipeline.document import (
    BuildOptions,
    Built,
    Job,
    Outcome,
    lost,
    mapping_options,
    process,
    sorted_lines,
)
from budgetkg.pipeline.editions import Group
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.linking import bring
from budgetkg.pipeline.parsing import LayoutLike, own_layouts, weight
from budgetkg.pipeline.readings import Readings, readings_of, told_apart
from budgetkg.pipeline.sources import Failure, Sources, expand
from budgetkg.pipeline.summary import year_basis
from budgetkg.pipeline.watching import Progress, Watch
from budgetkg.pipeline.workers import worker_count
from budgetkg.store.commit import check_place, commit, exclusive, keep, stage, write_json
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import PROVENANCE, REFERENCE, VOCABULARY, Generation, read_json
from budgetkg.store.healing import Mended, mended

Json: TypeAlias = dict[str, Any]
Mapper: TypeAlias = Callable[[Callable[[Job], Outcome], Sequence[Job]], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, what it couldn't read, and what the graph holds now.

    ``kept`` are documents of earlier builds, ``replaced`` names those of which another version was read.
    """

    directory: Path
    documents: tuple[Json, ...]
    failures: tuple[Failure, ...]
    kept: tuple[Json, ...] = ()
    replaced: tuple[str, ...] = ()
    exports: tuple[Path, ...] = ()
    concluded: Concluded | None = None
    counted: Counted | None = None
    readings: Readings = field(default_factory=Readings)
    mended: Mended = field(default_factory=Mended)

    @property
    def ok(self) -> bool:
        """Was every source read, without a violation of the graph's structure?"""
        return not self.failures and not self.violations

    @property
    def violations(self) -> int:
        """How many results of the validation say that the graph itself is wrong."""
        return sum((entry["validation"] or {}).get("Violation", 0) for entry in self.documents)

    @property
    def editions(self) -> tuple[tuple[Group, tuple[str, ...]], ...]:
        """The tables of which several editions are held, with the file names: first the one that counts."""
        names = self._names
        groups = self.counted.editions.groups if self.counted else ()
        return tuple((one, tuple(names[key] for key in (one.counted, *one.superseded))) for one in groups)

    @property
    def doubtful(self) -> tuple[tuple[str, str], ...]:
        """Names of two files that may print one table, though nothing decides it: both count."""
        pairs = self.counted.editions.doubtful if self.counted else ()
        return tuple((self._names[one], self._names[other]) for one, other in pairs)

    @property
    def _names(self) -> dict[str, str]:
        return {entry["key"]: entry["source"] for entry in (*self.documents, *self.kept)}


def build(
    sources: Iterable[str | os.PathLike[str]],
    into: str | os.PathLike[str],
    *,
    options: BuildOptions | None = None,
    workers: int | None = None,
    export: Sequence[str] = (),
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    limits: Limits | None = None,
    layout: LayoutLike | None = None,
) -> BuildReport:
    """Read the sources and write their graph into a directory, beside what is there already.

    A document that is there already is replaced. Nothing changes until everything is written, and
    where no source can be read nothing changes at all. What is damaged there is mended first; a document
    that can't be must be among the sources. ``mapper`` runs the function of a document
    over all of them; by default ``workers`` processes do, which hold each document to ``limits``.
    ``layout`` is read beside those that ship (see :func:`budgetkg.parse`).
    """
    for name in export:
        check(name)
    directory = Path(into)
    check_place(directory)
    options, own = options or BuildOptions(), own_layouts(layout)
    found = expand(sources, outside=directory)
    files, failures = found.files, found.failures
    if not files:
        return BuildReport(directory, (), tuple(failures))
    limits = limits or Limits()
    watch = Watch(len(files), progress)
    mapper = mapper or _in_processes(worker_count(workers, len(files)), limits, watch)
    with exclusive(directory):
        told, healed = readings_of(directory), mended(directory, count=False)
        staged = stage(directory)
        jobs = [Job(path, options, limits.pages, limits.objects, own, told) for path in files]
        outcomes = mapper(process, jobs)
        entries = _documents(outcomes, staged, found, watch)
        if not entries:
            return BuildReport(directory, (), tuple(failures), mended=healed)
        kept, replaced = _carry_over(directory, staged, entries, healed)
        done = finish(directory, staged, [*entries, *kept], options)
    outs = _exported(done.generation, directory / "exports", export)
    return BuildReport(
        directory, tuple(entries), tuple(failures), tuple(kept), replaced, outs, done.concluded, done.counted,
        told_apart(told, entries, kept), healed,
    )  # fmt: skip


def _exported(generation: Generation, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the graph in each of the formats into a folder."""
    outs = tuple(folder / file_name(name) for name in formats)
    for name, out in zip(formats, outs, strict=True):
        folder.mkdir(exist_ok=True)
        clear_leftovers(folder)
        export_to(generation, name, out)
    return outs


def _in_processes(count: int, limits: Limits, watch: Watch) -> Mapper:
    return partial(guarded, workers=count, limits=limits, lost=lost, weight=weight, progress=watch.page)


@dataclass(frozen=True, slots=True)
class Finished:
    """A generation that is the current one now, what was inferred, and which documents count."""

    generation: Generation
    concluded: Concluded
    counted: Counted


def finish(directory: Path, staged: Generation, entries: Sequence[Json], options: BuildOptions) -> Finished:
    """Write what the documents of a generation share and what follows from them; make it the current one."""
    editions = counted(staged, directory, entries)
    _shared_graphs(staged, editions, options)
    concluded = conclude(staged, directory, editions.counting, options)
    bring(staged, directory, mapping_options(options).base)
    return Finished(commit(directory, staged), concluded, editions)


def _documents(outcomes: Iterable[Outcome], staged: Generation, found: Sources, watch: Watch) -> list[Json]:
    """Write each document when it is read; the same bytes under two names are one document."""
    entries: dict[str, Json] = {}
    for outcome in outcomes:
        if outcome.unclear is not None:
            raise BudgetkgError(outcome.unclear)
        if outcome.reason is not None:
            found.failures.append(Failure(str(outcome.path), outcome.reason))
        for built in outcome.built:
            known = entries.get(built.key)
            if known is None or built.entry["source"] < known["source"]:
                _write(staged, built)
                origin = found.origins.get(outcome.path.resolve(), Origin())
                entries[built.key] = {**built.entry, "origin": origin.json()}
        watch.document(outcome.path)
    return [entries[key] for key in sorted(entries)]


def _write(staged: Generation, built: Built) -> None:
    write_bytes(staged.graph(built.key), built.graph)
    write_json(staged.document(built.key), built.record)
    write_json(staged.findings_of(built.key), list(built.findings))
    write_json(staged.extract(built.key), built.extract)


def _carry_over(
    directory: Path, staged: Generation, entries: list[Json], healed: Mended
) -> tuple[list[Json], tuple[str, ...]]:
    """Keep the documents of earlier builds, but for those that are replaced.

    A document is replaced by the same bytes and by a file of the same name that says it is the
    same form of the same department and year: a corrected version, not another document.
    """
    keys, versions = {entry["key"] for entry in entries}, {_version(entry) for entry in entries}
    old = readable(directory, healed, keys)
    if old is None:
        return [], ()
    kept, replaced = [], []
    for entry in old.entries():
        if entry["key"] in keys:
            continue
        if _version(entry) in versions:
            replaced.append(entry["source"])
        else:
            keep(old, staged, entry["key"])
            kept.append(entry)
    return kept, tuple(replaced)


def _version(entry: Json) -> tuple[Any, ...]:
    return tuple(entry[name] for name in ("source", "form", "department", "district", "year"))


def _shared_graphs(staged: Generation, editions: Counted, options: BuildOptions) -> None:
    """What belongs to no document: reference graph, vocabulary, the list of findings, the index.

    The reference graph names every document; findings and provenance are of those that count.
    """
    mapping = mapping_options(options)
    other = sorted({entry["base"] for entry in editions.entries} - {mapping.base})
    if other:
        raise StoreError("two-bases", there=other[0], wanted=mapping.base)
    entries = sorted(editions.entries, key=lambda entry: str(entry["key"]))
    index = [SimpleNamespace(**entry | {"year_basis": year_basis(entry)}) for entry in entries]
    superseded = {
        key: Superseded(group.counted, group.text) for key, group in editions.editions.superseded.items()
    }
    reference = reference_quads(index, mapping, superseded)
    write_bytes(staged.graph(REFERENCE), sorted_lines(reference))
    write_bytes(staged.graph(VOCABULARY), sorted_lines(vocabulary_quads(mapping)))
    write_bytes(staged.graph(PROVENANCE), sorted_lines(provenance_quads(editions.counting, mapping.base)))
    order = sorted(editions.counting, key=lambda entry: (str(entry["source"]), str(entry["key"])))
    findings = (read_json(staged.findings_of(entry["key"])) for entry in order)
    write_json(staged.findings, list(chain.from_iterable(findings)))
    write_json(staged.index, entries)
