"""Where blanks part the columns of a table without rules: over all its lines on all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.page import Glyph
from budgetkg.reading.pdf.text import pieces

_BIN = 0.25
_TOUCH = 0.15
_GUTTER = 0.6
_NARROW = 0.08
_SUPPORT = 3
_FEW = 0.04
_HANGING = "，。、；：,.;:"

Row = Sequence[Glyph]


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where something reaches."""

    left: float
    right: float

    def overlap(self, other: Span) -> float:
        """How far two of them cover one another."""
        return min(self.right, other.right) - max(self.left, other.left)


def runs(row: Row) -> list[list[Glyph]]:
    """A row cut where its glyphs don't touch."""
    return pieces(list(row), _TOUCH)


def span_of(run: Row) -> Span:
    """The ink of a run; a mark at its end prints in its left half only."""
    last = run[-1]
    hangs = len(run) > 1 and last.text in _HANGING
    return Span(run[0].x0, (last.x0 + last.x1) / 2 if hangs else max(glyph.x1 for glyph in run))


def crosses(run: Row, names: Sequence[Span]) -> bool:
    """Whether a run of touching glyphs reaches over two names: no cell of the table does."""
    span, size = span_of(run), run[0].size
    return sum(span.overlap(name) > 0.5 * size for name in names) > 1


def boundaries(names: Sequence[Span], body: Sequence[Row]) -> list[float]:
    """The sides of the columns; the header's names say how many there are at least."""
    spans = [span_of(run) for row in body for run in runs(row) if not crosses(run, names)]
    inked = [*spans, *names]
    if not spans or not names:
        return []
    size = body[0][0].size
    left, right = min(span.left for span in inked), max(span.right for span in inked)
    profile = _Profile(left, right, inked)
    gutters = [gap for gap in profile.blanks(left, right) if _parts(gap, spans, names, size)]
    for one, other in pairwise(names):
        # Cells that reach to the side of their column leave little: the least inked stretch parts them.
        if not any(gap.left < other.left and gap.right > one.right for gap in gutters):
            least = profile.least(one.right, other.left, max(1, int(_FEW * len(body))))
            gutters += [least] if least is not None and least.right - least.left >= _NARROW * size else []
    middles = sorted((gap.left + gap.right) / 2 for gap in gutters)
    return [left - 1, *middles, right + 1]


def _parts(gap: Span, body: Sequence[Span], names: Sequence[Span], size: float) -> bool:
    """Whether a blank parts two columns, not the letters of one name or of a few texts."""
    if gap.right - gap.left < _GUTTER * size:
        return False
    if not any(name.left < gap.left and gap.right < name.right for name in names):
        return True
    sides = (sum(span.right <= gap.left for span in body), sum(span.left >= gap.right for span in body))
    return min(sides) >= _SUPPORT


class _Profile:
    """How many runs of glyphs stand over each place between two sides."""

    def __init__(self, left: float, right: float, spans: Iterable[Span]) -> None:
        self.left = left
        steps = [0] * (int((right - left) / _BIN) + 3)
        for span in spans:
            first, last = self._bin(span.left), self._bin(span.right - 0.01)
            steps[first] += 1
            steps[max(first, last) + 1] -= 1
        self.counts = [0] * len(steps)
        total = 0
        for place, step in enumerate(steps):
            total += step
            self.counts[place] = total

    def blanks(self, left: float, right: float) -> list[Span]:
        """The stretches between two places over which nothing stands."""
        return self._stretches(left, right, 0)

    def least(self, left: float, right: float, most: int) -> Span | None:
        """The widest of the stretches between two places with the fewest runs, if these are few."""
        counts = self.counts[self._bin(left) : self._bin(right) + 1]
        fewest = min(counts, default=most + 1)
        found = self._stretches(left, right, fewest) if fewest <= most else []
        return max(found, key=lambda span: span.right - span.left, default=None)

    def _stretches(self, left: float, right: float, count: int) -> list[Span]:
        found: list[Span] = []
        begun: int | None = None
        last = min(self._bin(right), len(self.counts) - 2)
        for place in range(max(self._bin(left), 0), last + 1):
            if self.counts[place] <= count:
                begun = place if begun is None else begun
            elif begun is not None:
                found.append(self._span(begun, place))
                begun = None
        if begun is not None:
            found.append(self._span(begun, last + 1))
        return found

    def _bin(self, place: float) -> int:
        return max(int((place - self.left) / _BIN), 0)

    def _span(self, first: int, end: int) -> Span:
        return Span(self.left + first * _BIN, self.left + end * _BIN)
