"""The contents of the report: the answers to stored questions, the documents and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from budgetkg.graph import Graph
from budgetkg.queries import Question, question
from budgetkg.report.plan import PartPlan, SectionPlan, Words, plan
from budgetkg.report.printed import Printed, asked
from budgetkg.report.years import Row

Json = Mapping[str, Any]

MOST_ROWS = 400
"""A longer table of the appendix is cut, and says so."""

SUMS = ("projects", "tasks", "indicators")


@dataclass(frozen=True, slots=True)
class Part:
    """A question with its answer, how it is shown, and the number it has in the appendix.

    ``printed`` says of each of the first rows where it is printed; empty where that wasn't looked up.
    """

    plan: PartPlan
    question: Question
    rows: Sequence[Row]
    number: str = ""
    printed: Sequence[Printed | None] = ()

    @property
    def title(self) -> Words:
        """The question in words."""
        return Words(self.question.summary_zh, self.question.summary)

    @property
    def anchor(self) -> str:
        """The name by which a page links to the answer."""
        return f"q-{self.question.slug}"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter with its answers."""

    plan: SectionPlan
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of the report, before they are written in a language and a format.

    ``documents`` count; ``superseded`` are other editions of their tables and don't.
    """

    graph: str
    totals: tuple[tuple[str, int], ...]
    documents: tuple[Json, ...]
    superseded: tuple[Json, ...]
    sections: tuple[Section, ...]
    findings: tuple[tuple[str, tuple[Json, ...]], ...]

    def part(self, slug: str) -> Part:
        """The answer to a question."""
        return next(part for part in self.parts() if part.question.slug == slug)

    def parts(self) -> tuple[Part, ...]:
        """All answers in the order of the appendix."""
        return tuple(part for section in self.sections for part in section.parts)


def gather(graph: Graph) -> Contents:
    """Ask the graph every question of the plan, each once."""
    sections, count = [], 0
    for planned in plan().sections:
        parts = []
        for part in planned.parts:
            count += 1
            item = question(part.question)
            rows, printed = asked(graph, item, MOST_ROWS)
            parts.append(Part(part, item, rows, f"A{count}", printed))
        sections.append(Section(planned, tuple(parts)))
    return Contents(
        graph=graph.generation.path.name,
        totals=_totals(sections, len(graph.documents)),
        documents=_sorted(graph.documents),
        superseded=_sorted(graph.superseded),
        sections=tuple(sections),
        findings=_by_document(graph.findings()),
    )


def _sorted(entries: Iterable[Json]) -> tuple[Json, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry["source"], entry["sha256"])))


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
