"""The columns of a borderless table: the names of its header, and the white space between its cells.

White space parts columns as in the stream method of Tabula and Camelot: over each place between the sides
of the table the runs of glyphs are counted, on all its pages (a projection profile); a stretch over which
none stands, or nearly none, parts two columns. The names of the header say how many there are at least: a
name may take several lines, or stand over several columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.reading.pdf.borderless.lines import column_line, is_amount
from budgetkg.reading.pdf.borderless.settings import HEADER, WHITESPACE
from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.settings import BORDERLESS, TEXT
from budgetkg.reading.pdf.tables import PageCell, PageRow
from budgetkg.reading.pdf.text import cell_lines, is_label, split_at_gaps

_OPENING = "（(［["
_HALF_WIDTH_MARKS = "，。、；：，.;:"  # printed in the left half of their square

Row = Sequence[Glyph]
"""A printed line: its glyphs from left to right."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where something reaches on the x axis, in points."""

    left: float
    right: float

    @property
    def centre(self) -> float:
        """The x of its middle."""
        return (self.left + self.right) / 2

    def overlap(self, other: Extent) -> float:
        """How far two of them cover one another; negative where they are apart."""
        return min(self.right, other.right) - max(self.left, other.left)


def text_runs(row: Row) -> list[list[Glyph]]:
    """A line split where its glyphs don't touch."""
    return split_at_gaps(row, BORDERLESS.touch_gap)


def extent_of(run: Row) -> Extent:
    """The extent of the ink of a run; a mark at its end prints in its left half only."""
    last = run[-1]
    half = len(run) > 1 and last.text in _HALF_WIDTH_MARKS
    return Extent(run[0].x0, (last.x0 + last.x1) / 2 if half else max(glyph.x1 for glyph in run))


def crosses_names(run: Row, names: Sequence[Extent]) -> bool:
    """Whether a run reaches over two names of the header: no cell of the table does."""
    extent, least = extent_of(run), WHITESPACE.crossing_overlap * run[0].size
    return sum(extent.overlap(name) > least for name in names) > 1


def column_of(x: float, boundaries: Sequence[float]) -> int:
    """The number of the column in which a place lies."""
    return max(sum(x >= boundary for boundary in boundaries[:-1]) - 1, 0)


def column_boundaries(names: Sequence[Extent], body: Sequence[Row]) -> list[float]:
    """The boundaries of the columns from left to right; none where there are no names or no lines.

    ``names`` are the extents of the header's names, ``body`` the lines under it on all pages.
    """
    extents = [extent_of(run) for row in body for run in text_runs(row) if not crosses_names(run, names)]
    if not extents or not names:
        return []
    inked = [*extents, *names]
    size = body[0][0].size
    left, right = min(one.left for one in inked), max(one.right for one in inked)
    profile = _Profile(left, right, inked)
    gaps = [gap for gap in profile.blanks(left, right) if _parts_columns(gap, extents, names, size)]
    for one, other in pairwise(names):
        # Cells that reach to the side of their column leave little: the least inked stretch parts them.
        if not any(gap.left < other.left and gap.right > one.right for gap in gaps):
            few = max(1, int(WHITESPACE.crossing_share * len(body)))
            least = profile.least_inked(one.right, other.left, few)
            if least is not None and least.right - least.left >= WHITESPACE.min_narrow_gap * size:
                gaps.append(least)
    return [left - 1, *sorted(gap.centre for gap in gaps), right + 1]


def _parts_columns(gap: Extent, body: Sequence[Extent], names: Sequence[Extent], size: float) -> bool:
    """Whether a blank parts two columns, not the letters of one name or of a few texts."""
    if gap.right - gap.left < WHITESPACE.min_gap * size:
        return False
    if not any(name.left < gap.left and gap.right < name.right for name in names):
        return True
    sides = (sum(one.right <= gap.left for one in body), sum(one.left >= gap.right for one in body))
    return min(sides) >= WHITESPACE.min_runs_beside


class _Profile:
    """A projection profile: how many extents cover each place between two sides, in steps of a raster."""

    def __init__(self, left: float, right: float, extents: Iterable[Extent]) -> None:
        self.left = left
        steps = [0] * (int((right - left) / WHITESPACE.raster) + 3)
        for extent in extents:
            first, last = self._bin(extent.left), self._bin(extent.right - 0.01)
            steps[first] += 1
            steps[max(first, last) + 1] -= 1
        self.counts = [0] * len(steps)
        total = 0
        for place, step in enumerate(steps):
            total += step
            self.counts[place] = total

    def blanks(self, left: float, right: float) -> list[Extent]:
        """The stretches between two places over which nothing stands."""
        return self._stretches(left, right, 0)

    def least_inked(self, left: float, right: float, most: int) -> Extent | None:
        """The widest stretch between two places with the fewest runs, if they are at most ``most``."""
        counts = self.counts[self._bin(left) : self._bin(right) + 1]
        fewest = min(counts, default=most + 1)
        stretches = self._stretches(left, right, fewest) if fewest <= most else []
        return max(stretches, key=lambda one: one.right - one.left, default=None)

    def _stretches(self, left: float, right: float, count: int) -> list[Extent]:
        stretches: list[Extent] = []
        begun: int | None = None
        last = min(self._bin(right), len(self.counts) - 2)
        for place in range(max(self._bin(left), 0), last + 1):
            if self.counts[place] <= count:
                begun = place if begun is None else begun
            elif begun is not None:
                stretches.append(self._extent(begun, place))
                begun = None
        if begun is not None:
            stretches.append(self._extent(begun, last + 1))
        return stretches

    def _bin(self, place: float) -> int:
        return max(int((place - self.left) / WHITESPACE.raster), 0)

    def _extent(self, first: int, end: int) -> Extent:
        return Extent(self.left + first * WHITESPACE.raster, self.left + end * WHITESPACE.raster)


@dataclass(slots=True)
class _Words:
    """Some words of a header on one line; ``over`` are the extents of the names that they stand over."""

    glyphs: list[Glyph]
    extent: Extent
    middle: float
    over: list[Extent] = field(default_factory=list)


def header_lines(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """From which to which line a header reaches, the end left out; ``at`` is the line with most names.

    A name in two lines has words beside, over or under those of the other names.
    """
    start, stop = at, at + 1
    size = rows[at][0].size
    while start and _belongs(rows[start - 1], rows[start:stop], size):
        start -= 1
    while stop < len(rows) and _belongs(rows[stop], rows[start:stop], size):
        stop += 1
    return start, _with_lines_under_names(rows, start, stop)


def _with_lines_under_names(rows: Sequence[Row], start: int, stop: int) -> int:
    """Behind which line a header ends whose names go on under themselves: nearer than the rows below."""
    lines = [column_line(row) for row in rows[start : stop + HEADER.max_further_lines]]
    count = stop - start
    names = [extent_of(run) for row in rows[start:stop] for run in text_runs(row)]
    for number in range(count, len(lines) - 1):
        step, after = (lines[at].middle - lines[at - 1].middle for at in (number, number + 1))
        runs = text_runs(rows[start + number])
        under = all(any(extent_of(run).overlap(name) > 0 for name in names) for run in runs)
        amounts = any(is_amount(column_line(run)) for run in runs)
        if not under or amounts or step > HEADER.max_line_step * rows[start][0].size:
            break
        if after > HEADER.row_step_ratio * step:
            return start + number + 1
    return stop


def _belongs(row: Row, others: Sequence[Row], size: float) -> bool:
    """Whether a line near a header has only words that stand beside those of the nearest of its lines."""
    line = column_line(row)
    nearest = min(others, key=lambda other: abs(column_line(other).middle - line.middle))
    distance = abs(column_line(nearest).middle - line.middle)
    pieces = split_at_gaps(row, TEXT.column_gap)
    words = [column_line(piece) for piece in pieces]
    if distance > HEADER.near * size or any(is_label(one.text) or is_amount(one) for one in words):
        return False
    names = [extent_of(piece) for piece in split_at_gaps(nearest, TEXT.column_gap)]
    beside = not any(extent_of(piece).overlap(one) > 0 for piece in pieces for one in names)
    left, right = min(one.left for one in names), max(one.right for one in names)
    return beside and left <= line.right and line.left <= right


@dataclass(slots=True)
class Header:
    """The names of a header, and those that stand over several of them."""

    _names: list[_Words]
    _over_several: list[_Words]

    @property
    def names(self) -> list[Extent]:
        """The extents of the names of the columns, from left to right."""
        return _united_extents(self._names)

    def rows(self, boundaries: Sequence[float]) -> list[PageRow]:
        """The header as one row of cells, or as two where names stand over several columns."""
        upper, lower = PageRow([]), PageRow([])
        merged: list[tuple[int, int, list[Glyph]]] = []
        for words in self._over_several:
            columns = [column_of(extent.centre, boundaries) for extent in words.over]
            merged.append((min(columns), max(columns), words.glyphs))
        for number, (left, right) in enumerate(pairwise(boundaries)):
            own = [name for name in self._names if number == column_of(name.glyphs[0].x, boundaries)]
            lines = cell_lines([glyph for name in own for glyph in name.glyphs])
            under = any(first <= number <= last for first, last, _ in merged)
            row_span = 2 if merged and not under else 1
            (lower if under else upper).cells.append(PageCell(left, right, lines, row_span=row_span))
        for first, last, glyphs in merged:
            upper.cells.append(PageCell(boundaries[first], boundaries[last + 1], cell_lines(glyphs)))
        upper.cells.sort(key=lambda cell: cell.left)
        return [upper, lower] if merged else [upper]


def read_header(rows: Sequence[Row]) -> Header:
    """Read the names from the lines of a header."""
    words = [
        _Words(glyphs, extent_of(glyphs), column_line(glyphs).middle)
        for row in rows
        for glyphs in _names_of_line(row)
    ]
    middle = (min(word.middle for word in words) + max(word.middle for word in words)) / 2
    least = HEADER.half_line * rows[0][0].size
    uppers = [word for word in words if word.middle < middle - least]
    others = [word for word in words if word.middle >= middle - least]
    for extent in _united_extents(others):
        own = [word for word in others if word.extent.overlap(extent) > 0]
        if uppers and all(word.middle > middle + least for word in own):
            between = [word.extent for word in others if word.middle <= middle + least]
            nearest = min(uppers, key=lambda word: _distance(word.extent, extent, between))
            nearest.over.append(extent)
    over_several = [word for word in uppers if len(word.over) >= HEADER.min_names_under]
    names = [word for word in words if not any(word is other for other in over_several)]
    return Header(names, over_several)


def _distance(one: Extent, other: Extent, between: Sequence[Extent]) -> float:
    """How far apart two names are; those with another name between them belong together least."""
    left, right = sorted((one.centre, other.centre))
    walls = sum(left < wall.centre < right for wall in between)
    return abs(one.centre - other.centre) + 1e6 * walls


def _names_of_line(row: Row) -> list[list[Glyph]]:
    """The names on a line: letters set apart are one name, words set apart are two."""
    names: list[list[Glyph]] = []
    last = 0
    for run in text_runs(row):
        near = bool(names) and run[0].x0 - names[-1][-1].x1 <= HEADER.letter_gap * run[0].size
        if near and (min(last, len(run)) < HEADER.min_word or run[0].text in _OPENING):
            names[-1] += run
        else:
            names.append(run)
        last = len(run)
    return names


def _united_extents(words: Sequence[_Words]) -> list[Extent]:
    """The extents of words, those that overlap as one, from left to right."""
    united: list[Extent] = []
    for extent in sorted((word.extent for word in words), key=lambda one: one.left):
        if united and united[-1].overlap(extent) > 0:
            united[-1] = Extent(united[-1].left, max(united[-1].right, extent.right))
        else:
            united.append(extent)
    return united
