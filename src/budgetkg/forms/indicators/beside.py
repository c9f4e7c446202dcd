"""Indicators in tier columns beside the projects of a table: one header, the rows of each project apart.

What the columns hold is settled once, from the rows of all projects together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.forms.indicators.block import Block, Kind, Row
from budgetkg.forms.indicators.columns import Column, settled
from budgetkg.forms.indicators.leaves import Head, Leaf
from budgetkg.forms.indicators.reading import read_rows
from budgetkg.forms.layout.header import INDICATOR, Header, report_unknown
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.people import is_personal
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Indicator


@dataclass(slots=True)
class Shared:
    """The columns that the projects of a table share, and every row below them."""

    head: Head
    rows: list[GridRow] = field(default_factory=list)
    columns: tuple[Column, ...] = ()

    def has(self, column: int) -> bool:
        """Whether a cell in a column is an indicator's."""
        return any(leaf.start == column for leaf in self.head.leaves)

    def settle(self, reader: Reader) -> tuple[Column, ...]:
        """The columns as settled, once every row is known; headers of which nothing is read are reported."""
        if not self.columns:
            cells = [cell for row in self.rows for cell in row.cells]
            texts = [
                [cell.text for cell in cells if leaf.start <= cell.column < leaf.end]
                for leaf in self.head.leaves
            ]
            self.columns = settled(reader.layout, self.head.leaves, texts)
            page = self.head.rows[0].line.page
            for column in self.columns:
                if column.role is None:
                    report_unknown(reader, column.leaf.over[-1], column.leaf.text, page)
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
            columns = self.shared.settle(reader)
            rows = tuple(Row(at, Kind.INDICATOR, row) for at, row in enumerate(self.rows))
            reading = read_rows(reader, Block(self.shared.head, columns, rows), self.owner)
            self.closed = reading.indicators
            self.empty = list(reading.empty)
        return self.closed


def shared_columns(layout: Layout, header: Header) -> Shared | None:
    """The columns of a project table's header that are its indicators'.

    Between and behind those that headers name, what a header on no list holds is told by its cells. One that
    says what another column holds already is none of them: which of the two is meant isn't known.
    """
    named = [at for at, column in header.columns.items()
             if column.name is not None and column.name.startswith(INDICATOR)]  # fmt: skip
    if not named:
        return None
    among = [at for at, text in header.unknown().items()
             if at > min(named) and not (layout.is_person(text) or is_personal(text))
             and lookup(layout.tier_columns, text) is None]  # fmt: skip
    leaves = []
    for at in sorted((*named, *among)):
        over = tuple(cell for row in header.rows for cell in row.cells if _covers(row, cell, at, header))
        span = max((cell.span for cell in over[-1:] if cell.column == at), default=1)
        leaves.append(Leaf(at, at + span, over))
    return Shared(Head(header.rows, tuple(leaves)))


def unlisted(shared: Shared | None, header: Header) -> set[int]:
    """The columns of headers on no list that are the indicators' all the same."""
    return {at for at in header.unknown() if shared is not None and shared.has(at)}


def _covers(row: GridRow, cell: Cell, column: int, header: Header) -> bool:
    """Whether a header stands over a column; the last one of the first row does so over all behind it."""
    if cell.column <= column < cell.column + cell.span:
        return True
    if cell.column <= column and cell.text == header.columns[column].tier:
        return not any(cell.column < other.column <= column for other in row.cells)
    alone = column not in {other.column for other in row.cells}
    last = row is header.rows[0] and cell is row.cells[-1] and cell.span == 1
    return last and alone and cell.column <= column
