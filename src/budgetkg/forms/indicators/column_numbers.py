"""Rows that only number the columns of a table: 1 2 3 …, 栏次 1 2."""

from __future__ import annotations

from budgetkg.reading.grid import GridRow

_COUNTED = frozenset({"栏次", "序号", "列次", "行次"})
_FEWEST_NUMBERS = 3  # 1 2 alone may be amounts


def counts_columns(row: GridRow) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, perhaps (1) (2) …, 栏次 1 2."""
    numbers = [cell.key.strip("()") for cell in row.cells if cell.key not in _COUNTED]
    if len(numbers) < _FEWEST_NUMBERS or not all(number.isdigit() and len(number) < 3 for number in numbers):
        return False
    return [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
