"""What the checks say of a record after a person set values right: gone what is no longer so, added what is.

The checks run over the record before and after; only where they differ do findings change. Everything else
that was found while reading stays as it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields

from budgetkg.findings import Finding
from budgetkg.forms.checks.record import check_record
from budgetkg.forms.layout.findings_log import FindingsLog
from budgetkg.forms.layout.layouts import layouts
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading import Ledger, Source
from budgetkg.records import DocumentRecord

# What is said of a document while it has no such value.
_ANSWERED = {
    "year": ("year-not-printed",),
    "department": ("department-not-found",),
    "district": ("district-not-recognised", "district-ambiguous"),
    "unit": ("money-unit-not-printed",),
}


def checked_again(before: DocumentRecord, after: DocumentRecord) -> tuple[Finding, ...]:
    """The findings of the record as it is now."""
    old, new = ({_fact(said): said for said in _checked(record)} for record in (before, after))
    answered = {code for told in after.corrections if told.value for code in _ANSWERED.get(told.field, ())}
    kept = [said for said in before.findings
            if said.code not in answered and (_fact(said) not in old or _fact(said) in new)]  # fmt: skip
    return (*kept, *(said for fact, said in new.items() if fact not in old))


def _fact(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.where, finding.params


def _checked(record: DocumentRecord) -> tuple[Finding, ...]:
    """What the checks say of a record alone."""
    layout = next((layout for layout in layouts() if layout.form == record.form), layouts()[0])
    source = Source(
        record.source, hashlib.sha256(b"").hexdigest(), record.media_type, "", (), 0, "utf-8", True
    )
    reader = Reader(source, (), Ledger(source), FindingsLog(), layout)
    held = {name.name: getattr(record, name.name) for name in fields(Parts) if hasattr(record, name.name)}
    parts = Parts(**held)
    check_record(reader, parts)
    return reader.log.all()
