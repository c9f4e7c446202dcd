"""Statistics of datasets in VoID: numbers of triples, subjects, objects, and of each class and property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from budgetkg.mapping import iri
from budgetkg.vocab import BKG, PREFIXES, RDF, VOID, XSD


@dataclass(slots=True)
class Statistics:
    """The counts of some graphs; ``examples`` are IRIs of projects and tasks."""

    triples: int = 0
    subjects: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    examples: set[str] = field(default_factory=set)

    def add(self, other: Statistics) -> None:
        """Add the counts of a part, save its subjects and objects: other parts may have the same ones."""
        self.triples += other.triples
        self.classes += other.classes
        self.properties += other.properties
        self.examples |= set(sorted(other.examples)[:1])

    def triples_about(self, dataset: NamedNode) -> Iterator[Triple]:
        """The description of a dataset in numbers."""
        yield Triple(dataset, RDF.type, VOID.Dataset)
        yield Triple(dataset, VOID.triples, _number(self.triples))
        yield Triple(dataset, VOID.classes, _number(len(self.classes)))
        yield Triple(dataset, VOID.properties, _number(len(self.properties)))
        yield Triple(dataset, VOID.entities, _number(sum(self.classes.values())))
        if self.subjects:
            yield Triple(dataset, VOID.distinctSubjects, _number(len(self.subjects)))
            yield Triple(dataset, VOID.distinctObjects, _number(len(self.objects)))
        for example in sorted(self.examples)[:1]:
            yield Triple(dataset, VOID.exampleResource, NamedNode(example))
        for namespace in sorted({_namespace(term) for term in (*self.classes, *self.properties)}):
            yield Triple(dataset, VOID.vocabulary, NamedNode(namespace))
        for term, count in sorted(self.classes.items()):
            part = iri.part(dataset, "class", _name(term))
            yield Triple(dataset, VOID.classPartition, part)
            yield Triple(part, VOID.class_, NamedNode(term))
            yield Triple(part, VOID.entities, _number(count))
        for term, count in sorted(self.properties.items()):
            part = iri.part(dataset, "property", _name(term))
            yield Triple(dataset, VOID.propertyPartition, part)
            yield Triple(part, VOID.property, NamedNode(term))
            yield Triple(part, VOID.triples, _number(count))


def counted(paths: Iterable[Path]) -> Statistics:
    """The statistics of some files of N-Quads."""
    statistics = Statistics()
    for path in paths:
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS):
            predicate, value = quad.predicate.value, quad.object
            statistics.triples += 1
            statistics.subjects.add(str(quad.subject))
            statistics.objects.add(str(value))
            statistics.properties[predicate] += 1
            if quad.predicate == RDF.type and isinstance(value, NamedNode):
                statistics.classes[value.value] += 1
                if value in (BKG.Project, BKG.Task) and isinstance(quad.subject, NamedNode):
                    statistics.examples.add(quad.subject.value)
    return statistics


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=XSD.integer)


def _namespace(term: str) -> str:
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]


def _name(term: str) -> str:
    """A term's prefixed name with a hyphen, for use in an IRI; a fingerprint for a term without a prefix."""
    namespace = _namespace(term)
    prefix = next((name for name, value in PREFIXES.items() if value == namespace), "")
    return f"{prefix}-{term.removeprefix(namespace)}" if prefix else iri.fingerprint(term)
