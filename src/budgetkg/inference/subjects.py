"""A document in brief: its projects, tasks and indicators, as everything inferred looks at them.

Taken from the quads of one document, so that it holds the IRIs; kept as JSON beside the graph, so
that a build compares a thousand documents without reading their graphs again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pyoxigraph import NamedNode, Quad

from budgetkg.mapping.plan import StatesPlan, department_iri, department_name, plan_iri
from budgetkg.mapping.statements import content
from budgetkg.vocab import BKG, RDF, RDFS

Json: TypeAlias = dict[str, Any]
_Node: TypeAlias = dict[str, list[str]]

_READ = frozenset(
    str(term)
    for term in (
        RDF.type, RDFS.label, BKG.hasProject, BKG.hasUnitOfUse, BKG.hasTask, BKG.hasIndicator, BKG.hasGoal,
        BKG.goalText, BKG.contentText, BKG.hasTarget, BKG.targetPrinted, BKG.unitPrinted, BKG.operatorPrinted,
        BKG.hasTotal, BKG.hasSourceAmount, BKG.hasBudgetLine, BKG.amountPrinted, BKG.amountYuan,
        BKG.projectsText,
        BKG.evaluatesProject, BKG.evaluatesTask, BKG.hasResult, BKG.actualValuePrinted, BKG.directionPrinted,
    )
)  # fmt: skip
# Each is a printed value: how many a document has says how much of it was read.
_FACTS = frozenset(
    str(term)
    for term in (RDFS.label, BKG.amountPrinted, BKG.targetPrinted, BKG.goalText, BKG.actualValuePrinted)
)


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator with its targets and its result as printed; each of these goes by its IRI."""

    iri: str
    name: str
    annual: str | None = None
    annual_iri: str | None = None
    period: str | None = None
    period_iri: str | None = None
    operator: str | None = None
    unit: str | None = None
    direction: str | None = None
    result: str | None = None
    result_iri: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A project or task, or the plan itself (``kind`` plan), which has indicators of its own.

    ``text`` is the goal of a project, the content of a task; ``ground`` is the node that says it.
    ``amount`` is its total in yuan, else as printed. ``named`` are the projects that a task names.
    """

    iri: str
    kind: str
    name: str
    text: str = ""
    ground: str | None = None
    unit: str = ""
    amount: str | None = None
    indicators: tuple[IndicatorFacts, ...] = ()
    unit_iri: str | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """One document in brief; ``plan`` and ``department`` are IRIs, ``facts`` how much it prints.

    ``lines`` are the lines of a department's budget, as (label, amount). ``is_evaluation`` says that it
    is a self-evaluation: ``plan`` is then that, and its projects and tasks are those that it reports on.
    """

    key: str
    plan: str
    district: str | None
    department: str | None
    year: int | None
    facts: int
    subjects: tuple[Subject, ...]
    lines: tuple[tuple[str, str | None], ...] = ()
    is_evaluation: bool = False
    department_name: str = ""

    def json(self) -> Json:
        """The extract as it is kept beside the graph."""
        subjects = tuple(
            {**_fields(one), "indicators": tuple(map(_fields, one.indicators))} for one in self.subjects
        )
        return {**_fields(self), "subjects": subjects}

    @staticmethod
    def of(data: Json) -> Extract:
        """The extract that :meth:`json` wrote."""
        subjects = (
            Subject(**{**item, "indicators": tuple(IndicatorFacts(**row) for row in item["indicators"])})
            for item in data["subjects"]
        )
        lines = ((label, amount) for label, amount in data["lines"])
        return Extract(**{**data, "subjects": tuple(subjects), "lines": tuple(lines)})


def _fields(thing: IndicatorFacts | Subject | Extract) -> Json:
    return {name: getattr(thing, name) for name in thing.__slots__}


def extract(document: StatesPlan, quads: Iterable[Quad], base: str) -> Extract:
    """The graph of a document in brief; ``document`` is its record, or its entry in the index of a build."""
    return extract_of(document, (f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads), base)


def extract_of(document: StatesPlan, lines: Iterable[str], base: str) -> Extract:
    """The same from statements as text, N-Triples without the full stop."""
    nodes: dict[str, _Node] = defaultdict(lambda: defaultdict(list))
    facts = 0
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if predicate in _READ and subject[0] == "<":
            nodes[subject[1:-1]][predicate].append(content(value))
            facts += predicate in _FACTS
    reader = _Reader(nodes)
    plan, department = plan_iri(base, document).value, department_iri(base, document)
    return Extract(
        key=document.key,
        plan=plan,
        district=document.district,
        department=department.value if department else None,
        year=document.year,
        facts=facts,
        subjects=reader.subjects(plan),
        lines=reader.lines(plan),
        is_evaluation=document.form_kind.endswith("self-evaluation"),
        department_name=department_name(document.department) if document.department else "",
    )


class _Reader:
    """Walks the nodes from the plan down."""

    def __init__(self, nodes: dict[str, _Node]) -> None:
        self._nodes = nodes

    def subjects(self, plan: str) -> tuple[Subject, ...]:
        subjects = [Subject(plan, "plan", "", amount=self._total(plan), indicators=self._indicators(plan))]
        for task in (*self._all(plan, BKG.hasTask), *self._all(plan, BKG.evaluatesTask)):
            text = self._one(task, BKG.contentText) or ""
            subjects.append(self._subject(task, "task", text, task, None))
        for project in (*self._all(plan, BKG.hasProject), *self._all(plan, BKG.evaluatesProject)):
            goal, unit = self._one(project, BKG.hasGoal), self._one(project, BKG.hasUnitOfUse)
            text = (self._one(goal, BKG.goalText) if goal else None) or ""
            subjects.append(self._subject(project, "project", text, goal, unit))
        return tuple(sorted(subjects, key=lambda item: item.iri))

    def lines(self, plan: str) -> tuple[tuple[str, str | None], ...]:
        nodes = self._all(plan, BKG.hasBudgetLine)
        lines = ((self._one(node, RDFS.label) or "", self._amount(node)) for node in nodes)
        return tuple(sorted(lines, key=lambda line: (line[0], line[1] or "")))

    def _total(self, owner: str) -> str | None:
        node = self._one(owner, BKG.hasTotal) or self._one(owner, BKG.hasSourceAmount)
        return self._amount(node) if node else None

    def _amount(self, node: str) -> str | None:
        return self._one(node, BKG.amountYuan) or self._one(node, BKG.amountPrinted)

    def _name(self, node: str) -> str:
        return self._one(node, RDFS.label) or ""

    def _subject(self, iri: str, kind: str, text: str, ground: str | None, unit: str | None) -> Subject:
        named = self._one(iri, BKG.projectsText) or ""
        label = self._name(unit) if unit else ""
        amount, indicators = self._total(iri), self._indicators(iri)
        return Subject(iri, kind, self._name(iri), text, ground, label, amount, indicators, unit, named)

    def _indicators(self, owner: str) -> tuple[IndicatorFacts, ...]:
        return tuple(self._indicator(iri) for iri in sorted(self._all(owner, BKG.hasIndicator)))

    def _indicator(self, iri: str) -> IndicatorFacts:
        targets: dict[str, str | None] = {}
        for target in self._all(iri, BKG.hasTarget):
            kind = "annual" if BKG.AnnualTarget.value in self._all(target, RDF.type) else "period"
            targets |= {kind: self._one(target, BKG.targetPrinted), f"{kind}_iri": target}
        result = self._one(iri, BKG.hasResult)
        return IndicatorFacts(
            iri=iri,
            name=self._one(iri, RDFS.label) or "",
            operator=self._one(iri, BKG.operatorPrinted),
            unit=self._one(iri, BKG.unitPrinted),
            direction=self._one(iri, BKG.directionPrinted),
            result=self._one(result, BKG.actualValuePrinted) if result else None,
            result_iri=result,
            **targets,
        )

    def _all(self, node: str, name: NamedNode) -> list[str]:
        return self._nodes[node][str(name)]

    def _one(self, node: str, name: NamedNode) -> str | None:
        return next(iter(self._nodes[node][str(name)]), None)
