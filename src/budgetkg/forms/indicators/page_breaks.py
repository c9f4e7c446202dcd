"""Rows that a page break has cut: more of a row stands at the head of the next page."""

from __future__ import annotations

from dataclasses import replace

from budgetkg.forms.indicators.block import Block, Kind, Row
from budgetkg.forms.indicators.columns import Column
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.settings import CUT_ROWS
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed

_WRAPPING = frozenset({"name", "explanation", "formula", "standard", "note", "deviation_reason"})


def rejoined(block: Block) -> list[Row]:
    """The rows of a block, each whole: what stands at the head of a page may be more of the row before."""
    name = next((column for column in block.columns if column.role == "name"), None)
    kept: list[Row] = []
    for entry in block.rows:
        before = kept[-1] if kept else None
        if before is None or name is None or not _goes_on(block, before, entry, name):
            kept.append(entry)
            continue
        cells = {cell.column: cell for cell in before.row.cells}
        for cell in entry.row.cells:
            above = cells.get(cell.column)
            cells[cell.column] = cell if above is None else _joined(above, cell)
        row = replace(
            before.row, cells=tuple(cells[at] for at in sorted(cells)), last_page=entry.row.last_page
        )
        kept[-1] = replace(before, row=row)
    return kept


def _goes_on(block: Block, before: Row, entry: Row, name: Column) -> bool:
    """Whether a row at the head of a page is more of the last one of the page before.

    It has no values of its own, or completes a tier that was cut there, or lacks the weight that every
    row has.
    """
    if before.kind is not Kind.INDICATOR or entry.kind not in (Kind.INDICATOR, Kind.TIERS, Kind.OTHER):
        return False
    if entry.row.line.page <= before.row.line.page:
        return False
    own = {column.role: cell for cell in entry.row.cells if (column := block.at(cell.column))}
    above = {column.role: cell for cell in before.row.cells if (column := block.at(cell.column))}
    if "name" in own and set(own) <= _WRAPPING:
        return "name" in above and bool(above.keys() - {"name"})
    cut = [role for role in ("tier1", "tier2") if role in own and role in above
           and tier_of(above[role].text) is None and tier_of(above[role].text + own[role].text)]  # fmt: skip
    lacking = "weight" in above and "weight" not in own and "score" not in own
    tiered = any(role in own and tier_of(own[role].text) for role in ("tier1", "tier2"))
    return bool(cut) or (lacking and bool(own) and not tiered and "name" in own and not _weightless(block))


def _weightless(block: Block) -> bool:
    """Whether some rows inside a page have no weight either."""
    rows = [entry.row for entry in block.rows if entry.kind is Kind.INDICATOR]
    inside = [rows[at] for at in range(CUT_ROWS, len(rows))
              if rows[at - CUT_ROWS].line.page == rows[at].line.page]  # fmt: skip
    return any(all((column := block.at(cell.column)) is None or column.role != "weight" for cell in row.cells)
               for row in inside)  # fmt: skip


def _joined(one: Cell, other: Cell) -> Cell:
    place = Healed(one.place.text + other.place.text, one.place.offsets + other.place.offsets)
    return replace(one, text=one.text + other.text, place=place)
