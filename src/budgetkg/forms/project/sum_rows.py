"""Rows of a project table that sum others up: by which cell they say so."""

from __future__ import annotations

import re

from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.grid import Cell

AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_LABELS = ("name", "unit_of_use", "row_number", "department", "attribute")  # where a total may be called one
_SUBTOTAL = "小计"
_NUMERAL = re.compile(r"[(]?[\d.一二三四五六七八九十]+[)]?[.、]?")


def with_label(layout: Layout, columns: dict[int, str], cells: dict[str, Cell]) -> dict[str, Cell]:
    """The cells of a row, the word of a sum put where names stand: it is merged over the first columns."""
    if "name" in cells or not any(name in cells for name in AMOUNTS):
        return cells
    over = [at for at in _LABELS[1:] if at in cells and _stands_for_name(columns, at, cells[at])]
    if over:
        return {at: cell for at, cell in cells.items() if at != over[0]} | {"name": cells[over[0]]}
    for name in _LABELS:
        if name in cells and cells[name].key in layout.totals:
            return {at: cell for at, cell in cells.items() if at != name} | {"name": cells[name]}
    return cells


def _stands_for_name(columns: dict[int, str], field_name: str, cell: Cell) -> bool:
    """Whether a cell is merged over the column of names, or is no number where rows are numbered."""
    if field_name == "row_number":
        return _NUMERAL.fullmatch(cell.key) is None
    named = [at for at, found in columns.items() if found == "name"]
    return field_name != "unit_of_use" and any(cell.column < at < cell.column + cell.span for at in named)


def is_subtotal(cells: dict[str, Cell], unit: str | None) -> bool:
    """Whether a row sums the projects of a unit up: 小计."""
    return (
        unit is not None
        and "name" in cells
        and _SUBTOTAL in cells["name"].key
        and len(cells["name"].key) <= 6
    )
