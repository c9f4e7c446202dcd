"""Tables without rules: columns that blanks keep apart, rows that their figures or wider gaps begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from budgetkg.reading.pdf_page import Glyph
from budgetkg.reading.pdf_tables import PageCell, PageRow, PageTable
from budgetkg.reading.pdf_text import lines_of, pieces

_COLUMN_GAP = 1.8
_GUTTER = 0.6
_FEWEST_COLUMNS = 3
_FEWEST_LINES = 3
_ROW_GAP = 1.3
_HALF_LINE = 0.9
_FIGURE = re.compile(r"-?[\d,，.．]+%?")

_Lines = Sequence[Sequence[Glyph]]


def aligned_table(lines: _Lines, before: Sequence[float] = ()) -> tuple[int, int, PageTable] | None:
    """The first table that printed lines make by their alignment, from which line to which.

    ``before`` are the column boundaries of such a table on the page before: they hold on, because a
    column may be blank on a page.
    """
    for found, line in enumerate(lines):
        if len(pieces(list(line), _COLUMN_GAP)) < _FEWEST_COLUMNS:
            continue
        start = _top(lines, found)
        stop, columns = _reach(lines, start, found, before)
        if stop - start >= _FEWEST_LINES:
            return start, stop, _table(lines[start:stop], columns)
    return None


def _top(lines: _Lines, found: int) -> int:
    """The first line of a header of which some names take two lines, their halves beside the others."""
    start = found
    while start and _middle(lines[start]) - _middle(lines[start - 1]) < _HALF_LINE * lines[found][0].size:
        start -= 1
    return start


def _reach(lines: _Lines, first: int, start: int, before: Sequence[float]) -> tuple[int, list[float]]:
    """How far the blanks between columns go on, and where the columns part."""
    spans: list[tuple[float, float]] = []
    columns: list[float] = []
    fewest = _FEWEST_COLUMNS
    for line in lines[first:start]:
        spans = _united(spans, line)
    for stop in range(start, len(lines)):
        if stop > start and _far_below(lines[stop - 1], lines[stop]):
            return stop, columns
        wider = _united(spans, lines[stop])
        found = _boundaries(wider, before)
        if len(found) - 1 < fewest:
            return stop, columns
        spans, columns = wider, found
        # The first lines name the columns; later ones may show that two of their words are one name.
        fewest = max(fewest, (len(columns) + 1) // 2)
    return len(lines), columns


def _far_below(line: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    return other[0].top - line[0].bottom > 4 * line[0].size


def _united(spans: list[tuple[float, float]], line: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Stretches that hold ink, those of one more line added."""
    found: list[tuple[float, float]] = []
    ink = [(glyph.x0, glyph.x1) for glyph in line if not glyph.text.isspace()]
    size = max((glyph.size for glyph in line), default=0)
    for left, right in sorted([*spans, *ink]):
        if found and left - found[-1][1] <= _GUTTER * size:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _boundaries(spans: list[tuple[float, float]], before: Sequence[float]) -> list[float]:
    if before and not any(left < x < right for left, right in spans for x in before[1:-1]):
        return [min(before[0], spans[0][0] - 1), *before[1:-1], max(before[-1], spans[-1][1] + 1)]
    gutters = [(one[1] + other[0]) / 2 for one, other in pairwise(spans)]
    return [spans[0][0] - 1, *gutters, spans[-1][1] + 1] if spans else []


def _table(lines: _Lines, columns: list[float]) -> PageTable:
    cells = [_by_column(line, columns) for line in lines]
    top = min(glyph.top for glyph in lines[0])
    bottom = max(glyph.bottom for glyph in lines[-1])
    table = PageTable(columns, top, bottom, ruled=False)
    bounds = [*_row_starts(lines, cells), len(lines)]
    for first, last in pairwise(bounds):
        row = PageRow([], _middle(lines[last - 1]) - _middle(lines[first]))
        for number, (left, right) in enumerate(pairwise(columns)):
            mine = [glyph for line in cells[first:last] for glyph in line[number]]
            row.cells.append(PageCell(left, right, lines_of(mine), ends_page=last == len(lines)))
        table.rows.append(row)
    return table


def _by_column(line: Sequence[Glyph], columns: list[float]) -> list[list[Glyph]]:
    return [[glyph for glyph in line if left <= glyph.x < right] for left, right in pairwise(columns)]


def _row_starts(lines: _Lines, cells: list[list[list[Glyph]]]) -> list[int]:
    """The lines with which rows begin: behind a wider gap, or with the next figures beside a name."""
    steps = [_middle(other) - _middle(one) for one, other in pairwise(lines)]
    usual = median(steps)
    starts = [0]
    anchored = True  # the header is a row of its own, and has no figures
    for number, step in enumerate(steps, start=1):
        figures = _has_figure(cells[number])
        if step > _ROW_GAP * usual or (anchored and figures and cells[number][0]):
            starts.append(number)
            anchored = False
        anchored = anchored or figures
    return starts


def _has_figure(line: list[list[Glyph]]) -> bool:
    words = ("".join(glyph.text for glyph in cell).strip() for cell in line[1:])
    return any(_FIGURE.fullmatch(word) for word in words)


def _middle(line: Sequence[Glyph]) -> float:
    return sum(glyph.top + glyph.bottom for glyph in line) / (2 * len(line))
