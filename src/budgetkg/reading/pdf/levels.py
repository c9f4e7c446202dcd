"""Level lines drawn piece by piece → the columns of a table that has no upright ones."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from budgetkg.reading.pdf.page import Rule
from budgetkg.reading.pdf.rules import clusters

_SAME = 1.5
_MEET = 3.0
_SHORTEST = 8.0
_FEWEST_LEVELS = 3
_FEWEST_BOUNDS = 4
_MOST_JOINTS = 200


@dataclass(slots=True)
class Level:
    """A level line: its height, its ends, and where the pieces it is drawn in meet."""

    at: float
    start: float
    end: float
    joints: list[float] = field(default_factory=list)

    def covers(self, x: float) -> bool:
        """Whether it stands over a place."""
        return self.start - _MEET <= x <= self.end + _MEET

    def parts(self, x: float) -> bool:
        """Whether pieces of it meet at a place, or it ends there."""
        return any(abs(x - joint) <= _MEET for joint in (self.start, self.end, *self.joints))


@dataclass(slots=True)
class Part:
    """What stands of a table on one page: its level lines, the sides of its columns.

    ``is_cut`` is whether its last row goes on on the next page.
    """

    levels: list[Level]
    bounds: list[float]
    is_cut: bool = False

    def is_of(self, other: Part | None) -> bool:
        """Whether both have the same columns."""
        return other is not None and (
            len(self.bounds) == len(other.bounds)
            and all(abs(one - two) <= _MEET for one, two in zip(self.bounds, other.bounds, strict=True))
        )


def levels_of(rules: Sequence[Rule]) -> list[Level]:
    """The level lines of a page from top to bottom, if it has no upright between them.

    The pieces of a line are as wide as cells: where dots and dashes meet says nothing.
    """
    mine = [rule for rule in rules if not rule.upright and rule.end - rule.start >= _SHORTEST]
    left = min((rule.start for rule in mine), default=0.0) + _MEET
    right = max((rule.end for rule in mine), default=0.0) - _MEET
    if any(rule.upright and left < rule.at < right for rule in rules):
        return []
    found: list[Level] = []
    for group in clusters(sorted(mine, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        line: Level | None = None
        for rule in sorted(group, key=lambda rule: (rule.start, rule.end)):
            if line is None or rule.start > line.end + _MEET:
                line = Level(at, rule.start, rule.end)
                found.append(line)
                continue
            if rule.start >= line.end - _SAME:
                line.joints.append((rule.start + line.end) / 2)
            line.end = max(line.end, rule.end)
    return found


def parts(levels: Sequence[Level], before: Part | None) -> list[Part]:
    """The tables that the level lines of a page make; the first may go on with the one before it."""
    groups: list[list[Level]] = []
    fullest: Level | None = None
    for level in levels:
        if not 0 < len(level.joints) <= _MOST_JOINTS:
            continue
        if fullest is not None and _agree(fullest, level):
            groups[-1].append(level)
            fullest = max(fullest, level, key=lambda line: len(line.joints))
        else:
            groups.append([level])
            fullest = level
    found: list[Part] = []
    for number, group in enumerate(groups):
        bounds = _bounds(group)
        upper = groups[number - 1][-1].at if number else -inf
        lower = groups[number + 1][0].at if number + 1 < len(groups) else inf
        if before is not None and not found and _goes_on(before, bounds):
            found.append(Part(_within(levels, before.bounds, upper, lower), before.bounds))
        elif len(group) >= _FEWEST_LEVELS and _FEWEST_BOUNDS <= len(bounds) <= _MOST_JOINTS:
            found.append(Part(_within(levels, bounds, upper, lower), bounds))
    return found


def _agree(fullest: Level, level: Level) -> bool:
    """Whether two lines are of one table: what is merged in one is rarely whole in the other."""
    left, right = max(fullest.start, level.start), min(fullest.end, level.end)
    mine, theirs = ([x for x in line.joints if left + _MEET < x < right - _MEET] for line in (level, fullest))
    few, many = sorted((mine, theirs), key=len)
    return bool(few) and 2 * sum(any(abs(x - y) <= _SAME for y in many) for x in few) >= len(few)


def _within(levels: Sequence[Level], bounds: Sequence[float], upper: float, lower: float) -> list[Level]:
    """The lines of a table: those that run from one of its columns to the end of another."""
    first = bisect_right(levels, upper, key=lambda level: level.at)
    last = bisect_left(levels, lower, key=lambda level: level.at)
    return [
        level
        for level in levels[first:last]
        if all(any(abs(end - x) <= _MEET for x in bounds) for end in (level.start, level.end))
    ]


def _bounds(group: Sequence[Level]) -> list[float]:
    """The sides of the columns: the ends of the lines, and where the pieces of several of them meet."""
    left, right = min(level.start for level in group), max(level.end for level in group)
    ends = [x for level in group for x in (level.start, level.end, *level.joints)]
    found: list[list[float]] = []
    for x in sorted(ends):
        if found and x - found[-1][0] <= _SAME:
            found[-1].append(x)
        else:
            found.append([x])
    means = [sum(xs) / len(xs) for xs in found if len(xs) > 1]
    return [left, *(x for x in means if left + _MEET < x < right - _MEET), right]


def _goes_on(before: Part, bounds: Sequence[float]) -> bool:
    """Whether the columns are those of the page before, but for merged ones."""
    return all(any(abs(x - y) <= _MEET for y in before.bounds) for x in bounds)
