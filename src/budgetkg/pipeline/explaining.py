"""Why files were read as they were, each within the limits under which it is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.messages import Message
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.parsing import LayoutLike, Source, own_layouts, reason_of
from budgetkg.pipeline.sources import Failure, expand, name_of, read_bytes

if TYPE_CHECKING:
    from budgetkg.forms.explaining import DocumentRead
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]


def explain(
    sources: Iterable[str | os.PathLike[str]],
    limits: Limits,
    layout: LayoutLike | None = None,
    personal: bool = False,
) -> tuple[list[Json], list[Failure]]:
    """For each document how its tables were decided; what can't be read is a failure.

    Clerks are masked unless asked for.
    """
    own = own_layouts(layout)
    sourced = expand(sources)
    files, failures = sourced.files, sourced.failures
    jobs = [Source(file, limits.pages, limits.objects, own) for file in files]
    found: list[Json] = []
    outcomes = (
        guarded(partial(_explain, personal=personal), jobs, workers=1, limits=limits, lost=_unread)
        if jobs
        else ()
    )
    for file, (told, reason) in zip(files, outcomes, strict=True):
        found += told
        if reason is not None:
            failures.append(Failure(str(file), reason))
    return found, failures


def _explain(source: Source, personal: bool) -> tuple[list[Json], Message | None]:
    from budgetkg.forms import trace_document
    from budgetkg.forms.layout import reading_with

    try:
        with reading_with(source.layouts):
            trace = trace_document(
                read_bytes(source.path), name_of(source.path), pages=source.pages, objects=source.objects
            )
    except Exception as error:  # noqa: BLE001 - a batch goes on, and the failure is reported by name
        return [], reason_of(error)
    pairs = zip(trace.records, trace.explained, strict=True)
    if trace.reason is not None:
        return [], trace.reason if isinstance(trace.reason, Message) else Message("text", text=trace.reason)
    return [_json(source.path, record, told, personal) for record, told in pairs], None


def _unread(_: Source, why: Message) -> tuple[list[Json], Message | None]:
    return [], why


def _json(path: Path, record: DocumentRecord, told: DocumentRead, personal: bool) -> Json:
    from budgetkg.mapping.privacy import Privacy

    privacy = Privacy(record.people, allowed=personal)
    written: Json = {"source": path.name, "title": record.title, **asdict(told)}
    for rows in (written["rows"], *(table["rows"] for table in written["tables"])):
        for row in rows:
            row["cells"] = [privacy.masked_text(text) for text in row["cells"]]
    for table in written["tables"]:
        for column in table["columns"]:
            column["points"] = dict(column["points"])
    return written
