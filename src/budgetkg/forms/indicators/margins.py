"""How sure the reading of a table is: by how many points it is ahead of the next best reading of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from budgetkg.forms.indicators.block import Block
from budgetkg.records import Indicator


def margin_of(block: Block) -> float | None:
    """The margin of a table's closest column in points (``settings.EXACT`` is a header known literally)."""
    margins = [column.margin for column in block.columns if column.role is not None]
    return min(margins, default=None)


def with_margin(block: Block, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The indicators of a table, each with the margin by which the table was read."""
    margin = margin_of(block)
    return tuple(replace(indicator, margin=margin) for indicator in indicators)
