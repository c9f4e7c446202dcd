"""What a self-evaluation reports: what was reached of a goal, what was budgeted and what was spent.

Its money is under properties of its own: no sum over plans meets it, and the lines of single sources
are apart from the line of all money, so that a sum over either counts nothing twice.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping import iri
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import Row
from budgetkg.mapping.money import SOURCES, add_amount
from budgetkg.records import Amount, Amounts, BudgetLine, FundLine
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG, RDF, RDFS

_TOTAL = "total"
_LABELS = {
    _TOTAL: "资金总额",
    "fiscal_appropriation": "财政拨款",
    "fiscal_special_account": "财政专户管理资金",
    "other": "其他资金",
}
"""What an amount is called that stands in the record without the label it was printed under."""


def add_goal_reached(context: Context, owner: NamedNode, text: str | None, row: Row) -> None:
    """What was reached of the goal, in its own words, beside the goal."""
    context.sink.text(owner, BKG.goalReachedText, text)
    row.text(text)


def add_executions(
    context: Context, owner: NamedNode, funds: tuple[FundLine, ...], amounts: Amounts, row: Row
) -> None:
    """The lines of money as printed, and amounts that stand in none of them."""
    for line in funds:
        _add_line(context, owner, line)
    every = ((_TOTAL, amounts.total), *((name, amount_of(amounts)) for name, amount_of in SOURCES))
    for name, amount in every:
        source = name.replace("-", "_")
        if amount is not None and not _is_in(funds, source, amount):
            node = _execution(context, owner, _LABELS[source], source)
            _add_reported(context, node, BKG.hasBudgetedAmount, "budgeted", amount, row)
            row.fact(node, amount.printed)


def add_reported_line(context: Context, line: BudgetLine) -> None:
    """A labelled amount of a department's self-evaluation."""
    node = _execution(context, context.plan, line.label, None)
    context.sink.text(node, BKG.groupPrinted, line.group)
    if line.side is not None:
        context.sink.add(node, BKG.hasSide, iri.code("side", line.side))
    row = Row(context, line.evidence, corrections=line.corrections)
    row.subject(node)
    if line.amount is not None:
        _add_reported(context, node, BKG.hasBudgetedAmount, "budgeted", line.amount, row)


def _add_line(context: Context, owner: NamedNode, line: FundLine) -> None:
    node = _execution(context, owner, line.label, line.source)
    row = Row(context, line.evidence, corrections=line.corrections)
    row.subject(node)
    row.text(line.label)
    for predicate, segment, amount in (
        (BKG.hasInitialAmount, "initial", line.initial),
        (BKG.hasAdjustedAmount, "adjusted", line.adjusted),
        (BKG.hasExecutedAmount, "executed", line.executed),
    ):
        if amount is not None:
            _add_reported(context, node, predicate, segment, amount, row)
    sink = context.sink
    sink.text(node, BKG.executionRatePrinted, line.rate)
    sink.text(node, BKG.weightPrinted, line.weight)
    sink.number(node, BKG.weight, line.weight)
    sink.text(node, BKG.scorePrinted, line.score)
    sink.number(node, BKG.score, line.score)
    sink.text(node, BKG.noteText, line.note)
    row.texts_anywhere(line.rate, line.weight, line.score, line.note)


def _execution(context: Context, owner: NamedNode, label: str, source: str | None) -> NamedNode:
    above = context.mint.document if owner == context.plan else owner
    node = context.mint.distinct("execution", context.mint.local(above), comparison_key(label))
    whole = source == _TOTAL
    context.sink.add(owner, BKG.hasExecution if whole else BKG.hasSourceExecution, node)
    context.sink.add(node, RDF.type, BKG.BudgetExecution)
    context.sink.name(node, RDFS.label, label)
    notation = (source or "").replace("_", "-")
    if notation in dict(SOURCES):
        context.sink.add(node, BKG.hasFundingSource, iri.code("funding", notation))
    return node


def _add_reported(
    context: Context, line: NamedNode, predicate: NamedNode, segment: str, amount: Amount, row: Row
) -> None:
    node = iri.part(line, segment)
    context.sink.add(line, predicate, node)
    context.sink.add(node, RDF.type, BKG.ReportedAmount)
    add_amount(context, node, amount)
    row.fact(node, amount.printed)


def _is_in(funds: tuple[FundLine, ...], name: str, amount: Amount) -> bool:
    """Does a line of that source print the amount?"""
    return any(line.source == name and amount in (line.initial, line.adjusted) for line in funds)
