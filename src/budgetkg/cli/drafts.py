"""new-layout: a layout file drafted from a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import (
    MEMORY,
    OBJECTS,
    PAGES,
    SECONDS,
    AsJson,
    MaxMemory,
    MaxObjects,
    MaxPages,
    MaxSeconds,
    OwnLayout,
    limits,
)
from budgetkg.cli.terminal import out, print_json


def new_layout(
    file: Annotated[
        Path, typer.Argument(help=say("arg-drafted"), metavar="FILE", exists=True, dir_okay=False)
    ],
    max_seconds: MaxSeconds = SECONDS,
    max_memory: MaxMemory = MEMORY,
    max_pages: MaxPages = PAGES,
    max_objects: MaxObjects = OBJECTS,
    layout: OwnLayout = None,
    as_json: AsJson = False,
) -> None:
    """Draft a layout from a document's headers and labels."""
    from budgetkg.pipeline.drafting import draft

    held = limits(max_seconds, max_memory, max_pages, max_objects)
    drafted = draft(file, held, layout)
    if as_json:
        print_json({"source": file.name, "layout": drafted})
    else:
        out(drafted.rstrip("\n"))
