"""A sheet of a workbook of any kind (xlsx, xls) → rows of cells with their addresses.

Only cells with text are kept, so that a sheet costs nothing for the size that it declares.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import Cell, GridBuilder, RawCell
from budgetkg.text import is_blank

INDENT = "    "
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 5_000_000
_LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_LONGEST_LIST = 5  # hidden rows and columns that a notice names


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range of cells: rows and columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet as stored: cell texts by row and column from 0, merged ranges, what is hidden.

    ``page_texts`` are its page headers and footers.
    """

    title: str = ""
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    page_texts: list[str] = field(default_factory=list)
    prints_zeros: bool = True
    hidden: bool = False
    last_row: int = -1
    cells: int = 0
    characters: int = 0

    def put(self, name: str, row: int, column: int, text: str) -> None:
        """Take a cell's text; raises UnreadableDocument for more than any form could hold."""
        if all(map(is_blank, text)):
            return
        self.rows.setdefault(row, {})[column] = text
        self.cells += 1
        self.characters += len(text)
        check_count(name, self.cells)
        check_size(name, self.characters)

    def address(self, row: int, column: int) -> str:
        """What a spreadsheet program calls a cell: Sheet1!B7."""
        return f"{self.quoted}!{letters(column)}{row + 1}"

    @property
    def quoted(self) -> str:
        """The sheet's name as it stands in a formula."""
        plain = self.title.isidentifier()
        return self.title if plain else "'" + self.title.replace("'", "''") + "'"


def check_count(name: str, cells: int) -> None:
    """Raise UnreadableDocument for a workbook with more cells, rows or merged ranges than any form has."""
    if cells > MOST_CELLS:
        raise UnreadableDocument(name, "workbook-cells", most=MOST_CELLS)


def check_size(name: str, characters: int) -> None:
    """Raise UnreadableDocument for a document with more text than any form has."""
    if characters > MOST_CHARACTERS:
        raise UnreadableDocument(name, "too-many-characters", most=MOST_CHARACTERS)


def letters(column: int) -> str:
    """The letters of a column from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_lines(text: str) -> tuple[str, ...]:
    """Split a cell's text at its line breaks; control characters, which print nothing, are left out."""
    return tuple(_LINE_BREAK.split(_CONTROL.sub("", text)))


def write_sheet(builder: GridBuilder, sheet: Sheet, page: int) -> None:
    """Write the rows of a sheet as a table on a page of its own.

    Cells under a merged one, page headers and footers are furniture; hidden text is reported.
    """
    width = 1 + max((column for cells in sheet.rows.values() for column in cells), default=0)
    unseen: list[Cell] = []
    for row, merges in _with_merges(sheet):
        printed: list[RawCell] = []
        covered: list[RawCell] = []
        for column, text in sorted(sheet.rows[row].items()):
            merge = merges.get(column, Merge(row, column, row, column))
            span, address = merge.right - merge.left + 1, sheet.address(row, column)
            down = merge.bottom - merge.top + 1
            raw = RawCell(column, text_lines(text), span=span, rows=down, address=address)
            (printed if (row, column) == (merge.top, merge.left) else covered).append(raw)
        if covered:
            builder.furniture(page, covered)
        written = builder.row([(page, printed)], width, page, number=row) if printed else None
        cells = written.cells if written else ()
        unseen += [cell for cell in cells if row in sheet.hidden_rows or _hides(sheet, cell.column)]
        unseen += cells[:1] if sheet.hidden else ()
    _report_unseen(builder, sheet, unseen)
    for text in sheet.page_texts:
        if text:
            builder.furniture(page, [RawCell(0, text_lines(text))])


def _with_merges(sheet: Sheet) -> Iterator[tuple[int, dict[int, Merge]]]:
    """Yield each row with the merged ranges over its cells, by column.

    A sweep line over the rows: however many ranges a sheet declares, a row costs only its own cells and the
    ranges that begin or end at it.
    """
    waiting = sorted(sheet.merges, key=lambda merge: merge.top, reverse=True)
    active: dict[int, Merge] = {}
    lefts: list[int] = []
    ends: list[tuple[int, int]] = []
    for row in sorted(sheet.rows):
        while waiting and waiting[-1].top <= row:
            merge = waiting.pop()
            if merge.bottom >= row:
                if merge.left not in active:
                    insort(lefts, merge.left)
                active[merge.left] = merge
                heappush(ends, (merge.bottom, merge.left))
        while ends and ends[0][0] < row:
            _, left = heappop(ends)
            if left in active and active[left].bottom < row:
                del active[left]
                del lefts[bisect_left(lefts, left)]
        yield row, dict(_merges_over(sheet.rows[row], active, lefts))


def _merges_over(
    cells: Iterable[int], active: dict[int, Merge], lefts: list[int]
) -> Iterator[tuple[int, Merge]]:
    for column in cells:
        at = bisect_right(lefts, column) - 1
        if at >= 0 and active[lefts[at]].right >= column:
            yield column, active[lefts[at]]


def _report_unseen(builder: GridBuilder, sheet: Sheet, unseen: list[Cell]) -> None:
    """Report the text of a sheet that nobody sees who opens the workbook, with its rows and columns."""
    if not unseen:
        return
    said = {"what": sheet.title}
    if not sheet.hidden:
        rows = [f"{row + 1}:{row + 1}" for row in sorted(sheet.hidden_rows) if sheet.rows.get(row)]
        columns = {column for cells in sheet.rows.values() for column in cells if _hides(sheet, column)}
        hidden = [*rows, *(f"{one}:{one}" for one in map(letters, sorted(columns)))]
        said["at"] = f"{','.join(hidden[:_LONGEST_LIST])}{'…' if len(hidden) > _LONGEST_LIST else ''}"
    for cell in unseen[:1] if sheet.hidden else unseen:
        builder.notice("text-hidden", sheet.title, cell.place.offsets[0], cell.place.offsets[-1] + 1, **said)


def _hides(sheet: Sheet, column: int) -> bool:
    return any(column in hidden for hidden in sheet.hidden_columns)
