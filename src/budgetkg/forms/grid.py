"""Tab-separated dumps as rows of cells; a cell keeps its place in the line and in the document."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.folding import heal_blanks, is_blank, key
from budgetkg.reading.source import Healed, Line


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its column from 0, its text with wrap blanks healed, its place."""

    column: int
    text: str
    place: Healed

    @property
    def key(self) -> str:
        """The text as compared."""
        return key(self.text)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of a table: the cells that hold something, and how wide the line is."""

    line: Line
    cells: tuple[Cell, ...]
    width: int

    @property
    def place(self) -> Healed:
        """The whole row, from its first printed cell to its last."""
        return Healed(self.line.text, tuple(range(self.line.start, self.line.end))).strip()

    def at(self, column: int) -> Cell | None:
        """The cell in a column, if it holds something."""
        return next((cell for cell in self.cells if cell.column == column), None)


def grid_row(line: Line) -> GridRow:
    """Cut a line at its tabs."""
    cells = []
    at = 0
    texts = line.text.split("\t")
    for column, text in enumerate(texts):
        left = len(text) - len(text.lstrip())
        inked = text.strip()
        if inked and not all(is_blank(char) for char in inked):
            start = line.start + at + left
            cells.append(
                Cell(column, heal_blanks(inked), Healed(inked, tuple(range(start, start + len(inked)))))
            )
        at += len(text) + 1
    return GridRow(line, tuple(cells), len(texts))


def joined(first: Cell, last: Cell) -> Healed:
    """The stretch of a line from one cell to another."""
    return Healed(first.place.text + last.place.text, (*first.place.offsets, *last.place.offsets))
