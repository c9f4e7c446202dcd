"""Painted paths → edges: the straight lines of a page, from which tables are found.

A line of a table may be a stroked path, a filled box a point or two thin, or a row of small filled dots;
all of them become :class:`budgetkg.reading.pdf.page.Edge`, as in pdfplumber's ``edges``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from budgetkg.reading.pdf.page import Edge
from budgetkg.reading.pdf.settings import EDGES
from budgetkg.reading.source import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f of the transformation matrices of PDF (ISO 32000-1, 8.3.3)."""

PathStep: TypeAlias = Sequence[Any]
"""A step of a path: its operator (m, l, c, v, y, h), then the coordinates of its points."""

Point: TypeAlias = tuple[float, float]

_CURVES = frozenset("cvy")


def points_of(step: PathStep) -> Iterator[Point]:
    """The points of a step of a path."""
    numbers = step[1:]
    return zip(numbers[::2], numbers[1::2], strict=False)


def multiplied(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def bounding_box(box: Sequence[float], ctm: Matrix) -> Box:
    """The box around a box that a matrix moves (the moved one may stand aslant)."""
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = ctm
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


def edges_of(
    path: Sequence[PathStep], ctm: Matrix, page_height: float, stroked: bool, clip: Box
) -> Iterator[Edge]:
    """Yield the edges that a painted path prints within its clip.

    A stroked path has its straight sides as edges, a filled one only itself as a whole, if it is thin.
    Of an outline with curves the short sides are left out: it is a character made bold by drawing its
    outline; the long sides are those of a box with rounded corners.
    """
    for corners, curved in _subpaths(path, ctm, page_height):
        if stroked:
            for one, other in pairwise(corners):
                length = max(abs(one[0] - other[0]), abs(one[1] - other[1]))
                if not curved or length > EDGES.sign_max_size:
                    yield from _side(one, other, clip)
        else:
            yield from _thin_box(corners, clip)


def _subpaths(
    path: Sequence[PathStep], ctm: Matrix, page_height: float
) -> Iterator[tuple[list[Point], bool]]:
    """The corners of each subpath in page coordinates, and whether curves lead from one to the next."""
    a, b, c, d, e, f = ctm
    corners: list[Point] = []
    curved = False
    for step in path:
        operator = step[0]
        if operator == "m" and corners:
            yield corners, curved
            corners, curved = [], False
        curved = curved or operator in _CURVES
        if operator == "h":
            corners += corners[:1]
        elif len(step) >= 3:
            x, y = step[-2], step[-1]
            corners.append((a * x + c * y + e, page_height - (b * x + d * y + f)))
    if corners:
        yield corners, curved


def _side(one: Point, other: Point, clip: Box) -> Iterator[Edge]:
    (x0, y0), (x1, y1) = one, other
    if abs(x0 - x1) <= EDGES.straight_tolerance < abs(y0 - y1):
        yield from _clipped(Edge(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)), clip)
    elif abs(y0 - y1) <= EDGES.straight_tolerance < abs(x0 - x1):
        yield from _clipped(Edge(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)), clip)


def _thin_box(corners: list[Point], clip: Box) -> Iterator[Edge]:
    """A line drawn as a thin filled box, or a dot of a dotted line."""
    xs, ys = zip(*corners, strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    thin, dot = EDGES.line_max_thickness, EDGES.dot_max_size
    if width <= thin and height > dot and height > width:
        yield from _clipped(Edge(True, (min(xs) + max(xs)) / 2, min(ys), max(ys)), clip)
    elif height <= thin and width > dot:
        yield from _clipped(Edge(False, (min(ys) + max(ys)) / 2, min(xs), max(xs)), clip)
    elif width <= dot and height <= dot:
        # A dot alone does not say of which line it is one, a vertical or a horizontal one.
        yield from _clipped(Edge(True, (min(xs) + max(xs)) / 2, min(ys), max(ys)), clip)
        yield from _clipped(Edge(False, (min(ys) + max(ys)) / 2, min(xs), max(xs)), clip)


def _clipped(edge: Edge, clip: Box) -> Iterator[Edge]:
    """What the clip lets through of an edge, if anything."""
    left, upper, right, lower = clip
    near, far = (upper, lower) if edge.vertical else (left, right)
    side, opposite = (left, right) if edge.vertical else (upper, lower)
    start, end = max(edge.start, near), min(edge.end, far)
    room = EDGES.clip_tolerance
    if side - room <= edge.at <= opposite + room and start < end:
        yield Edge(edge.vertical, edge.at, start, end)
