"""Amounts of money: a printed total, its funding sources, the lines of a department's budget.

A total is a property of its owner and never one of its sources, so that the sources of an owner
add up to its total and a sum over either counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from pyoxigraph import NamedNode

from budgetkg.mapping import iri, literals
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import Row, add_corrections, add_evidence
from budgetkg.records import Amount, Amounts, BudgetLine, FundLine
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG, RDF, RDFS

SOURCES: tuple[tuple[str, Callable[[Amounts], Amount | None]], ...] = (
    ("fiscal-appropriation", attrgetter("fiscal_appropriation")),
    ("fiscal-special-account", attrgetter("fiscal_special_account")),
    ("other", attrgetter("other")),
)
"""The funding sources, by their notation in the code list, and where a record has the amount of each."""


def add_amounts(
    context: Context, owner: NamedNode, amounts: Amounts, row: Row, minted_under: NamedNode | None = None
) -> None:
    """The printed total and sources of an owner; a blank cell is no amount.

    The IRIs of the amounts begin with that of the owner, or with ``minted_under``: several documents
    state amounts of one plan, and each document's amounts are its own.
    """
    above = minted_under or owner
    if amounts.total is not None:
        node = iri.part(above, "total")
        context.sink.add(owner, BKG.hasTotal, node)
        context.sink.add(node, RDF.type, BKG.Amount)
        add_amount(context, node, amounts.total)
        row.fact(node, amounts.total.printed)
    for source, amount_of in SOURCES:
        amount = amount_of(amounts)
        if amount is None:
            continue
        node = iri.part(above, "source", source)
        context.sink.add(owner, BKG.hasSourceAmount, node)
        context.sink.add(node, RDF.type, BKG.SourceAmount)
        context.sink.add(node, BKG.hasFundingSource, iri.code("funding", source))
        context.sink.text(node, BKG.fundingSourcePrinted, amount.label)
        add_amount(context, node, amount)
        row.fact(node, amount.printed)


def add_further_sources(
    context: Context, owner: NamedNode, amounts: Amounts, funds: tuple[FundLine, ...]
) -> None:
    """Sources of a plan that the record has no field for: 专项债券资金 beside 财政拨款 and 其他资金.

    A line without a known source may also be a part of another one (其中：上级补助). It is a source of its
    own where the total is the sum of the known ones and of all such lines, and not without them.
    """
    above = context.mint.local(context.mint.document if owner == context.plan else owner)
    for line, amount in _further(amounts, funds):
        node = context.mint.distinct("source", above, comparison_key(line.label))
        context.sink.add(owner, BKG.hasSourceAmount, node)
        context.sink.add(node, RDF.type, BKG.SourceAmount)
        context.sink.add(node, BKG.hasFundingSource, iri.code("funding", "unlisted"))
        context.sink.text(node, BKG.fundingSourcePrinted, line.label)
        add_amount(context, node, amount)
        add_evidence(context, node, line.evidence)
        add_corrections(context, node, line.corrections, line.evidence)


def _further(amounts: Amounts, funds: tuple[FundLine, ...]) -> list[tuple[FundLine, Amount]]:
    planned = [(line, line.adjusted or line.initial) for line in funds if line.source is None]
    further = [(line, amount) for line, amount in planned if amount is not None]
    known = sum((amount.value for _, of in SOURCES if (amount := of(amounts))), Decimal(0))
    total = amounts.total.value if amounts.total else known
    added = sum((amount.value for _, amount in further), Decimal(0))
    return further if known != total == known + added else []


def add_budget_line(context: Context, line: BudgetLine) -> None:
    """A labelled line of the plan's budget; a blank amount leaves the label standing."""
    node = context.mint.distinct("budget-line", line.group, line.label)
    sink = context.sink
    sink.add(context.plan, BKG.hasBudgetLine, node)
    sink.add(node, RDF.type, BKG.BudgetLine)
    sink.name(node, RDFS.label, line.label)
    sink.text(node, BKG.groupPrinted, line.group)
    if line.side is not None:
        sink.add(node, BKG.hasSide, iri.code("side", line.side))
    if line.amount is not None:
        add_amount(context, node, line.amount)
    add_evidence(context, node, line.evidence)
    add_corrections(context, node, line.corrections, line.evidence)


def add_amount(context: Context, node: NamedNode, amount: Amount) -> None:
    """The amount as printed and, where the money unit is known, in yuan."""
    sink = context.sink
    sink.text(node, BKG.amountPrinted, amount.printed)
    sink.add(node, BKG.hasMoneyUnit, context.money_unit)
    if context.yuan_factor is not None:
        yuan = literals.product(amount.value, context.yuan_factor)
        sink.add(node, BKG.amountYuan, literals.decimal(yuan))
