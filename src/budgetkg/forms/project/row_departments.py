"""The department that a row of a project table names in a column of its own."""

from __future__ import annotations

from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell
from budgetkg.text import comparison_key as key


def other_department(parts: Parts, cells: dict[str, Cell]) -> Cell | None:
    """The department of a row, where the document's, which is that of its first row, is another."""
    cell = cells.get("department")
    if cell is None or parts.department is None or key(cell.text) == key(parts.department):
        return None
    return cell


def take_department(reader: Reader, parts: Parts, cells: dict[str, Cell]) -> None:
    """Take the department that a row names; the first that is printed counts."""
    cell = cells.get("department")
    if cell is not None and cell.key not in reader.layout.totals:
        parts.heading("department", cell.text, reader.record(cell.place))
        reader.record(cell.place)
