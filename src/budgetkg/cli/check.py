"""validate: what is wrong with a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Engine, chosen, engine_named
from budgetkg.cli.terminal import out, table

if TYPE_CHECKING:
    from budgetkg.validation import ValidationReport

_FORMATS = ("human", "json", "turtle")


def validate(
    target: Annotated[Path, typer.Argument(help=say("arg-target"), metavar="DIR|FILE.ttl")],
    shapes: Annotated[Path | None, typer.Option("--shapes", help=say("opt-shapes"), metavar="PATH")] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = "human",
    engine: Engine = "auto",
    as_json: AsJson = False,
) -> None:
    """Check a graph by the shapes; exit code 1 on a violation."""
    from budgetkg.pipeline.checking import validate_path

    format = "json" if as_json else chosen(format, _FORMATS)
    report = validate_path(target, shapes, engine=engine_named(engine))
    if format == "turtle":
        out(report.turtle().rstrip())
    elif format == "json":
        out(_json(report))
    else:
        _human(report)
    if not report.conforms:
        raise typer.Exit(1)


def _human(report: ValidationReport) -> None:
    from budgetkg.pipeline.checks import short
    from budgetkg.terms import short as prefixed

    if report.results:
        columns = [say(name) for name in ("severity", "code", "where", "message")]
        rows = [
            [
                say(item.severity),
                short(item.rule),
                item.name or prefixed(item.focus),
                item.message(language()),
            ]
            for item in report.results
        ]
        table(columns, rows)
        out()
    counts = {name: report.count(name) for name in ("Violation", "Warning", "Info")}
    out(say("validated", violations=counts["Violation"], warnings=counts["Warning"], remarks=counts["Info"]))
    if report.conforms:
        out(say("conforms"))


def _json(report: ValidationReport) -> str:
    import json
    from dataclasses import asdict

    results = [{**asdict(item), "messages": dict(item.messages)} for item in report.results]
    return json.dumps({"conforms": report.conforms, "results": results}, ensure_ascii=False, indent=1)
