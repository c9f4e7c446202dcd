"""What a person may set right in a record: each key with its value, and the words that name its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetkg.forms.corrections.applying import value_of
from budgetkg.forms.corrections.fields import FIELDS
from budgetkg.forms.corrections.things import Thing, meant, things
from budgetkg.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Offer:
    """A key of a thing as it was read: ``value`` is empty where nothing was.

    ``place`` is what a line of ``readings.csv`` says so that it means this thing and no other; ``start`` is
    the offset of the thing's first character, ``None`` where it has no place of its own.
    """

    kind: str
    where: str
    place: str
    field: str
    value: str
    start: int | None


def offers(record: DocumentRecord) -> Iterator[Offer]:
    """Every key of every thing that can be named clearly, in the order of the record."""
    everything = list(things(record))
    for thing in everything:
        place = _place(thing, everything)
        if place is None:
            continue
        start = thing.evidence[0].start if thing.evidence else None
        for field, slot in FIELDS[thing.kind].items():
            yield Offer(thing.kind, thing.where, place, field, value_of(thing.value, slot) or "", start)


def _place(thing: Thing, everything: list[Thing]) -> str | None:
    """The names of a thing where they mean it alone, else its page and words, else nothing."""
    quotes = (f"p. {found.page} {' '.join(found.quote.split())}" for found in thing.evidence[:1])
    for place in (" > ".join(thing.names), *quotes):
        if meant(place, everything, lambda other: other.kind == thing.kind) == [thing]:
            return place
    return None
