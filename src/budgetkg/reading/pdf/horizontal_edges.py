"""Horizontal edges drawn piece by piece → the columns of a table that has no vertical edges.

A browser draws the line under a row cell by cell (``border-bottom`` without sides). Where the pieces of
such a line meet (its joints), columns part. A line drawn in one stroke says nothing of columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from budgetkg.reading.pdf.lattice import snapped
from budgetkg.reading.pdf.page import Edge
from budgetkg.reading.pdf.settings import EDGES, OPEN_SIDED, TABLES


@dataclass(slots=True)
class HorizontalEdge:
    """A horizontal line: its y, its ends, and the x of its joints."""

    at: float
    start: float
    end: float
    joints: list[float] = field(default_factory=list)

    def covers(self, x: float) -> bool:
        """Whether the line runs over a place."""
        return self.start - EDGES.join_tolerance <= x <= self.end + EDGES.join_tolerance

    def parts_columns_at(self, x: float) -> bool:
        """Whether the line has a joint or an end at a place."""
        return any(abs(x - joint) <= EDGES.join_tolerance for joint in (self.start, self.end, *self.joints))


@dataclass(slots=True)
class OpenSidedPart:
    """The part of a table that stands on one page: its horizontal edges and its column boundaries.

    ``is_cut`` is true where its last row goes on on the next page.
    """

    edges: list[HorizontalEdge]
    boundaries: list[float]
    is_cut: bool = False

    def has_columns_of(self, other: OpenSidedPart | None) -> bool:
        """Whether both have the same columns."""
        return (
            other is not None
            and len(self.boundaries) == len(other.boundaries)
            and all(
                abs(one - two) <= TABLES.boundary_tolerance
                for one, two in zip(self.boundaries, other.boundaries, strict=True)
            )
        )


def horizontal_edges(edges: Sequence[Edge]) -> list[HorizontalEdge]:
    """The horizontal edges of a page from top to bottom; none where a vertical one stands between them.

    Pieces shorter than a cell are left out: where dots and dashes meet says nothing of columns.
    """
    own = [edge for edge in edges if not edge.vertical and edge.end - edge.start >= OPEN_SIDED.min_piece]
    left = min((edge.start for edge in own), default=0.0) + EDGES.join_tolerance
    right = max((edge.end for edge in own), default=0.0) - EDGES.join_tolerance
    if any(edge.vertical and left < edge.at < right for edge in edges):
        return []
    lines: list[HorizontalEdge] = []
    for group in snapped(sorted(own, key=lambda edge: edge.at)):
        at = sum(edge.at for edge in group) / len(group)
        line: HorizontalEdge | None = None
        for piece in sorted(group, key=lambda edge: (edge.start, edge.end)):
            if line is None or piece.start > line.end + EDGES.join_tolerance:
                line = HorizontalEdge(at, piece.start, piece.end)
                lines.append(line)
                continue
            if piece.start >= line.end - EDGES.snap_tolerance:
                line.joints.append((piece.start + line.end) / 2)
            line.end = max(line.end, piece.end)
    return lines


def open_sided_parts(edges: Sequence[HorizontalEdge], before: OpenSidedPart | None) -> list[OpenSidedPart]:
    """The tables that the horizontal edges of a page make, from top to bottom.

    The first may go on with ``before``, the part with which the page before ended; then it has the
    boundaries of that one, which may be merged on this page.
    """
    groups = _groups(edges)
    parts: list[OpenSidedPart] = []
    for number, group in enumerate(groups):
        boundaries = _boundaries(group)
        upper = groups[number - 1][-1].at if number else -inf
        lower = groups[number + 1][0].at if number + 1 < len(groups) else inf
        enough = OPEN_SIDED.min_boundaries <= len(boundaries) <= OPEN_SIDED.max_joints
        if before is not None and not parts and _has_only(before.boundaries, boundaries):
            own = _edges_between(edges, before.boundaries, upper, lower)
            parts.append(OpenSidedPart(own, before.boundaries))
        elif len(group) >= OPEN_SIDED.min_edges and enough:
            parts.append(OpenSidedPart(_edges_between(edges, boundaries, upper, lower), boundaries))
    return parts


def _groups(edges: Sequence[HorizontalEdge]) -> list[list[HorizontalEdge]]:
    """The edges that have joints, those of one table after the other."""
    groups: list[list[HorizontalEdge]] = []
    fullest: HorizontalEdge | None = None
    for edge in edges:
        if not 0 < len(edge.joints) <= OPEN_SIDED.max_joints:
            continue
        if fullest is not None and _share_joints(fullest, edge):
            groups[-1].append(edge)
            fullest = max(fullest, edge, key=lambda line: len(line.joints))
        else:
            groups.append([edge])
            fullest = edge
    return groups


def _share_joints(one: HorizontalEdge, other: HorizontalEdge) -> bool:
    """Whether two edges are of one table: the one with fewer joints shares half of them or more."""
    room = EDGES.join_tolerance
    left, right = max(one.start, other.start), min(one.end, other.end)
    few, many = sorted(
        ([x for x in edge.joints if left + room < x < right - room] for edge in (other, one)), key=len
    )
    shared = sum(any(abs(x - y) <= EDGES.snap_tolerance for y in many) for x in few)
    return bool(few) and 2 * shared >= len(few)


def _edges_between(
    edges: Sequence[HorizontalEdge], boundaries: Sequence[float], upper: float, lower: float
) -> list[HorizontalEdge]:
    """The edges of a table between two heights: those that run from one boundary to another."""
    first = bisect_right(edges, upper, key=lambda edge: edge.at)
    last = bisect_left(edges, lower, key=lambda edge: edge.at)
    return [edge for edge in edges[first:last] if _has_only(boundaries, (edge.start, edge.end))]


def _has_only(boundaries: Sequence[float], places: Sequence[float]) -> bool:
    """Whether each of some places is one of the boundaries."""
    return all(any(abs(x - y) <= TABLES.boundary_tolerance for y in boundaries) for x in places)


def _boundaries(group: Sequence[HorizontalEdge]) -> list[float]:
    """The column boundaries: the sides of the table, and the joints or ends that several edges share."""
    left, right = min(edge.start for edge in group), max(edge.end for edge in group)
    places: list[list[float]] = []
    for x in sorted(x for edge in group for x in (edge.start, edge.end, *edge.joints)):
        if places and x - places[-1][0] <= EDGES.snap_tolerance:
            places[-1].append(x)
        else:
            places.append([x])
    means = [sum(xs) / len(xs) for xs in places if len(xs) > 1]
    room = EDGES.join_tolerance
    return [left, *(x for x in means if left + room < x < right - room), right]
