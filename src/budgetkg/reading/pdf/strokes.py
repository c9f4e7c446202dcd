"""Painted paths → ruled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from budgetkg.reading.pdf.page import Rule
from budgetkg.reading.source import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Path: TypeAlias = Sequence[Any]
"""A step of a path: its operator, then its points' coordinates."""

_THIN = 3.0
_SHORT = 2.0
_STRAIGHT = 0.6
LARGEST_SIGN = 20.0
"""Points: what is smaller either way is a character, no table and no side of one."""
_CURVES = frozenset("cvy")


def moved(inner: Matrix, outer: Matrix) -> Matrix:
    """One matrix after the other."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def box_of(box: Sequence[float], ctm: Matrix) -> Box:
    """The box around a box that a matrix moves."""
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = ctm
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


def rules_of(path: Sequence[Path], ctm: Matrix, height: float, stroke: bool, clip: Box) -> Iterator[Rule]:
    """The lines that a painted path prints: its straight sides, or the whole of a thin filled one.

    An outline with curves is that of a character made bold by drawing its edge, or of a rounded box.
    """
    for corners, curved in _subpaths(path, ctm, height):
        if stroke:
            for one, other in pairwise(corners):
                if not curved or max(abs(one[0] - other[0]), abs(one[1] - other[1])) > LARGEST_SIGN:
                    yield from _side(one, other, clip)
        else:
            yield from _bar(corners, clip)


def _subpaths(
    path: Sequence[Path], ctm: Matrix, height: float
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corners of each part of a path, and whether curves lead from one to the next."""
    a, b, c, d, e, f = ctm
    corners: list[tuple[float, float]] = []
    curved = False
    for step in path:
        kind = step[0]
        if kind == "m" and corners:
            yield corners, curved
            corners, curved = [], False
        curved = curved or kind in _CURVES
        if kind == "h":
            corners += corners[:1]
        elif len(step) >= 3:
            x, y = step[-2], step[-1]
            corners.append((a * x + c * y + e, height - (b * x + d * y + f)))
    if corners:
        yield corners, curved


def _side(one: tuple[float, float], other: tuple[float, float], clip: Box) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = one, other
    if abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
        yield from _clipped(Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)), clip)
    elif abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
        yield from _clipped(Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)), clip)


def _bar(corners: list[tuple[float, float]], clip: Box) -> Iterator[Rule]:
    """A line drawn as a thin filled box, or a dot of one."""
    xs, ys = zip(*corners, strict=True)
    breadth, depth = max(xs) - min(xs), max(ys) - min(ys)
    if breadth <= _THIN and depth > _SHORT and depth > breadth:
        yield from _clipped(Rule(True, (min(xs) + max(xs)) / 2, min(ys), max(ys)), clip)
    elif depth <= _THIN and breadth > _SHORT:
        yield from _clipped(Rule(False, (min(ys) + max(ys)) / 2, min(xs), max(xs)), clip)
    elif breadth <= _SHORT and depth <= _SHORT:
        # A dot may be one of many that make a line, this way or that.
        yield from _clipped(Rule(True, (min(xs) + max(xs)) / 2, min(ys), max(ys)), clip)
        yield from _clipped(Rule(False, (min(ys) + max(ys)) / 2, min(xs), max(xs)), clip)


def _clipped(rule: Rule, clip: Box) -> Iterator[Rule]:
    """What the clip lets through of a line; half a stroke may stand outside."""
    left, upper, right, lower = clip
    near, far = (upper, lower) if rule.upright else (left, right)
    side, other = (left, right) if rule.upright else (upper, lower)
    start, end = max(rule.start, near), min(rule.end, far)
    if side - 1 <= rule.at <= other + 1 and start < end:
        yield Rule(rule.upright, rule.at, start, end)
