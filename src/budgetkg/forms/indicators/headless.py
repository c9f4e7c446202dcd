"""Indicator tables without a header: rows of a first tier, a second tier of its own, a name and its value.

产出指标 | 数量指标 | 参与医院≥3家: no header says it, but tiers stand where tiers stand, and every text
beside them parts into a name and a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from budgetkg.forms.checks.indicators import parent_notation
from budgetkg.forms.indicators.block import Block, Kind, Row
from budgetkg.forms.indicators.cell_items import items_of
from budgetkg.forms.indicators.columns import Column
from budgetkg.forms.indicators.leaves import Head, Leaf
from budgetkg.forms.indicators.tier_labels import first_tier_of, form_allows, tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import EXACT
from budgetkg.reading.grid import Cell, GridRow

_FEWEST_ROWS = 3  # two rows may look like a table by chance
_JOINED = ("tier1", "tier2", "name")
_APART = (*_JOINED, "annual_value")


def headless_block_of(layout: Layout, rows: Sequence[GridRow]) -> Block | None:
    """The block that begins with the first of some rows, which has no header of its own."""
    if not rows or len(rows[0].cells) < len(_JOINED):
        return None
    side = tuple(cell for cell in rows[0].cells[:1] if layout.is_furniture(cell.text))
    cells = rows[0].cells[len(side) :]
    if len(cells) not in (len(_JOINED), len(_APART)) or not _are_tiers(layout, cells[0], cells[1]):
        return None
    leaves = tuple(Leaf(cell.column, cell.column + cell.span, ()) for cell in cells)
    own = list(_body(leaves, rows))
    below = [[cell for cell in row.cells if cell.column >= leaves[0].start] for row in own]
    if len(own) < _FEWEST_ROWS or not _told(below, leaves):
        return None
    roles = _JOINED if len(leaves) == len(_JOINED) else _APART
    columns = tuple(Column(leaf, role, EXACT) for leaf, role in zip(leaves, roles, strict=True))
    entries = tuple(Row(at, Kind.INDICATOR, row) for at, row in enumerate(own))
    return Block(Head((), leaves, side), columns, entries)


def _are_tiers(layout: Layout, first: Cell, second: Cell) -> bool:
    """Whether two cells print a first tier and a second that stands under it."""
    above, below = first_tier_of(first.text), tier_of(second.text)
    if above is None or above.broader is not None or below is None:
        return False
    own = below.broader == above.iri or parent_notation(below) == above.notation
    return own or form_allows(layout, first.text, second.text)


def _body(leaves: Sequence[Leaf], rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """The first rows, as long as each has a text beside its tiers, and nothing outside the columns."""
    starts = [leaf.start for leaf in leaves]
    yield from takewhile(lambda row: row.table == rows[0].table and _fits(starts, row), rows)


def _fits(starts: Sequence[int], row: GridRow) -> bool:
    cells = [cell for cell in row.cells if cell.column >= starts[0]]
    places = [cell.column for cell in cells]
    if not set(starts[2:]) <= set(places) <= set(starts):
        return False
    tiers = [cell for cell in cells if cell.column < starts[2]]
    return all(tier_of(cell.text) is not None for cell in tiers) and tier_of(cells[len(tiers)].text) is None


def _told(rows: Sequence[Sequence[Cell]], leaves: Sequence[Leaf]) -> bool:
    """Whether every text beside the tiers is a name with its value, or every one in a last column a value."""
    last = [cell.text for cells in rows for cell in cells if cell.column == leaves[-1].start]
    if len(leaves) == len(_JOINED):
        return items_of(last, tiered=True) is not None
    return all(any(char.isdecimal() for char in text) or text[:1] in "≥≤≧≦<>=＝" for text in last)
