"""Names and values in one column (三级指标及指标值): each cell parted where that is certain."""

from __future__ import annotations

from collections.abc import Mapping

from budgetkg.forms.indicators.assignment import VALUES
from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.cell_items import Item, items_of
from budgetkg.forms.layout.layouts import Layout

Pairs = tuple[tuple[str, str], ...]


def pairs_of(layout: Layout, block: Block) -> Mapping[str, Pairs] | None:
    """Cell → its names, each with its value; none for a cell that can't be parted with certainty.

    ``None`` where no column of the block holds both. All cells of the column together tell how they are
    parted; where they aren't alike, each of them must tell it by itself.
    """
    names = [column for column in block.columns if column.role == "name"]
    both = [column for column in names if not column.leaf.over or layout.holds_value(column.leaf.text)]
    if not both or any(block.has(role) for role in VALUES):
        return None
    leaf = both[0].leaf
    cells = [cell.text for entry in block.rows if entry.taken for cell in entry.row.cells
             if leaf.start <= cell.column < leaf.end]  # fmt: skip
    alike = items_of(cells, tiered=True)
    if alike is None:
        alike = [own[0] if (own := items_of([text], tiered=True)) else [] for text in cells]
    return {
        text: tuple(_pair(text, item) for item in items) for text, items in zip(cells, alike, strict=True)
    }


def _pair(text: str, item: Item) -> tuple[str, str]:
    return text[slice(*item.name)].strip().rstrip(":：,，"), text[slice(*item.value)].strip()
