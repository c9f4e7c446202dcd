"""Task: a piece of a department's yearly work."""

from __future__ import annotations

from dataclasses import replace

from budgetkg.mapping.allocation import add_allocations
from budgetkg.mapping.citation import add_citations
from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.mapping.indicator import add_indicators
from budgetkg.records import Task
from budgetkg.vocab import BKG, RDF, RDFS


def add_task(context: Context, task: Task) -> None:
    """A task of the document's department."""
    amount = f"{task.amount.value:f}" if task.amount else None
    node = context.mint.one("task", task.name, amount)
    sink = context.sink
    sink.add(context.mint.document, BKG.hasTask, node)
    sink.add(node, RDF.type, BKG.Task)
    sink.name(node, RDFS.label, task.name)
    sink.integer(node, BKG.sequenceNumber, task.seq)
    sink.text(node, BKG.contentText, task.content)
    sink.text(node, BKG.contentLabel, task.content_label)
    sink.text(node, BKG.expectedText, task.expected)
    sink.text(node, BKG.projectsText, task.projects_printed)
    for name in task.projects:
        sink.text(node, BKG.projectNamePrinted, name)
    add_allocations(context, node, replace(task.sources, total=task.amount))
    add_indicators(context, node, task.indicators)
    add_citations(context, node, task.policies)
    add_evidence(context, node, task.evidence)
