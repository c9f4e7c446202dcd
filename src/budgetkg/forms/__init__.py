"""Bytes → records: one pure function per document."""

from __future__ import annotations

from budgetkg.errors import UnreadableDocument
from budgetkg.forms.assemble import document_record
from budgetkg.forms.department import read_department
from budgetkg.forms.findings_log import FindingsLog
from budgetkg.forms.project_form import read_project_forms
from budgetkg.forms.project_table import read_project_table
from budgetkg.forms.reader import Reader
from budgetkg.forms.recognise import recognise_layout
from budgetkg.reading import Ledger, read_document
from budgetkg.records import DocumentRecord

_READERS = {
    "project-table": read_project_table,
    "project-form": read_project_forms,
    "department": read_department,
}


def parse_document(data: bytes, name: str) -> tuple[DocumentRecord, ...]:
    """Read one published file into the records of the documents it holds.

    ``name`` is only what messages call the file; what it is, is told by its content. Raises
    :class:`budgetkg.errors.UnreadableDocument` where no record can be taken from it.
    """
    reading = read_document(data, name)
    source = reading.source
    layout = recognise_layout(reading)
    if layout is None:
        raise UnreadableDocument(name, "no known form: no title or header of a performance table found")
    reader = Reader(source, reading.rows, Ledger(source), FindingsLog(), layout)
    parts = _READERS[layout.kind](reader)
    record = document_record(reader, parts)
    if not (record.units_of_use or record.indicators or record.tasks or record.budget):
        raise UnreadableDocument(name, f"the title of a {layout.form} is printed, but no row of its table")
    return (record,)
