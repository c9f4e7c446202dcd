"""diff and pin: what two documents say differently, and which edition of a table counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Directory
from budgetkg.cli.terminal import note, out, print_json, table

if TYPE_CHECKING:
    from budgetkg.pipeline.editions import Group


def diff(
    directory: Directory,
    one: Annotated[str, typer.Argument(help=say("arg-one"), metavar="A")],
    other: Annotated[str, typer.Argument(help=say("arg-other"), metavar="B")],
    as_json: AsJson = False,
) -> None:
    """What B says otherwise than A."""
    from budgetkg.pipeline.differing import diff as differ

    found = differ(directory, one, other)
    if as_json:
        print_json([asdict(item) for item in found])
    elif found:
        rows = [
            [
                say(f"diff-{item.change}"),
                say(f"diff-{item.what}"),
                item.owner,
                item.name,
                item.before,
                item.after,
            ]
            for item in found
        ]
        titles = ("diff-change", "diff-what", "diff-owner", "name", "diff-before", "diff-after")
        table([say(title) for title in titles], rows)
    else:
        out(say("no-difference"))


def pin(
    directory: Directory,
    document: Annotated[str, typer.Argument(help=say("arg-edition"), metavar="DOCUMENT")],
    reason: Annotated[str, typer.Option("--reason", help=say("opt-reason"))] = "",
    as_json: AsJson = False,
) -> None:
    """Let this edition of its table count."""
    from budgetkg.pipeline.pinning import pin as choose

    counted = choose(directory, document, reason)
    names = {entry["key"]: entry["source"] for entry in counted.entries}
    if as_json:
        print_json([_group_json(group, names) for group in counted.editions.groups])
        return
    for group in counted.editions.groups:
        others = ", ".join(names[key] for key in group.superseded)
        note(say("pinned", name=names[group.counted], others=others, reason=group.text_in(language())))


def _group_json(group: Group, names: Mapping[str, str]) -> dict[str, object]:
    """The editions of a table as ``build --json`` says them, and a person's reason."""
    superseded = [names[key] for key in group.superseded]
    return {"plan": group.plan, "counted": names[group.counted], "superseded": superseded,
            "reason": group.reason, "note": group.note}  # fmt: skip
