"""Amounts of several years in a department's form: its own year's are its budget, others are quoted."""

from __future__ import annotations

from budgetkg.forms.department.budget import labelled_amount
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.yearly import Entry, Yearly
from budgetkg.forms.settings import BLANKS
from budgetkg.text import comparison_key as key


def take_yearly_amounts(reader: Reader, parts: Parts, found: Yearly) -> None:
    """Claim the headings, take each amount where its year says."""
    for cell in (*found.heads, *(entry.label for entry in found.entries)):
        reader.furniture(cell.place)
    for entry in found.entries:
        _take(reader, parts, entry)
    for head, cell in found.unknown:
        report_unknown(reader, cell, head.text, _page(reader, entry=found.entries[0]))


def _take(reader: Reader, parts: Parts, entry: Entry) -> None:
    cell, layout = entry.amount, reader.layout
    label = next((one for one in (entry.label, entry.head) if layout.amounts.lookup(one.text)), None)
    said = key(entry.label.text) if entry.label is entry.head else key(entry.head.text + entry.label.text)
    if cell.key in BLANKS:
        reader.furniture(cell.place)
    elif entry.which == "other":
        reader.remark("amount-of-another-year", said, cell.place, label=said, printed=cell.text)
    elif label is None:
        report_unknown(reader, cell, said, _page(reader, entry))
    elif entry.which in ("period", "part"):
        parts.attributes += ((said, cell.text),)
        parts.evidence += reader.record(cell.place)
    else:
        evidence = reader.record(label.place) + reader.record(cell.place)
        labelled_amount(reader, parts, label.text, cell.text, evidence)


def _page(reader: Reader, entry: Entry) -> int:
    return next((found.page for found in reader.at(entry.amount.place)), 1)
