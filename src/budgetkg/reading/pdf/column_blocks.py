"""Blocks of columns: a table too wide for its pages goes on, column by column, in later tables.

A spreadsheet program prints the first columns on some pages, the next on others, each block with all the
rows: the same number of them, as high as their neighbours to the left (or all of them smaller or larger by
one scale), whether they hold text or not. A cell that is merged over rows in one block stands beside all of
them. So the blocks are put back together by their rows; a block of which that can't be said is left alone.
Blocks whose pages are cut along the same rows are put together before, by :mod:`.wide_sheets`; here they may
break anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.document_rows import CellPart, DocumentRow
from budgetkg.reading.pdf.settings import BLOCKS, TABLES
from budgetkg.reading.pdf.text import is_part_of_title, without_digits
from budgetkg.text import without_white_space


@dataclass(slots=True)
class _RowGroup:
    """Rows of one block and rows of the next one that are as high together; one side has one row only.

    ``scale`` is how much larger the right block is printed.
    """

    left: list[DocumentRow]
    right: list[DocumentRow]
    scale: float = 1.0

    @property
    def _excess(self) -> float:
        """By how many points the left side is the higher one."""
        height = sum(row.height for row in self.left) * self.scale
        return height - sum(row.height for row in self.right)

    @property
    def lacks_left(self) -> bool:
        """Whether the left side is the lower one."""
        return self._excess < 0

    @property
    def is_level(self) -> bool:
        """Whether both sides are of one height."""
        share = BLOCKS.height_share * sum(row.height for row in self.right)
        return abs(self._excess) <= BLOCKS.height_tolerance + share

    def take(self, row: DocumentRow) -> bool:
        """Add a row to the lower side; false where the other side has several rows."""
        own, others = (self.left, self.right) if self.lacks_left else (self.right, self.left)
        own.append(row)
        return len(others) == 1

    @property
    def rows(self) -> list[DocumentRow]:
        """The rows that remain once both sides stand beside one another."""
        return [self.left[0], *self.left[1:], *self.right[1:]]


def join_column_blocks(document: DocumentRows) -> tuple[dict[int, int], list[tuple[int, str]]]:
    """Put the cells of each block into the rows of the table to which it belongs.

    Returns that table's number by the number of the block, and the page and header text with which each
    block begins.
    """
    tables: dict[int, list[DocumentRow]] = defaultdict(list)
    for row in document.rows:
        if row.table:
            tables[row.table].append(row)
    texts = _texts_by_page(document.rows)
    whole_table: dict[int, int] = {}
    headers: list[tuple[int, str]] = []
    whole = 0
    for number, rows in sorted(tables.items()):
        groups = _paired(_without_headers(tables[whole]), _without_headers(rows)) if whole else []
        if groups and _is_block(tables[whole], rows, texts):
            whole_table[number] = whole
            headers.append((rows[0].first_page, rows[0].text))
            tables[whole] = _joined(document, groups, [*tables[whole], *rows])
        else:
            whole = number
    return whole_table, headers


def _texts_by_page(rows: list[DocumentRow]) -> dict[int, set[str]]:
    """What stands outside the tables of each page, numbers left out."""
    texts: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if not row.table:
            texts[row.first_page].add(without_digits(row.text))
    return texts


def _is_block(before: list[DocumentRow], rows: list[DocumentRow], texts: dict[int, set[str]]) -> bool:
    """Whether a table whose rows are as high as those of the one before is a further block of it."""
    if len(rows) < BLOCKS.min_rows or _own_texts(before[0]) == _own_texts(rows[0]):
        return False
    if len(rows) >= BLOCKS.many_rows and _have_telling_heights(before, rows):
        return True
    if rows[0].first_page <= before[-1].first_page:
        return False
    titles = {text for page in {row.first_page for row in before} for text in texts[page]}
    above = [text for page in {row.first_page for row in rows} for text in texts[page]]
    return all(is_part_of_title(text, titles) for text in above)


def _paired(one: list[DocumentRow], other: list[DocumentRow]) -> list[_RowGroup]:
    """The rows of two blocks side by side; a row that only one of them prints again stands beside none."""
    once, other_once = _printed_once(one), _printed_once(other)
    ways = ((one, other), (once, other), (one, other_once), (once, other_once))
    return next((groups for left, right in ways for groups in _groupings(left, right)), [])


def _groupings(one: list[DocumentRow], other: list[DocumentRow]) -> Iterator[list[_RowGroup]]:
    """The rows as high as one another, and all of them smaller or larger by one scale."""
    total, other_total = (sum(row.height for row in rows) for rows in (one, other))
    scales = [1.0, *([other_total / total] if total and _have_telling_heights(one, other) else [])]
    return filter(None, (_grouped(one, other, scale) for scale in scales))


def _have_telling_heights(one: list[DocumentRow], other: list[DocumentRow]) -> bool:
    """Whether rows are of so many heights that another table has the same ones by no chance."""
    return any(
        len({round(row.height / BLOCKS.height_tolerance) for row in rows}) >= BLOCKS.telling_heights
        for rows in (one, other)
    )


def _printed_once(rows: list[DocumentRow]) -> list[DocumentRow]:
    """The rows of a block without those that the top of a page repeats from the page before."""
    return rows[:1] + [row for before, row in pairwise(rows) if not _repeats(before, row)]


def _repeats(before: DocumentRow, row: DocumentRow) -> bool:
    same_height = abs(row.height - before.height) <= BLOCKS.height_tolerance
    same = bool(row.text) and _own_texts(row) == _own_texts(before) and same_height
    return same and row.first_page == before.first_page + 1


def _grouped(one: list[DocumentRow], other: list[DocumentRow], scale: float) -> list[_RowGroup]:
    """Each row of a block beside its row of the block before; none where their heights disagree.

    Of rows over which a cell is merged a block without other cells has only one: that may be any row
    where the heights are telling, else one of the header.
    """
    groups: list[_RowGroup] = []
    telling = _have_telling_heights(one, other)
    left, right = iter(one), iter(other)
    for row in left:
        more = next(right, None)
        if more is None:
            return []
        group = _RowGroup([row], [more], scale)
        while not group.is_level:
            following = next(left if group.lacks_left else right, None)
            if following is None or not (telling or len(groups) < TABLES.max_header_rows):
                return []
            if not group.take(following):
                return []
        groups.append(group)
    return groups if next(right, None) is None else []


def _without_headers(rows: list[DocumentRow]) -> list[DocumentRow]:
    return [row for row in rows if not row.is_repeated_header]


def _own_texts(row: DocumentRow) -> list[str]:
    """The texts of a row without those of the blocks that were joined to it."""
    own = [part for part in row.parts if part.table == row.table]
    return ["".join(line.text for line in part.lines) for part in own]


def _joined(
    document: DocumentRows, groups: Sequence[_RowGroup], both: Sequence[DocumentRow]
) -> list[DocumentRow]:
    """Move the cells of one block into the rows of the other; returns the rows of the whole table."""
    repeated = _title_columns(groups)
    _renumber(groups)
    after: dict[int, list[DocumentRow]] = {}
    for group in groups:
        first = group.left[0]
        for row in group.right:
            document.furniture += [(part.page, line) for part in row.parts if round(part.left) in repeated
                                   for line in part.lines]  # fmt: skip
            row.parts = [part for part in row.parts if round(part.left) not in repeated]
            row.height /= group.scale
        first.parts += group.right[0].parts
        if len(group.right) > 1:
            first.height = group.right[0].height
            after[id(first)] = group.right[1:]
            for row in group.right[1:]:
                row.table = first.table
    gone = {id(group.right[0]) for group in groups}
    kept = {id(row) for group in groups for row in group.rows}
    whole = groups[0].left[0].table
    for row in both:
        # The header of one block would hide the columns of the others; what a block that has no names
        # prints again says nothing new.
        if row.is_repeated_header or (row.table != whole and id(row) not in kept and id(row) not in gone):
            document.furniture += [(part.page, line) for part in row.parts for line in part.lines]
            gone.add(id(row))
    moved = {id(row) for rows in after.values() for row in rows}
    document.rows = [
        kept_row
        for row in document.rows
        if id(row) not in gone and id(row) not in moved
        for kept_row in (row, *after.get(id(row), ()))
    ]
    return [row for row in document.rows if row.table == whole]


def _title_columns(groups: Sequence[_RowGroup]) -> set[int]:
    """The left sides (whole points) of columns that the block repeats: the same texts in every row."""
    sides = {round(part.left) for group in groups for part in group.right[0].parts}
    return {side for side in sides if all(_has_same_text(group, side) for group in groups)}


def _has_same_text(group: _RowGroup, side: int) -> bool:
    own = [_text_at(row, side) for row in group.left]
    return own == [_text_at(row, side) for row in group.right] or (
        own[0] == _text_at(group.right[0], side) and not any(_text_at(row, side) for row in group.right[1:])
    )


def _text_at(row: DocumentRow, side: int) -> str:
    lines = (line.text for part in row.parts if round(part.left) == side and part.table == row.table
             for line in part.lines)  # fmt: skip
    return without_white_space("".join(lines))


def _renumber(groups: Sequence[_RowGroup]) -> None:
    """Number the rows of both blocks as those of one table, and set anew how many each cell covers."""
    ends: tuple[dict[int, int], dict[int, int]] = ({}, {})
    covering: list[tuple[DocumentRow, CellPart, int, int]] = []
    count = 0
    for group in groups:
        for side, rows in enumerate((group.left, group.right)):
            for row in rows:
                covering += [
                    (row, part, side, row.number + part.rows - 1)
                    for part in row.parts
                    if part.table == row.table or side == 0
                ]
        size = len(group.rows)
        for ends_of_side, rows in zip(ends, (group.left, group.right), strict=True):
            for at, row in enumerate(rows):
                ends_of_side[row.number] = count + (size if at + 1 == len(rows) else at + 1)
        for at, row in enumerate(group.rows):
            row.number = count + at + 1
        group.right[0].number = count + 1
        count += size
    for row, part, side, last in covering:
        part.rows = max(ends[side].get(last, row.number) - row.number + 1, 1)
