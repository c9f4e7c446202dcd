"""match: two code lists, whoever wrote them, side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import chosen
from budgetkg.cli.terminal import note

_FORMATS = ("csv", "turtle")

Out = Annotated[Path | None, typer.Option("--out", "-o", help=say("opt-out"), metavar="FILE")]


def match(
    left: Annotated[Path, typer.Argument(help=say("arg-list"), metavar="LIST_A")],
    right: Annotated[Path, typer.Argument(help=say("arg-list"), metavar="LIST_B")],
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = "csv",
    target: Out = None,
) -> None:
    """Which concept of one list is which of another."""
    from budgetkg.links.matching import match as matches
    from budgetkg.links.skos import read_concepts
    from budgetkg.links.tables import written

    chosen(format, _FORMATS)
    give(written(matches(read_concepts(left), read_concepts(right)), format), target)


def give(text: str, target: Path | None) -> None:
    """To a file that appears only when it is whole, else to standard output."""
    from budgetkg.export import replacing

    if target is None:
        sys.stdout.write(text)
        return
    with replacing(target) as stream:
        stream.write(text.encode("utf-8"))
    note(say("written", path=target))
