"""Rows of one column run put beside the rows of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetkg.reading.pdf.flow import Flow, FlowRow, Place


@dataclass(slots=True)
class Group:
    """A row of one run and the rows of the other that are as high together: one of them is one row."""

    left: list[FlowRow]
    right: list[FlowRow]
    scale: float = 1.0

    @property
    def _excess(self) -> float:
        high = sum(row.height for row in self.left) * self.scale
        return high - sum(row.height for row in self.right)

    @property
    def lacks_left(self) -> bool:
        """Whether the left side is the lower one."""
        return self._excess < 0

    def is_level(self, least: float, share: float) -> bool:
        """Whether both sides are of one height, but for so much."""
        return abs(self._excess) <= least + share * sum(row.height for row in self.right)

    def take(self, row: FlowRow) -> bool:
        """Add a row to the lower side; false where the other one has several rows."""
        mine, others = (self.left, self.right) if self.lacks_left else (self.right, self.left)
        mine.append(row)
        return len(others) == 1

    @property
    def rows(self) -> list[FlowRow]:
        """The rows as they are once they stand beside one another."""
        return [self.left[0], *self.left[1:], *self.right[1:]]


def join(flow: Flow, groups: Sequence[Group], both: Sequence[FlowRow]) -> list[FlowRow]:
    """Put the cells of one run into the rows of the other; returns the rows of the whole table."""
    again = _printed_again(groups)
    _number(groups)
    after: dict[int, list[FlowRow]] = {}
    for group in groups:
        first = group.left[0]
        for row in group.right:
            flow.hidden += [(place.page, line) for place in row.places if round(place.left) in again
                            for line in place.lines]  # fmt: skip
            row.places = [place for place in row.places if round(place.left) not in again]
            row.height /= group.scale
        first.places += group.right[0].places
        if len(group.right) > 1:
            first.height = group.right[0].height
            after[id(first)] = group.right[1:]
            for row in group.right[1:]:
                row.table = first.table
    gone = {id(group.right[0]) for group in groups}
    kept = {id(row) for group in groups for row in group.rows}
    lead = groups[0].left[0].table
    for row in both:
        # The header of one run would hide the columns of the others; what a run that has no names
        # prints again says nothing new.
        if row.again or (row.table != lead and id(row) not in kept and id(row) not in gone):
            flow.hidden += [(place.page, line) for place in row.places for line in place.lines]
            gone.add(id(row))
    moved = {id(row) for rows in after.values() for row in rows}
    flow.rows = [
        found
        for row in flow.rows
        if id(row) not in gone and id(row) not in moved
        for found in (row, *after.get(id(row), ()))
    ]
    return [row for row in flow.rows if row.table == lead]


def _printed_again(groups: Sequence[Group]) -> set[int]:
    """The left sides of columns that each run repeats (title columns): the same words in every row."""
    sides = {round(place.left) for group in groups for place in group.right[0].places}
    return {side for side in sides if all(_is_same(group, side) for group in groups)}


def _is_same(group: Group, side: int) -> bool:
    own = [_at(row, side) for row in group.left]
    return own == [_at(row, side) for row in group.right] or (
        own[0] == _at(group.right[0], side) and not any(_at(row, side) for row in group.right[1:])
    )


def _at(row: FlowRow, side: int) -> str:
    words = (line.text for place in row.places if round(place.left) == side and place.table == row.table
             for line in place.lines)  # fmt: skip
    return "".join("".join(words).split())


def _number(groups: Sequence[Group]) -> None:
    """Number the rows of both runs as those of one table, and say anew how many each cell covers."""
    ends: tuple[dict[int, int], dict[int, int]] = ({}, {})
    covering: list[tuple[FlowRow, Place, int, int]] = []
    count = 0
    for group in groups:
        for side, rows in enumerate((group.left, group.right)):
            for row in rows:
                covering += [(row, place, side, last) for place, last in _covered(row, side)]
        size = len(group.rows)
        for ends_of, rows in zip(ends, (group.left, group.right), strict=True):
            for at, row in enumerate(rows):
                ends_of[row.number] = count + (size if at + 1 == len(rows) else at + 1)
        for at, row in enumerate(group.rows):
            row.number = count + at + 1
        group.right[0].number = count + 1
        count += size
    for row, place, side, last in covering:
        place.rows = max(ends[side].get(last, row.number) - row.number + 1, 1)


def _covered(row: FlowRow, side: int) -> Iterator[tuple[Place, int]]:
    """The cells of a row, each with the number of the last row that it covers."""
    for place in row.places:
        if place.table == row.table or side == 0:
            yield place, row.number + place.rows - 1
