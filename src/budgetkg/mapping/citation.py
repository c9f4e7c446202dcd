"""Policy citation: a policy document named in a goal."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.context import Context
from budgetkg.mapping.evidence import add_evidence
from budgetkg.records import PolicyCitation
from budgetkg.vocab import BKG, DCTERMS, RDF


def add_citations(context: Context, owner: NamedNode, policies: tuple[PolicyCitation, ...]) -> None:
    """The policies an owner cites; a policy cited twice in a document is one."""
    for policy in policies:
        node = context.mint.shared("citation", policy.title, policy.number or policy.number_printed)
        context.sink.add(owner, BKG.hasCitation, node)
        context.sink.add(node, RDF.type, BKG.PolicyCitation)
        context.sink.name(node, DCTERMS.title, policy.title)
        context.sink.text(node, BKG.policyNumber, policy.number)
        context.sink.text(node, BKG.policyNumberPrinted, policy.number_printed)
        add_evidence(context, node, policy.evidence)
