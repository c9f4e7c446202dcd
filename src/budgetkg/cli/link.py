"""match, link and merge: joining the graph with what others publish."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import (
    MEMORY,
    OBJECTS,
    PAGES,
    SECONDS,
    AsJson,
    Directory,
    MaxMemory,
    MaxSeconds,
    chosen,
    limits,
)
from budgetkg.cli.terminal import note, out, print_json, table, visible

if TYPE_CHECKING:
    from budgetkg.links.targets.wikidata import Endpoint
    from budgetkg.pipeline.merging import Merged

_FORMATS = ("csv", "turtle")

Out = Annotated[Path | None, typer.Option("--out", "-o", help=say("opt-out"), metavar="FILE")]


def match(
    left: Annotated[Path, typer.Argument(help=say("arg-list"), metavar="LIST_A")],
    right: Annotated[Path, typer.Argument(help=say("arg-list"), metavar="LIST_B")],
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = "csv",
    target: Out = None,
    as_json: AsJson = False,
) -> None:
    """Which concept of one list is which of another."""
    from budgetkg.links.matching import match as matches
    from budgetkg.links.skos import read_concepts
    from budgetkg.links.tables import written

    chosen(format, _FORMATS)
    matched = matches(read_concepts(left), read_concepts(right))
    if as_json:
        import csv
        import io

        print_json(list(csv.DictReader(io.StringIO(written(matched, "csv")))))
        return
    give(written(matched, format), target)


def link(
    directory: Directory,
    target: Annotated[
        list[str] | None, typer.Option("--target", "-t", help=say("opt-target"), metavar="NAME|FILE")
    ] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help=say("opt-ask"), metavar="URL")] = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, help=say("opt-timeout"))] = 60,
    pause: Annotated[float, typer.Option("--pause", min=0, help=say("opt-pause"))] = 1.0,
    refresh: Annotated[bool, typer.Option("--refresh", help=say("opt-refresh"))] = False,
    verdicts: Annotated[
        Path | None, typer.Option("--verdicts", help=say("opt-verdicts"), metavar="FILE.csv")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find links, keep what people said of them, write them as graphs."""
    from budgetkg.links.linkset import REJECTED, UNVERIFIED, VERIFIED
    from budgetkg.pipeline.linking import link as linked

    whom = _endpoint(directory, endpoint, timeout, pause, refresh) if endpoint else None
    linksets = linked(directory, target or (), endpoint=whom, verdicts=verdicts)
    statuses = (VERIFIED, UNVERIFIED, REJECTED)
    if as_json:
        counted = [(one, {status: one.count(status) for status in statuses}) for one in linksets]
        print_json([{"linkset": one.name, "table": str(one.table), **counts} for one, counts in counted])
        return
    rows = [[one.name, *(str(one.count(status)) for status in statuses), str(one.table)] for one in linksets]
    table(
        [say("linkset"), *(say(status) for status in statuses), say("table")], rows, list(map(say, statuses))
    )


def merge(
    directory: Directory,
    files: Annotated[list[Path], typer.Argument(help=say("arg-rdf"), metavar="FILE…")],
    max_seconds: MaxSeconds = SECONDS,
    max_memory: MaxMemory = MEMORY,
    as_json: AsJson = False,
) -> None:
    """Take RDF of others into the store."""
    from budgetkg.pipeline.merging import merge as merged

    reports = merged(directory, files, limits(max_seconds, max_memory, PAGES, OBJECTS))
    if as_json:
        print_json([{**asdict(report), "classes": dict(report.classes)} for report in reports])
        return
    for report in reports:
        _understood(report)


def _understood(report: Merged) -> None:
    out(
        say(
            "merged",
            source=report.source,
            statements=report.statements,
            graphs=len(report.graphs),
            known=report.known,
            blanks=report.blank_nodes,
        )
    )
    for graph in report.graphs:
        out(f"  {say('graph')} {graph}")
    for name, count in report.classes:
        out(f"  {name} {count}")
    for graph in report.moved:
        out(f"  {say('moved', graph=graph)}")
    if report.ill_typed:
        out(f"  {say('ill-typed', count=len(report.ill_typed), literal=visible(report.ill_typed[0][:120]))}")
    for namespace in report.unknown:
        out(f"  {say('unknown-words', namespace=namespace)}")


def _endpoint(directory: Path, url: str, timeout: int, pause: float, refresh: bool) -> Endpoint:
    from budgetkg.links.targets.wikidata import Endpoint
    from budgetkg.store.remote import RemoteStore

    cache = directory / "links" / "cache"
    return Endpoint(url, RemoteStore(url, timeout), cache, pause=pause, refresh=refresh)


def give(text: str, target: Path | None) -> None:
    """To a file that appears only when it is whole, else to standard output."""
    from budgetkg.export import replacing

    if target is None:
        sys.stdout.write(text)
        return
    with replacing(target) as stream:
        stream.write(text.encode("utf-8"))
    note(say("written", path=target))
