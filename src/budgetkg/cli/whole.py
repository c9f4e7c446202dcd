"""check: is a graph what was written, and what of it can be mended?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Directory
from budgetkg.cli.terminal import complain, note, out, print_json
from budgetkg.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from budgetkg.store.healing import Mended
    from budgetkg.store.integrity import Damage


def check(
    directory: Directory,
    repair: Annotated[bool, typer.Option("--repair", help=say("opt-repair"))] = False,
    as_json: AsJson = False,
) -> None:
    """Compare a graph with what was written; exit code 1 where something is damaged still."""
    from budgetkg.store.generations import located

    found = _found(directory, repair)
    if as_json:
        print_json({name: [_json(damage) for damage in getattr(found, name)] for name in ("healed", "left")})
    for damage in () if as_json else found.healed:
        note(mended_line(damage))
    for damage in () if as_json else found.left:
        complain(f"{damage.path}: {damage.what.said(language())}")
    if found.left:
        if not as_json:
            complain(say("not-mended" if repair else "not-whole", directory=directory, count=len(found.left)))
        raise typer.Exit(1)
    if not as_json:
        out(say("whole", directory=directory, generation=located(directory).path.name))


def mended_line(damage: Damage) -> str:
    """What was damaged and is whole again."""
    return Message("mended", path=damage.path, what=damage.what).said(language())


def _found(directory: Path, repair: bool) -> Mended:
    from budgetkg.store.commit import exclusive
    from budgetkg.store.healing import Mended, damages, mended

    found = damages(directory)
    if not found or not repair:
        return Mended((), tuple(found))
    with exclusive(directory):
        return mended(directory)


def _json(damage: Damage) -> dict[str, Any]:
    return {"path": str(damage.path), "code": damage.what.code, "message": str(damage.what)}
