"""Tables with horizontal edges only: the vertical edges that their columns would have are added.

Columns part where the pieces of the horizontal edges meet, on this page and on those over which the table
runs. Where a text runs across such a place its cell is merged; everywhere else a vertical edge is added, and
the page is read like one with all its lines printed: the steps that follow need not know.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkg.reading.pdf.horizontal_edges import (
    HorizontalEdge,
    OpenSidedPart,
    horizontal_edges,
    open_sided_parts,
)  # fmt: skip
from budgetkg.reading.pdf.page import VISIBLE, DrawnPage, Edge, Glyph
from budgetkg.reading.pdf.settings import OPEN_SIDED, TEXT
from budgetkg.reading.pdf.text import is_label, is_page_number, split_at_gaps, text_rows, without_digits


@dataclass(slots=True)
class _Line:
    """A printed line: from where to where each of its runs of touching glyphs reaches, and its words."""

    top: float
    bottom: float
    runs: list[tuple[float, float]]
    words: list[str]

    @property
    def text(self) -> str:
        """The words without the blanks between them."""
        return "".join(self.words)

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height in points."""
        return self.bottom - self.top

    def crosses(self, x: float) -> bool:
        """Whether a run of it reaches over a place."""
        least = OPEN_SIDED.crossing
        return any(left < x - least and x + least < right for left, right in self.runs)


@dataclass(slots=True)
class _Sheet:
    """A page, what it draws over itself, and its horizontal edges if no vertical ones part them."""

    page: DrawnPage
    overprint: list[Glyph]
    edges: list[HorizontalEdge]
    _lines: list[_Line] | None = None

    @property
    def lines(self) -> list[_Line]:
        """Its printed lines from top to bottom."""
        if self._lines is None:
            self._lines = _lines_of(self.page.glyphs)
        return self._lines


def with_vertical_edges(
    pages: Iterable[tuple[DrawnPage, list[Glyph]]],
) -> Iterator[tuple[DrawnPage, list[Glyph]]]:
    """Yield pages (each with the glyphs that it draws over others), vertical edges added where columns part.

    A page is held back until the next one is there: its last row may go on on it.
    """
    part: OpenSidedPart | None = None
    before: _Sheet | None = None
    held: _Sheet | None = None
    for page, overprint in pages:
        sheet = _Sheet(page, overprint, horizontal_edges(page.edges))
        if held is not None:
            part = _complete(held, part, before, sheet)
            yield held.page, held.overprint
        before, held = held, sheet
    if held is not None:
        _complete(held, part, before, None)
        yield held.page, held.overprint


def _complete(
    sheet: _Sheet, part_before: OpenSidedPart | None, before: _Sheet | None, after: _Sheet | None
) -> OpenSidedPart | None:
    """Add the vertical edges of a page; returns the part of a table with which it ends."""
    parts = open_sided_parts(sheet.edges, part_before)
    if not parts and part_before is not None and part_before.is_cut and not sheet.page.edges:
        parts = [OpenSidedPart([], part_before.boundaries)]  # a page within one row
    if not parts:
        return None
    neighbours = [other.lines for other in (before, after) if other is not None]
    lines = _without_headers_footers(sheet.lines, neighbours)
    parts = [part for part in parts if not _is_frame(part, lines)]
    if not parts:
        return None
    made: list[Edge] = []
    for number, part in enumerate(parts):
        top = bottom = None
        if number == 0:
            top = _top_above_edges(part, lines, part_before)
        if number == len(parts) - 1:
            bottom = _bottom_below_edges(part, lines, sheet.page.height, after)
        if not part.edges and (top is None or bottom is None):
            return None
        made += _vertical_edges(part, lines, top, bottom)
    sheet.page = replace(sheet.page, edges=[*sheet.page.edges, *made])
    return parts[-1]


def _without_headers_footers(lines: Sequence[_Line], neighbours: Sequence[Sequence[_Line]]) -> list[_Line]:
    """The lines of a page without its number and what stands at the edge of neighbouring pages too."""
    known = {_place_and_text(line) for other in neighbours for line in other}
    own = list(lines)
    for at, step in ((0, 1), (-1, -1)):
        while own and len(own[at].words) < OPEN_SIDED.min_names:
            line, apart = own[at], len(own) == 1 or _is_apart(own[at], own[at + step])
            if not (apart and (_place_and_text(line) in known or is_page_number(line.text))):
                break
            del own[at]
    return own


def _is_apart(line: _Line, inner: _Line) -> bool:
    """Whether a line at the edge of a page keeps away from the next one; of one type size, even more so."""
    gap = max(inner.top - line.bottom, line.top - inner.bottom)
    alike = abs(line.size - inner.size) <= OPEN_SIDED.same_size * inner.size
    least = OPEN_SIDED.footer_gap_same_size if alike else OPEN_SIDED.footer_gap
    return gap > least * line.size


def _place_and_text(line: _Line) -> tuple[int, str]:
    """Where a line stands and what it says, numbers left out."""
    return round(line.middle), without_digits(line.text)


def _lines_of(glyphs: Iterable[Glyph]) -> list[_Line]:
    lines: list[_Line] = []
    for row in text_rows([glyph for glyph in glyphs if glyph.visibility == VISIBLE and not glyph.rotation]):
        runs = split_at_gaps(row, OPEN_SIDED.touch_gap)
        if runs:
            inked = [glyph for run in runs for glyph in run]
            top, bottom = min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked)
            words = ["".join(glyph.text for glyph in word) for word in split_at_gaps(row, TEXT.column_gap)]
            lines.append(_Line(top, bottom, [(run[0].x0, run[-1].x1) for run in runs], words))
    return lines


def _top_above_edges(
    part: OpenSidedPart, lines: Sequence[_Line], before: OpenSidedPart | None
) -> float | None:
    """The y at which a table begins above its first edge, if it does.

    There the rest of a cut row may stand, a row that has no edge above, or the names of the header.
    """
    first = part.edges[0].at if part.edges else None
    above = [line for line in lines if first is None or line.middle < first]
    if part.has_columns_of(before) and before is not None and before.is_cut:
        return above[0].top - OPEN_SIDED.crossing if above else None
    if above and part.has_columns_of(before) and not any(map(_is_all_labels, above)):
        crossed = any(line.crosses(x) for line in above for x in part.boundaries)
        if not crossed or _filled_cells(above, part) >= OPEN_SIDED.min_filled_cells:
            return above[0].top - OPEN_SIDED.crossing
    # The names of a header without an edge above: what stands over them crosses columns, or is a label.
    names: list[_Line] = []
    for line in reversed(above):
        if any(map(line.crosses, part.boundaries)) or _is_all_labels(line):
            break
        names.append(line)
    if _filled_cells(names, part) >= OPEN_SIDED.min_names:
        return names[-1].top - OPEN_SIDED.crossing
    return None


def _is_all_labels(line: _Line) -> bool:
    """Whether each word of a line is a label of the whole table (单位：万元)."""
    return all(map(is_label, line.words))


def _is_frame(part: OpenSidedPart, lines: Sequence[_Line]) -> bool:
    """Whether edges frame whole tables: between most of them several lines stand that fill columns each."""
    filled = [line.middle for line in lines if _filled_cells([line], part) >= OPEN_SIDED.min_names]
    rows = [
        bisect_left(filled, lower.at) - bisect_right(filled, upper.at)
        for upper, lower in pairwise(part.edges)
    ]
    framing = sum(count > OPEN_SIDED.max_lines_of_row for count in rows)
    return framing * 2 > sum(count > 0 for count in rows)


def _filled_cells(lines: Sequence[_Line], part: OpenSidedPart) -> int:
    """How many cells of a row have text, if some lines are one row of the table."""
    sides = [x for x in part.boundaries if not any(line.crosses(x) for line in lines)]
    middles = [(left + right) / 2 for line in lines for left, right in line.runs]
    return sum(any(left < x < right for x in middles) for left, right in pairwise(sides))


def _bottom_below_edges(
    part: OpenSidedPart, lines: Sequence[_Line], page_height: float, after: _Sheet | None
) -> float | None:
    """The y at which a row that the page break cuts ends below the last edge, if there is one.

    The row is cut if its text reaches the foot of the page, and the table goes on on the next one.
    """
    last = part.edges[-1].at if part.edges else 0.0
    below = [line for line in lines if line.middle > last]
    if not below or after is None or below[-1].bottom < OPEN_SIDED.foot_of_page * page_height:
        return None
    following = open_sided_parts(after.edges, part)
    if not (following and following[0].has_columns_of(part)) and after.page.edges:
        return None
    part.is_cut = True
    return below[-1].bottom + OPEN_SIDED.crossing


def _vertical_edges(
    part: OpenSidedPart, lines: Sequence[_Line], top: float | None, bottom: float | None
) -> list[Edge]:
    """A vertical edge on each boundary, but where text crosses it, or no edge above or below parts there."""
    upper = HorizontalEdge(top, 0, 0) if top is not None else part.edges[0]
    lower = HorizontalEdge(bottom, 0, 0) if bottom is not None else part.edges[-1]
    sides = (part.boundaries[0], part.boundaries[-1])
    made: list[Edge] = []
    for x in part.boundaries:
        inner = [edge for edge in part.edges if edge.covers(x) and upper.at < edge.at < lower.at]
        crossing = [] if x in sides else sorted(line.middle for line in lines if line.crosses(x))
        for one, other in pairwise([upper, *inner, lower]):
            ends = [edge for edge in (one, other) if edge.end]  # top and bottom of a cut row are no edges
            parts = x in sides or not ends or any(
                edge.parts_columns_at(x) or not edge.covers(x) for edge in ends
            )  # fmt: skip
            if parts and bisect_left(crossing, other.at) == bisect_right(crossing, one.at):
                made.append(Edge(True, x, one.at, other.at))
    return made
