"""new-layout: a layout file drafted from a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.terminal import out


def new_layout(
    file: Annotated[
        Path, typer.Argument(help=say("arg-drafted"), metavar="FILE", exists=True, dir_okay=False)
    ],
) -> None:
    """Draft a layout from a document's headers and labels."""
    from budgetkg.forms.drafting import draft_layout
    from budgetkg.reading import read_document

    out(draft_layout(read_document(file.read_bytes(), file.name)).rstrip("\n"))
