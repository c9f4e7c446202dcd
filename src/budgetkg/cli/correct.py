"""correct: a person sets something right, with the reason and a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory
from budgetkg.cli.terminal import note, paragraph, print_json, table

if TYPE_CHECKING:
    from budgetkg.pipeline.correcting import Corrected


def _kinds(incomplete: str) -> list[str]:
    from budgetkg.pipeline.correction_rows import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def correct(
    directory: Directory,
    kind: Annotated[str, typer.Argument(help=say("arg-kind"), metavar="KIND", autocompletion=_kinds)],
    subject: Annotated[str, typer.Argument(help=say("arg-subject"), metavar="SUBJECT")],
    value: Annotated[str, typer.Argument(help=say("arg-value"), metavar="VALUE")] = "",
    document: Annotated[
        str, typer.Option("--document", help=say("opt-of-document"), metavar="FILE|SHA256")
    ] = "",
    field: Annotated[str, typer.Option("--field", help=say("opt-field"))] = "",
    district: Annotated[str, typer.Option("--district", help=say("opt-district"))] = "",
    denied: Annotated[bool, typer.Option("--not", help=say("opt-not"))] = False,
    reason: Annotated[str, typer.Option("--reason", help=say("opt-reason"))] = "",
    who: Annotated[str, typer.Option("--who", help=say("opt-who"))] = "",
    source: Annotated[
        Path | None,
        typer.Option("--source", help=say("opt-source"), metavar="FILE", exists=True, dir_okay=False),
    ] = None,
    dry: Annotated[bool, typer.Option("--check", help=say("opt-only-check"))] = False,
    as_json: AsJson = False,
) -> None:
    """Write a correction down, check it, and apply it where no source has to be read."""
    from budgetkg.pipeline.correcting import correct as run
    from budgetkg.pipeline.correction_rows import Asked

    asked = Asked(kind, subject, value, document, field, district, denied, reason, who)
    done = run(directory, asked, source=source, dry=dry)
    if as_json:
        print_json(_json(done))
    else:
        _said(done, directory, dry)


def _said(done: Corrected, directory: Path, dry: bool) -> None:
    rows = (done.row.fields, *done.row.more)
    table(list(done.row.columns), [[row.get(name, "") for name in done.row.columns] for row in rows])
    if done.already:
        paragraph(say("correct-already"))
        return
    if dry:
        paragraph(say("correct-checked"))
        return
    note(say("written", path=done.path))
    for place in done.unused:
        note(say("correction-unused", place=place))
    if done.applied:
        paragraph(say("correct-applied"))
    elif done.waiting is not None:
        paragraph(say("correct-waiting", document=done.waiting, directory=directory))


def _json(done: Corrected) -> dict[str, object]:
    return {
        "file": str(done.path),
        "row": dict(done.row.fields),
        "more_rows": [dict(row) for row in done.row.more],
        "already": done.already,
        "applied": done.applied,
        "waiting": None if done.applied else done.waiting,
        "unused": list(done.unused),
    }
