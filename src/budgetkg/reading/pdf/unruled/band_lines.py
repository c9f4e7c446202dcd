"""The lines of one column of a table without rules, and what they say about where its cells end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from budgetkg.folding import is_wide
from budgetkg.reading.pdf.page import Glyph

_FIGURE = re.compile(r"-?[\d,，.．]+%?")
_NUMBERED = re.compile(r"[（(【]?(\d{1,2})[、.．)）】](?!\d)")
_HOLE = 1.12
_TIGHT = 0.85
_NEAR = 0.3
_HOLE_COST = 3.0
_MIXED_COST = 3.0
_RESTART_COST = 4.0
_LATE_COST = 2.0
_EARLY_END_COST = 0.6
_FULL_COST = 1.0
_STEP_COST = 0.3
_FIGURED = 0.5
_EDGE_SHARE = 0.15
_FILLED = 0.75
_SEVERAL = 0.05
_ENDS = "。；;！？!?"
_CLOSING = "，。、；：！？）》”’〕】"


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of one column."""

    glyphs: tuple[Glyph, ...]
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """How far it reaches."""
        return self.right - self.left

    @property
    def number(self) -> int | None:
        """The number that it begins with: 1、"""
        found = _NUMBERED.match(self.text)
        return int(found[1]) if found else None

    @property
    def first_word(self) -> float:
        """How much room its first word takes, which is what a fuller line above would have needed."""
        inked = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        count = 1
        while count < len(inked) and _bound(inked[count - 1].text, inked[count].text):
            count += 1
        return inked[count - 1].x1 - inked[0].x0


def _bound(one: str, other: str) -> bool:
    return other in _CLOSING or not (is_wide(one[-1:]) or is_wide(other[:1]))


def ink_line(row: Sequence[Glyph]) -> InkLine:
    """A row of glyphs as a line."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    sizes = sorted(inked, key=lambda glyph: glyph.size)
    usual = sizes[len(sizes) // 2]
    return InkLine(
        tuple(row), "".join(glyph.text for glyph in row).strip(),
        min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked), usual.top, usual.bottom,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a page: the step between lines, where in their row the cells of each column hang
    (0 its top, 0.5 its middle, 1 its bottom), whether the first row may go on from the page before, the
    last one on the page after."""

    step: float
    hang: tuple[float, ...]
    goes_on: bool = False
    breaks: bool = False


@dataclass(slots=True)
class Column:
    """The lines of a column on a page; ``width`` is how far a line may reach, ``figured`` whether the
    column holds amounts."""

    lines: list[InkLine]
    step: float
    width: float
    figured: bool
    _figures: list[int] = field(default_factory=list)
    _inside: list[float] = field(default_factory=list)
    _parting: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        figures = (self.figured and is_figure(line) for line in self.lines)
        self._figures = [0, *accumulate(map(int, figures))]
        pairs = list(pairwise(self.lines))
        self._inside = [0.0, *accumulate(self._going_on(one, other) for one, other in pairs)]
        self._parting = [self._ending(one, other) for one, other in pairs]

    def figures(self, start: int, stop: int) -> int:
        """How many of its lines are amounts."""
        return self._figures[stop] - self._figures[start]

    def inside(self, start: int, stop: int, goes_on: bool) -> float:
        """What it costs to take these lines as one cell."""
        cost = self._inside[stop - 1] - self._inside[start]
        if self.figures(start, stop) and stop - start > 1:
            cost += _MIXED_COST
        first = self.lines[start].number
        if first is not None and first > 1 and not goes_on:
            cost += _LATE_COST
        if first is not None and any(line.number == 1 for line in self.lines[start + 1 : stop]):
            cost += _RESTART_COST
        return cost

    def as_one(self, start: int, stop: int) -> float:
        """The same, wherever the cell begins."""
        return self.inside(start, stop, True)

    def parting(self, place: int) -> float:
        """What it costs to end a cell before a line."""
        return self._parting[place - 1]

    def _going_on(self, one: InkLine, other: InkLine) -> float:
        if not _TIGHT * self.step <= other.middle - one.middle <= _HOLE * self.step:
            return _HOLE_COST
        ends = other.number is not None or one.text[-1:] in _ENDS
        return 0.0 if ends or self._full(one, other) else _EARLY_END_COST

    def _ending(self, one: InkLine, other: InkLine) -> float:
        if not _TIGHT * self.step <= other.middle - one.middle <= _HOLE * self.step:
            return 0.0
        full = self._full(one, other) and one.text[-1:] not in _ENDS
        return _STEP_COST + (_FULL_COST if full else 0.0)

    def _full(self, one: InkLine, other: InkLine) -> bool:
        """Whether the next line's first word had no room on this one."""
        return one.width + other.first_word > self.width - _NEAR * (one.bottom - one.top)


def is_figure(line: InkLine) -> bool:
    """Whether a line is an amount and nothing else."""
    return bool(_FIGURE.fullmatch(line.text))


def usual_step(columns: Iterable[Sequence[InkLine]]) -> float:
    """The step between the lines of one cell: the least that several lines of their size have."""
    steps: Counter[float] = Counter()
    sizes: list[float] = []
    for lines in columns:
        sizes += [line.bottom - line.top for line in lines]
        for one, other in pairwise(lines):
            step, size = other.middle - one.middle, one.bottom - one.top
            if 0.9 * size < step < 2.2 * size:
                steps[round(step * 5) / 5] += 1
    if not steps:
        return 1.15 * sorted(sizes)[len(sizes) // 2] if sizes else 1.0
    near = {step: sum(steps[round((step + off) * 5) / 5] for off in (-0.2, 0, 0.2)) for step in steps}
    # Rows of one line each stand further apart than the lines of a cell, and there may be more of them.
    least = min(step for step in steps if near[step] >= _SEVERAL * max(near.values()))
    return max((least, least + 0.2, least + 0.4), key=lambda step: steps[round(step * 5) / 5])


def usual_width(lines: Sequence[InkLine], room: float) -> float:
    """How far the lines of a column may reach: as far as several do, else as far as there is room."""
    if not lines:
        return room
    widest = max(line.width for line in lines)
    size = lines[0].bottom - lines[0].top
    many = sum(line.width > widest - size for line in lines)
    filled = widest >= _FILLED * room and many >= max(3, _EDGE_SHARE * len(lines))
    return widest if filled else max(widest, room - size)


def is_figured(lines: Sequence[InkLine]) -> bool:
    """Whether a column holds amounts."""
    figures = sum(map(is_figure, lines))
    return figures >= 1 and figures >= _FIGURED * len(lines)
