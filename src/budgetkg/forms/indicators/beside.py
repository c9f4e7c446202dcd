"""Indicators in tier columns beside the projects of a table: one header, the rows of each project apart.

What the columns hold is settled once, from the rows of all projects together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.forms.indicators.block import Block, Kind, Row
from budgetkg.forms.indicators.columns import Column, settled
from budgetkg.forms.indicators.leaves import Head, Leaf
from budgetkg.forms.indicators.reading import read_rows
from budgetkg.forms.layout.header import INDICATOR, Header
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Indicator


@dataclass(slots=True)
class Shared:
    """The columns that the projects of a table share, and every row below them."""

    head: Head
    rows: list[GridRow] = field(default_factory=list)
    columns: tuple[Column, ...] = ()

    def settle(self, layout: Layout) -> tuple[Column, ...]:
        """The columns as settled, once every row is known."""
        if not self.columns:
            cells = [cell for row in self.rows for cell in row.cells]
            texts = [
                [cell.text for cell in cells if leaf.start <= cell.column < leaf.end]
                for leaf in self.head.leaves
            ]
            self.columns = settled(layout, self.head.leaves, texts)
        return self.columns


@dataclass(slots=True)
class Beside:
    """The indicator rows of one project."""

    shared: Shared
    owner: str
    rows: list[GridRow] = field(default_factory=list)
    closed: tuple[Indicator, ...] | None = None
    empty: list[tuple[str | None, str | None]] = field(default_factory=list)

    def read(self, reader: Reader, row: GridRow) -> None:
        """Add a row, its indicator cells only."""
        self.rows.append(row)
        self.shared.rows.append(row)

    def close(self, reader: Reader) -> tuple[Indicator, ...]:
        """The indicators in printed order."""
        if self.closed is None:
            columns = self.shared.settle(reader.layout)
            rows = tuple(Row(at, Kind.INDICATOR, row) for at, row in enumerate(self.rows))
            reading = read_rows(reader, Block(self.shared.head, columns, rows), self.owner)
            self.closed = reading.indicators
            self.empty = list(reading.empty)
        return self.closed


def shared_columns(header: Header) -> Shared | None:
    """The indicator columns of a project table's header."""
    own = {at: column for at, column in sorted(header.columns.items())
           if column.name and column.name.startswith(INDICATOR)}  # fmt: skip
    if not own:
        return None
    leaves = []
    for at in own:
        over = tuple(cell for row in header.rows for cell in row.cells if _covers(row, cell, at, header))
        span = max((cell.span for cell in over[-1:] if cell.column == at), default=1)
        leaves.append(Leaf(at, at + span, over))
    return Shared(Head(header.rows, tuple(leaves)))


def _covers(row: GridRow, cell: Cell, column: int, header: Header) -> bool:
    """Whether a header stands over a column; the last one of the first row does so over all behind it."""
    if cell.column <= column < cell.column + cell.span:
        return True
    if cell.column <= column and cell.text == header.columns[column].tier:
        return not any(cell.column < other.column <= column for other in row.cells)
    alone = column not in {other.column for other in row.cells}
    last = row is header.rows[0] and cell is row.cells[-1] and cell.span == 1
    return last and alone and cell.column <= column
