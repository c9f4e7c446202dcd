"""What `parse --explain` shows: for each table its columns and rows, and why each was read as it was."""

from __future__ import annotations

from typing import Any, TypeAlias

from budgetkg.cli.messages import say
from budgetkg.cli.terminal import out, paragraph, table

Json: TypeAlias = dict[str, Any]

_MOST_CELL = 24  # characters of a cell that a table in a terminal shows
_MOST_POINTS = 3  # fields beside the one that was chosen


def show(documents: list[Json]) -> None:
    """The tables of each document, then the rows that belong to none."""
    for document in documents:
        paragraph(f"{document['source']}: {document['title'] or '—'}")
        paragraph(say("explain-layout", layout=document["layout"]))
        for found in document["tables"]:
            out()
            paragraph(say(f"explain-{found['holds']}", owner=found["owner"] or "—"))
            _columns(found["columns"])
            out()
            _rows(found["rows"])
        if document["rows"]:
            out()
            paragraph(say("explain-outside"))
            _rows(document["rows"])
        out()


def _columns(columns: list[Json]) -> None:
    heads = [say(f"explain-{name}") for name in ("header", "field", "points", "margin", "why")]
    lines = [
        [
            column["header"] or "—",
            column["field"] or "—",
            ", ".join(f"{name} {worth:g}" for name, worth in list(column["points"].items())[:_MOST_POINTS])
            or "—",
            "—" if column["margin"] is None else f"{column['margin']:g}",
            say(f"explain-why-{column['why']}"),
        ]
        for column in columns
    ]
    table(heads, lines, numbers=[heads[3]])


def _rows(rows: list[Json]) -> None:
    heads = [say(f"explain-{name}") for name in ("place", "kind", "cells", "ended")]
    lines = [
        [
            say("page-line", page=row["page"], first=row["line"]),
            say(f"explain-kind-{row['kind']}"),
            " | ".join(_short(cell) for cell in row["cells"]),
            ", ".join((*(say(f"explain-{name}") for name in dict.fromkeys(row["ended"])), *row["said"])),
        ]
        for row in rows
    ]
    table(heads, lines)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CELL else f"{text[:_MOST_CELL]}…"
