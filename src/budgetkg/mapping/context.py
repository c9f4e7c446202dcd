"""What the mapping of one document needs throughout: its graph, the maker of its IRIs, its money unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from budgetkg.codelists import find_label
from budgetkg.mapping import iri
from budgetkg.mapping.evidence import Cells
from budgetkg.mapping.iri import DocumentMint
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.privacy import Privacy
from budgetkg.mapping.sink import QuadSink
from budgetkg.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Context:
    """The graph being filled, the mint (maker) of its IRIs, and what holds for the whole document.

    ``plan`` is the plan that it states, or the self-evaluation where ``evaluates`` says that it is one.
    """

    sink: QuadSink
    mint: DocumentMint
    privacy: Privacy
    plan: NamedNode
    evaluates: bool
    money_unit: NamedNode | None
    yuan_factor: Decimal | None
    cells: Cells


def context_of(record: DocumentRecord, options: MappingOptions, plan: NamedNode) -> Context:
    """An empty graph for one document, which states a plan."""
    mint = DocumentMint(options.base, record.key)
    unit = find_label("money-unit", record.unit) if record.unit else None
    privacy = Privacy(record.people, options.personal)
    return Context(
        sink=QuadSink(mint.graph, privacy.masked_print),
        mint=mint,
        privacy=privacy,
        plan=plan,
        evaluates=record.is_self_evaluation,
        money_unit=iri.code("moneyunit", unit.notation) if unit else None,
        yuan_factor=Decimal(unit.values("yuanFactor")[0]) if unit else None,
        cells=Cells(),
    )
