"""One document, from its bytes to all that a build keeps of it: a pure function."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.pipeline.guarded import Limits, guarded, tell
from budgetkg.pipeline.sources import Failure, expand, read_bytes
from budgetkg.pipeline.watching import Progress, Watch
from budgetkg.pipeline.workers import worker_count

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from budgetkg.mapping import MappingOptions
    from budgetkg.reading import Pages
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What may be chosen about a build; the same options and sources give the same graph.

    ``base`` is what the IRIs of data begin with (``None``: the project's own). ``times`` keeps when
    each document was read, in the index alone.
    """

    validate: bool = True
    personal: bool = False
    base: str | None = None
    times: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A source to be read, and how; ``pages`` is how many it may have, ``objects`` what each may draw."""

    path: Path
    options: BuildOptions
    pages: int | None = None
    objects: int | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """All that a build keeps of one document: its graph, its records, its findings, two summaries."""

    key: str
    graph: bytes
    record: Json
    findings: tuple[Json, ...]
    entry: Json
    extract: Json


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: documents, or the reason why there are none."""

    path: Path
    built: tuple[Built, ...] = ()
    reason: str | None = None


def parse(
    path: str | os.PathLike[str],
    *,
    pages: int | None = None,
    objects: int | None = None,
    progress: Pages | None = None,
) -> list[DocumentRecord]:
    """Read one file into records; a file may hold several documents, and at most so many pages.

    A page may draw so many ``objects`` (characters, lines, pictures).

    ``progress`` hears of each page that was read, and of how many there are. The file is read in this
    process, without a limit of time and memory. Raises
    :class:`budgetkg.errors.UnreadableDocument` where nothing can be read.
    """
    from budgetkg.forms import parse_document

    file = Path(path)
    return list(parse_document(read_bytes(file), file.name, pages=pages, objects=objects, progress=progress))


def parse_all(
    sources: Iterable[str | os.PathLike[str]],
    progress: Progress | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
) -> tuple[list[DocumentRecord], list[Failure]]:
    """Read files, folders and globs, each within limits; what can't be read is a failure."""
    limits = limits or Limits()
    files, failures = expand(sources)
    records: list[DocumentRecord] = []
    jobs = [Job(file, BuildOptions(), limits.pages, limits.objects) for file in files]
    watch = Watch(len(jobs), progress)
    outcomes = read_all(jobs, worker_count(workers, len(jobs)), limits, watch) if jobs else ()
    for file, (found, reason) in zip(files, outcomes, strict=True):
        records += found
        if reason is not None:
            failures.append(Failure(str(file), reason))
        watch.document(file)
    return records, failures


def read_all(
    jobs: Sequence[Job], workers: int, limits: Limits, watch: Watch
) -> Iterator[tuple[list[DocumentRecord], str | None]]:
    """The records of each source, or the reason why there are none, read in so many processes."""
    return guarded(
        _read, jobs, workers=workers, limits=limits, lost=_unread, weight=weight, told=watch.page
    )


def _read(job: Job) -> tuple[list[DocumentRecord], str | None]:
    try:
        return parse(job.path, pages=job.pages, objects=job.objects, progress=tell), None
    except Exception as error:  # noqa: BLE001 - as in process()
        return [], reason_of(error)


def _unread(job: Job, reason: str) -> tuple[list[DocumentRecord], str | None]:
    return [], reason


def reason_of(error: Exception) -> str:
    """An error without the name of the source, which is said beside it."""
    if isinstance(error, MemoryError):
        return "takes more memory than it may (--max-memory)"
    if not isinstance(error, BudgetkgError):
        return f"an error in budgetkg, please report it ({error!r:.300})"
    if isinstance(error, UnreadableDocument):
        return f"{error.place}: {error.reason}" if error.place else error.reason
    return str(error)


def process(job: Job) -> Outcome:
    """Read, map and validate one source. What is wrong with it costs that source alone."""
    started = datetime.now(UTC) if job.options.times else None
    try:
        records = parse(job.path, pages=job.pages, objects=job.objects, progress=tell)
        return Outcome(job.path, tuple(_built(record, job.options, started) for record in records))
    except Exception as error:  # noqa: BLE001 - a batch goes on, and the failure is reported by name
        return lost(job, reason_of(error))


def weight(job: Job) -> int:
    """How long a source may take beside others: before it is read, its size is all that is known."""
    try:
        return job.path.stat().st_size
    except OSError:
        return 0


def lost(job: Job, reason: str) -> Outcome:
    """What becomes of a source that gave no document."""
    return Outcome(job.path, reason=reason)


def _built(record: DocumentRecord, options: BuildOptions, started: datetime | None) -> Built:
    from budgetkg.inference import extract
    from budgetkg.mapping import document_quads, plan_quads
    from budgetkg.mapping.plan import plan_iri
    from budgetkg.pipeline.checks import check
    from budgetkg.pipeline.summary import entry
    from budgetkg.schema_json import RecordWriter

    mapping = mapping_options(options)
    quads = document_quads(record, mapping)
    written = RecordWriter(record, personal=options.personal)
    results = check(quads + plan_quads(record, mapping)) if options.validate else None
    findings = [{"origin": "reading", **written.finding(finding)} for finding in record.findings]
    key = record.key
    return Built(
        key=key,
        graph=sorted_lines(quads),
        record=written.document(),
        findings=tuple(_of(record, finding) for finding in (*findings, *(results or ()))),
        entry={
            **entry(record, key, mapping.base, findings, results),
            "plan": plan_iri(mapping.base, record).value,
            "made": _made(options, started),
        },
        extract=extract(record, quads, mapping.base).json(),
    )


def _made(options: BuildOptions, started: datetime | None) -> Json:
    """What the catalogue's provenance says of the reading; no clock unless somebody asked for it."""
    found: Json = {
        "software": f"budgetkg {version('budgetkg')}",
        "configuration": {"personal": options.personal, "validate": options.validate},
    }
    if started is not None:
        found["started"], found["ended"] = started.isoformat(), datetime.now(UTC).isoformat()
    return found


def mapping_options(options: BuildOptions) -> MappingOptions:
    """The part of the options that the mapping needs."""
    from budgetkg.mapping import DEFAULT_BASE, MappingOptions

    return MappingOptions(base=options.base or DEFAULT_BASE, personal=options.personal)


def sorted_lines(quads: list[Quad]) -> bytes:
    """Quads as N-Quads, in the order of their bytes."""
    import pyoxigraph

    lines = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    return b"".join(sorted((lines or b"").splitlines(keepends=True)))


def _of(record: DocumentRecord, finding: Json) -> Json:
    return {"document": record.source, "sha256": record.sha256, **finding}


def summary_of(record: DocumentRecord) -> Json:
    """A document in a few words, before it is in any graph."""
    from budgetkg.codelists import finding_severity
    from budgetkg.pipeline.summary import entry

    said = [{"code": item.code, "severity": finding_severity(item.code)} for item in record.findings]
    return entry(record, record.key, "", said, None)
