"""One document, from its bytes to all that a build keeps of it: a pure function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.messages import Message
from budgetkg.pipeline.guarded import tell
from budgetkg.pipeline.parsing import read, reason_of

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from budgetkg.forms.corrections import CorrectionLine
    from budgetkg.forms.layout import Layout
    from budgetkg.mapping import MappingOptions
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What may be chosen about a build; the same options and sources give the same graph.

    ``base`` is what the IRIs of data begin with (``None``: the project's own). ``times`` keeps when
    each document was read, in the index alone. ``engine`` validates
    (:data:`budgetkg.validation.ENGINES`); all give the same.
    """

    validate: bool = True
    personal: bool = False
    base: str | None = None
    times: bool = False
    engine: str = "auto"


@dataclass(frozen=True, slots=True)
class Job:
    """A source to be read, and how: its most pages, the most objects of a page, layouts, right readings."""

    path: Path
    options: BuildOptions
    pages: int | None = None
    objects: int | None = None
    layouts: tuple[Layout, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """All that a build keeps of one document: its graph, its records, its findings, two summaries.

    ``signals`` is how well it can be measured, for the graph of signals; ``reading`` what it was read as,
    before corrections (:mod:`budgetkg.pipeline.packing`).
    """

    key: str
    graph: bytes
    record: Json
    findings: tuple[Json, ...]
    entry: Json
    extract: Json
    signals: bytes
    reading: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: documents, or the reason why there are none.

    ``unclear`` is a person's correction that may mean several things: it stops the whole build.
    """

    path: Path
    built: tuple[Built, ...] = ()
    reason: Message | None = None
    unclear: Message | None = None


def process(job: Job) -> Outcome:
    """Read, map and validate one source. What is wrong with it costs that source alone."""
    from budgetkg.forms.corrections import UnclearCorrection, corrected
    from budgetkg.pipeline.packing import packed

    started = datetime.now(UTC) if job.options.times else None
    try:
        records = read(replace(job, corrections=()), tell)
        made = (
            replace(
                built(corrected(record, job.corrections), job.options, started),
                reading=packed(record, personal=job.options.personal),
            )
            for record in records
        )
        return Outcome(job.path, tuple(made))
    except UnclearCorrection as error:
        return Outcome(job.path, unclear=error.message)
    except Exception as error:  # noqa: BLE001 - a batch goes on, and the failure is reported by name
        return lost(job, reason_of(error))


def lost(job: Job, reason: Message) -> Outcome:
    """The outcome of a source that gave no document, and why."""
    return Outcome(job.path, reason=reason)


def built(record: DocumentRecord, options: BuildOptions, started: datetime | None = None) -> Built:
    """All that a build keeps of a record."""
    from budgetkg.forms.corrections import digests_in
    from budgetkg.inference import extract_of, signals_in
    from budgetkg.mapping import document_statements, plan_statements
    from budgetkg.mapping.plan import plan_iri
    from budgetkg.pipeline.checks import check, one_list
    from budgetkg.pipeline.summary import entry
    from budgetkg.schema_json import RecordWriter

    mapping = mapping_options(options)
    said = document_statements(record, mapping)
    written = RecordWriter(record, personal=options.personal)
    plan = plan_statements(record, mapping)
    results = check(said.lines + plan.lines, options.engine) if options.validate else None
    findings = [{"origin": "reading", **written.finding(finding)} for finding in record.findings]
    key, graph = record.key, said.nquads()
    return Built(
        key=key,
        graph=graph,
        record=written.document(),
        findings=tuple(_of(record, finding) for finding in one_list(findings, results or ())),
        entry={
            **entry(record, key, mapping.base, findings, results),
            "plan": plan_iri(mapping.base, record).value,
            "made": _made(options, started),
            "corrections": sorted(digests_in(record)),
        },
        extract=extract_of(record, said.lines, mapping.base).json(),
        signals=signals_in(graph, mapping.base).nquads(),
    )


def _made(options: BuildOptions, started: datetime | None) -> Json:
    """What the catalogue's provenance says of the reading; no clock unless somebody asked for it."""
    from importlib.metadata import version

    made: Json = {
        "software": f"budgetkg {version('budgetkg')}",
        "configuration": {"personal": options.personal, "validate": options.validate},
    }
    if started is not None:
        made["started"], made["ended"] = started.isoformat(), datetime.now(UTC).isoformat()
    return made


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
    """The index entry of a document that is in no graph yet."""
    from budgetkg.codelists import finding_severity
    from budgetkg.pipeline.summary import entry

    results = [{"code": item.code, "severity": finding_severity(item.code)} for item in record.findings]
    return entry(record, record.key, "", results, None)
