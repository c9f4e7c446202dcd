"""Personal data of clerks (names, telephones, dates), masked in quotes and messages unless asked for."""

from __future__ import annotations

from collections.abc import Iterable

from budgetkg.findings import Evidence
from budgetkg.records import PersonalDatum

MASK = "■"
_SHORTEST_MASKED = 2
"""Characters of the shortest value that is masked in messages; one character says nothing of a person."""


class Privacy:
    """Masks personal data, character for character, so that positions and lengths still hold."""

    def __init__(self, people: Iterable[PersonalDatum], allowed: bool) -> None:
        kept_out = () if allowed else tuple(people)
        self._places = [(place.start, place.end) for datum in kept_out for place in datum.evidence]
        values = {datum.value for datum in kept_out if len(datum.value.strip()) >= _SHORTEST_MASKED}
        self._values = sorted(values, key=lambda value: (-len(value), value))

    def masked(self, place: Evidence) -> str:
        """The quote of an evidence with what overlaps a personal datum masked."""
        quote = place.quote
        for start, end in self._places:
            first, last = max(start, place.start) - place.start, min(end, place.end) - place.start
            if first < last:
                quote = quote[:first] + MASK * len(quote[first:last]) + quote[last:]
        return quote

    def masked_text(self, text: str) -> str:
        """The parameter of a message with personal values masked."""
        for value in self._values:
            text = text.replace(value, MASK * len(value))
        return text
