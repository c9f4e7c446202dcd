"""Rows of a table without rules whose cells take several lines: where a page parts into bands.

A spreadsheet program sets the cells of a row to its top, its middle or its bottom. So the lines of a
page are parted into bands such that the cells of each band agree in that place, hold evenly stepped
lines, no second amount, no second numbering; the parting that costs least is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.unruled.band_lines import Column, InkLine, Settings

_APART = 0.85
_SLACK = 0.12
_FARTHEST = 2.0
_MISFIT = 2.0
_ROW = 0.2
_NO_NAME = 1.5
_NO_FIGURE = 1.5
_LONELY = 1.0
_BROKEN = 0.5
_DOUBT_MISFIT = 1.0
_DOUBT_INSIDE = 3.0
_HOPELESS = 40.0
_NEVER = 1e9
_MOST_LINES = 400

HANGS = (0.5, 0.0, 1.0)
"""Where in their row cells hang, as a share of the room they leave: the middle, the top, the bottom."""

_Reach = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Parting:
    """How a page parts: the lines with which bands begin, in the order of all lines, and its cost.

    ``doubts`` says of each band whether its lines may belong to other rows.
    """

    lines: tuple[tuple[int, InkLine], ...]
    starts: tuple[int, ...]
    cost: float
    misfit: float
    doubts: tuple[bool, ...] = ()

    def bands(self) -> list[list[tuple[int, InkLine]]]:
        """The lines of each band with their columns."""
        return [list(self.lines[one:other]) for one, other in pairwise((*self.starts, len(self.lines)))]


def parted(columns: Sequence[Column], settings: Settings, forced: Sequence[float] = ()) -> Parting:
    """The cheapest parting of the lines of a page into bands; ``forced`` are places of printed rules."""
    return _Page(columns, settings, forced).parting()


class _Page:
    """The lines of a page in order, and for each place how many lines of each column stand above it."""

    def __init__(self, columns: Sequence[Column], settings: Settings, forced: Sequence[float]) -> None:
        self.columns = columns
        self.settings = settings
        self.lines = sorted(
            ((number, line) for number, column in enumerate(columns) for line in column.lines),
            key=lambda found: found[1].middle,
        )
        above = [0] * len(columns)
        self.above = [tuple(above)]
        for number, _ in self.lines:
            above[number] += 1
            self.above.append(tuple(above))
        self.figured = [column.figured for column in columns]
        self.forced = {self._place_of(rule) for rule in forced}

    def _place_of(self, rule: float) -> int:
        return sum(line.middle < rule for _, line in self.lines)

    def parting(self) -> Parting:
        """Walk down the page, each place remembering the cheapest way to it."""
        end = len(self.lines)
        places = self._places()
        best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
        for index, stop in enumerate(places[1:], start=1):
            found = (_NEVER, places[index - 1])
            parting = self._between(stop) if stop < end else 0.0
            for start in reversed(places[:index]):
                own = self._band(start, stop)
                if own >= _NEVER:
                    break
                found = min(found, (best[start][0] + own + parting, start))
                if start in self.forced or stop - start > _MOST_LINES:
                    break
            best[stop] = found if found[0] < _NEVER else (best[found[1]][0] + _FARTHEST, found[1])
        starts = [best[end][1]] if end else []
        while starts and starts[-1]:
            starts.append(best[starts[-1]][1])
        starts.reverse()
        bands = list(pairwise((*starts, end)))
        misfit = sum(self._misfit(*band) for band in bands)
        doubts = tuple(self._is_doubtful(*band) for band in bands)
        return Parting(tuple(self.lines), tuple(starts), best[end][0], misfit, doubts)

    def _is_doubtful(self, start: int, stop: int) -> bool:
        """Whether cells of a band disagree in their place, hold what two cells would, or are too few."""
        inside = sum(self._inside(number, start, stop)[0] for number in range(len(self.columns)))
        figures = sum(self._inside(number, start, stop)[1] for number in range(len(self.columns)))
        unnamed = start > 0 and self.above[start][0] == self.above[stop][0]
        bare = unnamed and not figures and any(self.figured)
        return bare or inside >= _DOUBT_INSIDE or self._misfit(start, stop) >= _DOUBT_MISFIT

    def _places(self) -> list[int]:
        """Where bands may part: where no line reaches from one into the other, and where two lines of
        a column stand too close to be of one cell, whose text is higher than its row."""
        least = _APART * self.settings.step
        inner = [
            number
            for number, (one, other) in enumerate(pairwise(self.lines), start=1)
            if number in self.forced or one[0] == other[0] or other[1].middle - one[1].middle >= least
        ]
        return [0, *inner, len(self.lines)] if self.lines else [0]

    def _band(self, start: int, stop: int) -> float:
        cost = _ROW
        first = start == 0
        figures = cells = 0
        for number in range(len(self.columns)):
            inside, found = self._inside(number, start, stop)
            if found > 1:
                return _NEVER
            cells += self.above[start][number] != self.above[stop][number]
            figures += found
            cost += inside
        if cost > _HOPELESS:
            return _NEVER
        if not first or self.settings.goes_on:
            missing = _NO_NAME if self.above[start][0] == self.above[stop][0] else 0.0
            missing += _NO_FIGURE if not figures and any(self.figured) else 0.0
            # The end of a row on the page before has neither name nor figures.
            share = 1.0 if not first else 0.5 if missing < _NO_NAME + _NO_FIGURE else 0.25
            cost += share * (missing + (_LONELY if cells == 1 else 0.0))
        return cost + self._misfit(start, stop)

    def _inside(self, number: int, start: int, stop: int) -> tuple[float, int]:
        """What it costs to take the lines of a column in a band as one cell, and its amounts."""
        column, one, other = self.columns[number], self.above[start][number], self.above[stop][number]
        if one == other:
            return 0.0, 0
        return column.inside(one, other, start == 0 and self.settings.goes_on), column.figures(one, other)

    def _misfit(self, start: int, stop: int) -> float:
        """How far the cells of a band disagree in their place, against the tallest of them."""
        tallest: _Reach | None = None
        reaches: list[_Reach] = []
        for number, column in enumerate(self.columns):
            one, other = self.above[start][number], self.above[stop][number]
            if one == other:
                continue
            top, bottom = column.lines[one].middle, column.lines[other - 1].middle
            reaches.append((number, top, bottom))
            if tallest is None or bottom - top > tallest[2] - tallest[1]:
                tallest = reaches[-1]
        if tallest is None:
            return 0.0
        if start == 0 and not self.settings.goes_on:
            # The header hangs as it likes, whatever the rows under it do.
            return min(self._apart(reaches, tallest, (hang,) * len(self.columns)) for hang in HANGS)
        cost = self._apart(reaches, tallest, self.settings.hang)
        if cost and stop < len(self.lines) and len(set(self.settings.hang)) > 1:
            # Where some cells hang at the top, the next row tells how high this one is.
            lower = max(tallest[2], self.lines[stop][1].middle - self.settings.step)
            cost = min(cost, self._apart(reaches, (tallest[0], tallest[1], lower), self.settings.hang))
        if start == 0 or (stop == len(self.lines) and self.settings.breaks):
            # Text that flows on over the page break begins at the top of each of its parts.
            cost = min(cost, _BROKEN + self._apart(reaches, tallest, (0.0,) * len(self.columns)))
        return cost

    def _apart(self, reaches: list[_Reach], tallest: _Reach, hang: Sequence[float]) -> float:
        """The distances between where cells are and where they would hang in the row of the tallest."""
        _, upper, lower = tallest
        cost = 0.0
        for number, top, bottom in reaches:
            share = hang[number]
            apart = abs(top - upper + share * (bottom - top - lower + upper)) / self.settings.step
            cost += _MISFIT * min(max(apart - _SLACK, 0.0), _FARTHEST)
        return cost

    def _between(self, place: int) -> float:
        """What it costs to part a text that looks like going on."""
        return sum(
            column.parting(above)
            for column, above in zip(self.columns, self.above[place], strict=True)
            if 0 < above < len(column.lines)
        )
