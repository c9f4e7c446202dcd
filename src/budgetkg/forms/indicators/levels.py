"""A row of a header: which of its cells stand over a column, where no merge says it too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from budgetkg.reading.grid import Cell, GridRow


@dataclass(frozen=True, slots=True)
class Level:
    """A row of a header: its cells, where any of the row begins, those of one row and those of more."""

    cells: list[Cell]
    starts: list[int]
    own: list[int]
    flat: list[Cell]
    tall: list[Cell]

    @classmethod
    def of(cls, row: GridRow, cells: Iterable[Cell]) -> Level:
        """Some cells of a row; of the others it counts where they begin."""
        line = sorted(cells, key=lambda cell: cell.column)
        flat, tall = [c for c in line if c.rows == 1], [c for c in line if c.rows != 1]
        return cls(line, sorted(c.column for c in row.cells), [c.column for c in line], flat, tall)

    def end(self, cell: Cell) -> int:
        """Where a heading that is merged over others, or leaves blanks behind itself, ends."""
        later = bisect_right(self.starts, cell.column)
        following = self.starts[later] if later < len(self.starts) else 1 << 30
        return following if cell.rows == 1 else cell.column + cell.span

    def begins(self, start: int, end: int) -> bool:
        """Whether a cell begins between two columns."""
        return bisect_left(self.own, start) < bisect_left(self.own, end)

    def over(self, column: int) -> Cell | None:
        """The first cell that stands over a column."""
        last = bisect_right(self.flat, column, key=lambda cell: cell.column)
        near = [*self.tall, *self.flat[max(last - 1, 0) : last]]
        found = [cell for cell in near if cell.column <= column < self.end(cell)]
        return min(found, key=lambda cell: cell.column, default=None)
