"""What the mapping of one document passes from class to class."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import NamedNode

from budgetkg.codelists import find_label
from budgetkg.mapping import iri
from budgetkg.mapping.iri import DocumentMint
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.privacy import Privacy
from budgetkg.mapping.sink import QuadSink
from budgetkg.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Context:
    """The graph being filled, the mint of its IRIs, and what holds for the whole document."""

    sink: QuadSink
    mint: DocumentMint
    privacy: Privacy
    year: int | None
    money_unit: NamedNode | None
    yuan_factor: Decimal | None
    described: set[str] = field(default_factory=set)


def context_of(record: DocumentRecord, options: MappingOptions) -> Context:
    """An empty graph for one document."""
    mint = DocumentMint(options.base, record.key)
    unit = find_label("money-unit", record.unit) if record.unit else None
    return Context(
        sink=QuadSink(mint.graph),
        mint=mint,
        privacy=Privacy(record.people, options.personal),
        year=record.year,
        money_unit=iri.code("moneyunit", unit.notation) if unit else None,
        yuan_factor=Decimal(unit.values("yuanFactor")[0]) if unit else None,
    )
