"""Allocation: an amount of money from one funding source, as printed and in yuan."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping import iri, literals
from budgetkg.mapping.context import Context
from budgetkg.records import Amount, Amounts
from budgetkg.vocab import BKG, RDF

ALL_SOURCES = "all-sources"


def add_allocations(context: Context, owner: NamedNode, amounts: Amounts) -> None:
    """The printed total and sources of an owner; a blank cell is no allocation."""
    add_allocation(context, owner, ALL_SOURCES, amounts.total)
    add_allocation(context, owner, "fiscal-appropriation", amounts.fiscal_appropriation)
    add_allocation(context, owner, "fiscal-special-account", amounts.fiscal_special_account)
    add_allocation(context, owner, "other", amounts.other)


def add_allocation(context: Context, owner: NamedNode, source: str, amount: Amount | None) -> None:
    """One amount of one funding source."""
    if amount is None:
        return
    node = iri.part(owner, "allocation", source)
    context.sink.add(owner, BKG.hasAllocation, node)
    context.sink.add(node, RDF.type, BKG.Allocation)
    context.sink.add(node, BKG.hasFundingSource, iri.code("funding", source))
    add_amount(context, node, amount)


def add_amount(context: Context, node: NamedNode, amount: Amount) -> None:
    """What is printed and, where the money unit is known, what it is in yuan."""
    sink = context.sink
    sink.text(node, BKG.amountPrinted, amount.printed)
    sink.add(node, BKG.hasMoneyUnit, context.money_unit)
    if context.yuan_factor is not None:
        yuan = literals.product(amount.value, context.yuan_factor)
        sink.add(node, BKG.amountYuan, literals.decimal(yuan))
    if context.year is not None:
        sink.add(node, BKG.fiscalYear, literals.year(context.year))
