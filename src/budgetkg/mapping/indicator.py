"""Indicator: one line of targets under a tier, as printed and with the concepts it normalises to."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.target import add_targets
from budgetkg.mapping.tier import first_tier, second_tier
from budgetkg.records import Indicator
from budgetkg.vocab import BKG, RDF, RDFS


def add_indicators(context: Context, owner: NamedNode, indicators: tuple[Indicator, ...]) -> None:
    """The indicators of a project, of a task or of the department itself."""
    for indicator in indicators:
        node = _mint(context, owner, indicator)
        context.sink.add(owner, BKG.hasIndicator, node)
        context.sink.add(node, RDF.type, BKG.Indicator)
        context.sink.name(node, RDFS.label, indicator.name)
        _add_tiers(context, node, indicator)
        _add_columns(context, node, indicator)
        add_targets(context, node, indicator)
        add_evidence(context, node, indicator.evidence)


def _mint(context: Context, owner: NamedNode, indicator: Indicator) -> NamedNode:
    return context.mint.one(
        "indicator",
        context.mint.local(owner),
        indicator.tier1_code,
        indicator.tier2_code,
        indicator.tier1,
        indicator.tier2,
        indicator.name,
        indicator.period_value,
        indicator.annual_value,
    )


def _add_tiers(context: Context, node: NamedNode, indicator: Indicator) -> None:
    sink = context.sink
    sink.text(node, BKG.tier1Code, indicator.tier1_code)
    sink.text(node, BKG.tier2Code, indicator.tier2_code)
    sink.text(node, BKG.tier1Label, indicator.tier1)
    sink.text(node, BKG.tier2Label, indicator.tier2)
    sink.text(node, BKG.tier1Printed, indicator.tier1_printed)
    sink.text(node, BKG.tier2Printed, indicator.tier2_printed)
    sink.add(node, BKG.hasTier1, first_tier(indicator.tier1_code, indicator.tier1))
    sink.add(node, BKG.hasTier2, second_tier(indicator.tier2_code, indicator.tier2))


def _add_columns(context: Context, node: NamedNode, indicator: Indicator) -> None:
    sink = context.sink
    sink.integer(node, BKG.sequenceNumber, indicator.seq)
    sink.text(node, BKG.explanationText, indicator.explanation)
    sink.text(node, BKG.formulaText, indicator.formula)
    sink.text(node, BKG.unitPrinted, indicator.unit)
    sink.text(node, BKG.weightPrinted, indicator.weight)
    sink.text(node, BKG.operatorPrinted, indicator.operator)
    sink.text(node, BKG.directionPrinted, indicator.direction)
    sink.text(node, BKG.standardPrinted, indicator.standard)
    sink.text(node, BKG.actualValuePrinted, indicator.actual_value)
    sink.text(node, BKG.scorePrinted, indicator.score)
    sink.text(node, BKG.noteText, indicator.note)
