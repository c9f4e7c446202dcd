"""Tiers without an indicator, and those that a form should print and doesn't."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkg.codelists import concepts
from budgetkg.findings import Evidence
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key


def report_tiers(
    reader: Reader,
    owner: str,
    rows: Sequence[Indicator],
    empty: Sequence[tuple[str | None, str | None]],
) -> None:
    """Report the tiers left without an indicator, and a table that ends before its last one."""
    for first, second in empty:
        at = _place_of(reader, second or first or "", rows)
        reader.log.add("tier-empty", owner, at, tier1=first or "—", tier2=second or "—")
    if not reader.layout.prints_every_tier or not rows:
        return
    seen = {tier_of(label) for label in (*(row.tier2 for row in rows), *(second for _, second in empty))}
    order = [tier for tier in concepts("tier") if tier.broader]
    reached = {found.iri for row in rows if (found := tier_of(row.tier1)) is not None}
    if order and order[-1].broader in reached:
        return  # 满意度指标 is printed, whatever stands below it
    # Which tiers a form prints is its own affair; that it ends before the last one is not.
    last_seen = max((place for place, tier in enumerate(order) if tier in seen), default=len(order))
    missing = [tier.notation for tier in order[last_seen + 1 :]]
    if missing:
        reader.log.add("table-truncated", owner, rows[-1].evidence, tiers=" ".join(missing))


def _place_of(reader: Reader, label: str, rows: Sequence[Indicator]) -> tuple[Evidence, ...]:
    """Where a tier without an indicator is printed: in the row nearest to its table that holds none."""
    own = [(place.start, place.end) for row in rows for place in row.evidence]
    cells = [cell.place for row in reader.rows for cell in row.cells if cell.key == key(label)]
    empty = [place for place in cells if place.offsets
             and not any(start <= place.offsets[0] < end for start, end in own)]  # fmt: skip
    if not own:
        return reader.at(empty[0]) if len(empty) == 1 else ()
    first, last = min(own)[0], max(end for _, end in own)
    nearest = min(
        empty, key=lambda place: max(first - place.offsets[0], place.offsets[0] - last), default=None
    )
    return reader.at(nearest) if nearest is not None else ()
