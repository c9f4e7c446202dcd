"""Records as JSON, and the JSON Schema of that JSON, both by the tables of :mod:`budgetkg.record_tables`.

People are left out unless asked for, and masked in every text. Amounts are decimal strings in the printed
money unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from budgetkg.errors import UnknownName, choices
from budgetkg.findings import Evidence, Finding
from budgetkg.mapping.privacy import Privacy
from budgetkg.record_tables import TABLES
from budgetkg.records import Amount, DocumentRecord

Json: TypeAlias = dict[str, Any]
_CENT = Decimal("0.01")
_NO_PRINT = frozenset({"source", "sha256", "media_type"})
"""Fields that hold nothing that the form prints: a checksum may look like a telephone number."""


def document_json(record: DocumentRecord, *, personal: bool = False) -> Json:
    """One document with everything read from it."""
    return RecordWriter(record, personal=personal).document()


class RecordWriter:
    """Writes one document and what belongs to it, with its clerks masked in every text."""

    def __init__(self, record: DocumentRecord, *, personal: bool = False) -> None:
        self._record = record
        self._personal = personal
        self._privacy = Privacy(record.people, personal)

    def document(self) -> Json:
        """The whole document."""
        written = self.one("document", self._record)
        if self._personal:
            people: Json = {}
            for person in self._record.people:
                people[_unused(person.label, people)] = person.value
            return written | {"people": people}
        return {name: self._without(name, value) for name, value in written.items()}

    def _without(self, name: str, value: Any) -> Any:
        """A part of a record with personal data masked, wherever in a text it stands."""
        if isinstance(value, str):
            return value if name in _NO_PRINT else self._privacy.masked_print(value)
        if isinstance(value, list):
            return [self._without(name, part) for part in value]
        if isinstance(value, dict):
            return {inner: self._without(inner, part) for inner, part in value.items()}
        return value

    def one(self, kind: str, thing: Any) -> Json:
        """A thing as JSON, by the table of its kind."""
        return {
            field.key: field.value(self, thing)
            for field in TABLES[kind]
            if field.shown is None or field.shown(thing)
        }

    def each(self, kind: str, things: Iterable[Any]) -> list[Json]:
        """Things of one kind."""
        return [self.one(kind, thing) for thing in things]

    def finding(self, finding: Finding) -> Json:
        """A finding with its messages and the name of its kind in both languages."""
        return self.one("finding", finding)

    def places(self, evidence: Iterable[Evidence]) -> list[Json]:
        """Places with their quotes."""
        return self.each("evidence", evidence)

    def amount(self, amount: Amount | None) -> str | None:
        """An amount in the printed money unit, with cents at least; ``None`` for a blank cell."""
        if amount is None:
            return None
        exact = amount.value.quantize(_CENT)
        return str(exact if exact == amount.value else amount.value)

    def budget(self, record: DocumentRecord) -> Json:
        """The labelled amounts by label; those of a group stand under the group's label."""
        amounts: Json = {}
        for line in record.budget:
            group = amounts.setdefault(line.group, {}) if line.group else amounts
            group[_unused(line.label, group)] = self.one("budget_line", (line, record.unit))
        return amounts

    def params(self, finding: Finding) -> dict[str, str]:
        """The parameters of a finding's message, by name."""
        return {name: self.masked(value) for name, value in finding.params}

    def masked(self, text: str) -> str:
        """A text with the names of clerks masked."""
        return self._privacy.masked_text(text)

    def maybe_masked(self, text: str | None) -> str | None:
        """The same for a text that may be blank."""
        return None if text is None else self.masked(text)

    def quote(self, place: Evidence) -> str:
        """The quote of a place with clerks masked."""
        return self._privacy.masked(place)


def json_schema(name: str = "records") -> Json:
    """The JSON Schema (2020-12) of that name: ``records`` is that of ``parse --format json``.

    Raises :class:`budgetkg.errors.UnknownName` for another name.
    """
    if name not in SCHEMAS:
        raise UnknownName("no-such-schema", name=name, choices=choices(name, SCHEMAS))
    document = {"$ref": "#/$defs/document"}
    group = {"type": "object", "additionalProperties": {"$ref": "#/$defs/budget_line"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "GENERATED from budgetkg/record_tables.py by `make generate`.",
        "title": "Records of budgetkg",
        "description": "What `budgetkg parse --format json` prints: a document, or a list of several.",
        "anyOf": [document, {"type": "array", "items": document}],
        "$defs": {**{kind: _described(kind) for kind in TABLES}, "budget_group": group},
    }


SCHEMAS = ("records",)
"""The names of the schemas."""


def _described(kind: str) -> Json:
    fields = TABLES[kind]
    return {
        "type": "object",
        "properties": {field.key: {**field.type, "description": field.meaning} for field in fields},
        "required": [field.key for field in fields if field.shown is None],
        "additionalProperties": False,
    }


def _unused(label: str, group: Json) -> str:
    """The label, with a number if the group has it already: so both values are kept."""
    again = 2
    name = label
    while name in group:
        name, again = f"{label} ({again})", again + 1
    return name
