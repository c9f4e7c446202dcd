"""The columns of grades, 优, 良, 中, 差, and the thresholds under them."""

from __future__ import annotations

from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.columns import Column
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key

_GRADES = frozenset("优良中差低")


def grade_of(column: Column) -> str | None:
    """The grade that a column's header is: 优, 良, 中, 差."""
    plain = key(column.leaf.text)
    return column.leaf.text if column.role is None and plain in _GRADES else None


def graded(block: Block, row: GridRow, numbers: set[int]) -> list[tuple[str, Cell]]:
    """The thresholds of a row, each with its grade."""
    placed = [(cell, column) for cell in row.cells if (column := block.at(cell.column)) is not None]
    return [(grade, cell) for cell, column in placed
            if column.number in numbers and (grade := grade_of(column)) is not None]  # fmt: skip
