"""What the mapping of one document needs throughout: options, mint, money unit, masked quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from budgetkg.codelists import find_label
from budgetkg.errors import BudgetkgError
from budgetkg.findings import Evidence
from budgetkg.mapping import iri
from budgetkg.mapping.evidence import Cells
from budgetkg.mapping.iri import DocumentMint
from budgetkg.mapping.sink import QuadSink
from budgetkg.records import DocumentRecord, PersonalDatum
from budgetkg.vocab import PREFIXES

DEFAULT_BASE = PREFIXES["id"].removesuffix("id/")
MASK = "■"

_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]*[/#]")
_SHORTEST_MASKED = 2


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What a caller may choose about the mapping.

    ``base`` is what every IRI of data and graphs starts with; ``personal`` lets a clerk's name,
    telephone and date into the graph, which happens only where a person asked for it. Raises
    BudgetkgError for a base that is no absolute ASCII IRI ending in ``/`` or ``#``.
    """

    base: str = DEFAULT_BASE
    personal: bool = False

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise BudgetkgError(f"base {self.base!r}: not an absolute ASCII IRI that ends in / or #")


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


@dataclass(frozen=True, slots=True)
class Context:
    """The graph being filled, the mint of its IRIs, and what holds for the whole document."""

    sink: QuadSink
    mint: DocumentMint
    privacy: Privacy
    plan: NamedNode
    money_unit: NamedNode | None
    yuan_factor: Decimal | None
    cells: Cells


def context_of(record: DocumentRecord, options: MappingOptions, plan: NamedNode) -> Context:
    """An empty graph for one document, which states a plan."""
    mint = DocumentMint(options.base, record.key)
    unit = find_label("money-unit", record.unit) if record.unit else None
    return Context(
        sink=QuadSink(mint.graph),
        mint=mint,
        privacy=Privacy(record.people, options.personal),
        plan=plan,
        money_unit=iri.code("moneyunit", unit.notation) if unit else None,
        yuan_factor=Decimal(unit.values("yuanFactor")[0]) if unit else None,
        cells=Cells(),
    )
