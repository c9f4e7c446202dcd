"""Whether a form prints one money unit: every amount hangs on which it is."""

from __future__ import annotations

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader, year_or_unit
from budgetkg.forms.layout.titles import title_row
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow

_MONEY = frozenset({"total", "fiscal_appropriation", "fiscal_special_account", "other", "period_total"})


def check_money_units(reader: Reader, parts: Parts) -> None:
    """Report a second money unit where it stands, with the one in which the amounts are kept."""
    said: dict[str, Cell] = {}
    for row in reader.rows:
        for cell in row.cells:
            unit = money_unit(cell.text) if "元" in cell.text and len(cell.text) <= LONGEST_LABEL else None
            if unit is not None and unit not in said and _heads_money(reader.layout, row, cell):
                said[unit] = cell
    kept = (parts.unit and money_unit(f"({parts.unit})")) or parts.unit
    for unit, cell in said.items():
        if len(said) > 1 and unit != kept:
            reader.log.add("money-units-differ", "", reader.at(cell.place), printed=unit, kept=kept or "—")


def _heads_money(layout: Layout, row: GridRow, cell: Cell) -> bool:
    """Whether a cell that prints a money unit is a label of amounts, or a line over them."""
    names = (
        layout.labels.lookup(cell.text),
        layout.amounts.lookup(cell.text),
        layout.columns.lookup(cell.text),
    )
    if any(name in _MONEY for name in names):
        return True
    return year_or_unit(row) is not None or title_row(layout, row) is not None
