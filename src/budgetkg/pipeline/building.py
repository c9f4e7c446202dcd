"""Building a graph from sources: each document on its own, then all of them committed at once."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.errors import BudgetkgError
from budgetkg.export import check, clear_leftovers, export_to, file_name
from budgetkg.origins import Origin
from budgetkg.pipeline.comparing import remembering
from budgetkg.pipeline.concluding import Concluded, conclude, concluder_of
from budgetkg.pipeline.counting import Counted, counted
from budgetkg.pipeline.damaged import legible, readable
from budgetkg.pipeline.document import (
    BuildOptions,
    Job,
    Outcome,
    lost,
    mapping_options,
    process,
)
from budgetkg.pipeline.editions import Group
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.kept import Reader, forget_readings, keep_reading, set_right, write_document
from budgetkg.pipeline.parsing import LayoutLike, load_readers, own_layouts, weight
from budgetkg.pipeline.readings import Readings, readings_of, told_apart
from budgetkg.pipeline.remembered import Remembered, basis_of, keep_for_next, remembered
from budgetkg.pipeline.sources import Failure, Sources, expand
from budgetkg.pipeline.summary import shared
from budgetkg.pipeline.unchanged import Known, known, readings
from budgetkg.pipeline.watching import Progress, Watch
from budgetkg.pipeline.workers import worker_count
from budgetkg.processes.memory import give_back
from budgetkg.store.commit import check_place, commit, exclusive, keep, prune, stage
from budgetkg.store.generations import Generation
from budgetkg.store.healing import Mended, mended

Json: TypeAlias = dict[str, Any]
Mapper: TypeAlias = Callable[[Callable[[Job], Outcome], Sequence[Job]], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, what it couldn't read, and what the graph holds now.

    ``kept`` are documents of earlier builds, ``replaced`` names those of which another version was read,
    ``repeated`` has files of the same bytes, which are one document.
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
    repeated: tuple[tuple[Path, ...], ...] = ()
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
    that can't be must be among the sources. ``mapper`` runs the function of a document over all of them; by
    default ``workers`` processes do, each held to ``limits``. ``layout`` is as in :func:`budgetkg.parse`.
    """
    for name in export:
        check(name)
    directory = Path(into)
    check_place(directory)
    options, own, limits = options or BuildOptions(), own_layouts(layout), limits or Limits()
    found = expand(sources, outside=directory)
    if not found.files:
        return BuildReport(directory, (), tuple(found.failures))
    watch = Watch(len(found.files), progress)
    mapper = mapper or _in_processes(worker_count(workers, len(found.files)), limits, watch)
    with exclusive(directory):
        told, healed = readings_of(directory), mended(directory, count=False)
        jobs = [Job(path, options, limits.pages, limits.objects, own, told) for path in found.files]
        memory, old = remembered(directory), legible(directory)
        same = known(jobs, old, memory.readings, healed)
        staged = stage(directory)
        unread = [job for job in jobs if job.path not in same.entries]
        said = mapper(process, unread) if unread else ()
        entries, fresh = _documents(directory, said, staged, found, watch, same)
        if not entries:
            return BuildReport(directory, (), tuple(found.failures), mended=healed)
        kept, replaced = _carried_over(directory, entries, healed)
        kept, right = set_right(Reader(directory, old, told) if old else None, staged, kept)
        whole = None if unread or replaced or right or healed.left else old
        done = _finished(directory, staged, old, memory, [*entries, *kept], options, whole)
        _remember(directory, done, readings(fresh, memory.readings, done.generation), options)
    outs = _exported(done.generation, directory / "exports", export)
    return BuildReport(
        directory, tuple(entries), tuple(found.failures), tuple(kept), replaced, outs, done.concluded,
        done.counted, told_apart(told, entries, kept), found.repeated, healed,
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
    def read(function: Callable[[Job], Outcome], jobs: Sequence[Job]) -> Iterable[Outcome]:
        if len(jobs) > 1:  # a single one's process loads them beside what this one does
            load_readers(jobs)
        outcomes = guarded(
            function, jobs, workers=count, limits=limits, lost=lost, weight=weight, progress=watch.page
        )
        _load_conclusions()
        return outcomes

    return read


def _load_conclusions() -> None:
    """Load what goes on with the documents, while they are read."""
    for name in ("budgetkg.inference", "budgetkg.pipeline.linking", "budgetkg.pipeline.sharing"):
        importlib.import_module(name)


@dataclass(frozen=True, slots=True)
class Finished:
    """A generation that is the current one now, what was inferred, and which documents count."""

    generation: Generation
    concluded: Concluded
    counted: Counted


def finish(directory: Path, staged: Generation, entries: Sequence[Json], options: BuildOptions) -> Finished:
    """Write what the documents of a generation share and what follows from them; make it the current one."""
    from budgetkg.pipeline.linking import bring
    from budgetkg.pipeline.sharing import write_shared

    editions = counted(staged, directory, entries)
    write_shared(staged, editions, options)
    base, concluder = mapping_options(options).base, concluder_of(directory, editions.counting)
    with remembering(directory, f"{base} {concluder.basis}") as memory:
        concluded = conclude(staged, memory, concluder, editions.counting, options)
        del concluder  # with the names that it knows
        bring(staged, directory, base)
        memory.keep(generation := commit(directory, staged))
    forget_readings(directory, entries)
    return Finished(generation, concluded, editions)


def _documents(
    directory: Path,
    outcomes: Iterable[Outcome],
    staged: Generation,
    found: Sources,
    watch: Watch,
    same: Known,
) -> tuple[list[Json], dict[str, list[str]]]:
    """Write each document when it is read; the same bytes under two names are one document.

    Returns the entries of all documents of the sources, and by the keys of sources read now their documents.
    """
    entries: dict[str, Json] = {}
    fresh: dict[str, list[str]] = {}
    for path, unchanged in same.entries.items():
        for entry in unchanged:
            entries[entry["key"]] = {**entry, "origin": _origin(found, path)}
            found.take(path, entry["key"])
        watch.document(path)
    for outcome in outcomes:
        if outcome.unclear is not None:
            raise BudgetkgError(outcome.unclear)
        if outcome.reason is not None:
            found.failures.append(Failure(str(outcome.path), outcome.reason))
        for built in outcome.built:
            found.take(outcome.path, built.key)
            before = entries.get(built.key)
            if before is None or built.entry["source"] < before["source"]:
                write_document(staged, built)
                keep_reading(directory, built.key, built.reading)
                entries[built.key] = {**shared(built.entry), "origin": _origin(found, outcome.path)}
        if outcome.path in same.keys:
            fresh[same.keys[outcome.path]] = [built.key for built in outcome.built]
        watch.document(outcome.path)
    give_back()
    return [entries[key] for key in sorted(entries)], fresh


def _origin(found: Sources, path: Path) -> Json:
    return (found.origins.get(path.resolve(), Origin()) if found.origins else Origin()).json()


def _carried_over(directory: Path, entries: list[Json], healed: Mended) -> tuple[list[Json], tuple[str, ...]]:
    """The documents of earlier builds that are kept, and the names of those that are replaced.

    A document is replaced by the same bytes and by a file of the same name that says it is the
    same form of the same department and year: a corrected version, not another document.
    """
    keys, versions = {entry["key"] for entry in entries}, {_version(entry) for entry in entries}
    old = readable(directory, healed, keys)
    others = [entry for entry in old.entries() if entry["key"] not in keys] if old else []
    kept = [entry for entry in others if _version(entry) not in versions]
    return kept, tuple(entry["source"] for entry in others if _version(entry) in versions)


def _finished(
    directory: Path,
    staged: Generation,
    old: Generation | None,
    memory: Remembered,
    entries: list[Json],
    options: BuildOptions,
    whole: Generation | None,
) -> Finished:
    """The generation that is there, if it is ``whole`` and would be made again; else a new one."""
    done = _as_before(directory, whole, memory, entries, options)
    if done is not None:
        return done
    missing = [entry["key"] for entry in entries if not staged.graph(entry["key"]).exists()]
    if old is not None and missing:
        keep(old, staged, missing)
    return finish(directory, staged, entries, options)


def _as_before(
    directory: Path, old: Generation | None, memory: Remembered, entries: list[Json], options: BuildOptions
) -> Finished | None:
    """The generation that is there, where a build of the same would make it again."""
    if old is None:
        return None
    found = memory.concluded(old, basis_of(directory, entries, mapping_options(options).base))
    if found is None:
        return None
    prune(directory)
    return Finished(old, *found)


def _remember(directory: Path, done: Finished, known_now: Mapping[str, Json], options: BuildOptions) -> None:
    """Keep what the next build needs to know."""
    basis = basis_of(directory, done.generation.entries(), mapping_options(options).base)
    keep_for_next(directory, known_now, done.generation, basis, done.concluded, done.counted)


def _version(entry: Json) -> tuple[Any, ...]:
    return tuple(entry[name] for name in ("source", "form", "department", "district", "year"))
