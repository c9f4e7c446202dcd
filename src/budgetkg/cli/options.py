"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from budgetkg.cli.messages import say

if TYPE_CHECKING:
    from budgetkg.pipeline.guarded import Limits


def completing(*choices: str) -> Callable[[str], list[str]]:
    """What a shell offers for an option that takes one of some words."""
    return lambda incomplete: [choice for choice in choices if choice.startswith(incomplete)]


def _hush(wanted: bool) -> bool:
    from budgetkg.cli.terminal import hush

    hush(wanted)
    return wanted


Directory: TypeAlias = Annotated[Path, typer.Argument(help=say("arg-directory"), metavar="DIR")]
Personal: TypeAlias = Annotated[bool, typer.Option("--with-personal-data", help=say("opt-personal"))]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help=say("opt-json"))]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help=say("opt-quiet"), callback=_hush, is_eager=True)
]
StoreAgain: TypeAlias = Annotated[
    Path | None, typer.Option("--store", help=say("opt-store-again"), metavar="DIR")
]
Workers: TypeAlias = Annotated[int | None, typer.Option("--workers", min=1, help=say("opt-workers"))]
MaxSeconds: TypeAlias = Annotated[float, typer.Option("--max-seconds", min=1, help=say("opt-max-seconds"))]
MaxMemory: TypeAlias = Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-max-memory"))]
MaxObjects: TypeAlias = Annotated[int, typer.Option("--max-objects", min=1, help=say("opt-max-objects"))]
MaxPages: TypeAlias = Annotated[int, typer.Option("--max-pages", min=1, help=say("opt-max-pages"))]


OwnLayout: TypeAlias = Annotated[
    Path | None,
    typer.Option("--layout", help=say("opt-layout"), metavar="FILE", exists=True),
]
Corrections: TypeAlias = Annotated[
    Path | None,
    typer.Option("--corrections", help=say("opt-corrections"), metavar="FILE", exists=True, dir_okay=False),
]
Engine: TypeAlias = Annotated[
    str,
    typer.Option(
        "--engine",
        help=say("opt-engine"),
        metavar="auto|shacl|pyshacl",
        autocompletion=completing("auto", "shacl", "pyshacl"),
    ),
]
SECONDS, MEMORY, PAGES, OBJECTS = 300, 2048, 3000, 200_000

_ENGINES = ("auto", "shacl", "pyshacl")


def limits(seconds: float, memory: int, pages: int, objects: int) -> Limits:
    """The limits for one document, with a remark where this system can't enforce the one on memory."""
    from budgetkg.cli.terminal import note
    from budgetkg.pipeline.guarded import Limits, holds_memory

    if memory != MEMORY and not holds_memory():
        note(say("memory-not-held"))
    return Limits(seconds, memory, pages, objects)


def by_ending(given: str | None, target: Path | None, known: Sequence[str], default: str) -> str:
    """The format that was asked for, else the one that the file's ending names, else the default."""
    ending = target.suffix.lower().removeprefix(".") if target is not None else ""
    return given or (ending if ending in known else default)


def engine_named(name: str) -> str:
    """One of the engines of validation."""
    return chosen(name, _ENGINES)


def chosen(value: str, choices: Sequence[str]) -> str:
    """One of some choices; anything else is a mistake in the command (exit code 2)."""
    if value not in choices:
        raise typer.BadParameter(say("bad-choice", value=value, choices=", ".join(choices)))
    return value
