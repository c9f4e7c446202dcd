"""Personal data of clerks (names, telephones, dates), masked in every text that leaves, unless asked for."""

from __future__ import annotations

from collections.abc import Iterable

from budgetkg.findings import Evidence
from budgetkg.records import PersonalDatum
from budgetkg.text.personal import MASK, is_name, mask_spans, personal_spans

_SHORTEST_MASKED = 2
"""Characters of the shortest value that is masked in messages; one character says nothing of a person."""
_SHORTEST_NAME = 3
"""Characters of the shortest name that is masked wherever it stands; two may be part of any word."""


class Privacy:
    """Masks personal data, character for character, so that positions and lengths still hold."""

    def __init__(self, people: Iterable[PersonalDatum], allowed: bool) -> None:
        self._allowed = allowed
        kept_out = () if allowed else tuple(people)
        self._places = [(place.start, place.end) for datum in kept_out for place in datum.evidence]
        values = {datum.value for datum in kept_out if len(datum.value.strip()) >= _SHORTEST_MASKED}
        self._values = sorted(values, key=lambda value: (-len(value), value))
        self._whole = {value for value in values if is_name(value)}
        self._names = [name for name in self._values if name in self._whole and len(name) >= _SHORTEST_NAME]

    def masked(self, place: Evidence) -> str:
        """The quote of an evidence with what overlaps a personal datum masked."""
        quote = place.quote
        for start, end in self._places:
            first, last = max(start, place.start) - place.start, min(end, place.end) - place.start
            if first < last:
                quote = mask_spans(quote, [(first, last)])
        return self.masked_print(quote)

    def masked_text(self, text: str) -> str:
        """The parameter of a message with personal values masked."""
        return self.masked_print(_without(text, self._values))

    def masked_print(self, text: str) -> str:
        """A text that a record or a graph holds, with what its own words show to be personal masked.

        A clerk's name that the form prints elsewhere is masked too; a label's other values aren't, for
        they may be any word.
        """
        if self._allowed:
            return text
        if text in self._whole:
            return MASK * len(text)
        spans = personal_spans(text)
        if spans:
            text = mask_spans(text, spans)
        return _without(text, self._names) if self._names else text


def _without(text: str, values: Iterable[str]) -> str:
    for value in values:
        text = text.replace(value, MASK * len(value))
    return text
