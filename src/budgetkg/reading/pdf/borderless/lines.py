"""The lines of one column of a borderless table, and what they say about where its cells end.

All costs of this package are plain numbers that are added up; see :mod:`.settings` for their size.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from budgetkg.reading.pdf.borderless.settings import LINES
from budgetkg.reading.pdf.page import Glyph
from budgetkg.text import is_wide

_AMOUNT = re.compile(r"-?[\d,，.．]+%?")
_NUMBERING = re.compile(r"[（(【]?(\d{1,2})[、.．)）】](?!\d)")
_SENTENCE_ENDS = "。；;！？!?"
_NOT_FIRST = "，。、；：！？）》”’〕】"  # marks that begin no line


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line of text within one column; ``top`` and ``bottom`` are those of its usual type size.

    ``rules`` is how many horizontal lines are drawn above it, over its middle.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    left: float
    right: float
    top: float
    bottom: float
    rules: int = 0

    @property
    def middle(self) -> float:
        """The y of its middle: the place by which lines are compared."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """How far it reaches, in points."""
        return self.right - self.left

    @property
    def number(self) -> int | None:
        """The number with which it begins, as 1 in ``1、``."""
        numbering = _NUMBERING.match(self.text)
        return int(numbering[1]) if numbering else None

    @property
    def first_word_width(self) -> float:
        """How much room its first word takes: that is what a fuller line above would have needed."""
        inked = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        count = 1
        while count < len(inked) and _is_unbroken(inked[count - 1].text, inked[count].text):
            count += 1
        return inked[count - 1].x1 - inked[0].x0


def _is_unbroken(one: str, other: str) -> bool:
    """Whether no line breaks between two characters: between letters, or before a closing mark."""
    return other in _NOT_FIRST or not (is_wide(one[-1:]) or is_wide(other[:1]))


def column_line(row: Sequence[Glyph]) -> ColumnLine:
    """Make a line of a row of glyphs, of which at least one is no white space."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    sizes = sorted(inked, key=lambda glyph: glyph.size)
    usual = sizes[len(sizes) // 2]
    return ColumnLine(
        tuple(row), "".join(glyph.text for glyph in row).strip(),
        min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked), usual.top, usual.bottom,
    )  # fmt: skip


@dataclass(slots=True)
class PageColumn:
    """The lines of a column on one page, and what it costs to take stretches of them as one cell.

    ``step`` is the distance between the lines of one cell, ``width`` how far a line may reach, both in
    points; ``has_amounts`` is true of a column of amounts. Stretches of lines are given as numbers from
    ``start`` up to ``stop``, the end left out.
    """

    lines: list[ColumnLine]
    step: float
    width: float
    has_amounts: bool
    _amounts: list[int] = field(default_factory=list)
    _joining: list[float] = field(default_factory=list)
    _parting: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        amounts = (self.has_amounts and is_amount(line) for line in self.lines)
        # Sums up to each line, so that the sum over a stretch is one subtraction.
        self._amounts = [0, *accumulate(map(int, amounts))]
        pairs = list(pairwise(self.lines))
        self._joining = [0.0, *accumulate(self._cost_of_joining(one, other) for one, other in pairs)]
        self._parting = [self._cost_of_parting(one, other) for one, other in pairs]

    def amounts(self, start: int, stop: int) -> int:
        """How many of some lines are amounts."""
        return self._amounts[stop] - self._amounts[start]

    def cost_of_cell(self, start: int, stop: int, continues: bool) -> float:
        """What it costs to take some lines as one cell, or as the rest of one if it ``continues``."""
        cost = self._joining[stop - 1] - self._joining[start]
        if self.amounts(start, stop) and stop - start > 1:
            cost += LINES.amount_among_lines
        first = self.lines[start].number
        if first is not None and first > 1 and not continues:
            cost += LINES.late_numbering
        if first is not None and any(line.number == 1 for line in self.lines[start + 1 : stop]):
            cost += LINES.numbering_restart
        return cost

    def cost_of_continued_cell(self, start: int, stop: int) -> float:
        """The same, wherever the cell begins."""
        return self.cost_of_cell(start, stop, True)

    def cost_of_break(self, place: int) -> float:
        """What it costs to end a cell before the line of this number."""
        return self._parting[place - 1]

    def _cost_of_joining(self, one: ColumnLine, other: ColumnLine) -> float:
        if not self._is_one_step(one, other):
            return LINES.uneven_step
        ends = other.number is not None or one.text[-1:] in _SENTENCE_ENDS
        return 0.0 if ends or self._is_full(one, other) else LINES.short_line_goes_on

    def _cost_of_parting(self, one: ColumnLine, other: ColumnLine) -> float:
        if not self._is_one_step(one, other):
            return 0.0
        full = self._is_full(one, other) and one.text[-1:] not in _SENTENCE_ENDS
        return LINES.break_within_step + (LINES.break_after_full_line if full else 0.0)

    def _is_one_step(self, one: ColumnLine, other: ColumnLine) -> bool:
        return LINES.min_step * self.step <= other.middle - one.middle <= LINES.max_step * self.step

    def _is_full(self, one: ColumnLine, other: ColumnLine) -> bool:
        """Whether the next line's first word had no room on this one."""
        room = LINES.full_line_room * (one.bottom - one.top)
        return one.width + other.first_word_width > self.width - room


def is_amount(line: ColumnLine) -> bool:
    """Whether a line is an amount and nothing else."""
    return bool(_AMOUNT.fullmatch(line.text))


def usual_step(columns: Iterable[Sequence[ColumnLine]]) -> float:
    """The distance between the lines of one cell, in points: the least that several lines have."""
    steps: Counter[float] = Counter()
    sizes: list[float] = []
    unit = LINES.step_unit
    per_point = round(1 / unit)
    for lines in columns:
        sizes += [line.bottom - line.top for line in lines]
        for one, other in pairwise(lines):
            step, size = other.middle - one.middle, one.bottom - one.top
            if LINES.min_leading * size < step < LINES.max_leading * size:
                steps[round(step * per_point) / per_point] += 1
    if not steps:
        return LINES.usual_leading * sorted(sizes)[len(sizes) // 2] if sizes else 1.0
    near = {
        step: sum(steps[round((step + off) * per_point) / per_point] for off in (-unit, 0, unit))
        for step in steps
    }
    # Rows of one line each stand further apart than the lines of a cell, and there may be more of them.
    least = min(step for step in steps if near[step] >= LINES.step_min_share * max(near.values()))
    candidates = (least, least + unit, least + 2 * unit)
    return max(candidates, key=lambda step: steps[round(step * per_point) / per_point])


def usual_width(lines: Sequence[ColumnLine], room: float) -> float:
    """How far the lines of a column may reach: as far as several do, else as far as there is room."""
    if not lines:
        return room
    widest = max(line.width for line in lines)
    size = lines[0].bottom - lines[0].top
    many = sum(line.width > widest - size for line in lines)
    wide = widest >= LINES.wide_share * room
    filled = wide and many >= max(LINES.min_full_lines, LINES.full_lines_share * len(lines))
    return widest if filled else max(widest, room - size)


def has_amounts(lines: Sequence[ColumnLine]) -> bool:
    """Whether a column is one of amounts."""
    amounts = sum(map(is_amount, lines))
    return amounts >= 1 and amounts >= LINES.amounts_share * len(lines)
