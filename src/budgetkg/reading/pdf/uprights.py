"""Tables with level rules only: the uprights that their columns would have.

A browser draws the line under a row cell by cell, so that the line shows where its pieces meet: there
columns part, on this page and on those over which the table runs. Where a text runs across such a place
its cell is merged; everywhere else an upright is put, and the page is read like one with all its rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkg.reading.pdf.levels import Level, Part, levels_of, parts
from budgetkg.reading.pdf.page import SEEN, Glyph, Ink, Rule
from budgetkg.reading.pdf.text import is_page_number, pieces, rows_of

_TOUCH = 0.06
_WORD = 1.8
_CROSSES = 1.0
_FAR = 0.8
_NEAR = 0.4
_ALIKE = 0.1
_FOOT = 0.75
_FEWEST_NAMES = 3
_FEWEST_CELLS = 2
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile("[:：]")


@dataclass(slots=True)
class _Line:
    """A printed line: its runs of touching characters, from where to where each reaches."""

    top: float
    bottom: float
    runs: list[tuple[float, float]]
    words: list[str]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(self.words)

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top

    def crosses(self, x: float) -> bool:
        """Whether a word of it reaches over a place."""
        return any(left < x - _CROSSES and x + _CROSSES < right for left, right in self.runs)


@dataclass(slots=True)
class _Sheet:
    """A page: its ink, what was drawn over itself, its level lines where no uprights part them."""

    ink: Ink
    again: list[Glyph]
    levels: list[Level]
    _lines: list[_Line] | None = None

    @property
    def lines(self) -> list[_Line]:
        """Its printed lines."""
        if self._lines is None:
            self._lines = _lines_of(self.ink.glyphs)
        return self._lines


def with_uprights(pages: Iterable[tuple[Ink, list[Glyph]]]) -> Iterator[tuple[Ink, list[Glyph]]]:
    """The pages, with uprights put where level lines say that columns part."""
    part: Part | None = None
    before: _Sheet | None = None
    held: _Sheet | None = None
    for ink, again in pages:
        sheet = _Sheet(ink, again, levels_of(ink.rules))
        if held is not None:
            part = _complete(held, part, (before, sheet))
            yield held.ink, held.again
        before, held = held, sheet
    if held is not None:
        _complete(held, part, (before, None))
        yield held.ink, held.again


def _complete(sheet: _Sheet, before: Part | None, beside: tuple[_Sheet | None, _Sheet | None]) -> Part | None:
    """Put the uprights of a page; returns the part of a table with which it ends."""
    found = parts(sheet.levels, before)
    if not found and before is not None and before.is_cut and not sheet.ink.rules:
        found = [Part([], before.bounds)]
    if not found:
        return None
    lines = _without_running(sheet.lines, [other.lines for other in beside if other is not None])
    made: list[Rule] = []
    for number, part in enumerate(found):
        top = bottom = None
        if number == 0:
            top = _reach_up(part, lines, before)
        if number == len(found) - 1:
            bottom = _reach_down(part, lines, sheet.ink.height, beside[1])
        if not part.levels and (top is None or bottom is None):
            return None
        made += _uprights(part, lines, top, bottom)
    sheet.ink = replace(sheet.ink, rules=[*sheet.ink.rules, *made])
    return found[-1]


def _without_running(lines: Sequence[_Line], beside: Sequence[Sequence[_Line]]) -> list[_Line]:
    """The lines of a page without those at its edges that say its number, or stand on its neighbours too."""
    known = {_place(line) for other in beside for line in other}
    mine = list(lines)
    for at, step in ((0, 1), (-1, -1)):
        while mine and len(mine[at].words) < _FEWEST_NAMES:
            line, far = mine[at], len(mine) == 1 or _is_apart(mine[at], mine[at + step])
            if not (far and (_place(line) in known or is_page_number(line.text))):
                break
            del mine[at]
    return mine


def _is_apart(line: _Line, inner: _Line) -> bool:
    """Whether a line at the edge of a page keeps away from the next one, most if as large."""
    gap = max(inner.top - line.bottom, line.top - inner.bottom)
    alike = abs(line.size - inner.size) <= _ALIKE * inner.size
    return gap > (_FAR if alike else _NEAR) * line.size


def _place(line: _Line) -> tuple[int, str]:
    """Where a line stands and what it says, numbers left out."""
    return round(line.y), _NUMBER.sub("", line.text)


def _lines_of(glyphs: Iterable[Glyph]) -> list[_Line]:
    found: list[_Line] = []
    for row in rows_of([glyph for glyph in glyphs if glyph.cut == SEEN and not glyph.turn]):
        runs = pieces(row, _TOUCH)
        if runs:
            inked = [glyph for run in runs for glyph in run]
            top, bottom = min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked)
            words = ["".join(glyph.text for glyph in word) for word in pieces(row, _WORD)]
            found.append(_Line(top, bottom, [(run[0].x0, run[-1].x1) for run in runs], words))
    return found


def _reach_up(part: Part, lines: Sequence[_Line], before: Part | None) -> float | None:
    """Where a table begins above its first rule: at the rest of a row, or at a row that has no rule above."""
    first = part.levels[0].at if part.levels else None
    above = [line for line in lines if first is None or line.y < first]
    if part.is_of(before) and before is not None and before.is_cut:
        return above[0].top - _CROSSES if above else None
    if above and part.is_of(before) and not any(map(_is_labels, above)):
        crossed = any(line.crosses(x) for line in above for x in part.bounds)
        if not crossed or _inked(above, part) >= _FEWEST_CELLS:
            return above[0].top - _CROSSES
    # Names without a rule above: what stands over them reaches across the columns, or is a label.
    names: list[_Line] = []
    for line in reversed(above):
        if any(map(line.crosses, part.bounds)) or _is_labels(line):
            break
        names.append(line)
    return names[-1].top - _CROSSES if _inked(names, part) >= _FEWEST_NAMES else None


def _is_labels(line: _Line) -> bool:
    """Whether a line says what holds for the whole table (单位：万元)."""
    return all(_LABEL.search(word) for word in line.words)


def _inked(lines: Sequence[_Line], part: Part) -> int:
    """How many cells of a row have words, if some lines make one."""
    sides = [x for x in part.bounds if not any(line.crosses(x) for line in lines)]
    middles = [(left + right) / 2 for line in lines for left, right in line.runs]
    return sum(any(left < x < right for x in middles) for left, right in pairwise(sides))


def _reach_down(part: Part, lines: Sequence[_Line], height: float, after: _Sheet | None) -> float | None:
    """Where a row that the page break cuts ends below the last rule, if one does."""
    last = part.levels[-1].at if part.levels else 0.0
    below = [line for line in lines if line.y > last]
    if not below or after is None or below[-1].bottom < _FOOT * height:
        return None
    following = parts(after.levels, part)
    if not (following and following[0].is_of(part)) and after.ink.rules:
        return None
    part.is_cut = True
    return below[-1].bottom + _CROSSES


def _uprights(part: Part, lines: Sequence[_Line], top: float | None, bottom: float | None) -> list[Rule]:
    """An upright on each side of a column, but where words reach over it, or no line says that it is one."""
    upper = Level(top, 0, 0) if top is not None else part.levels[0]
    lower = Level(bottom, 0, 0) if bottom is not None else part.levels[-1]
    sides = (part.bounds[0], part.bounds[-1])
    made: list[Rule] = []
    for x in part.bounds:
        inner = [level for level in part.levels if level.covers(x) and upper.at < level.at < lower.at]
        over = [] if x in sides else sorted(line.y for line in lines if line.crosses(x))
        for one, other in pairwise([upper, *inner, lower]):
            ends = [level for level in (one, other) if level.end]
            told = x in sides or not ends or any(level.parts(x) or not level.covers(x) for level in ends)
            if told and bisect_left(over, other.at) == bisect_right(over, one.at):
                made.append(Rule(True, x, one.at, other.at))
    return made
