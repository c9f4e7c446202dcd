"""Performance goal: the words in which an owner says what it wants to reach."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.context import Context
from budgetkg.mapping.iri import part
from budgetkg.vocab import BKG, RDF


def add_goal(context: Context, owner: NamedNode, text: str | None) -> None:
    """The goal of a project or of the whole department."""
    if text is None:
        return
    node = part(owner, "goal")
    context.sink.add(owner, BKG.hasGoal, node)
    context.sink.add(node, RDF.type, BKG.PerformanceGoal)
    context.sink.text(node, BKG.goalText, text)
