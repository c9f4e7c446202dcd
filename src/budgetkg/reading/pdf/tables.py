"""The tables of a page, row by row, and the text outside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.reading.pdf.page import ABOVE, BELOW, SEEN, Glyph
from budgetkg.reading.pdf.rules import Grid
from budgetkg.reading.pdf.text import TextLine, lines_of

_SIDE = 4.0
_BOUNDARY = 3.0


@dataclass(slots=True)
class PageCell:
    """A cell on one page: from where to where it reaches, its lines; whether it reaches the end
    of the table there, and does so without a rule below; whether none stands above it; how many strips
    it covers; on which page it is printed, if its columns stand on another one (0 if not)."""

    left: float
    right: float
    lines: list[TextLine]
    ends_page: bool = False
    open_end: bool = False
    open_start: bool = False
    strips: int = 1
    page: int = 0

    @property
    def text(self) -> str:
        """All that is drawn in it, what its clip hides as well; without blanks, to be compared."""
        return "".join("".join(line.text.split()) for line in self.lines)

    @property
    def seen(self) -> list[TextLine]:
        """The lines that show."""
        return [line for line in self.lines if line.cut == SEEN]


@dataclass(slots=True)
class PageRow:
    """One strip of a table; a cell that reaches over several strips stands in the first.

    ``doubtful`` is whether no rule tells where it ends, and its cells don't agree either.
    """

    cells: list[PageCell]
    height: float = 0.0
    doubtful: bool = False

    @property
    def text(self) -> tuple[str, ...]:
        """The words of its cells, to be compared."""
        return tuple(text for cell in self.cells if (text := cell.text))

    @property
    def cut(self) -> bool:
        """Whether a page break hides a part of it (the side of a page may hide one of a merged cell)."""
        return any(line.cut in (ABOVE, BELOW) for cell in self.cells for line in cell.lines)


@dataclass(slots=True)
class PageTable:
    """A table, or the part of one that stands on a page.

    ``begun`` are the page and the header with which each further run of its columns begins.
    """

    xs: list[float]
    top: float
    bottom: float
    rows: list[PageRow] = field(default_factory=list)
    ruled: bool = True
    ys: list[float] = field(default_factory=list)
    begun: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class AlignedPage:
    """A page that no rules part: its lines, what a clip hides of its cells, the table, if there is one.

    ``begins`` are the left sides of columns that stand on other pages, with the numbers of these.
    """

    rows: list[Sequence[Glyph]]
    clipped: list[Glyph] = field(default_factory=list)
    table: PageTable | None = None
    number: int = 0
    begins: list[tuple[float, int]] = field(default_factory=list)


@dataclass(slots=True)
class PageText:
    """A printed line outside any table, cut where wide blanks part it."""

    pieces: list[TextLine]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The line."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class PageContent:
    """What a page holds from top to bottom, and the text on it that carries nothing of its own."""

    number: int
    height: float
    items: list[PageTable | PageText]
    hidden: list[TextLine]


def same_columns(one: list[float], other: list[float]) -> bool:
    """Whether two tables have the same sides and, but for merged cells, the same columns."""
    if not one or not other:
        return False
    sides = abs(one[0] - other[0]) <= _SIDE and abs(one[-1] - other[-1]) <= _SIDE
    few, many = sorted((one[1:-1], other[1:-1]), key=len)
    shared = sum(any(abs(x - more) <= _BOUNDARY for more in many) for x in few)
    return sides and (bool(few) == bool(many)) and shared * 2 >= len(few)


def ruled_table(grid: Grid, glyphs: list[list[Glyph]]) -> PageTable:
    """The rows of a ruled table, each glyph in its cell."""
    rows = len(grid.ys) - 1
    strips = [PageRow([], lower - upper) for upper, lower in pairwise(grid.ys)]
    table = PageTable(grid.xs, grid.ys[0], grid.ys[-1], strips, ys=grid.ys)
    for cell, mine in zip(grid.cells, glyphs, strict=True):
        table.rows[cell.row].cells.append(
            PageCell(
                grid.xs[cell.column],
                grid.xs[cell.column_end],
                lines_of(mine),
                ends_page=cell.row_end == rows,
                open_end=cell.open_bottom,
                open_start=cell.open_top,
                strips=cell.row_end - cell.row,
            )
        )
    for row in table.rows:
        row.cells.sort(key=lambda found: found.left)
    return table
