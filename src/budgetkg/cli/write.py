"""export: the graph in an RDF format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import Directory, chosen
from budgetkg.cli.terminal import note


def export(
    directory: Directory,
    format: Annotated[
        str,
        typer.Option("--format", "-f", help=f"{say('opt-format')} turtle|jsonld|nquads|trig|ntriples|rdfxml"),
    ],
    target: Annotated[Path | None, typer.Option("--out", "-o", help=say("opt-out"), metavar="FILE")] = None,
) -> None:
    """Write the graph out."""
    from budgetkg.export import FORMATS, export_file, writer
    from budgetkg.store.generations import current

    chosen(format, tuple(FORMATS))
    generation = current(directory)
    if target is None:
        sys.stdout.flush()
        writer(format)(generation, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        export_file(generation, format, target)
        note(say("written", path=target))
