"""parse and build: from documents to records and to a graph."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import (
    MEMORY,
    OBJECTS,
    PAGES,
    SECONDS,
    AsJson,
    Corrections,
    Engine,
    MaxMemory,
    MaxObjects,
    MaxPages,
    MaxSeconds,
    OwnLayout,
    Personal,
    Workers,
    chosen,
    engine_named,
    limits,
)
from budgetkg.cli.terminal import complain, note, out, progress_bar
from budgetkg.messages import Message

if TYPE_CHECKING:
    from budgetkg.pipeline import BuildReport, Failure, Limits
    from budgetkg.records import DocumentRecord


def parse(
    files: Annotated[list[str], typer.Argument(help=say("arg-files"), metavar="FILE…")],
    format: Annotated[str, typer.Option("--format", "-f", help=say("opt-format") + " table|json")] = "table",
    picture: Annotated[Path | None, typer.Option("--picture", help=say("opt-picture"), metavar="OUT")] = None,
    page: Annotated[int | None, typer.Option("--page", min=1, help=say("opt-page"))] = None,
    mark: Annotated[
        tuple[int, int] | None, typer.Option("--mark", help=say("opt-mark"), metavar="START END")
    ] = None,
    workers: Workers = None,
    personal: Personal = False,
    max_seconds: MaxSeconds = SECONDS,
    max_memory: MaxMemory = MEMORY,
    max_pages: MaxPages = PAGES,
    max_objects: MaxObjects = OBJECTS,
    layout: OwnLayout = None,
    corrections: Corrections = None,
    explain: Annotated[bool, typer.Option("--explain", help=say("opt-explain"))] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents into records."""
    from budgetkg.cli.summaries import record_table
    from budgetkg.pipeline.parsing import parse_all

    format = "json" if as_json else chosen(format, ("table", "json"))
    held = limits(max_seconds, max_memory, max_pages, max_objects)
    if explain:
        _explain(files, held, layout, personal, format)
        return
    if page is not None and picture is None:
        raise typer.BadParameter(say("page-needs-picture"))
    undrawn = _draw(files, picture, held, personal, layout, (page, mark)) if picture is not None else None
    with progress_bar() as progress:
        records, failures = parse_all(files, progress, held, workers, layout, corrections)
    if format == "json" and records:
        _print_json(records, personal)
    elif records:
        record_table(records)
    # What can't be read can't be drawn; the error is shown once.
    _end(failures or ([undrawn] if undrawn else []))


def _explain(files: list[str], limits: Limits, layout: Path | None, personal: bool, format: str) -> None:
    """Show why files were read as they were, instead of what was read."""
    from budgetkg.cli.explained import show
    from budgetkg.cli.terminal import print_json
    from budgetkg.pipeline.explaining import explain

    told, failures = explain(files, limits, layout, personal)
    if format == "json":
        print_json(told)
    else:
        show(told)
    _end(failures)


def _draw(
    files: list[str],
    out: Path,
    limits: Limits,
    personal: bool,
    layout: Path | None,
    place: tuple[int | None, tuple[int, int] | None],
) -> Failure | None:
    """Draw the one file, of ``place`` the page and what to mark.

    Where that can't be done, the records are printed all the same.
    """
    from budgetkg.errors import UnreadableDocument
    from budgetkg.pipeline import Failure
    from budgetkg.pipeline.drawing import draw

    if len(files) != 1 or out.suffix.lower() not in (".html", ".htm", ".png"):
        raise typer.BadParameter(say("bad-picture"))
    try:
        written = draw(
            files[0], out, limits=limits, personal=personal, layout=layout, page=place[0], mark=place[1]
        )
    except UnreadableDocument as error:
        return Failure(error.source, error.cause)
    for path in written:
        note(say("picture-written", path=path))
    return None


def _print_json(records: list[DocumentRecord], personal: bool) -> None:
    """An object for one document, an array for several."""
    import json

    from budgetkg.schema_json import document_json

    written = [document_json(record, personal=personal) for record in records]
    out(json.dumps(written[0] if len(written) == 1 else written, ensure_ascii=False, indent=1))


def build(
    sources: Annotated[list[str], typer.Argument(help=say("arg-sources"), metavar="SOURCE…")],
    into: Annotated[Path, typer.Option("--store", "--into", help=say("opt-into"), metavar="DIR")],
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help=say("opt-scheduler"), metavar="ADDRESS")
    ] = None,
    no_validate: Annotated[bool, typer.Option("--no-validate", help=say("opt-no-validate"))] = False,
    engine: Engine = "auto",
    export: Annotated[list[str] | None, typer.Option("--export", help=say("opt-export"))] = None,
    base: Annotated[str | None, typer.Option("--base", help=say("opt-base"), metavar="IRI")] = None,
    personal: Personal = False,
    times: Annotated[bool, typer.Option("--with-times", help=say("opt-times"))] = False,
    as_json: AsJson = False,
    max_seconds: MaxSeconds = SECONDS,
    max_memory: MaxMemory = MEMORY,
    max_pages: MaxPages = PAGES,
    max_objects: MaxObjects = OBJECTS,
    layout: OwnLayout = None,
) -> None:
    """Read documents and write their graph into a directory."""
    from budgetkg.cli.summaries import build_summary, report_json
    from budgetkg.cli.whole import mended_line
    from budgetkg.cluster.places import brought
    from budgetkg.cluster.scheduling import over_cluster
    from budgetkg.formats import names
    from budgetkg.pipeline import BuildOptions
    from budgetkg.pipeline import build as run

    for name in export or ():
        chosen(name, names())
    options = BuildOptions(
        validate=not no_validate, personal=personal, base=base, times=times, engine=engine_named(engine)
    )
    held = limits(max_seconds, max_memory, max_pages, max_objects)
    mapper = partial(over_cluster, scheduler, limits=held) if scheduler is not None else None
    with brought(sources) as paths, progress_bar(quiet=as_json) as progress:
        report = run(
            paths, into, options=options, workers=workers, export=export or (), progress=progress,
            limits=held, layout=layout, mapper=mapper,
        )  # fmt: skip
    for damage in report.mended.healed:
        note(mended_line(damage))
    for damage in report.mended.left if report.documents else ():
        note(Message("built-anew", path=damage.path, what=damage.what).said(language()))
    if as_json:
        out(report_json(report))
    elif report.documents:
        build_summary(report)
    _end(report.failures, report)


def _end(failures: tuple[Failure, ...] | list[Failure], report: BuildReport | None = None) -> None:
    """Name the sources that could not be read, last so that they are seen, and set the exit code."""
    for failure in failures:
        complain(f"{failure.source}: {failure.reason.said(language())}")
    if report is not None and not report.documents:
        note(say("nothing-built", directory=report.directory))
    if failures or (report is not None and not report.ok):
        raise typer.Exit(1)
