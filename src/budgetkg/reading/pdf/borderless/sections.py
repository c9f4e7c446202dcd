"""The sections of a form: rows that white space parts alike, and the columns of each.

Rows are of one section if the columns of the one are those of the other, blank ones aside. Those that agree
best are put together first: a header and the rows below it, then rows with blanks. Where few of the columns
agree, texts must stand flush or centred as others of their column do, or they are merged over several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.borderless.bands import Line, Placed, side_by_side
from budgetkg.reading.pdf.borderless.blocks import Block
from budgetkg.reading.pdf.borderless.settings import SECTIONS


@dataclass(slots=True)
class GridPage:
    """The rows of a page, the texts that are their cells, and the numbers of the rows in doubt.

    ``heads`` are texts by their ``id`` that stand over several columns, and the texts below them.
    """

    rows: list[Line]
    placed: list[Placed]
    doubts: set[int] = field(default_factory=set)
    heads: dict[int, list[Block]] = field(default_factory=dict)


@dataclass(slots=True)
class Column:
    """From where to where the texts of a column reach, and these texts."""

    left: float
    right: float
    blocks: list[Block]

    def overlaps(self, other: Column | Block) -> bool:
        """Whether both stand over one another."""
        return min(self.right, other.right) > max(self.left, other.left)

    def united(self, other: Column) -> Column:
        """Both as one column."""
        blocks = [*self.blocks, *other.blocks]
        return Column(min(self.left, other.left), max(self.right, other.right), blocks)

    def has_set(self, block: Block) -> bool:
        """Whether a text is set flush left, flush right or centred as most of the column are."""
        room = SECTIONS.aligned * block.size
        left = sum(abs(block.left - own.left) <= room for own in self.blocks)
        right = sum(abs(block.right - own.right) <= room for own in self.blocks)
        middle = sum(abs(block.left + block.right - own.left - own.right) <= 2 * room for own in self.blocks)
        return max(left, right, middle) * 2 >= len(self.blocks)


@dataclass(slots=True)
class Section:
    """Rows that white space parts alike: the pages and the numbers of their rows, and their columns."""

    columns: list[Column]
    rows: list[tuple[int, int]] = field(default_factory=list)

    def columns_of(self, block: Block, heads: Mapping[int, Sequence[Block]]) -> tuple[int, int]:
        """The numbers of the first and the last column over which a text stands, or those it heads."""
        own = heads.get(id(block), [block])
        over = [at for at, column in enumerate(self.columns) if any(map(column.overlaps, own))]
        if not over:  # as a title may, above all columns
            distances = [max(column.left - block.right, block.left - column.right) for column in self.columns]
            over = [distances.index(min(distances))]
        return over[0], over[-1]


def sections_of(pages: Sequence[GridPage]) -> list[Section]:
    """The sections of a form, from its first row to its last."""
    sections: list[Section] = []
    for number, page in enumerate(pages):
        for first, last in _apart(page):
            placed = [one for one in page.placed if first <= one.first < last]
            heads = _heads(placed, first)
            page.heads.update(heads)
            columns = _columns([one.block for one in placed if id(one.block) not in heads])
            sections.append(Section(columns, [(number, row) for row in range(first, last)]))
    likeness = [_likeness(one.columns, other.columns) for one, other in pairwise(sections)]
    while likeness and max(likeness) > 0:
        at = likeness.index(max(likeness))
        upper, lower = sections[at : at + 2]
        merged = Section(_united(upper.columns, lower.columns) or [], upper.rows + lower.rows)
        sections[at : at + 2] = [merged]
        del likeness[at]
        for near in (at - 1, at):
            if 0 <= near < len(likeness):
                likeness[near] = _likeness(sections[near].columns, sections[near + 1].columns)
    return sections


def _heads(placed: Sequence[Placed], row: int) -> dict[int, list[Block]]:
    """The texts of a header's first row that stand over several of its second, with these.

    Others of the first row are merged down over the second, and no further; all are, or stand so.
    """
    cells = sorted((one for one in placed if one.first == row), key=lambda one: one.block.left)
    heads: dict[int, list[Block]] = {}
    for at, one in enumerate(cells):
        if one.last > row + 1:
            continue
        left = cells[at - 1].block.right if at else 0.0
        right = cells[at + 1].block.left if at + 1 < len(cells) else inf
        below = [two.block for two in placed if two.first == row + 1]
        within = [block for block in below if left < block.left and block.right < right]
        if len(within) < SECTIONS.min_headed:
            return {}
        heads[id(one.block)] = within
    beside = sum(one.last == row + 2 for one in cells)
    return heads if beside >= SECTIONS.min_beside else {}


def _columns(blocks: Sequence[Block]) -> list[Column]:
    """The columns of some rows; a text over several texts that stand side by side is in none of them."""
    beside = list(_neighbours(blocks))
    narrow = [
        block
        for block in blocks
        if not any(
            block is not one and block is not other and _overlap(block, one) and _overlap(block, other)
            for one, other in beside
        )
    ]
    groups = side_by_side(narrow)
    return [
        Column(min(one.left for one in group), max(one.right for one in group), group) for group in groups
    ]


def _neighbours(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Texts that stand side by side: the next one right of each that it is level with."""
    for one in blocks:
        right = [
            other
            for other in blocks
            if other.left >= one.right and other.top < one.bottom and one.top < other.bottom
        ]
        if right:
            yield one, min(right, key=lambda other: other.left)


def _overlap(one: Block, other: Block) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _apart(page: GridPage) -> Iterator[tuple[int, int]]:
    """Stretches of rows that no cell holds together."""
    first = 0
    while first < len(page.rows):
        last = first + 1
        while (
            reach := max((one.last for one in page.placed if first <= one.first < last), default=last)
        ) > last:
            last = reach
        yield first, last
        first = last


def _likeness(some: Sequence[Column], others: Sequence[Column]) -> float:
    """How many of the columns of two stretches are the same, from 0 to 1; 0 where they disagree."""
    united = _united(some, others)
    if united is None:
        return 0.0
    same = len(some) + len(others) - len(united)
    share = 2 * same / (len(some) + len(others))
    if share >= SECTIONS.least_share:
        return share
    fewer, more = sorted((some, others), key=len)
    alike = all(
        any(own.overlaps(column) and own.has_set(block) for own in more)
        for column in fewer
        for block in column.blocks
    )
    return share if alike else 0.0


def _united(some: Sequence[Column], others: Sequence[Column]) -> list[Column] | None:
    """The columns of two stretches as those of one; ``None`` where one stands over several of the other."""
    pairs = [
        (at, number)
        for at, one in enumerate(some) for number, other in enumerate(others) if one.overlaps(other)
    ]  # fmt: skip
    firsts, seconds = [at for at, _ in pairs], [number for _, number in pairs]
    if len(set(firsts)) < len(pairs) or len(set(seconds)) < len(pairs):
        return None
    united = [some[at].united(others[number]) for at, number in pairs]
    united += [one for at, one in enumerate(some) if at not in {at for at, _ in pairs}]
    united += [one for at, one in enumerate(others) if at not in {number for _, number in pairs}]
    united.sort(key=lambda column: column.left)
    apart = all(one.right <= other.left for one, other in pairwise(united))
    return united if apart else None
