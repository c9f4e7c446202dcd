"""The datasets that a graph is published as: one for each year of a department, one for what they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from budgetkg.mapping import iri, literals
from budgetkg.mapping.plan import department_iri, department_name, division_iri
from budgetkg.store.generations import Generation
from budgetkg.vocab import DCAT, DCTERMS, PROV, RDF, XSD

Json: TypeAlias = dict[str, Any]

SHARED = "shared"
_SHARED_TITLES = "代码表、部门、词汇与推论", "Code lists, departments, vocabulary, conclusions"
_UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A part of the graph to load and cite by itself; ``entries`` are its documents in the graph's index."""

    name: str
    node: NamedNode
    generation: Generation
    entries: tuple[Json, ...]

    @property
    def valid(self) -> bool:
        """Whether every document was validated and none has a violation."""
        counts = [entry["validation"] for entry in self.entries]
        return bool(counts) and all(count is not None and not count["Violation"] for count in counts)

    def triples(self) -> Iterator[Triple]:
        """The description of this dataset; what all datasets have in common is added by the catalogue."""
        yield Triple(self.node, RDF.type, DCAT.Dataset)
        yield Triple(self.node, DCTERMS.identifier, literals.string(self.name))
        if not self.entries:
            yield from titled(self.node, *_SHARED_TITLES)
            return
        first = self.entries[0]
        who = department_name(first["department"]) if first["department"] else first["source"]
        year = first["year"]
        yield from titled(
            self.node,
            f"{who}{f' {year} 年' if year else ''}预算绩效目标",
            f"{who}: performance budget{f' of {year}' if year else ''}",
        )
        for entry in self.entries:
            document = iri.document(entry["base"], entry["key"])
            yield Triple(self.node, PROV.wasDerivedFrom, document)
            district = division_iri(entry["division"])
            if district is not None:
                yield Triple(self.node, DCTERMS.spatial, district)
                yield Triple(district, RDF.type, DCTERMS.Location)
        if year is not None:
            period = iri.part(self.node, "period")
            yield Triple(self.node, DCTERMS.temporal, period)
            yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
            yield Triple(period, DCAT.startDate, Literal(f"{year:04d}-01-01", datatype=XSD.date))
            yield Triple(period, DCAT.endDate, Literal(f"{year:04d}-12-31", datatype=XSD.date))


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that the IRI of a department is made of."""

    department: str | None
    district: str | None
    division: str | None


def datasets(generation: Generation) -> list[Dataset]:
    """The datasets of a graph, sorted by name; the shared one stands last."""
    groups: dict[str, list[Json]] = {}
    base = ""
    for entry in generation.counted():
        base = entry["base"]
        groups.setdefault(_name(entry), []).append(entry)
    by_department = [
        Dataset(
            name,
            iri.dataset(base, name),
            replace(generation, only=tuple(entry["key"] for entry in entries)),
            tuple(entries),
        )
        for name, entries in sorted(groups.items())
    ]
    return [*by_department, Dataset(SHARED, iri.dataset(base, SHARED), replace(generation, only=()), ())]


def _name(entry: Json) -> str:
    """A dataset's name: department and year; a document without a department has a dataset of its own."""
    names = _Names(entry["department"], entry["district"], entry["division"])
    department = department_iri(entry["base"], names)
    who = department.value.rsplit("/", 1)[-1] if department else f"document-{entry['key']}"
    return f"{who}-{entry['year'] or _UNSTATED}"


def titled(node: NamedNode, zh: str, en: str) -> Iterator[Triple]:
    """Title and description in both languages."""
    yield Triple(node, DCTERMS.title, literals.chinese(zh))
    yield Triple(node, DCTERMS.title, Literal(en, language="en"))
    about_zh, about_en = f"{zh}，取自公开的绩效目标表。", f"{en}, from published forms."
    yield Triple(node, DCTERMS.description, literals.chinese(about_zh))
    yield Triple(node, DCTERMS.description, Literal(about_en, language="en"))
