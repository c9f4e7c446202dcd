"""How a reader reports a wrong reading: the lines for ``corrections/readings.csv``, and the command.

A correction names a document, a place in it and a field; the reader adds what the document prints.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from budgetkg.forms.corrections import COLUMNS
from budgetkg.forms.corrections.fields import FIELDS
from budgetkg.store.explain import Explanation, Statement
from budgetkg.vocab import BKG, DCTERMS, RDF, RDFS
from budgetkg.web.pages.names import names
from budgetkg.web.pages.view import View

_KINDS = {
    BKG.Document.value: "document",
    BKG.Project.value: "project",
    BKG.Task.value: "task",
    BKG.Indicator.value: "indicator",
}
_OWNERS = frozenset({BKG.hasIndicator.value, BKG.hasTask.value})
_OWNING_ROOMS = ("/project/", "/task/")
_BLANK = "…"
_MAIN = {"document": "year", "project": "total", "task": "amount", "indicator": "annual_value"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader copies: a header and a line for each field, and the command for one of them."""

    lines: str
    command: str


async def report(view: View, known: Explanation) -> Report | None:
    """The lines for a thing that is read from one document; ``None`` for any other."""
    kind = next((_KINDS[one] for one in _values(known.statements, RDF.type) if one in _KINDS), None)
    document = await _document(view, known)
    if kind is None or document is None:
        return None
    place = "" if kind == "document" else _place(known)
    if place is None:
        return None
    field = _MAIN[kind]
    command = (
        ("budgetkg", "correct", "DIR", "year", document, _BLANK) if kind == "document" else
        ("budgetkg", "correct", "DIR", "reading", place, _BLANK, "--document", document, "--field", field)
    )  # fmt: skip
    return Report(_lines(document, place, FIELDS[kind]), f"{shlex.join(command)} --reason {_BLANK}")


def _lines(document: str, place: str, fields: Iterable[str]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for field in fields:
        table.writerow((document, place, field, _BLANK, "", ""))
    return written.getvalue()


def _place(known: Explanation) -> str | None:
    """The name of a thing as printed, behind its project's or task's: the same word may name several."""
    own = next(
        (str(getattr(s.value, "value", "")) for s in known.statements if s.property == RDFS.label.value), ""
    )
    owners = [
        statement.value_label
        for statement in known.mentions
        if statement.property in _OWNERS and statement.value_label and isinstance(statement.value, NamedNode)
        and any(room in statement.value.value for room in _OWNING_ROOMS)
    ]  # fmt: skip
    if not own:
        return None
    return " > ".join((*sorted(owners)[:1], own))


async def _document(view: View, known: Explanation) -> str | None:
    """The document's file name where it is one document's, else its SHA-256."""
    fingerprints = _values(known.statements, DCTERMS.identifier)
    files = _values(known.statements, BKG.fileName)
    if not files:
        files = list(dict.fromkeys(place.file for each in known.statements for place in each.places))
    if len(files) != 1:
        return None
    if (await names(view.site)).thing("document", files[0]):
        return files[0]
    return fingerprints[0].removeprefix("sha256:") if fingerprints else None


def _values(statements: Iterable[Statement], node: NamedNode) -> list[str]:
    return [str(getattr(s.value, "value", "")) for s in statements if s.property == node.value]
