"""report: what a graph holds as a page to read and to print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Directory, by_ending, chosen
from budgetkg.cli.terminal import wrote

_FORMATS = ("html", "md", "pdf")


def report(
    directory: Directory,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("opt-report-out"), metavar="FILE")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=f"{say('opt-report-lang')} zh|en")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a report on the graph."""
    from budgetkg.export.files import replacing
    from budgetkg.graph import open as opened
    from budgetkg.report import LANGUAGES, render
    from budgetkg.report.printing import to_pdf

    format = chosen(by_ending(format, target, _FORMATS, "html"), _FORMATS)
    if as_json and target is None:
        raise typer.BadParameter(say("json-needs-out"))
    spoken = lang or language()
    chosen(spoken, LANGUAGES)
    with opened(directory) as graph:
        text = render(graph, "html" if format == "pdf" else format, spoken)
    data = to_pdf(text) if format == "pdf" else text.encode()
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        with replacing(target) as stream:
            stream.write(data)
        wrote(target, as_json)
