"""Rows that only number the columns of a table: 1 2 3 …, 栏次 1 2."""

from __future__ import annotations

from budgetkg.reading.grid import GridRow

_COUNTED = frozenset({"栏次", "序号", "列次", "行次"})
_FEWEST_NUMBERS = 3  # 1 2 alone may be amounts


def counts_columns(row: GridRow) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, perhaps (1) (2) …, 栏次 1 2."""
    numbers: list[int] = []
    for text in (cell.key for cell in row.cells):  # most rows are told by their first cell
        number = text.strip("()")
        if number.isdigit() and len(number) < 3:
            numbers.append(int(number))
        elif text not in _COUNTED:
            return False
    return len(numbers) >= _FEWEST_NUMBERS and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
