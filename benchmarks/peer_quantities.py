"""The peer's mapping of the numbers of a target, a triple at a time."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, XSD, Literal, Namespace, URIRef
from rdflib.term import Node

from budgetkg.codelists import concepts
from budgetkg.values import Quantity, Target
from budgetkg.values.units import unit_concept
from budgetkg.vocab import PREFIXES

BKG = Namespace(PREFIXES["bkg"])


def reading_triples(target: URIRef, reading: Target) -> Iterator[tuple[Node, Node, Node]]:
    """What a target is read as."""
    yield target, BKG.hasTargetKind, coded("targetkind", reading.kind)
    if reading.deadline is not None:
        yield target, BKG.deadlinePrinted, Literal(reading.deadline)
    for number, one in enumerate(reading.quantities, 1):
        node = URIRef(f"{target}/quantity/{number}")
        yield target, BKG.hasQuantity, node
        yield from quantity_triples(node, one)


def quantity_triples(node: URIRef, one: Quantity) -> Iterator[tuple[Node, Node, Node]]:
    """One number with its comparator and unit."""
    signs = {item.values("comparatorSign")[0]: item.notation for item in concepts("comparator")}
    printed = one.json()
    yield node, RDF.type, BKG.Quantity
    yield node, BKG.hasComparator, coded("comparator", signs[one.comparator])
    yield node, BKG.quantityValue, Literal(printed["value"], datatype=XSD.decimal, normalize=False)
    if printed["upper"] is not None:
        yield node, BKG.quantityUpper, Literal(printed["upper"], datatype=XSD.decimal, normalize=False)
    if one.scale_text:
        yield node, BKG.scalePrinted, Literal(one.scale_text)
    if one.change:
        yield node, BKG.hasChange, coded("change", one.change)
    if one.per:
        yield node, BKG.hasRecurrence, coded("recurrence", one.per)
    if one.unit:
        unit = unit_concept(one.unit)
        if unit:
            yield node, BKG.hasCountingUnit, URIRef(unit.iri)
        if unit is None or unit.zh != one.unit:
            yield node, BKG.unitPrinted, Literal(one.unit)
        if unit and unit.notation == "yuan":
            yield node, BKG.currency, Literal("CNY")


def coded(prefix: str, notation: str) -> URIRef:
    """A concept of a code list."""
    return URIRef(PREFIXES[prefix] + notation)
