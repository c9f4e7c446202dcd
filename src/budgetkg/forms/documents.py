"""Bytes → records: one pure function per file."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from budgetkg.codelists import divisions
from budgetkg.divisions import recognise
from budgetkg.errors import UnreadableDocument
from budgetkg.findings import Finding
from budgetkg.forms.assemble import document_record
from budgetkg.forms.department.parting import by_department
from budgetkg.forms.layout.asides import set_aside
from budgetkg.forms.layout.findings_log import FindingsLog
from budgetkg.forms.layout.layouts import Layout, layouts, reading_with
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.recognise import heads_projects, recognise_layout
from budgetkg.forms.layout.segments import joined, segments
from budgetkg.forms.project.numbered_forms import heads_differ
from budgetkg.messages import Message
from budgetkg.reading import Ledger, Notice, Pages, Reading, read_document
from budgetkg.records import Amounts, DocumentRecord
from budgetkg.text import comparison_key as key

if TYPE_CHECKING:
    from budgetkg.forms.layout.parts import Parts
    from budgetkg.forms.trace import Trace

_HOMES = {
    "project-table": ("budgetkg.forms.project.table", "read_project_table"),
    "project-form": ("budgetkg.forms.project.form", "read_project_forms"),
    "department": ("budgetkg.forms.department.form", "read_department"),
}
"""Kinds of layouts, and the module and function that read them, loaded where a document has such a form."""


def parse_document(
    data: bytes,
    name: str,
    *,
    pages: int | None = None,
    objects: int | None = None,
    progress: Pages | None = None,
    layouts: Sequence[Layout] = (),
) -> tuple[DocumentRecord, ...]:
    """Read one published file into the records of the documents it holds.

    ``name`` is only what messages call the file; what it is, is told by its content. ``pages`` is how
    many pages it may have, ``objects`` how much each may draw, ``progress`` hears of each that was
    read. ``layouts`` are tried before those that ship. Raises
    :class:`budgetkg.errors.UnreadableDocument` where no record can be taken from it.
    """
    reading = read_document(data, name, pages=pages, objects=objects, progress=progress)
    with reading_with(layouts):
        return _documents(set_aside(reading), [])


def load_lists() -> None:
    """Load the layouts, code lists and divisions that every document is looked up in."""
    layouts()
    divisions()
    recognise("")


def load_forms() -> None:
    """Load what reads each kind of form."""
    for kind in _HOMES:
        _reader(kind)


def trace_document(data: bytes, name: str, *, pages: int | None = None, objects: int | None = None) -> Trace:
    """The same, with what became of every character: also where no record could be taken.

    Raises :class:`budgetkg.errors.UnreadableDocument` where the file has no text to look at.
    """
    from budgetkg.forms.explaining import explained
    from budgetkg.forms.trace import Trace, overlaid

    whole = read_document(data, name, pages=pages, objects=objects)
    readers: list[Reader] = []
    try:
        records, reason = _documents(set_aside(whole), readers), None
    except UnreadableDocument as error:
        records, reason = (), error.reason
    fates = overlaid(reader.ledger for reader in readers) if records else bytes(len(whole.source.text))
    told = tuple(map(explained, readers, records)) if records else ()
    return Trace(whole, fates, records, reason, told)


def _documents(reading: Reading, readers: list[Reader]) -> tuple[DocumentRecord, ...]:
    if reading.asides and not any(row.table for row in reading.rows):
        raise _no_table(reading, _uncertain(reading))
    pending = [part for segment in segments(reading) for part in by_department(segment)]
    records: list[DocumentRecord] = []
    read: list[Reading] = []
    while pending:
        segment = pending.pop(0)
        try:
            record = _record(segment, readers)
        except UnreadableDocument:
            # A title without a table belongs to what is around it, so that its text is accounted for.
            if pending:
                pending[0] = joined(segment, pending[0])
            elif read:
                records.pop()
                readers.pop()
                pending.append(joined(read.pop(), segment))
            else:
                raise
        else:
            _refuse_pooled(segment, record, readers[-1])
            records.append(record)
            read.append(segment)
    return _told_apart(records)


def _record(reading: Reading, readers: list[Reader]) -> DocumentRecord:
    doubtful = any(notice.code == "row-doubtful" for notice in reading.source.notices)
    layout = recognise_layout(reading)
    if layout is None:
        raise _no_table(reading, _uncertain(reading) if doubtful else Message("no-known-form"))
    tabled = doubtful or any(row.table for row in reading.rows)
    source, rows = reading.source, reading.rows
    reader = Reader(source, rows, Ledger(source), FindingsLog(), layout, tabled, asides=reading.asides)
    parts = _reader(layout.kind)(reader)
    record = document_record(reader, parts)
    if doubtful and _lacks_names(record):
        raise _no_table(reading, _uncertain(reading))  # a row that nobody could read may hold them
    if not (_says_something(record) or (_has_amounts(record) and heads_projects(reading))):
        raise _no_table(
            reading, _uncertain(reading) if doubtful else Message("only-a-title", form=layout.form)
        )
    readers.append(reader)
    return record


def _lacks_names(record: DocumentRecord) -> bool:
    """Whether a project has indicators and no name."""
    projects = [project for unit in record.units_of_use for project in unit.projects]
    return any(project.indicators and not project.name for project in projects)


def _reader(kind: str) -> Callable[[Reader], Parts]:
    module, function = _HOMES[kind]
    found: Callable[[Reader], Parts] = getattr(importlib.import_module(module), function)
    return found


def _refuse_pooled(reading: Reading, record: DocumentRecord, reader: Reader) -> None:
    """Refuse indicators of several things that nothing tells apart: they are no one project's."""
    projects = [project for unit in record.units_of_use for project in unit.projects]
    unnamed = any(not project.name and project.indicators for project in projects)
    if not unnamed or reader.layout.kind != "project-form":
        return
    if any(project.name for project in projects) or heads_differ(reader.layout, reader.rows):
        raise _no_table(reading, Message("projects-unnamed"))


def _uncertain(reading: Reading) -> Message:
    """That what belongs to a row is in doubt, with the first row that could have been read otherwise."""
    found = next((one for one in reading.source.notices if one.code == "row-doubtful"), Notice(""))
    line = reading.source.line_at(found.start)
    return Message("rows-uncertain", page=line.page, row=dict(found.params).get("row", ""))


def _no_table(reading: Reading, why: Message) -> UnreadableDocument:
    """What was looked for, and what a user can do who knows that there is a table."""
    forms = tuple(dict.fromkeys(layout.signature[0] for layout in layouts() if layout.signature))
    reason = Message("no-table", why=why, forms=forms)
    for notice in reading.source.notices:
        if notice.code == "kind-differs":
            params = dict(notice.params)
            found, named = params["found"], params["named"]
            reason = Message("kind-differs", reason=reason, found=found, named=named)
    return UnreadableDocument(reading.source.name, reason)


def _says_something(record: DocumentRecord) -> bool:
    projects = [project for unit in record.units_of_use for project in unit.projects]
    goals = any(project.goal or project.indicators for project in projects)
    return goals or bool(record.indicators or record.tasks or record.budget)


def _has_amounts(record: DocumentRecord) -> bool:
    """Whether a table of projects prints amounts, be it without any project."""
    units = record.units_of_use
    printed = [record.totals, *(unit.amounts for unit in units)]
    printed += [project.amounts for unit in units for project in unit.projects]
    return any(amounts != Amounts() for amounts in printed)


def _told_apart(records: list[DocumentRecord]) -> tuple[DocumentRecord, ...]:
    """Give each of several documents of one file an identity from what it prints."""
    if len(records) == 1:
        return tuple(records)
    parts: list[str] = []
    for record in records:
        facts = "\x1f".join(key(text or "") for text in (record.form, record.title, record.department))
        digest = hashlib.sha256(facts.encode("utf-8")).hexdigest()[:8]
        likes = sum(part.startswith(digest) for part in parts)
        parts.append(f"{digest}{likes + 1}" if likes else digest)
    return tuple(
        replace(record, part=part, findings=(*record.findings, _one_of(len(records))))
        for record, part in zip(records, parts, strict=True)
    )


def _one_of(count: int) -> Finding:
    return Finding("several-documents", "", params=(("count", str(count)),))
