"""The cells of a row by their fields → a printed row."""

from __future__ import annotations

from collections.abc import Mapping

from budgetkg.forms.layout.money import amount_in
from budgetkg.forms.layout.reader import Reader, indent_of
from budgetkg.forms.project.rows import Block, PrintedRow
from budgetkg.forms.project.sum_rows import AMOUNTS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.values import amounts_from, labelled

_INDENT = 2  # blanks before a name that set it in


def printed_row(
    reader: Reader,
    cells: dict[str, Cell],
    row: GridRow,
    unit: str | None,
    heads: Mapping[str, str] | None = None,
) -> PrintedRow:
    """The row of some cells by their fields; ``unit`` is the money unit of the document so far.

    ``heads`` are the headers of the columns, by field.
    """
    name = cells["name"].place if "name" in cells else Healed()
    goal = next((cells[at].place for at in ("goal", "period_goal") if at in cells), Healed())
    amounts = {
        field_name: amount_in(
            reader.log, "", reader.at(cells[field_name].place), cells[field_name].text, unit
        )
        for field_name in AMOUNTS
        if field_name in cells
    }
    read = labelled({at: amount for at, amount in amounts.items() if amount is not None}, heads or {})
    block = cells.get("indicators")
    skipped = ("indicators", "row_number")
    printed = [cell.place.offsets for field_name, cell in cells.items() if field_name not in skipped]
    return PrintedRow(
        name=name,
        printed_amounts=tuple(read.values()),
        amounts=amounts_from(read),
        goal=goal,
        block=Block(block.place, row.line.page, row.last_page) if block else None,
        offsets=tuple(sorted(offset for offsets in printed for offset in offsets)),
        first_page=row.line.page,
        last_page=row.last_page,
        indented=indent_of(reader, name) >= _INDENT,
    )
