"""report: what a graph holds as a page to read and to print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory, chosen
from budgetkg.cli.terminal import wrote

_FORMATS = ("html", "md", "pdf")


def report(
    directory: Directory,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("opt-report-out"), metavar="FILE")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = "html",
    as_json: AsJson = False,
) -> None:
    """Write a report on the graph."""
    from budgetkg.graph import open as opened
    from budgetkg.report import render
    from budgetkg.report.printing import to_pdf

    chosen(format, _FORMATS)
    if as_json and target is None:
        raise typer.BadParameter(say("json-needs-out"))
    with opened(directory) as graph:
        text = render(graph, "html" if format == "pdf" else format)
    data = to_pdf(text) if format == "pdf" else text.encode()
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        target.write_bytes(data)
        wrote(target, as_json)
