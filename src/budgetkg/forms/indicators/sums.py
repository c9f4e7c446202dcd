"""A row below an indicator table that sums up its weights and scores."""

from __future__ import annotations

from decimal import Decimal

from budgetkg.forms.indicators.block import Block
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import SUM_SLACK
from budgetkg.reading.grid import GridRow
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount


def read_sum(reader: Reader, block: Block, row: GridRow, rows: list[Indicator]) -> list[tuple[str, str]]:
    """A sum of weights and scores as printed: it belongs to the form.

    One that the rows don't make is reported.
    """
    label = row.cells[0]
    found = []
    reader.record(label.place)
    for cell in row.cells[1:]:
        column = block.at(cell.column)
        amount = parse_amount(key(cell.text).rstrip("分%"))
        if column is None or column.role not in ("weight", "score") or amount is None:
            reader.furniture(cell.place)
            continue
        evidence = reader.record(cell.place)
        found.append((f"{label.text} {column.leaf.text}", cell.text))
        points = [parse_amount(key(getattr(one, column.role) or "0").rstrip("分%")) for one in rows]
        made = sum((point.value for point in points if point is not None), Decimal(0))
        if None not in points and amount.value - made not in SUM_SLACK and column.role == "weight":
            reader.log.add("total-not-reconciled", label.text, evidence, what=found[-1][0],
                           printed=cell.text, computed=made, residual=amount.value - made)  # fmt: skip
    return found
