"""Indicators: their tiers, their targets, and the numbers that targets are read as."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

from budgetkg.codelists import Concept, concepts
from budgetkg.forms.indicators.tier_labels import CLASSIC, first_tier_of, tier_of
from budgetkg.mapping import iri, literals
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import Row
from budgetkg.mapping.sink import QuadSink
from budgetkg.records import Indicator
from budgetkg.values import Quantity, Target, read_target
from budgetkg.values.units import unit_concept
from budgetkg.vocab import BKG, RDF, RDFS

_CURRENCY = "CCY_"
_Level: TypeAlias = Literal[1, 2]


def add_indicators(
    context: Context,
    owner: NamedNode,
    indicators: tuple[Indicator, ...],
    minted_under: NamedNode | None = None,
) -> None:
    """The indicators of a project, of a task or of the whole plan.

    Their IRIs depend on that of the owner, or on ``minted_under``: several documents state indicators of
    one plan, and each document's indicators are its own.
    """
    for indicator in indicators:
        node = _mint(context, minted_under or owner, indicator)
        context.sink.add(owner, BKG.hasIndicator, node)
        listed = BKG.evaluatesIndicator if context.evaluates else BKG.listsIndicator
        context.sink.add(context.plan, listed, node)
        context.sink.add(node, RDF.type, BKG.Indicator)
        context.sink.name(node, RDFS.label, indicator.name)
        _add_tiers(context, node, indicator)
        _add_columns(context, node, indicator)
        if indicator.margin is not None:
            context.sink.add(node, BKG.readingMargin, literals.decimal(Decimal(str(indicator.margin))))
        row = Row(context, indicator.evidence, corrections=indicator.corrections)
        row.subject(node)
        for text in (indicator.tier1_printed, indicator.tier2_printed, indicator.name):
            row.text(text)
        _add_target(context, node, BKG.PeriodTarget, "period", indicator, indicator.period_value, row)
        _add_target(context, node, BKG.AnnualTarget, "annual", indicator, indicator.annual_value, row)
        _add_result(context, node, indicator, row)
        row.texts_anywhere(indicator.tier3, indicator.explanation, indicator.formula, indicator.unit,
                  indicator.weight, indicator.operator, indicator.direction, indicator.standard,
                  indicator.score, indicator.deviation, indicator.deviation_reason, indicator.note,
                  indicator.nature, *(threshold for _, threshold in indicator.grades))  # fmt: skip


def _mint(context: Context, owner: NamedNode, indicator: Indicator) -> NamedNode:
    return context.mint.distinct(
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
    sink.text(node, BKG.tier1CodePrinted, indicator.tier1_code)
    sink.text(node, BKG.tier2CodePrinted, indicator.tier2_code)
    sink.text(node, BKG.tier1Label, indicator.tier1)
    sink.text(node, BKG.tier2Label, indicator.tier2)
    sink.text(node, BKG.tier1Printed, indicator.tier1_printed)
    sink.text(node, BKG.tier2Printed, indicator.tier2_printed)
    sink.text(node, BKG.tier3Printed, indicator.tier3)
    if indicator.tier1_basis is not None:
        sink.add(node, BKG.hasTier1Basis, iri.code("basis", indicator.tier1_basis))
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
    sink.number(node, BKG.weight, indicator.weight)
    sink.text(node, BKG.noteText, indicator.note)
    sink.text(node, BKG.naturePrinted, indicator.nature)
    for grade, threshold in indicator.grades:
        sink.text(node, BKG.gradeText, f"{grade}：{threshold}")


def _add_target(
    context: Context,
    owner: NamedNode,
    kind: NamedNode,
    segment: str,
    indicator: Indicator,
    value: str | None,
    row: Row,
) -> None:
    """The target for the whole period or for the year; a blank cell is no target."""
    if value is None:
        return
    node, sink = iri.part(owner, segment), context.sink
    sink.add(owner, BKG.hasTarget, node)
    sink.add(node, RDF.type, kind)
    sink.text(node, BKG.targetPrinted, value)
    read = context.privacy.masked_print(value)  # a telephone is no quantity either
    _add_reading(sink, node, read_target(read, indicator.name, indicator.operator, indicator.unit))
    row.fact(node, value)


def _add_result(context: Context, owner: NamedNode, indicator: Indicator, row: Row) -> None:
    """What was reached, read as the target beside it is, with the score and the deviation."""
    said = (indicator.actual_value, indicator.score, indicator.deviation, indicator.deviation_reason)
    if not any(said):
        return
    node, sink = iri.part(owner, "result"), context.sink
    sink.add(owner, BKG.hasResult, node)
    sink.add(node, RDF.type, BKG.Result)
    sink.text(node, BKG.actualValuePrinted, indicator.actual_value)
    sink.text(node, BKG.scorePrinted, indicator.score)
    sink.number(node, BKG.score, indicator.score)
    sink.text(node, BKG.deviationPrinted, indicator.deviation)
    sink.text(node, BKG.deviationReasonText, indicator.deviation_reason)
    if indicator.actual_value is not None:
        # The sign in a column of its own is the target's: a result is what it is.
        read = context.privacy.masked_print(indicator.actual_value)
        _add_reading(sink, node, read_target(read, indicator.name, None, indicator.unit))
        row.fact(node, indicator.actual_value)


def _add_reading(sink: QuadSink, target: NamedNode, reading: Target) -> None:
    """What a target is read as: its kind, its quantities in their order, its deadline."""
    sink.add(target, BKG.hasTargetKind, iri.code("targetkind", reading.kind))
    sink.text(target, BKG.deadlinePrinted, reading.deadline)
    for place, quantity in enumerate(reading.quantities, start=1):
        add_quantity(sink, target, iri.part(target, "quantity", str(place)), quantity)


def add_quantity(sink: QuadSink, owner: NamedNode, node: NamedNode, quantity: Quantity) -> None:
    """A number of a target, or one that was inferred: value, comparator, unit, change, recurrence."""
    sink.add(owner, BKG.hasQuantity, node)
    sink.add(node, RDF.type, BKG.Quantity)
    sink.add(node, BKG.hasComparator, iri.code("comparator", _comparators()[quantity.comparator]))
    sink.add(node, BKG.quantityValue, literals.decimal(quantity.value))
    if quantity.upper is not None:
        sink.add(node, BKG.quantityUpper, literals.decimal(quantity.upper))
    sink.text(node, BKG.scalePrinted, quantity.scale_text)
    if quantity.change is not None:
        sink.add(node, BKG.hasChange, iri.code("change", quantity.change))
    if quantity.per is not None:
        sink.add(node, BKG.hasRecurrence, iri.code("recurrence", quantity.per))
    if quantity.unit is not None:
        _add_unit(sink, node, quantity.unit)


def _add_unit(sink: QuadSink, node: NamedNode, unit: str) -> None:
    """The unit's concept; the printed word where the concept goes by another, or none is known."""
    concept = unit_concept(unit)
    if concept is not None:
        sink.add(node, BKG.hasCountingUnit, iri.code("countingunit", concept.notation))
    if concept is None or concept.zh != unit:
        sink.text(node, BKG.unitPrinted, unit)
    if concept is not None:
        sink.text(node, BKG.currency, _currency(concept))


def _currency(unit: Concept) -> str | None:
    """The ISO 4217 code of a unit of money, by the QUDT unit that the code list says it is."""
    codes = (match.rpartition(_CURRENCY)[2] for match in unit.values("exactMatch") if _CURRENCY in match)
    return next(codes, None)


@cache
def _comparators() -> dict[str, str]:
    return {item.values("comparatorSign")[0]: item.notation for item in concepts("comparator")}


@lru_cache(maxsize=1024)
def first_tier(code: str | None, label: str | None) -> NamedNode | None:
    """The concept of a first-tier cell."""
    return _decide(code, label, 1)


@lru_cache(maxsize=1024)
def second_tier(code: str | None, label: str | None) -> NamedNode | None:
    """The concept of a second-tier cell; a catch-all label names a whole first tier and has none."""
    return _decide(code, label, 2)


def _decide(code: str | None, label: str | None, level: _Level) -> NamedNode | None:
    """The code's concept, unless the label names another one.

    Code 13 (时效指标) beside the label 质量指标 is a contradiction, which stays undecided.
    """
    coded = _by_notation(code)
    by_code = _at_level(coded, level)
    by_label = _at_level(first_tier_of(label) if level == 1 else tier_of(label), level)
    if coded is None:  # no code, or one such as 1.3 that no edition defines: the label decides
        return by_label
    return by_code if by_label in (None, by_code) else None


def _by_notation(code: str | None) -> Concept | None:
    return next((concept for concept in concepts(CLASSIC) if concept.notation == code), None)


def _at_level(concept: Concept | None, level: _Level) -> NamedNode | None:
    if concept is None or (level == 1) != (concept.broader is None):
        return None
    return iri.concept(concept)
