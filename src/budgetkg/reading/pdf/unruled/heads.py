"""The header of a table without rules: names that take two lines, names that stand over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.tables import PageCell, PageRow
from budgetkg.reading.pdf.text import lines_of, pieces
from budgetkg.reading.pdf.unruled.band_lines import ink_line, is_figure
from budgetkg.reading.pdf.unruled.gutters import Row, Span, runs, span_of

_COLUMN_GAP = 1.8
_NAME_GAP = 1.05
_NEAR = 2.2
_HALF = 0.3
_FEWEST = 2
_MOST_LINES = 4
_STEP = 1.5
_WIDER = 1.1
_OPENING = "（(［["


@dataclass(slots=True)
class _Name:
    """Some words of a header, and the spans of the names that they stand over."""

    glyphs: list[Glyph]
    span: Span
    middle: float
    over: list[Span] = field(default_factory=list)


def zone(rows: Sequence[Row], found: int) -> tuple[int, int]:
    """From which to which line a header reaches: names in two lines stand beside, over or under others."""
    start, stop = found, found + 1
    size = rows[found][0].size
    while start and _belongs(rows[start - 1], rows[start:stop], size):
        start -= 1
    while stop < len(rows) and _belongs(rows[stop], rows[start:stop], size):
        stop += 1
    return start, _second_lines(rows, start, stop)


def _second_lines(rows: Sequence[Row], start: int, stop: int) -> int:
    """Behind which line a header ends whose names go on under themselves: nearer than the rows below."""
    lines = [ink_line(row) for row in rows[start : stop + _MOST_LINES]]
    count = stop - start
    spans = [span_of(run) for row in rows[start:stop] for run in runs(row)]
    for number in range(count, len(lines) - 1):
        step, after = (lines[at].middle - lines[at - 1].middle for at in (number, number + 1))
        parts = [span_of(run) for run in runs(rows[start + number])]
        under = all(any(part.overlap(span) > 0 for span in spans) for part in parts)
        figured = any(is_figure(ink_line(run)) for run in runs(rows[start + number]))
        if not under or figured or step > _STEP * rows[start][0].size:
            break
        if after > _WIDER * step:
            return start + number + 1
    return stop


def _belongs(row: Row, others: Sequence[Row], size: float) -> bool:
    """Whether a line near a header has only words that stand beside those of the nearest of its lines."""
    line = ink_line(row)
    nearest = min(others, key=lambda other: abs(ink_line(other).middle - line.middle))
    apart = abs(ink_line(nearest).middle - line.middle)
    mine = pieces(list(row), _COLUMN_GAP)
    words = [ink_line(piece) for piece in mine]
    if apart > _NEAR * size or any("：" in one.text or ":" in one.text or is_figure(one) for one in words):
        return False
    spans = [span_of(piece) for piece in pieces(list(nearest), _COLUMN_GAP)]
    beside = not any(span_of(piece).overlap(one) > 0 for piece in mine for one in spans)
    left, right = min(one.left for one in spans), max(one.right for one in spans)
    return beside and left <= line.right and line.left <= right


@dataclass(slots=True)
class Head:
    """The names of a header."""

    _names: list[_Name]
    _groups: list[_Name]

    @property
    def names(self) -> list[Span]:
        """Where the names of the columns stand, from left to right."""
        return _clusters(self._names)

    def rows(self, bounds: Sequence[float]) -> list[PageRow]:
        """The header as one row of cells, or as two where names stand over several columns."""
        upper, lower = PageRow([]), PageRow([])
        cells: list[tuple[int, int, list[Glyph]]] = []
        for group in self._groups:
            columns = [_column((span.left + span.right) / 2, bounds) for span in group.over]
            cells.append((min(columns), max(columns), group.glyphs))
        for number, (left, right) in enumerate(pairwise(bounds)):
            mine = [name for name in self._names if number == _column(name.glyphs[0].x, bounds)]
            lines = lines_of([glyph for name in mine for glyph in name.glyphs])
            under = any(first <= number <= last for first, last, _ in cells)
            strips = 2 if cells and not under else 1
            (lower if under else upper).cells.append(PageCell(left, right, lines, strips=strips))
        for first, last, glyphs in cells:
            upper.cells.append(PageCell(bounds[first], bounds[last + 1], lines_of(glyphs)))
        upper.cells.sort(key=lambda cell: cell.left)
        return [upper, lower] if cells else [upper]


def head_of(rows: Sequence[Row]) -> Head:
    """Read the lines of a header."""
    words = [_name(glyphs) for row in rows for glyphs in _words(row)]
    middle = (min(word.middle for word in words) + max(word.middle for word in words)) / 2
    least = _HALF * rows[0][0].size
    uppers = [word for word in words if word.middle < middle - least]
    others = [word for word in words if word.middle >= middle - least]
    for span in _clusters(others):
        mine = [word for word in others if word.span.overlap(span) > 0]
        if uppers and all(word.middle > middle + least for word in mine):
            between = [word.span for word in others if word.middle <= middle + least]
            nearest = min(uppers, key=lambda word: _distance(word.span, span, between))
            nearest.over.append(span)
    groups = [word for word in uppers if len(word.over) >= _FEWEST]
    return Head([word for word in words if not any(word is group for group in groups)], groups)


def _distance(one: Span, other: Span, between: Sequence[Span]) -> float:
    """How far apart two names are; those with another name between them belong together least."""
    centre, its = (one.left + one.right) / 2, (other.left + other.right) / 2
    left, right = sorted((centre, its))
    walls = sum(left < (wall.left + wall.right) / 2 < right for wall in between)
    return abs(centre - its) + 1e6 * walls


def _name(glyphs: list[Glyph]) -> _Name:
    return _Name(glyphs, span_of(glyphs), ink_line(glyphs).middle)


def _words(row: Row) -> list[list[Glyph]]:
    """The names on a line: letters set apart are one name, words set apart are two."""
    found: list[list[Glyph]] = []
    last = 0
    for run in runs(row):
        near = bool(found) and run[0].x0 - found[-1][-1].x1 <= _NAME_GAP * run[0].size
        if near and (min(last, len(run)) < _FEWEST or run[0].text in _OPENING):
            found[-1] += run
        else:
            found.append(run)
        last = len(run)
    return found


def _clusters(words: Sequence[_Name]) -> list[Span]:
    found: list[Span] = []
    for span in sorted((word.span for word in words), key=lambda one: one.left):
        if found and found[-1].overlap(span) > 0:
            found[-1] = Span(found[-1].left, max(found[-1].right, span.right))
        else:
            found.append(span)
    return found


def _column(x: float, bounds: Sequence[float]) -> int:
    return max(sum(x >= bound for bound in bounds[:-1]) - 1, 0)
