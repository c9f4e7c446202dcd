"""How the cells of a borderless table are aligned, and whether some are merged over rows; its rows then.

First each row is taken to have a cell in each column. Where that leaves many rows in doubt, cells may be
merged: the columns to the right, from one on, have a cell in each row; those to the left, up to one, have
cells of the same rows (a project with its amounts and its goal); each column between them covers rows of
its own (the tiers of the indicators). Which alignment and which columns these are is what costs least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from budgetkg.reading.pdf.borderless.lines import ColumnLine, PageColumn
from budgetkg.reading.pdf.borderless.row_spans import RowSpan, SpanItem, SpannedRows, assign_row_spans
from budgetkg.reading.pdf.borderless.rows import (
    ALIGNMENTS,
    MIDDLE,
    TOP,
    PageSettings,
    RowSplit,
    split_into_rows,
)  # fmt: skip
from budgetkg.reading.pdf.borderless.settings import ALIGNMENT, IMPOSSIBLE, MERGED
from budgetkg.reading.pdf.page import CLIPPED_ABOVE, CLIPPED_BELOW

Pages: TypeAlias = Sequence[Sequence[PageColumn]]
"""The columns of each page."""

_Cell: TypeAlias = tuple[int, list[ColumnLine], int]
"""The number of a column, the lines of a cell in it, and how many rows it covers."""


@dataclass(slots=True)
class AlignedCell:
    """The lines of a cell, the number of its column, how many rows it covers."""

    column: int
    lines: list[ColumnLine]
    rows: int = 1


@dataclass(slots=True)
class AlignedRow:
    """A row: the cells that begin in it, and whether they may belong elsewhere."""

    cells: list[AlignedCell] = field(default_factory=list)
    doubtful: bool = False

    @property
    def height(self) -> float:
        """From the top of its highest line to the bottom of its lowest, in points."""
        lines = [line for cell in self.cells for line in cell.lines]
        return max(line.bottom for line in lines) - min(line.top for line in lines) if lines else 0.0


def rows_of_pages(pages: Pages, step: float) -> list[list[AlignedRow]]:
    """The rows of each page, from its columns; ``step`` is the distance between lines of a cell in points.

    Each row has a cell in each column, unless that leaves many rows in doubt and merged cells fit better.
    """
    splits = _without_merged_cells(pages, step)
    doubts = [doubt for split in splits for doubt in split.doubts]
    if sum(doubts) > ALIGNMENT.max_doubtful_share * len(doubts):
        sample = pages[: ALIGNMENT.sample_pages]
        layout, cost = cheapest_layout(sample, step)
        least = ALIGNMENT.merged_cost_share * sum(split.cost for split in splits[: ALIGNMENT.sample_pages])
        if layout is not None and cost < least:
            return [_rows_with_merged_cells(page) for page in merged_rows(pages, layout, step)]
    return [_plain_rows(split, len(columns)) for split, columns in zip(splits, pages, strict=True)]


def _rows_with_merged_cells(page: MergedRows) -> list[AlignedRow]:
    return [
        AlignedRow([AlignedCell(*cell) for cell in sorted(row, key=lambda one: one[0])], doubt)
        for row, doubt in zip(page.rows, page.doubts, strict=True)
    ]


def _plain_rows(split: RowSplit, width: int) -> list[AlignedRow]:
    """The rows of a page, each with a cell in each column."""
    aligned = []
    for row, doubt in zip(split.rows(), split.doubts, strict=True):
        cells = [
            AlignedCell(number, [line for column, line in row if column == number]) for number in range(width)
        ]
        aligned.append(AlignedRow(cells, doubt))
    return aligned


def _without_merged_cells(pages: Pages, step: float) -> list[RowSplit]:
    """The split of each page, with the vertical alignment that costs least on the first pages."""
    sample = pages[: ALIGNMENT.sample_pages]
    width = len(pages[0])
    ways = [(one,) * width for one in ALIGNMENTS]
    best = min(ways, key=lambda way: _cost(sample, step, way))
    splits = _splits(sample, step, best)
    rows = sum(len(split.starts) for split in splits)
    if sum(split.misalignment for split in splits) > ALIGNMENT.max_misalignment * rows:
        best = _alignment_by_column(sample, step, best)
    return _splits(pages, step, best)


def _alignment_by_column(pages: Pages, step: float, best: Sequence[float]) -> tuple[float, ...]:
    """How cells are aligned where columns differ, as with names and amounts centred and texts at the top.

    Starts with names and amounts one way and texts another, then changes one column after the other
    where that costs less.
    """
    short = [number == 0 or column.has_amounts for number, column in enumerate(pages[0])]
    ways = [tuple(one if is_so else other for is_so in short) for one in ALIGNMENTS for other in ALIGNMENTS]
    cost, cheapest = min((_cost(pages, step, way), way) for way in (*ways, tuple(best)))
    for number in range(len(cheapest)):
        for one in ALIGNMENTS:
            way = (*cheapest[:number], one, *cheapest[number + 1 :])
            if way != cheapest:
                cost, cheapest = min((cost, cheapest), (_cost(pages, step, way), way))
    return cheapest


def _cost(pages: Pages, step: float, alignment: Sequence[float]) -> float:
    return sum(split.cost for split in _splits(pages, step, alignment))


def _splits(pages: Pages, step: float, alignment: Sequence[float]) -> list[RowSplit]:
    last = len(pages) - 1
    return [
        split_into_rows(columns, PageSettings(step, tuple(alignment), number > 0, number < last))
        for number, columns in enumerate(pages)
    ]


@dataclass(frozen=True, slots=True)
class MergedLayout:
    """Which columns have merged cells, and how these are aligned.

    Columns before ``outer`` have cells that cover the same rows as one another, those from ``inner`` on a
    cell in each row; those between them cover rows of their own.
    """

    outer: int
    inner: int
    alignment: float


@dataclass(slots=True)
class MergedRows:
    """The rows of a page: the cells that begin in each, and whether they may belong elsewhere."""

    cost: float
    rows: list[list[_Cell]]
    doubts: list[bool]


def cheapest_layout(pages: Pages, step: float) -> tuple[MergedLayout | None, float]:
    """The layout that costs least on some pages, and its cost; none where that would take too long to find.

    ``step`` is the distance between the lines of a cell in points.
    """
    width = len(pages[0])
    lines = sum(len(column.lines) for page in pages for column in page)
    if width > MERGED.max_columns or lines > MERGED.max_sample_lines:
        return None, IMPOSSIBLE
    candidates = [
        MergedLayout(outer, inner, alignment)
        for alignment in (MIDDLE, TOP)
        for inner in range(1, width)
        for outer in range(max(0, inner - MERGED.max_tiers), inner + 1)
    ]
    splits = _KnownSplits(pages, step)
    costs = [
        (sum(_page_rows(splits, number, layout).cost for number in range(len(pages))), at)
        for at, layout in enumerate(candidates)
    ]
    cost, at = min(costs, default=(IMPOSSIBLE, 0))
    return (candidates[at], cost) if cost < IMPOSSIBLE else (None, cost)


def merged_rows(pages: Pages, layout: MergedLayout, step: float) -> list[MergedRows]:
    """The rows of each page in a layout."""
    splits = _KnownSplits(pages, step)
    return [_page_rows(splits, number, layout) for number in range(len(pages))]


class _KnownSplits:
    """Pages, and the splits of stretches of their columns as far as they are known."""

    def __init__(self, pages: Pages, step: float) -> None:
        self.pages = pages
        self._step = step
        self._known: dict[tuple[int, int, int, float], RowSplit] = {}

    def settings(self, number: int, layout: MergedLayout) -> PageSettings:
        """What holds for the rows of a page."""
        alignment = (layout.alignment,) * len(self.pages[number])
        return PageSettings(self._step, alignment, number > 0, number + 1 < len(self.pages))

    def of(self, number: int, first: int, last: int, layout: MergedLayout) -> RowSplit:
        """The split of some columns of a page."""
        key = (number, first, last, layout.alignment)
        if key not in self._known:
            columns = self.pages[number][first:last]
            self._known[key] = split_into_rows(columns, self.settings(number, layout))
        return self._known[key]


def _page_rows(splits: _KnownSplits, page: int, layout: MergedLayout) -> MergedRows:
    """The rows of a page: first those of its last columns, then the cells of the others over them."""
    columns, settings = splits.pages[page], splits.settings(page, layout)
    inner = splits.of(page, layout.inner, len(columns), layout)
    rows = inner.rows()
    if not rows:
        return MergedRows(IMPOSSIBLE, [], [])
    extents = tuple((row[0][1].middle, row[-1][1].middle) for row in rows)
    spanned = SpannedRows(extents, settings.step, layout.alignment, settings.continues, settings.continued)
    builder = _PageBuilder(inner, layout.inner)
    outer = splits.of(page, 0, layout.outer, layout) if layout.outer else None
    cost = inner.cost
    if outer is not None and outer.lines:
        cells = outer.rows()
        items = [_item([line for _, line in cell]) for cell in cells]
        own, spans = assign_row_spans(items, spanned, 1, lambda start, stop: 0.0)
        cost += outer.cost + own
        for span in spans:
            builder.put(span, [entry for cell in cells[span.start : span.stop] for entry in cell])
    for number in range(layout.outer, layout.inner):
        column = columns[number]
        items = [_item([line]) for line in column.lines]
        own, spans = assign_row_spans(items, spanned, MERGED.max_cell_lines, column.cost_of_continued_cell)
        cost += own
        for span in spans:
            builder.put(span, [(number, line) for line in column.lines[span.start : span.stop]])
    return builder.merged(cost)


def _item(lines: Sequence[ColumnLine]) -> SpanItem:
    seen = [glyph.visibility for line in lines for glyph in line.glyphs]
    top, bottom = min(line.middle for line in lines), max(line.middle for line in lines)
    return SpanItem(top, bottom, CLIPPED_ABOVE in seen, CLIPPED_BELOW in seen)


class _PageBuilder:
    """Collects the rows of a page as cells are put over them."""

    def __init__(self, split: RowSplit, first_column: int) -> None:
        self._rows = split.rows()
        self._doubts = list(split.doubts)
        self._first_column = first_column
        self._over: list[tuple[RowSpan, list[tuple[int, ColumnLine]]]] = []

    def put(self, span: RowSpan, lines: list[tuple[int, ColumnLine]]) -> None:
        """Put lines (with the numbers of their columns) over rows, or between them."""
        self._over.append((span, lines))

    def merged(self, cost: float) -> MergedRows:
        """The rows with all their cells; sums that stand alone are rows between the others."""
        alone = sorted(
            (entry for entry in self._over if entry[0].first == entry[0].last),
            key=lambda entry: entry[0].first,
        )
        rows: list[list[_Cell]] = []
        doubts: list[bool] = []
        places: list[int] = []
        for number in range(len(self._rows) + 1):
            for _, lines in (entry for entry in alone if entry[0].first == number):
                rows.append(_cells(lines, 0, 1))
                doubts.append(False)
            places.append(len(rows))
            if number < len(self._rows):
                rows.append(_cells(self._rows[number], self._first_column, 1))
                doubts.append(self._doubts[number])
        for span, lines in self._over:
            if span.last > span.first:
                first, last = places[span.first], places[span.last - 1]
                rows[first] += _cells(lines, 0, last - first + 1)
                doubts[first] = doubts[first] or span.cost >= MERGED.doubtful_span
        return MergedRows(cost, rows, doubts)


def _cells(lines: Sequence[tuple[int, ColumnLine]], first_column: int, rows: int) -> list[_Cell]:
    columns = sorted({column for column, _ in lines})
    by_column = ((column, [line for one, line in lines if one == column]) for column in columns)
    return [(column + first_column, own, rows) for column, own in by_column]
