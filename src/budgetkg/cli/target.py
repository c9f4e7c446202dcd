"""target: what a printed target means, for one, for several, or for JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, chosen
from budgetkg.cli.terminal import complain, out, table

if TYPE_CHECKING:
    from budgetkg.values import Quantity, Target

_FIELDS = ("text", "name", "operator", "unit")
_STANDARD_INPUT = "-"


def target(
    texts: Annotated[list[str], typer.Argument(help=say("arg-texts"), metavar="TEXT…|-")],
    name: Annotated[str | None, typer.Option("--name", help=say("opt-name"))] = None,
    operator: Annotated[str | None, typer.Option("--operator", help=say("opt-operator"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=say("opt-unit"))] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=say("opt-format") + " human|json")] = "human",
    as_json: AsJson = False,
) -> None:
    """Show how targets are read."""
    from budgetkg.values import read_target

    format = "json" if as_json else chosen(format, ("human", "json"))
    if texts == [_STANDARD_INPUT]:
        _lines(sys.stdin)
        return
    readings = [(text, read_target(text, name, operator, unit)) for text in texts]
    if format == "json":
        written = [_json(text, name, reading) for text, reading in readings]
        out(json.dumps(written[0] if len(written) == 1 else written, ensure_ascii=False, indent=1))
        return
    columns = [say(word) for word in ("printed", "target-kind", "quantities", "deadline", "remark")]
    table(columns, [_row(text, reading) for text, reading in readings])


def _lines(lines: Iterable[str]) -> None:
    """A JSON line for each JSON line; one that can't be read is reported, and the rest still answered."""
    from budgetkg.values import read_target

    failed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _asked(json.loads(line))
        except (ValueError, RecursionError):
            asked = None
        if asked is None:
            complain(say("bad-line", line=number))
            failed = True
            continue
        text, name, operator, unit = asked
        reading = read_target(text, name, operator, unit)
        out(json.dumps(_json(text, name, reading), ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


def _asked(given: Any) -> list[str | None] | None:
    if not isinstance(given, dict) or "text" not in given:
        return None
    values = [given.get(field) for field in _FIELDS]
    if any(isinstance(value, (dict, list)) for value in values):
        return None
    return [None if value is None else str(value) for value in values]


def _json(text: str | None, name: str | None, reading: Target) -> dict[str, Any]:
    return {
        "raw": text,
        "names": [name] if name else [],
        "kind": reading.kind,
        "quantities": [quantity.json() for quantity in reading.quantities],
        "deadline": reading.deadline,
        "note": reading.note,
    }


def _row(text: str, reading: Target) -> list[str]:
    from budgetkg.codelists import concept

    kind = concept("target-kind", reading.kind)
    quantities = "; ".join(map(_words, reading.quantities))
    return [text, kind.label(language()), quantities, reading.deadline or "", reading.note or ""]


def _words(quantity: Quantity) -> str:
    field = quantity.json()
    single = f"{field['comparator']} {field['value']}"
    number = f"{field['value']}…{field['upper']}" if field["upper"] else single
    parts = [number, field["unit"], field["change"], f"/ {field['per']}" if field["per"] else None]
    return " ".join(part for part in parts if part)
