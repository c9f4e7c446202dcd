"""Tiers without an indicator, and those that a form should print and doesn't."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.codelists import concepts
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator


def report_tiers(
    reader: Reader,
    owner: str,
    rows: Sequence[Indicator],
    empty: Sequence[tuple[str | None, str | None]],
) -> None:
    """Report the tiers left without an indicator, and a table that ends before its last one."""
    for first, second in empty:
        reader.log.add("tier-empty", owner, (), tier1=first or "—", tier2=second or "—")
    if not reader.layout.prints_every_tier or not rows:
        return
    seen = {tier_of(label) for label in (*(row.tier2 for row in rows), *(second for _, second in empty))}
    order = [tier for tier in concepts("tier") if tier.broader]
    reached = {found.iri for row in rows if (found := tier_of(row.tier1)) is not None}
    if order and order[-1].broader in reached:
        return  # 满意度指标 is printed, whatever stands below it
    # Which tiers a form prints is its own affair; that it ends before the last one is not.
    last_seen = max((place for place, tier in enumerate(order) if tier in seen), default=len(order))
    missing = [tier.zh for tier in order[last_seen + 1 :]]
    if missing:
        reader.log.add("table-truncated", owner, rows[-1].evidence, missing="、".join(missing))
