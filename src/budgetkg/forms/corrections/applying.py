"""A person's right readings → the record as it should have been read: a pure function.

Every line is looked up in the record as it was read, so that no line depends on another. What the checks
say of the record is said anew; each value that was set right is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgetkg.errors import BudgetkgError
from budgetkg.findings import Finding
from budgetkg.forms.corrections.checking import checked_again
from budgetkg.forms.corrections.fields import FIELDS, Slot
from budgetkg.forms.corrections.lines import CorrectionLine
from budgetkg.forms.corrections.things import Steps, Thing, meant, things
from budgetkg.records import Amount, CorrectedReading, DocumentRecord
from budgetkg.values import parse_amount

_SHORTEST_HASH = 8


class UnclearCorrection(BudgetkgError):
    """A line that may mean several things of a document, or a key that the thing it means does not have."""


def corrected(record: DocumentRecord, lines: Iterable[CorrectionLine]) -> DocumentRecord:
    """The record with its right readings.

    Raises UnclearCorrection for a line that doesn't say clearly what it means in this document.
    """
    own = [line for line in lines if _names(line.document, record)]
    if not own:
        return record
    everything = list(things(record))
    chosen: dict[tuple[Steps, str], tuple[CorrectionLine, Thing, Slot]] = {}
    for line in own:
        thing = _meant(line, everything)
        if thing is None:
            continue
        place = thing.steps, line.field
        if place in chosen:
            raise _unclear("reading-twice", line, other=chosen[place][0].line)
        chosen[place] = line, thing, FIELDS[thing.kind][line.field]
    found, said = record, []
    for line, thing, slot in chosen.values():
        read, value = value_of(thing.value, slot), line.value or None
        if read != value:
            told = CorrectedReading(
                line.field, read, value, line.reason or None, line.who or None, line.digest
            )
            found = _changed(found, thing.steps, slot, value, told)
            said.append(_finding(thing, told))
    if not said:
        return record
    return replace(found, findings=(*checked_again(record, found), *said))


def digests_in(record: DocumentRecord) -> frozenset[str]:
    """The lines of a person's file that changed a record."""
    return frozenset(told.digest for thing in things(record) for told in thing.value.corrections)


def _names(document: str, record: DocumentRecord) -> bool:
    """Whether a line is about the document: by its file's name, its SHA-256 or the beginning of that."""
    digest = document.removeprefix("sha256:").casefold()
    by_hash = len(digest) >= _SHORTEST_HASH and record.sha256.startswith(digest)
    return document in (record.source, record.key) or by_hash


def _meant(line: CorrectionLine, everything: list[Thing]) -> Thing | None:
    found = meant(line.place, everything, lambda thing: line.field in FIELDS[thing.kind])
    if not found:
        return None
    if line.field not in FIELDS[found[0].kind]:
        known = tuple(sorted({name for thing in found for name in FIELDS[thing.kind]}))
        raise _unclear("reading-not-its-field", line, known=known)
    if len(found) > 1:
        raise _unclear("reading-unclear", line, count=len(found))
    slot = FIELDS[found[0].kind][line.field]
    if slot.kind == "amount" and line.value and parse_amount(line.value) is None:
        raise _unclear("reading-no-amount", line, value=line.value)
    if slot.kind == "name" and not line.value:
        raise _unclear("reading-blank", line, column="value")
    return found[0]


def _unclear(code: str, line: CorrectionLine, **params: Any) -> UnclearCorrection:
    told = {"place": line.place or line.document, "field": line.field, **params}
    return UnclearCorrection(code, path=line.path, line=line.line, **told)


def value_of(thing: Any, slot: Slot) -> str | None:
    """A value as read, in the words of the source; a year that was only inferred was not read."""
    if slot.kind == "year" and not thing.year_printed:
        return None
    for name in slot.path:
        thing = getattr(thing, name)
    return thing.printed if isinstance(thing, Amount) else None if thing is None else str(thing)


def _changed(owner: Any, steps: Steps, slot: Slot, value: str | None, told: CorrectedReading) -> Any:
    """A thing with one value changed in it, however deep."""
    if steps:
        (attribute, at), *rest = steps
        held = list(getattr(owner, attribute))
        held[at] = _changed(held[at], tuple(rest), slot, value, told)
        return replace(owner, **{attribute: tuple(held)})
    owner = _put(owner, slot.path, _value(slot, value))
    if slot.kind == "year":  # it stands by a person's word, whatever the form prints
        owner = replace(
            owner, year_printed=False, year_evidence=None, year_rule="corrected", year_statements=()
        )
    elif told.field == "tier1":
        owner = replace(owner, tier1_basis="corrected" if value else None)
    return replace(owner, corrections=(*owner.corrections, told))


def _put(owner: Any, path: tuple[str, ...], value: Amount | str | int | None) -> Any:
    name, *rest = path
    return replace(owner, **{name: _put(getattr(owner, name), tuple(rest), value) if rest else value})


def _value(slot: Slot, value: str | None) -> Amount | str | int | None:
    if value is None or slot.kind in ("text", "name"):
        return value
    return int(Decimal(value)) if slot.kind == "year" else parse_amount(value)


def _finding(thing: Thing, told: CorrectedReading) -> Finding:
    params = {"field": told.field, "printed": told.read or "", "corrected": told.value or "",
              "reason": told.reason or "—"}  # fmt: skip
    return Finding("reading-corrected", thing.where, thing.evidence, tuple(sorted(params.items())))
