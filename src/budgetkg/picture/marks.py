"""What a picture shows of a reading: the fate of every character, and the findings with numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetkg.codelists import finding_message, finding_severity
from budgetkg.forms.trace import Trace
from budgetkg.mapping.privacy import Privacy
from budgetkg.reading.ledger import Fate
from budgetkg.text import is_blank
from budgetkg.text.personal import MASK

FATES = {
    Fate.RECORD: ("record", "记录"),
    Fate.FURNITURE: ("furniture", "版面文字"),
    Fate.FINDING: ("finding", "问题"),
    Fate.NONE: ("read by nothing", "未读取"),
}
"""What each fate is called, in English and Chinese."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its number, its messages, and the spans of text that it is about."""

    number: int
    code: str
    severity: str
    where: str
    en: str
    zh: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """A reading to be drawn; ``text`` is its text with personal data masked, ``hidden`` where it was masked.

    Spans of text are pairs of offsets: the first character, and the one after the last.
    """

    trace: Trace
    text: str
    remarks: tuple[Remark, ...]
    hidden: tuple[tuple[int, int], ...]
    here: tuple[int, int] | None = None
    """What the reader came for, from the first character to the one after the last."""

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Fate]]:
        """The spans of equal fate between two offsets, as (start, end, fate); blanks join what precedes."""
        fate, begun = None, start
        for offset in range(start, end):
            if is_blank(self.text[offset]):
                continue
            own = Fate(self.trace.fates[offset])
            if fate is not None and own != fate:
                yield begun, offset, fate
                begun = offset
            fate = own
        if fate is not None:
            yield begun, end, fate

    def counts(self) -> dict[Fate, int]:
        """The number of non-blank characters of each fate."""
        counts = dict.fromkeys(FATES, 0)
        for line in self.trace.reading.source.lines:
            for start, end, fate in self.runs(line.start, line.end):
                counts[fate] += sum(not is_blank(char) for char in self.text[start:end])
        return counts


def marked(trace: Trace, *, personal: bool = False, here: tuple[int, int] | None = None) -> Marks:
    """The marks of a reading, with all findings numbered and personal data masked unless asked for."""
    people = [datum for record in trace.records for datum in record.people]
    hidden = () if personal else tuple((e.start, e.end) for datum in people for e in datum.evidence)
    text = trace.reading.source.text
    for start, end in hidden:
        masked = "".join(char if char.isspace() else MASK for char in text[start:end])
        text = text[:start] + masked + text[end:]
    privacy = Privacy(people, personal)
    remarks = []
    for number, finding in enumerate((f for record in trace.records for f in record.findings), start=1):
        params = {name: privacy.masked_text(value) for name, value in finding.params}
        remarks.append(Remark(
            number, finding.code, finding_severity(finding.code), privacy.masked_text(finding.where),
            finding_message(finding.code, params, "en"), finding_message(finding.code, params, "zh"),
            tuple((place.start, place.end) for place in finding.evidence),
        ))  # fmt: skip
    return Marks(trace, text, tuple(remarks), hidden, here)
