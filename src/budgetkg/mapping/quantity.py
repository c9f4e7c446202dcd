"""Quantity: one number of a target, with comparator and unit as concepts beside what is printed."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pyoxigraph import NamedNode

from budgetkg.codelists import concepts
from budgetkg.mapping import iri, literals
from budgetkg.mapping.context import Context
from budgetkg.targets import Quantity, Target
from budgetkg.targets.units import unit_concept
from budgetkg.vocab import BKG, RDF

_MONEY = "yuan"


def add_reading(context: Context, target: NamedNode, reading: Target) -> None:
    """What a target is read as: its kind, its quantities, its deadline."""
    context.sink.add(target, BKG.hasTargetKind, iri.code("targetkind", reading.kind))
    context.sink.text(target, BKG.deadlinePrinted, reading.deadline)
    for place, quantity in enumerate(reading.quantities, start=1):
        node = iri.part(target, "quantity", str(place))
        context.sink.add(target, BKG.hasQuantity, node)
        _add(context, node, quantity)


def _add(context: Context, node: NamedNode, quantity: Quantity) -> None:
    sink = context.sink
    sink.add(node, RDF.type, BKG.Quantity)
    sink.add(node, BKG.hasComparator, iri.code("comparator", _comparators()[quantity.comparator]))
    sink.add(node, BKG.quantityValue, literals.number(quantity.value))
    if quantity.upper is not None:
        sink.add(node, BKG.quantityUpper, literals.number(quantity.upper))
    sink.text(node, BKG.scalePrinted, quantity.scale_text)
    if quantity.change is not None:
        sink.add(node, BKG.hasChange, iri.code("change", quantity.change))
    if quantity.per is not None:
        sink.add(node, BKG.hasRecurrence, iri.code("recurrence", quantity.per))
    if quantity.unit is not None:
        _add_unit(context, node, quantity.unit, quantity.value)


def _add_unit(context: Context, node: NamedNode, unit: str, value: Decimal) -> None:
    """The unit's concept; the printed word where the concept goes by another, or none is known."""
    concept = unit_concept(unit)
    if concept is not None:
        context.sink.add(node, BKG.hasCountingUnit, iri.code("countingunit", concept.notation))
    if concept is None or concept.zh != unit:
        context.sink.text(node, BKG.unitPrinted, unit)
    if concept is not None and concept.notation == _MONEY:
        context.sink.add(node, BKG.amountYuan, literals.decimal(value))


@cache
def _comparators() -> dict[str, str]:
    return {item.values("comparatorSign")[0]: item.notation for item in concepts("comparator")}
