"""Project: one row of a project table."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.allocation import add_allocations
from budgetkg.mapping.citation import add_citations
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.goal import add_goal
from budgetkg.mapping.indicator import add_indicators
from budgetkg.records import Project
from budgetkg.vocab import BKG, RDF, RDFS


def add_project(context: Context, unit: NamedNode, unit_name: str, project: Project) -> None:
    """A project under its unit: another unit, name or amount makes another project."""
    total = project.amounts.total
    node = context.mint.one("project", unit_name, project.name, f"{total.value:f}" if total else None)
    sink = context.sink
    sink.add(unit, BKG.hasProject, node)
    sink.add(node, RDF.type, BKG.Project)
    sink.name(node, RDFS.label, project.name)
    sink.integer(node, BKG.printedTimes, project.printed_times)
    for label, value in project.attributes:
        sink.text(node, BKG.attributePrinted, f"{label}：{value}")
    add_allocations(context, node, project.amounts)
    add_goal(context, node, project.goal)
    add_indicators(context, node, project.indicators)
    add_citations(context, node, project.policies)
    add_evidence(context, node, project.evidence)
