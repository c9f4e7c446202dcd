"""Edges → lattices: which cells the printed lines of a page make.

This is the lattice method of Tabula and Camelot, with the steps of pdfplumber's table finder (after
Nurminen, *Algorithmic Extraction of Data in Tables in PDF Documents*, 2013): edges at one place are
snapped, edges that touch are joined, those that cross are one table. Cells are made the other way round,
though: instead of looking for rectangles with four corners, neighbouring boxes of the raster that no edge
parts are united (disjoint sets), so that merged cells and cells open at a page break come out by themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.reading.pdf.page import Edge
from budgetkg.reading.pdf.settings import EDGES


@dataclass(slots=True)
class LatticeCell:
    """A cell: rows ``row`` to ``row_end`` and columns ``column`` to ``column_end``, ends left out.

    ``open_top`` and ``open_bottom`` are true where the table ends there without an edge.
    """

    row: int
    row_end: int
    column: int
    column_end: int
    open_top: bool = False
    open_bottom: bool = False


@dataclass(slots=True)
class Lattice:
    """A ruled table: boundaries from left to right (``xs``) and from top to bottom (``ys``), and cells.

    ``owners[row][column]`` is the number of the cell that covers a box of the raster.
    """

    xs: list[float]
    ys: list[float]
    cells: list[LatticeCell] = field(default_factory=list)
    owners: list[list[int]] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell in which a point lies, ``None`` outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return self.owners[row][column]


def find_lattices(edges: Iterable[Edge]) -> list[Lattice]:
    """The tables that some edges make, from top to bottom; one within another is left out."""
    lattices: list[Lattice] = []
    for group in _with_lone_verticals(_connected(joined(edges))):
        lattice = _lattice(group)
        if lattice is not None and not _is_sign(lattice):
            lattices.append(lattice)
    outer = [one for one in lattices if not any(_is_within(one, other) for other in lattices)]
    return sorted(outer, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def snapped(edges: list[Edge]) -> list[list[Edge]]:
    """Group parallel edges that stand at one place; they come in the order of ``at``."""
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and edge.at - groups[-1][0].at <= EDGES.snap_tolerance:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _is_sign(lattice: Lattice) -> bool:
    """Whether a lattice is as small as a character: a box to be ticked, or the outline of 口 or 目."""
    widest = max(right - left for left, right in pairwise(lattice.xs))
    return max(widest, lattice.ys[-1] - lattice.ys[0]) < EDGES.sign_max_size


def _is_within(lattice: Lattice, other: Lattice) -> bool:
    snap = EDGES.snap_tolerance
    return lattice is not other and (
        other.xs[0] - snap <= lattice.xs[0]
        and lattice.xs[-1] <= other.xs[-1] + snap
        and other.ys[0] - snap <= lattice.ys[0]
        and lattice.ys[-1] <= other.ys[-1] + snap
        and (other.xs[-1] - other.xs[0]) * (other.ys[-1] - other.ys[0])
        > (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0])
    )


def joined(edges: Iterable[Edge]) -> list[Edge]:
    """Snap and join: dots, dashes, double strokes and pieces that touch become one edge each."""
    pieces: list[Edge] = []
    for vertical in (True, False):
        own = sorted((edge for edge in edges if edge.vertical == vertical), key=lambda edge: edge.at)
        for group in snapped(own):
            at = sum(edge.at for edge in group) / len(group)
            stretches: list[list[float]] = []
            for edge in sorted(group, key=lambda edge: edge.start):
                if stretches and edge.start <= stretches[-1][1] + EDGES.join_tolerance:
                    stretches[-1][1] = max(stretches[-1][1], edge.end)
                else:
                    stretches.append([edge.start, edge.end])
            pieces.extend(
                Edge(vertical, at, start, end) for start, end in stretches if end - start > EDGES.min_length
            )
    return pieces


def _connected(edges: list[Edge]) -> list[list[Edge]]:
    """Groups of edges that touch or cross; none if there are too many to compare each with each."""
    verticals = [number for number, edge in enumerate(edges) if edge.vertical]
    horizontals = [number for number, edge in enumerate(edges) if not edge.vertical]
    if len(verticals) * len(horizontals) > EDGES.max_crossings:
        return []
    sets = _DisjointSets(len(edges))
    room = EDGES.join_tolerance
    for first in verticals:
        vertical = edges[first]
        for second in horizontals:
            line = edges[second]
            if (
                line.start - room <= vertical.at <= line.end + room
                and vertical.start - room <= line.at <= vertical.end + room
            ):
                sets.unite(first, second)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for number, edge in enumerate(edges):
        groups[sets.root(number)].append(edge)
    return list(groups.values())


def _with_lone_verticals(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Keep the vertical edges that no horizontal one meets, because their cells begin and end on other pages.

    Those beside a table as tall as they are become part of it; several of one height are a table.
    """
    tables = [group for group in groups if len(group) > 1]
    alone: dict[tuple[float, float], list[Edge]] = {}
    for (edge,) in (group for group in groups if len(group) == 1 and group[0].vertical):
        beside = next((table for table in tables if _is_as_tall(edge, table)), None)
        if beside is not None:
            beside.append(edge)
        else:
            span = next((known for known in alone if _spans(edge, known)), (edge.start, edge.end))
            alone.setdefault(span, []).append(edge)
    return tables + [group for group in alone.values() if len(group) >= EDGES.min_lone_verticals]


def _is_as_tall(edge: Edge, table: list[Edge]) -> bool:
    verticals = [other for other in table if other.vertical]
    return _spans(edge, (min(other.start for other in verticals), max(other.end for other in verticals)))


def _spans(edge: Edge, span: tuple[float, float]) -> bool:
    room = EDGES.join_tolerance
    return abs(edge.start - span[0]) <= room and abs(edge.end - span[1]) <= room


def _lattice(edges: list[Edge]) -> Lattice | None:
    """The lattice of a group of connected edges, if they make one."""
    verticals = [edge for edge in edges if edge.vertical]
    horizontals = [edge for edge in edges if not edge.vertical]
    if not verticals:
        return None
    left = min([edge.start for edge in horizontals] or [edge.at for edge in verticals])
    right = max([edge.end for edge in horizontals] or [edge.at for edge in verticals])
    upper, lower = min(edge.start for edge in verticals), max(edge.end for edge in verticals)
    xs = _boundaries((edge.at for edge in verticals), left, right, EDGES.open_side_min)
    ys = [upper, lower]
    if horizontals:
        ys = _boundaries((edge.at for edge in horizontals), upper, lower, EDGES.open_end_min)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > EDGES.max_crossings:
        return None
    lattice = Lattice(xs, ys)
    _make_cells(lattice, _by_boundary(verticals, xs), _by_boundary(horizontals, ys))
    return lattice


def _boundaries(places: Iterable[float], first: float, last: float, least: float) -> list[float]:
    """The places of parallel edges, and the ends of the crossing ones where these run on by ``least``."""
    boundaries: list[float] = []
    for place in sorted(places):
        if not boundaries or place - boundaries[-1] > EDGES.snap_tolerance:
            boundaries.append(place)
    if first < boundaries[0] - least:
        boundaries.insert(0, first)
    if last > boundaries[-1] + least:
        boundaries.append(last)
    return boundaries


def _by_boundary(edges: list[Edge], boundaries: list[float]) -> list[list[Edge]]:
    """The edges that stand on each boundary."""
    by_boundary: list[list[Edge]] = [[] for _ in boundaries]
    snap = EDGES.snap_tolerance
    for edge in edges:
        index = min(max(bisect_right(boundaries, edge.at + snap) - 1, 0), len(boundaries) - 1)
        if abs(boundaries[index] - edge.at) <= snap:
            by_boundary[index].append(edge)
    return by_boundary


def _covers(edges: list[Edge], place: float) -> bool:
    return any(edge.start <= place <= edge.end for edge in edges)


def _make_cells(lattice: Lattice, verticals: list[list[Edge]], horizontals: list[list[Edge]]) -> None:
    """Unite neighbouring boxes that no edge parts, and number the cells that come out, row by row."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    middles_y = [(upper + lower) / 2 for upper, lower in pairwise(lattice.ys)]
    middles_x = [(left + right) / 2 for left, right in pairwise(lattice.xs)]
    sets = _DisjointSets(rows * columns)
    for row in range(rows):
        for column in range(columns):
            box = row * columns + column
            if column + 1 < columns and not _covers(verticals[column + 1], middles_y[row]):
                sets.unite(box, box + 1)
            if row + 1 < rows and not _covers(horizontals[row + 1], middles_x[column]):
                sets.unite(box, box + columns)
    numbers: dict[int, int] = {}
    lattice.owners = [[0] * columns for _ in range(rows)]
    for box in range(rows * columns):
        row, column = divmod(box, columns)
        number = numbers.setdefault(sets.root(box), len(numbers))
        lattice.owners[row][column] = number
        if number == len(lattice.cells):
            lattice.cells.append(LatticeCell(row, row + 1, column, column + 1))
        cell = lattice.cells[number]
        cell.row_end = max(cell.row_end, row + 1)
        cell.column, cell.column_end = min(cell.column, column), max(cell.column_end, column + 1)
    for cell in lattice.cells:
        middle = middles_x[cell.column]
        cell.open_top = cell.row == 0 and not _covers(horizontals[0], middle)
        cell.open_bottom = cell.row_end == rows and not _covers(horizontals[-1], middle)


class _DisjointSets:
    """Disjoint sets of the numbers below ``count``; the least number of a set stands for it."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def unite(self, first: int, second: int) -> None:
        first, second = self.root(first), self.root(second)
        if first != second:
            self._parents[max(first, second)] = min(first, second)
