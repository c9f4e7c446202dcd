"""RDF Data Cube: the allocations and the numbers of indicators as observations, in Turtle.

``ontology/cube/structure.ttl`` says what the dimensions are. Each observation keeps the item it is
of, so that a figure leads back to its project, its document and its page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from budgetkg.export.nodes import Nodes, Value, document_nodes, shared_nodes
from budgetkg.mapping import DEFAULT_BASE, iri, literals
from budgetkg.resources import directory
from budgetkg.store.generations import Generation
from budgetkg.vocab import BKG, PREFIXES, QB, RDF, RDFS, SKOS

_DATASETS = (("allocations", "资金安排", "Allocations"), ("indicators", "指标数", "Numbers of indicators"))
KINDS = ("Document", "UnitOfUse", "Project", "Task")


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream."""
    pyoxigraph.serialize(_triples(generation), out, RdfFormat.TURTLE, prefixes=PREFIXES)


def _triples(generation: Generation) -> Iterator[Triple]:
    structure = directory("ontology") / "cube" / "structure.ttl"
    for quad in pyoxigraph.parse(path=str(structure), format=RdfFormat.TURTLE):
        yield quad.triple
    base = next((str(entry["base"]) for entry in generation.entries()), DEFAULT_BASE)
    cubes = _Cubes(shared_nodes(generation), base)
    yield from cubes.datasets()
    for document, nodes in document_nodes(generation):
        yield from cubes.observations(document, nodes)


@dataclass(slots=True)
class _Cubes:
    """Turns documents into observations; a code is described where it is first used."""

    shared: Nodes
    base: str
    described: set[str] = field(default_factory=set)

    def datasets(self) -> Iterator[Triple]:
        for name, zh, en in _DATASETS:
            node = iri.dataset(self.base, "cube", name)
            yield Triple(node, RDF.type, QB.DataSet)
            yield Triple(node, RDFS.label, literals.chinese(zh))
            yield Triple(node, RDFS.label, Literal(en, language="en"))
            yield Triple(node, QB.structure, iri.code("cube", name))

    def observations(self, document: str, nodes: Nodes) -> Iterator[Triple]:
        """The observations of one document, item by item."""
        place = _Place(document, nodes)
        yield from self._code(place.year, "fiscal-years", place.year_notation)
        yield from self._code(place.district, "districts")
        for kind in KINDS:
            for item in nodes.of_class(PREFIXES["bkg"] + kind):
                yield from self._allocations(place, nodes, item, kind)
                yield from self._indicators(place, nodes, item, kind)

    def _allocations(self, place: _Place, nodes: Nodes, item: str, kind: str) -> Iterator[Triple]:
        for allocation in nodes.values(item, BKG.hasAllocation.value):
            sources = nodes.values(allocation.value, BKG.hasFundingSource.value)
            amounts = nodes.values(allocation.value, BKG.amountYuan.value)
            if not sources or not amounts:
                continue  # without a money unit there is no amount in yuan
            yield from self._source(sources[0])
            node = iri.part(NamedNode(allocation.value), "observation")
            yield from place.common(node, iri.dataset(self.base, "cube", "allocations"), item, kind)
            yield Triple(node, iri.code("cube", "fundingSource"), sources[0])
            yield Triple(node, iri.code("cube", "amountYuan"), amounts[0])
            yield Triple(node, iri.code("cube", "currency"), iri.code("unit", "CCY_CNY"))

    def _indicators(self, place: _Place, nodes: Nodes, item: str, kind: str) -> Iterator[Triple]:
        counts: Counter[Value] = Counter()
        for indicator in nodes.values(item, BKG.hasIndicator.value):
            second = nodes.values(indicator.value, BKG.hasTier2.value)
            first = nodes.values(indicator.value, BKG.hasTier1.value)
            counts[next(iter((*second, *first)), iri.code("cube", "tier-undecided"))] += 1
        for tier, count in sorted(counts.items(), key=lambda pair: pair[0].value):
            yield from self._code(NamedNode(tier.value), "tiers")
            name = tier.value.rsplit("/", 1)[-1]
            node = iri.part(NamedNode(item), "indicator-count", name)
            yield from place.common(node, iri.dataset(self.base, "cube", "indicators"), item, kind)
            yield Triple(node, iri.code("cube", "tier"), NamedNode(tier.value))
            yield Triple(node, iri.code("cube", "indicatorCount"), literals.integer(count))

    def _code(self, concept: NamedNode, scheme: str, notation: str | None = None) -> Iterator[Triple]:
        """Puts a concept into a list of the cubes, with what the code lists say of it."""
        if concept.value in self.described or concept.value.endswith(("unstated", "undecided")):
            return
        self.described.add(concept.value)
        yield Triple(concept, RDF.type, SKOS.Concept)
        yield Triple(concept, SKOS.inScheme, iri.code("cube", scheme))
        if notation is not None:
            yield Triple(concept, SKOS.notation, literals.string(notation))
            yield Triple(concept, SKOS.prefLabel, literals.chinese(f"{notation}年"))
        yield from self._said(concept, (SKOS.notation, SKOS.prefLabel))

    def _source(self, concept: Value) -> Iterator[Triple]:
        if concept.value not in self.described:
            self.described.add(concept.value)
            said = (RDF.type, SKOS.inScheme, SKOS.notation, SKOS.prefLabel, SKOS.broader)
            yield from self._said(NamedNode(concept.value), said)

    def _said(self, concept: NamedNode, predicates: Iterable[NamedNode]) -> Iterator[Triple]:
        for predicate in predicates:
            for value in self.shared.values(concept.value, predicate.value):
                yield Triple(concept, predicate, value)


class _Place:
    """What all observations of a document share."""

    def __init__(self, document: str, nodes: Nodes) -> None:
        self.document = NamedNode(document)
        years = nodes.values(document, BKG.fiscalYear.value)
        districts = nodes.values(document, BKG.coversDistrict.value)
        departments = nodes.values(document, BKG.isAboutDepartment.value)
        self.year_notation = years[0].value if years else None
        self.year = iri.code("cube", f"year-{self.year_notation or 'unstated'}")
        self.district = NamedNode(districts[0].value) if districts else iri.code("cube", "district-unstated")
        self.department = departments[0] if departments else None

    def common(self, node: NamedNode, dataset: NamedNode, item: str, kind: str) -> Iterator[Triple]:
        """An observation but for what it measures."""
        yield Triple(node, RDF.type, QB.Observation)
        yield Triple(node, QB.dataSet, dataset)
        yield Triple(node, iri.code("cube", "item"), NamedNode(item))
        yield Triple(node, iri.code("cube", "itemKind"), iri.code("cube", f"kind-{kind}"))
        yield Triple(node, iri.code("cube", "fiscalYear"), self.year)
        yield Triple(node, iri.code("cube", "district"), self.district)
        yield Triple(node, iri.code("cube", "document"), self.document)
        if self.department is not None:
            yield Triple(node, iri.code("cube", "department"), self.department)
