"""What the relations between documents look at: a document's projects, tasks and indicators, in brief.

Taken from the quads of one document, so that it holds the IRIs; kept as JSON beside the graph, so
that a build relates a thousand documents without reading their graphs again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.vocab import BKG, RDF, RDFS

Json: TypeAlias = dict[str, Any]
_Node: TypeAlias = dict[str, list[NamedNode | Literal]]

_READ = frozenset(
    term.value
    for term in (
        RDF.type, RDFS.label, BKG.districtPrinted, BKG.isAboutDepartment, BKG.fiscalYear, BKG.hasUnitOfUse,
        BKG.hasProject, BKG.hasTask, BKG.hasIndicator, BKG.hasGoal, BKG.goalText, BKG.contentText,
        BKG.hasTarget, BKG.targetPrinted, BKG.unitPrinted, BKG.operatorPrinted,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator with its targets as printed; a target goes by its IRI."""

    iri: str
    name: str
    annual: str | None = None
    annual_iri: str | None = None
    period: str | None = None
    period_iri: str | None = None
    operator: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A project or task, or the department itself (``kind`` document), which owns indicators too.

    ``text`` is the goal of a project, the content of a task; ``ground`` is the node that says it.
    """

    iri: str
    kind: str
    name: str
    text: str = ""
    ground: str | None = None
    unit: str = ""
    indicators: tuple[IndicatorFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """One document in brief."""

    key: str
    district: str | None
    department: str | None
    year: str | None
    subjects: tuple[Subject, ...]

    def json(self) -> Json:
        """The extract as it is kept beside the graph."""
        return asdict(self)

    @staticmethod
    def of(data: Json) -> Extract:
        """The extract that :meth:`json` wrote."""
        subjects = (
            Subject(**{**item, "indicators": tuple(IndicatorFacts(**row) for row in item["indicators"])})
            for item in data["subjects"]
        )
        return Extract(**{**data, "subjects": tuple(subjects)})


def extract(key: str, quads: Iterable[Quad]) -> Extract:
    """A document's graph in brief."""
    nodes: dict[str, _Node] = defaultdict(lambda: defaultdict(list))
    root = ""
    for quad in quads:
        name = quad.predicate.value
        if name not in _READ or not isinstance(quad.subject, NamedNode):
            continue
        if isinstance(quad.object, NamedNode | Literal):
            nodes[quad.subject.value][name].append(quad.object)
            if quad.object == BKG.Document:
                root = quad.subject.value
    return _Reader(nodes).document(key, root)


class _Reader:
    """Walks the nodes from the document down."""

    def __init__(self, nodes: dict[str, _Node]) -> None:
        self._nodes = nodes

    def document(self, key: str, root: str) -> Extract:
        subjects = [Subject(root, "document", "", indicators=self._indicators(root))]
        for task in self._all(root, BKG.hasTask):
            text = self._one(task, BKG.contentText) or ""
            subjects.append(self._subject(task, "task", text, task, ""))
        for unit in self._all(root, BKG.hasUnitOfUse):
            label = self._one(unit, RDFS.label) or ""
            for project in self._all(unit, BKG.hasProject):
                goal = self._one(project, BKG.hasGoal)
                text = (self._one(goal, BKG.goalText) if goal else None) or ""
                subjects.append(self._subject(project, "project", text, goal, label))
        return Extract(
            key=key,
            district=self._one(root, BKG.districtPrinted),
            department=self._one(root, BKG.isAboutDepartment),
            year=self._one(root, BKG.fiscalYear),
            subjects=tuple(sorted(subjects, key=lambda item: item.iri)),
        )

    def _subject(self, iri: str, kind: str, text: str, ground: str | None, unit: str) -> Subject:
        name = self._one(iri, RDFS.label) or ""
        return Subject(iri, kind, name, text, ground, unit, self._indicators(iri))

    def _indicators(self, owner: str) -> tuple[IndicatorFacts, ...]:
        return tuple(self._indicator(iri) for iri in sorted(self._all(owner, BKG.hasIndicator)))

    def _indicator(self, iri: str) -> IndicatorFacts:
        found: dict[str, str | None] = {}
        for target in self._all(iri, BKG.hasTarget):
            kind = "annual" if BKG.AnnualTarget.value in self._all(target, RDF.type) else "period"
            found |= {kind: self._one(target, BKG.targetPrinted), f"{kind}_iri": target}
        return IndicatorFacts(
            iri=iri,
            name=self._one(iri, RDFS.label) or "",
            operator=self._one(iri, BKG.operatorPrinted),
            unit=self._one(iri, BKG.unitPrinted),
            **found,
        )

    def _all(self, node: str, name: NamedNode) -> list[str]:
        return [term.value for term in self._nodes[node][name.value]]

    def _one(self, node: str, name: NamedNode) -> str | None:
        return next(iter(self._all(node, name)), None)
