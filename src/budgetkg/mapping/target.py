"""Target: the value an indicator is to reach over the whole period or within the year."""

from __future__ import annotations

from pyoxigraph import NamedNode

from budgetkg.mapping.context import Context
from budgetkg.mapping.iri import part
from budgetkg.mapping.quantity import add_reading
from budgetkg.records import Indicator
from budgetkg.targets import read_target
from budgetkg.vocab import BKG, RDF


def add_targets(context: Context, owner: NamedNode, indicator: Indicator) -> None:
    """The targets that are printed; a blank cell is no target."""
    _add(context, owner, BKG.PeriodTarget, "period", indicator, indicator.period_value)
    _add(context, owner, BKG.AnnualTarget, "annual", indicator, indicator.annual_value)


def _add(
    context: Context, owner: NamedNode, kind: NamedNode, segment: str, indicator: Indicator, value: str | None
) -> None:
    if value is None:
        return
    node = part(owner, segment)
    context.sink.add(owner, BKG.hasTarget, node)
    context.sink.add(node, RDF.type, kind)
    context.sink.text(node, BKG.targetPrinted, value)
    add_reading(context, node, read_target(value, indicator.name, indicator.operator, indicator.unit))
