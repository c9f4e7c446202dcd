"""findings: what a careful reader would report of the documents that a graph was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, Directory, chosen, completing
from budgetkg.cli.terminal import out, paragraph, place, table
from budgetkg.errors import UnknownName, choices
from budgetkg.findings import where_said

_LISTS = ("table", "csv", "json")
_SEVERITIES = ("violation", "warning", "info")


def findings(
    directory: Directory,
    code: Annotated[list[str] | None, typer.Option("--code", help=say("opt-code"))] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help=say("opt-document"))] = None,
    severity: Annotated[
        str | None,
        typer.Option("--severity", help=say("opt-severity"), autocompletion=completing(*_SEVERITIES)),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help=f"{say('opt-format')} {'|'.join(_LISTS)}",
            autocompletion=completing(*_LISTS),
        ),
    ] = "table",
    as_json: AsJson = False,
) -> None:
    """List the findings of all documents, or those of some codes, documents and severities."""
    import json

    from budgetkg.export.files import csv_text
    from budgetkg.store.generations import current

    format = "json" if as_json else chosen(format, _LISTS)
    generation = current(directory)
    listed = generation.all_findings()
    least = None if severity is None else chosen(severity.casefold(), tuple(_SEVERITIES))
    items = [
        item
        for item in _of_documents(_of_codes(listed, code or ()), listed, document or ())
        if least is None or _louder(item["severity"], least)
    ]
    if format == "json":
        out(json.dumps(items, ensure_ascii=False, indent=1))
        return
    columns = [say(name) for name in ("document", "severity", "code", "where", "message", "place")]
    if format == "csv":
        out(csv_text(columns, map(_finding, items)).removesuffix("\n"))
        return
    table(columns, [_finding(item) for item in items])
    if not items:
        out(say("no-findings"))
    counting = {entry["key"]: entry["source"] for entry in generation.counted()}
    for entry in generation.superseded():
        counted, one = counting.get(entry["superseded_by"], "—"), entry["sha256"][:16]
        said = say("edition-left-out", name=entry["source"], counted=counted, directory=directory, one=one)
        paragraph(said)


def _of_codes(items: Sequence[Any], codes: Sequence[str]) -> list[Any]:
    """The findings of some codes; a code that no finding has by any chance is a mistake."""
    from budgetkg.codelists import concepts

    known = {concept.notation for concept in concepts("finding")} | {item["code"] for item in items}
    for code in codes:
        if code not in known:
            raise UnknownName("no-finding-code", code=code, known=choices(code, known, "list-finding-codes"))
    return [item for item in items if not codes or item["code"] in codes]


def _of_documents(items: Sequence[Any], listed: Sequence[Any], names: Sequence[str]) -> list[Any]:
    """The findings of some documents, each given by its file name, a part of it or the hash's beginning."""
    documents = {item["document"] for item in listed}
    for name in names:
        if not any(_is_document(item, name) for item in listed):
            raise UnknownName("no-findings-of", document=name, known=choices(name, documents))
    return [item for item in items if not names or any(_is_document(item, name) for name in names)]


def _is_document(item: Any, name: str) -> bool:
    return name in item["document"] or item["sha256"].startswith(name)


def _louder(severity: str, least: str) -> bool:
    return _SEVERITIES.index(severity.casefold()) <= _SEVERITIES.index(least)


def _finding(item: Any) -> list[str]:
    message = item["message"].get(language()) or next(iter(item["message"].values()), "")
    places = [place(found["page"], found["lines"]) for found in item["evidence"]]
    severity = say(item["severity"])
    return [
        item["document"],
        severity,
        item["code"],
        where_said(item["where"], language()),
        message,
        "; ".join(dict.fromkeys(places)),
    ]
