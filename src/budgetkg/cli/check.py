"""validate and findings: what is wrong with a graph, and with the documents it was read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Directory, chosen
from budgetkg.cli.terminal import out, place, table

if TYPE_CHECKING:
    from budgetkg.validation import ValidationReport

_FORMATS = ("human", "json", "turtle")


def validate(
    target: Annotated[Path, typer.Argument(help=say("arg-target"), metavar="DIR|FILE.ttl")],
    shapes: Annotated[Path | None, typer.Option("--shapes", help=say("opt-shapes"), metavar="PATH")] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{say('opt-format')} {'|'.join(_FORMATS)}")
    ] = "human",
    as_json: AsJson = False,
) -> None:
    """Check a graph by the shapes; exit code 1 on a violation."""
    from budgetkg.pipeline.checking import validate_path

    format = "json" if as_json else chosen(format, _FORMATS)
    report = validate_path(target, shapes)
    if format == "turtle":
        out(report.turtle().rstrip())
    elif format == "json":
        out(_json(report))
    else:
        _human(report)
    if not report.conforms:
        raise typer.Exit(1)


def findings(directory: Directory, as_json: AsJson = False) -> None:
    """List the findings of all documents."""
    import json

    from budgetkg.store.generations import current

    items = current(directory).all_findings()
    if as_json:
        out(json.dumps(items, ensure_ascii=False, indent=1))
        return
    columns = [say(name) for name in ("document", "severity", "code", "where", "message", "place")]
    table(columns, [_finding(item) for item in items])
    if not items:
        out(say("no-findings"))


def _finding(item: Any) -> list[str]:
    message = item["message"].get(language()) or next(iter(item["message"].values()), "")
    places = [place(found["page"], found["lines"]) for found in item["evidence"]]
    severity = say(item["severity"])
    return [item["document"], severity, item["code"], item["where"], message, "; ".join(places)]


def _human(report: ValidationReport) -> None:
    from budgetkg.pipeline.checks import short

    if report.results:
        columns = [say(name) for name in ("severity", "code", "where", "message")]
        rows = [
            [say(item.severity), short(item.rule), item.focus, item.message(language())]
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
