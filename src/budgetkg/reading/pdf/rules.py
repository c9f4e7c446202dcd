"""Rules → grids: which cells the printed lines of a page make."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.reading.pdf.page import Rule
from budgetkg.reading.pdf.strokes import LARGEST_SIGN

_SAME = 1.5
_TOUCH = 3.0
_OPEN = 1.2
_OVERHANG = 6.0
_SHORTEST = 2.5
_FEWEST_LOOSE = 3
_MOST_CROSSINGS = 4_000_000


@dataclass(slots=True)
class GridCell:
    """A cell: its strips from, to (exclusive), its columns from, to, and its sides without a rule."""

    row: int
    row_end: int
    column: int
    column_end: int
    open_top: bool = False
    open_bottom: bool = False


@dataclass(slots=True)
class Grid:
    """A ruled table: its boundaries from left to right and from top to bottom, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(default_factory=list)
    owners: list[list[int]] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell in which a point lies."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return self.owners[row][column]


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables that rules make, from top to bottom; one that lies within another is left out."""
    found: list[Grid] = []
    for group in _with_loose(_connected(_merged(rules))):
        grid = _grid(group)
        if grid is not None and not _is_sign(grid):
            found.append(grid)
    outer = [grid for grid in found if not any(_within(grid, other) for other in found)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _is_sign(grid: Grid) -> bool:
    """Whether its boxes are as small as characters: one to be ticked, or the edges of 口 and 目."""
    widest = max(right - left for left, right in pairwise(grid.xs))
    return max(widest, grid.ys[-1] - grid.ys[0]) < LARGEST_SIGN


def _within(grid: Grid, other: Grid) -> bool:
    return grid is not other and (
        other.xs[0] - _SAME <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1] + _SAME
        and other.ys[0] - _SAME <= grid.ys[0]
        and grid.ys[-1] <= other.ys[-1] + _SAME
        and (other.xs[-1] - other.xs[0]) * (other.ys[-1] - other.ys[0])
        > (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])
    )


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules at one place as one: dots, dashes, double strokes, stretches that touch."""
    merged: list[Rule] = []
    for upright in (True, False):
        mine = sorted((rule for rule in rules if rule.upright == upright), key=lambda rule: rule.at)
        for group in clusters(mine):
            at = sum(rule.at for rule in group) / len(group)
            stretches: list[list[float]] = []
            for rule in sorted(group, key=lambda rule: rule.start):
                if stretches and rule.start <= stretches[-1][1] + _TOUCH:
                    stretches[-1][1] = max(stretches[-1][1], rule.end)
                else:
                    stretches.append([rule.start, rule.end])
            merged.extend(
                Rule(upright, at, start, end) for start, end in stretches if end - start > _SHORTEST
            )
    return merged


def clusters(rules: list[Rule]) -> list[list[Rule]]:
    """Rules at one place, group by group; they come in the order of their places."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= _SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch or cross, group by group."""
    uprights = [number for number, rule in enumerate(rules) if rule.upright]
    levels = [number for number, rule in enumerate(rules) if not rule.upright]
    if len(uprights) * len(levels) > _MOST_CROSSINGS:
        return []
    sets = _Sets(len(rules))
    for first in uprights:
        upright = rules[first]
        for second in levels:
            line = rules[second]
            if (
                line.start - _TOUCH <= upright.at <= line.end + _TOUCH
                and upright.start - _TOUCH <= line.at <= upright.end + _TOUCH
            ):
                sets.unite(first, second)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for number, rule in enumerate(rules):
        groups[sets.root(number)].append(rule)
    return list(groups.values())


def _with_loose(groups: list[list[Rule]]) -> list[list[Rule]]:
    """Groups with the uprights that no level line of the page meets, because their cells begin and end
    on other pages: beside a table as tall as they are, or several of one height by themselves.
    """
    tables = [group for group in groups if len(group) > 1]
    alone: dict[tuple[float, float], list[Rule]] = {}
    for (rule,) in (group for group in groups if len(group) == 1 and group[0].upright):
        beside = next((table for table in tables if _as_tall(rule, table)), None)
        if beside is not None:
            beside.append(rule)
        else:
            place = next((span for span in alone if _near(rule, span)), (rule.start, rule.end))
            alone.setdefault(place, []).append(rule)
    return tables + [group for group in alone.values() if len(group) >= _FEWEST_LOOSE]


def _as_tall(rule: Rule, table: list[Rule]) -> bool:
    uprights = [other for other in table if other.upright]
    return _near(rule, (min(other.start for other in uprights), max(other.end for other in uprights)))


def _near(rule: Rule, span: tuple[float, float]) -> bool:
    return abs(rule.start - span[0]) <= _TOUCH and abs(rule.end - span[1]) <= _TOUCH


def _grid(rules: list[Rule]) -> Grid | None:
    uprights = [rule for rule in rules if rule.upright]
    levels = [rule for rule in rules if not rule.upright]
    if not uprights:
        return None
    left = min([rule.start for rule in levels] or [rule.at for rule in uprights])
    right = max([rule.end for rule in levels] or [rule.at for rule in uprights])
    upper, lower = min(rule.start for rule in uprights), max(rule.end for rule in uprights)
    xs = _boundaries((rule.at for rule in uprights), left, right, _OVERHANG)
    ys = _boundaries((rule.at for rule in levels), upper, lower, _OPEN) if levels else [upper, lower]
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CROSSINGS:
        return None
    grid = Grid(xs, ys)
    _fill(grid, _by_place(uprights, xs), _by_place(levels, ys))
    return grid


def _boundaries(places: Iterable[float], first: float, last: float, overhang: float) -> list[float]:
    """The places of rules, and the ends of the crossing rules where those run on beyond them."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    if first < found[0] - overhang:
        found.insert(0, first)
    if last > found[-1] + overhang:
        found.append(last)
    return found


def _by_place(rules: list[Rule], places: list[float]) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        index = min(max(bisect_right(places, rule.at + _SAME) - 1, 0), len(places) - 1)
        if abs(places[index] - rule.at) <= _SAME:
            found[index].append(rule)
    return found


def _covers(rules: list[Rule], at: float) -> bool:
    return any(rule.start <= at <= rule.end for rule in rules)


def _fill(grid: Grid, uprights: list[list[Rule]], levels: list[list[Rule]]) -> None:
    """Unite boxes that no rule parts into cells."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    middles_y = [(grid.ys[row] + grid.ys[row + 1]) / 2 for row in range(rows)]
    middles_x = [(grid.xs[column] + grid.xs[column + 1]) / 2 for column in range(columns)]
    sets = _Sets(rows * columns)
    for row in range(rows):
        for column in range(columns):
            box = row * columns + column
            if column + 1 < columns and not _covers(uprights[column + 1], middles_y[row]):
                sets.unite(box, box + 1)
            if row + 1 < rows and not _covers(levels[row + 1], middles_x[column]):
                sets.unite(box, box + columns)
    numbers: dict[int, int] = {}
    grid.owners = [[0] * columns for _ in range(rows)]
    for box in range(rows * columns):
        row, column = divmod(box, columns)
        number = numbers.setdefault(sets.root(box), len(numbers))
        grid.owners[row][column] = number
        if number == len(grid.cells):
            grid.cells.append(GridCell(row, row + 1, column, column + 1))
        cell = grid.cells[number]
        cell.row_end = max(cell.row_end, row + 1)
        cell.column, cell.column_end = min(cell.column, column), max(cell.column_end, column + 1)
    for cell in grid.cells:
        middle = middles_x[cell.column]
        cell.open_top = cell.row == 0 and not _covers(levels[0], middle)
        cell.open_bottom = cell.row_end == rows and not _covers(levels[-1], middle)


class _Sets:
    """Disjoint sets of numbers."""

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
