"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from budgetkg.cli.messages import say

Directory: TypeAlias = Annotated[Path, typer.Argument(help=say("arg-directory"), metavar="DIR")]
Personal: TypeAlias = Annotated[bool, typer.Option("--with-personal-data", help=say("opt-personal"))]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help=say("opt-json"))]
Workers: TypeAlias = Annotated[int | None, typer.Option("--workers", min=1, help=say("opt-workers"))]
MaxSeconds: TypeAlias = Annotated[float, typer.Option("--max-seconds", min=1, help=say("opt-max-seconds"))]
MaxMemory: TypeAlias = Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-max-memory"))]
MaxObjects: TypeAlias = Annotated[int, typer.Option("--max-objects", min=1, help=say("opt-max-objects"))]
MaxPages: TypeAlias = Annotated[int, typer.Option("--max-pages", min=1, help=say("opt-max-pages"))]


def _use_layouts(path: Path | None) -> Path | None:
    """Let this process and its workers read layouts of the user's own too."""
    import os

    from budgetkg.forms.layout import OWN_LAYOUTS

    if path is not None:
        os.environ[OWN_LAYOUTS] = str(path)
    return path


OwnLayout: TypeAlias = Annotated[
    Path | None,
    typer.Option("--layout", help=say("opt-layout"), metavar="FILE", exists=True, callback=_use_layouts),
]
SECONDS, MEMORY, PAGES, OBJECTS = 300, 2048, 3000, 200_000


def chosen(value: str, choices: Sequence[str]) -> str:
    """One of some choices; anything else is a mistake in the command (exit code 2)."""
    if value not in choices:
        raise typer.BadParameter(say("bad-choice", value=value, choices=", ".join(choices)))
    return value
