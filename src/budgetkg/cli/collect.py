"""Fetching documents from where they are published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson
from budgetkg.cli.terminal import complain, note, print_json, progress_bar, table

if TYPE_CHECKING:
    from budgetkg.collecting import CollectReport

_DELAY, _SECONDS, _RETRIES, _MEGABYTES = 1.0, 300.0, 3, 512


def collect(
    sources: Annotated[Path, typer.Argument(help=say("arg-source-list"), metavar="LIST", show_default=False)],
    into: Annotated[Path, typer.Option("--into", help=say("opt-collect-into"), metavar="FOLDER")],
    delay: Annotated[float, typer.Option("--delay", min=0, help=say("opt-delay"))] = _DELAY,
    retries: Annotated[int, typer.Option("--retries", min=0, help=say("opt-retries"))] = _RETRIES,
    max_seconds: Annotated[
        float, typer.Option("--max-seconds", min=1, help=say("opt-fetch-seconds"))
    ] = _SECONDS,
    max_megabytes: Annotated[
        int, typer.Option("--max-megabytes", min=1, help=say("opt-megabytes"))
    ] = _MEGABYTES,
    allow_private: Annotated[bool, typer.Option("--allow-private", help=say("opt-private"))] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help=say("opt-fetch-again"))] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the documents that a list of sources names into a folder that a build can read."""
    from budgetkg.collecting import FetchOptions
    from budgetkg.collecting import collect as run
    from budgetkg.origins import COLUMNS

    options = FetchOptions(delay, retries, max_seconds, max_megabytes * 1024 * 1024, allow_private)
    with progress_bar(as_json, "collecting") as progress:
        report = run(sources, into, options, refresh=refresh, progress=progress)
    if as_json:
        print_json(_json(report))
    elif report.files:
        columns = say("col-file"), say("col-bytes"), say("col-freshness"), say("col-address")
        rows = [
            (each.file, f"{each.size:,}", say("state-new" if each.fresh else "state-same"), each.url)
            for each in report.files
        ]
        table(columns, rows, numbers=columns[1:2])
    if report.unread and not as_json:
        known = [name for pair in COLUMNS.items() for name in pair]
        note(say("unread-columns", list=sources, columns=", ".join(report.unread), known=", ".join(known)))
    for place, reason in report.failures:
        complain(f"{place}: {reason.said(language())}")
    if report.files and not as_json:
        note(say("next-collected", folder=report.folder))
    if report.failures:
        raise typer.Exit(1)


def _json(report: CollectReport) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "files": [
            {"file": each.file, "url": each.url, "bytes": each.size, "fresh": each.fresh}
            for each in report.files
        ],
        "unread_columns": list(report.unread),
        "failures": [{"source": place, "reason": str(reason)} for place, reason in report.failures],
    }
