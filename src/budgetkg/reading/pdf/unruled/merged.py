"""Tables without rules some of whose cells are merged over several rows.

The columns to the right, from one on, have a cell in each row; those to the left, up to one, have cells of
the same rows (a project with its amounts and its goal); each one between them covers rows of its own (the
tiers of the indicators). Which columns these are is what costs least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.reading.pdf.page import ABOVE, BELOW
from budgetkg.reading.pdf.unruled.band_lines import Column, InkLine, Settings
from budgetkg.reading.pdf.unruled.bands import Parting, parted
from budgetkg.reading.pdf.unruled.spans import Cover, Item, Rows, covered

_MOST_TIERS = 3
_MOST_COLUMNS = 20
_MOST_LINES = 10
_DOUBT = 1.0
_NEVER = 1e9
_MOST_INK = 3000

Pages = Sequence[Sequence[Column]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Up to which column cells cover the same rows, from which on each row has its own; where they hang."""

    outer: int
    inner: int
    hang: float


@dataclass(slots=True)
class Merged:
    """The rows of a page: which lines begin in each, with their column and how many rows they cover."""

    cost: float
    rows: list[list[tuple[int, list[InkLine], int]]]
    doubts: list[bool]


def best_shape(pages: Pages, step: float) -> tuple[Shape | None, float]:
    """The shape that costs least on some pages; none where that would take too long to find."""
    width = len(pages[0])
    if width > _MOST_COLUMNS or sum(len(column.lines) for page in pages for column in page) > _MOST_INK:
        return None, _NEVER
    shapes = [
        Shape(outer, inner, hang)
        for hang in (0.5, 0.0)
        for inner in range(1, width)
        for outer in range(max(0, inner - _MOST_TIERS), inner + 1)
    ]
    parts = _Parts(pages, step)
    costs = [
        (sum(_merged(parts, number, shape).cost for number in range(len(pages))), at)
        for at, shape in enumerate(shapes)
    ]
    cost, at = min(costs, default=(_NEVER, 0))
    return (shapes[at], cost) if cost < _NEVER else (None, cost)


def merged_pages(pages: Pages, shape: Shape, step: float) -> list[Merged]:
    """The rows of each page in a shape."""
    parts = _Parts(pages, step)
    return [_merged(parts, number, shape) for number in range(len(pages))]


class _Parts:
    """Pages, and the partings of stretches of their columns as far as they are known."""

    def __init__(self, pages: Pages, step: float) -> None:
        self.pages = pages
        self._step = step
        self._known: dict[tuple[int, int, int, float], Parting] = {}

    def settings(self, number: int, shape: Shape) -> Settings:
        """What holds for a page."""
        hangs = (shape.hang,) * len(self.pages[number])
        return Settings(self._step, hangs, number > 0, number + 1 < len(self.pages))

    def of(self, number: int, first: int, last: int, shape: Shape) -> Parting:
        """The parting of some columns of a page."""
        key = (number, first, last, shape.hang)
        if key not in self._known:
            columns = self.pages[number][first:last]
            self._known[key] = parted(columns, self.settings(number, shape))
        return self._known[key]


def _merged(parts: _Parts, page: int, shape: Shape) -> Merged:
    """Lay a page: the rows of its last columns, then the cells of the others over them."""
    columns, settings = parts.pages[page], parts.settings(page, shape)
    leaves = parts.of(page, shape.inner, len(columns), shape)
    bands = leaves.bands()
    if not bands:
        return Merged(_NEVER, [], [])
    reaches = tuple((band[0][1].middle, band[-1][1].middle) for band in bands)
    rows = Rows(reaches, settings.step, shape.hang, settings.goes_on, settings.breaks)
    laid = _Page(leaves, shape.inner)
    groups = parts.of(page, 0, shape.outer, shape) if shape.outer else None
    cost = leaves.cost
    if groups is not None and groups.lines:
        cells = groups.bands()
        items = [_item([line for _, line in cell]) for cell in cells]
        own, covers = covered(items, rows, 1, lambda start, stop: 0.0)
        cost += groups.cost + own
        for cover in covers:
            laid.put(cover, [entry for cell in cells[cover.start : cover.stop] for entry in cell])
    for number in range(shape.outer, shape.inner):
        column = columns[number]
        items = [_item([line]) for line in column.lines]
        own, covers = covered(items, rows, _MOST_LINES, column.as_one)
        cost += own
        for cover in covers:
            laid.put(cover, [(number, line) for line in column.lines[cover.start : cover.stop]])
    return laid.merged(cost)


def _item(lines: Sequence[InkLine]) -> Item:
    cuts = [glyph.cut for line in lines for glyph in line.glyphs]
    top, bottom = min(line.middle for line in lines), max(line.middle for line in lines)
    return Item(top, bottom, ABOVE in cuts, BELOW in cuts)


class _Page:
    """The rows of a page as cells are put over them."""

    def __init__(self, leaves: Parting, inner: int) -> None:
        self._bands = leaves.bands()
        self._doubts = list(leaves.doubts)
        self._over: list[tuple[Cover, list[tuple[int, InkLine]]]] = []
        self._inner = inner

    def put(self, cover: Cover, lines: list[tuple[int, InkLine]]) -> None:
        """Put lines with their columns over rows, or between them."""
        self._over.append((cover, lines))

    def merged(self, cost: float) -> Merged:
        """The rows with all their cells; sums that stand alone are rows between the others."""
        alone = sorted(
            (found for found in self._over if found[0].first == found[0].last),
            key=lambda found: found[0].first,
        )
        rows: list[list[tuple[int, list[InkLine], int]]] = []
        doubts: list[bool] = []
        places: list[int] = []
        for number in range(len(self._bands) + 1):
            for _, lines in (found for found in alone if found[0].first == number):
                rows.append(_cells(lines, 0, 1))
                doubts.append(False)
            places.append(len(rows))
            if number < len(self._bands):
                rows.append(_cells(self._bands[number], self._inner, 1))
                doubts.append(self._doubts[number])
        for cover, lines in self._over:
            if cover.last > cover.first:
                first, last = places[cover.first], places[cover.last - 1]
                rows[first] += _cells(lines, 0, last - first + 1)
                doubts[first] = doubts[first] or cover.cost >= _DOUBT
        return Merged(cost, rows, doubts)


def _cells(
    lines: Sequence[tuple[int, InkLine]], shift: int, rows: int
) -> list[tuple[int, list[InkLine], int]]:
    columns = sorted({column for column, _ in lines})
    return [(column + shift, [line for one, line in lines if one == column], rows) for column in columns]
