"""What keeps a clerk's name, telephone and date out of quotes and messages."""

from __future__ import annotations

from collections.abc import Iterable

from budgetkg.findings import Evidence
from budgetkg.records import PersonalDatum

MASK = "■"
_SHORTEST = 2


class Privacy:
    """Masks personal data, character for character, so that positions and lengths still hold."""

    def __init__(self, people: Iterable[PersonalDatum], allowed: bool) -> None:
        kept_out = () if allowed else tuple(people)
        self._places = [(place.start, place.end) for datum in kept_out for place in datum.evidence]
        values = {datum.value for datum in kept_out if len(datum.value.strip()) >= _SHORTEST}
        self._values = sorted(values, key=lambda value: (-len(value), value))

    def masked(self, place: Evidence) -> str:
        """An evidence's quote with what overlaps a personal datum masked."""
        quote = place.quote
        for start, end in self._places:
            first, last = max(start, place.start) - place.start, min(end, place.end) - place.start
            if first < last:
                quote = quote[:first] + MASK * len(quote[first:last]) + quote[last:]
        return quote

    def masked_text(self, text: str) -> str:
        """A message's parameter with personal values masked."""
        for value in self._values:
            text = text.replace(value, MASK * len(value))
        return text
