"""Pages that meet at a seam: the printed sides at which a sheet too wide for its pages was cut.

A spreadsheet program prints such a sheet as pages side by side. Where the cut runs through merged cells (a
title, a goal) the table is open there on both pages, in the very same rows, though it has sides everywhere
else. That says which pages belong together before any table is read: see :mod:`.whole_sheets`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.lattice import joined
from budgetkg.reading.pdf.page import DrawnPage, Edge
from budgetkg.reading.pdf.settings import EDGES, SEAMS


@dataclass(frozen=True, slots=True)
class Side:
    """The left or right side of what edges make on a page: its ``x``, and where it is open and closed.

    ``ys`` are the heights at which a horizontal edge reaches it, ``closed`` the stretches of vertical edges
    that stand there.
    """

    x: float
    ys: tuple[float, ...]
    closed: tuple[tuple[float, float], ...]

    def is_open(self, y: float) -> bool:
        """Whether no vertical edge stands there at a height."""
        return not any(start <= y <= end for start, end in self.closed)


@dataclass(frozen=True, slots=True)
class PageSides:
    """Both sides of a page, and where vertical edges stand on it: cells, not room between tables."""

    left: Side
    right: Side
    inside: tuple[tuple[float, float], ...]

    def holds_cells(self, y: float) -> bool:
        """Whether a vertical edge stands anywhere at a height."""
        return any(start <= y <= end for start, end in self.inside)


def sides_of(page: DrawnPage) -> PageSides | None:
    """The sides of a page; ``None`` where its edges make no rows."""
    edges = [edge for edge in joined(page.edges) if edge.end - edge.start > SEAMS.min_edge]
    horizontals = [edge for edge in edges if not edge.vertical]
    if len(horizontals) < SEAMS.min_heights:
        return None
    verticals = [edge for edge in edges if edge.vertical]
    left = _side(horizontals, verticals, min(edge.start for edge in horizontals), right=False)
    right = _side(horizontals, verticals, max(edge.end for edge in horizontals), right=True)
    return PageSides(left, right, tuple((edge.start, edge.end) for edge in verticals))


def _side(horizontals: Sequence[Edge], verticals: Sequence[Edge], x: float, *, right: bool) -> Side:
    room = EDGES.join_tolerance
    ys = {edge.at for edge in horizontals if abs((edge.end if right else edge.start) - x) <= room}
    closed = tuple((edge.start, edge.end) for edge in verticals if abs(edge.at - x) <= room)
    # A cell that a page break cuts has no edge there, but its sides run on to it.
    for end in (closed[0][0], max(lower for _, lower in closed)) if closed else ():
        if not _is_at(end, [*ys]):
            ys.add(end)
    return Side(x, tuple(sorted(ys)), closed)


def may_meet(one: PageSides, other: PageSides) -> bool:
    """Whether the right side of a page and the left side of another are two sides of one cut.

    The rows of one are rows of the other, and both are open in the same ones.
    """
    few, many = sorted((one.right.ys, other.left.ys), key=len)
    if len(few) < 2 or not _is_at(few[0], many[:1]) or not _is_at(few[-1], many[-1:]):
        return False
    if not all(_is_at(y, many) for y in few):
        return False
    return all(
        one.right.is_open(middle) == other.left.is_open(middle) for middle in _middles(many)
    )  # a cell cut through is open on both pages


def is_cut_through(one: PageSides, other: PageSides) -> bool:
    """Whether some cell of a page is open at its right side, as the other page is at its left one."""
    ys = one.right.ys
    return any(
        one.right.is_open(middle) and (one.holds_cells(middle) or other.holds_cells(middle))
        for middle in _middles(ys)
    )


def is_closed(page: PageSides, side: Side) -> bool:
    """Whether a side of a page has a vertical edge at all of its rows."""
    return not any(side.is_open(middle) and page.holds_cells(middle) for middle in _middles(side.ys))


def _middles(ys: Sequence[float]) -> list[float]:
    return [(upper + lower) / 2 for upper, lower in pairwise(ys) if lower - upper > EDGES.snap_tolerance]


def _is_at(y: float, ys: Sequence[float]) -> bool:
    return any(abs(y - other) <= EDGES.snap_tolerance for other in ys)
