"""Budget line: one labelled amount of a department form."""

from __future__ import annotations

from budgetkg.mapping import iri
from budgetkg.mapping.allocation import add_amount
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.records import BudgetLine
from budgetkg.vocab import BKG, RDF, RDFS


def add_budget_line(context: Context, line: BudgetLine) -> None:
    """A line of the document's budget; a blank amount leaves the label standing."""
    node = context.mint.one("budget-line", line.group, line.label)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasBudgetLine, node)
    sink.add(node, RDF.type, BKG.BudgetLine)
    sink.name(node, RDFS.label, line.label)
    sink.text(node, BKG.groupPrinted, line.group)
    if line.side is not None:
        sink.add(node, BKG.hasSide, iri.code("side", line.side))
    if line.amount is not None:
        add_amount(context, node, line.amount)
    add_evidence(context, node, line.evidence)
