"""Unit of use: who spends the money of the projects under it."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.allocation import add_allocations
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.project import add_project
from budgetkg.records import UnitOfUse
from budgetkg.vocab import BKG, ORG, RDF, RDFS


def add_unit(context: Context, department: NamedNode | None, unit: UnitOfUse) -> None:
    """A unit with its projects; its department is the document's."""
    node = context.mint.one("unit", unit.name)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasUnitOfUse, node)
    sink.add(node, RDF.type, BKG.UnitOfUse)
    sink.name(node, RDFS.label, unit.name)
    sink.add(node, ORG.unitOf, department)
    add_allocations(context, node, unit.amounts)
    for project in unit.projects:
        add_project(context, node, unit.name, project)
    add_evidence(context, node, unit.evidence)
