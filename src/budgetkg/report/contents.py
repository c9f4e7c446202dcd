"""The contents of the report: the answers to stored questions, the documents and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from budgetkg.graph import Cell, Graph
from budgetkg.queries import Question, question
from budgetkg.report.plan import PartPlan, Words, plan

Row = Mapping[str, Cell]
Json = Mapping[str, Any]

SUMS = ("projects", "tasks", "indicators")


@dataclass(frozen=True, slots=True)
class Part:
    """A question with its answer, and how it is shown."""

    plan: PartPlan
    question: Question
    rows: Sequence[Row]

    @property
    def title(self) -> Words:
        """The question in words."""
        return Words(self.question.summary_zh, self.question.summary)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter with its answers."""

    name: str
    title: Words
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of the report, before they are written in a format."""

    graph: str
    totals: tuple[tuple[str, int], ...]
    documents: tuple[Json, ...]
    sections: tuple[Section, ...]
    findings: tuple[tuple[str, tuple[Json, ...]], ...]


def gather(graph: Graph) -> Contents:
    """Ask the graph every question of the plan."""
    sections = tuple(
        Section(planned.name, planned.title, tuple(_part(graph, part) for part in planned.parts))
        for planned in plan().sections
    )
    documents = sorted(graph.documents, key=lambda entry: (entry["source"], entry["sha256"]))
    return Contents(
        graph=graph.generation.path.name,
        totals=_totals(sections, len(documents)),
        documents=tuple(documents),
        sections=sections,
        findings=_by_document(graph.findings()),
    )


def _part(graph: Graph, planned: PartPlan) -> Part:
    return Part(planned, question(planned.question), graph.ask(planned.question))


def _totals(sections: Iterable[Section], documents: int) -> tuple[tuple[str, int], ...]:
    """Counts over all districts. Money isn't among them: totals of different scopes have no sum."""
    answers = {part.plan.question: part.rows for section in sections for part in section.parts}
    rows = answers["budget-by-district"]
    counts = [(name, _sum(rows, name)) for name in SUMS]
    districts = len({row["district"] for row in rows})
    findings = _sum(answers["findings-by-kind"], "count")
    return (("documents", documents), ("districts", districts), *counts, ("findings", findings))


def _sum(rows: Iterable[Row], column: str) -> int:
    return sum(value for row in rows if isinstance(value := row[column], int))


def _by_document(findings: Iterable[Json]) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    """Findings grouped by the file they are about; in a group the severe ones first."""
    order = {"Violation": 0, "Warning": 1, "Info": 2}
    ranked = sorted(findings, key=lambda item: (item["document"], item["sha256"], order[item["severity"]]))
    groups = groupby(ranked, key=lambda item: (item["document"], item["sha256"]))
    return tuple((name, tuple(items)) for (name, _), items in groups)
