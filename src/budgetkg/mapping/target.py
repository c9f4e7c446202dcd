"""Target: the value an indicator is to reach over the whole period or within the year."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.context import Context
from budgetkg.mapping.iri import part
from budgetkg.vocab import BKG, RDF


def add_targets(context: Context, owner: NamedNode, period: str | None, annual: str | None) -> None:
    """The targets that are printed; a blank cell is no target."""
    _add(context, owner, BKG.PeriodTarget, "period", period)
    _add(context, owner, BKG.AnnualTarget, "annual", annual)


def _add(context: Context, owner: NamedNode, kind: NamedNode, segment: str, value: str | None) -> None:
    if value is None:
        return
    node = part(owner, segment)
    context.sink.add(owner, BKG.hasTarget, node)
    context.sink.add(node, RDF.type, kind)
    context.sink.text(node, BKG.targetPrinted, value)
