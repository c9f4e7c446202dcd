"""How the cells of a table without rules are set, and the rows that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetkg.reading.pdf.unruled.band_lines import Column, InkLine, Settings
from budgetkg.reading.pdf.unruled.bands import HANGS, Parting, parted
from budgetkg.reading.pdf.unruled.merged import Merged, best_shape, merged_pages

_SAMPLE = 3
_MISFIT = 0.3
_DOUBTS = 0.25
_CHEAPER = 0.6

Pages = Sequence[Sequence[Column]]


@dataclass(slots=True)
class LaidCell:
    """The lines of a cell, its column, how many rows it covers."""

    column: int
    lines: list[InkLine]
    rows: int = 1


@dataclass(slots=True)
class LaidRow:
    """A row: the cells that begin in it; whether they may belong elsewhere."""

    cells: list[LaidCell] = field(default_factory=list)
    doubtful: bool = False

    @property
    def height(self) -> float:
        """How high its lines stand over one another."""
        lines = [line for cell in self.cells for line in cell.lines]
        return max(line.bottom for line in lines) - min(line.top for line in lines) if lines else 0.0


def rows_of_pages(pages: Pages, step: float) -> list[list[LaidRow]]:
    """The rows of each page: each with a cell of each column, or with cells merged over several."""
    partings = _flat(pages, step)
    doubts = [doubt for parting in partings for doubt in parting.doubts]
    if sum(doubts) > _DOUBTS * len(doubts):
        sample = pages[:_SAMPLE]
        shape, cost = best_shape(sample, step)
        if shape is not None and cost < _CHEAPER * sum(parting.cost for parting in partings[:_SAMPLE]):
            return [_merged_rows(page) for page in merged_pages(pages, shape, step)]
    return [_flat_rows(parting, len(columns)) for parting, columns in zip(partings, pages, strict=True)]


def _merged_rows(page: Merged) -> list[LaidRow]:
    return [
        LaidRow([LaidCell(*cell) for cell in sorted(row, key=lambda one: one[0])], doubt)
        for row, doubt in zip(page.rows, page.doubts, strict=True)
    ]


def _flat_rows(parting: Parting, width: int) -> list[LaidRow]:
    """The bands of a page as rows, each with a cell of each column."""
    found = []
    for band, doubt in zip(parting.bands(), parting.doubts, strict=True):
        cells = [
            LaidCell(number, [line for column, line in band if column == number]) for number in range(width)
        ]
        found.append(LaidRow(cells, doubt))
    return found


def _flat(pages: Pages, step: float) -> list[Parting]:
    """The partings with cells set as they agree best on the first pages."""
    sample = pages[:_SAMPLE]
    width = len(pages[0])
    ways = [(hang,) * width for hang in HANGS]
    found = min(ways, key=lambda hangs: _cost(sample, step, hangs))
    partings = _partings(sample, step, found)
    if sum(parting.misfit for parting in partings) > _MISFIT * sum(len(one.starts) for one in partings):
        found = _mixed(sample, step, found)
    return _partings(pages, step, found)


def _mixed(pages: Pages, step: float, hangs: Sequence[float]) -> tuple[float, ...]:
    """How cells are set where columns differ: names and amounts in the middle, texts to the top."""
    figured = [number == 0 or column.figured for number, column in enumerate(pages[0])]
    ways = [tuple(one if has else other for has in figured) for one in HANGS for other in HANGS]
    cost, best = min((_cost(pages, step, way), way) for way in (*ways, tuple(hangs)))
    for number in range(len(best)):
        for hang in HANGS:
            way = (*best[:number], hang, *best[number + 1 :])
            if way != best:
                cost, best = min((cost, best), (_cost(pages, step, way), way))
    return best


def _cost(pages: Pages, step: float, hangs: Sequence[float]) -> float:
    return sum(parting.cost for parting in _partings(pages, step, hangs))


def _partings(pages: Pages, step: float, hangs: Sequence[float]) -> list[Parting]:
    last = len(pages) - 1
    settings = (Settings(step, tuple(hangs), number > 0, number < last) for number in range(len(pages)))
    return [parted(columns, setting) for columns, setting in zip(pages, settings, strict=True)]


