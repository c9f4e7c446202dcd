"""Pages in order → the rows of a document: a row that a page break cuts is one row again.

A spreadsheet program draws a cell that a page break cuts whole on both pages and clips it: what shows
on either page is kept from there, the rest is drawn twice and carries nothing. A word processor lets the
text flow on: the part below the break has text only where the row above it was full to the edge. A browser
prints no edge between the two parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby

from budgetkg.reading.pdf.document_rows import CellPart, DocumentRow
from budgetkg.reading.pdf.doubts import doubt_what_hangs, may_be_cut
from budgetkg.reading.pdf.page import CLIPPED_ABOVE, CLIPPED_BELOW, VISIBLE
from budgetkg.reading.pdf.row_breaks import (
    TableFoot,
    begins_value,
    breaks_off,
    foot_of,
    is_amount,
    is_drawn_twice,
    is_figure,
    is_full,
    is_open_between,
)  # fmt: skip
from budgetkg.reading.pdf.settings import TABLES
from budgetkg.reading.pdf.tables import (
    PageCell,
    PageLayout,
    PageRow,
    PageTable,
    PageText,
    has_same_sides,
    repeated_rows,
    same_columns,
    snap_columns,
)  # fmt: skip
from budgetkg.reading.pdf.text import TextLine


@dataclass(slots=True)
class _EndingCell:
    """A cell that reaches the end of its table on a page, and which of its lines have shown so far.

    ``awaits_text`` is true where it goes on below the page break and has no text yet.
    """

    cell: PageCell
    row: DocumentRow
    shown: list[bool]
    awaits_text: bool = False


@dataclass(slots=True)
class DocumentRows:
    """The rows of a document so far.

    ``furniture`` is the text of each page that carries nothing of its own, ``tables`` counts the tables,
    ``sides`` are the column boundaries of each table on all its pages.
    """

    rows: list[DocumentRow] = field(default_factory=list)
    furniture: list[tuple[int, TextLine]] = field(default_factory=list)
    tables: int = 0
    sides: dict[int, set[float]] = field(default_factory=dict)
    _last: PageTable | None = None
    _last_page: int = 0
    _page_before: int = -1
    _header: list[PageRow] = field(default_factory=list)
    _ending: list[_EndingCell] = field(default_factory=list)
    _bottom: DocumentRow | None = None
    _repeats_header: bool = False
    _rows: int = 0
    _rows_before: int = 0

    def add(self, page: PageLayout) -> None:
        """Take the next page."""
        self.furniture += [(line.page or page.number, line) for line in page.furniture]
        first = True
        for item in page.items:
            if isinstance(item, PageText):
                parts = [CellPart(one.page or page.number, 0, one.x0, one.x1, [one]) for one in item.pieces]
                self.rows.append(DocumentRow(0, page.number, parts))
                continue
            if first and self._last is not None:
                snap_columns(item, self._last.xs)
            goes_on = first and self._last_page == self._page_before and self._goes_on_with(item)
            if not goes_on:
                if first and self._last_page == self._page_before and not item.settled:
                    _doubt_cut_row(self._ending, item.rows[0], item, foot_of(self._last))
                self.tables += 1
                self._rows_before = self._rows or self._rows_before
                self._rows = 0
                self._header, self._ending = item.rows[: TABLES.max_header_rows], []
            self._take(page.number, item, goes_on)
            self._last, self._last_page, first = item, page.number, False
        self._page_before = page.number

    def _goes_on_with(self, table: PageTable) -> bool:
        """Whether the last table goes on with this one, the first on the next page."""
        same = self._last is not None and same_columns(self._last.xs, table.xs)
        return same and not (self._is_whole_block() or self._is_new_column(table))

    def _is_whole_block(self) -> bool:
        """Whether the table has as many rows as the one before, as a further block of its columns has."""
        cut = any(ending.cell.open_bottom or not all(ending.shown) for ending in self._ending)
        return self._rows == self._rows_before and not cut

    def _is_new_column(self, table: PageTable) -> bool:
        """Whether a lone column that repeats its header on each page stands under another header here."""
        return self._repeats_header and len(table.xs) == 2 and not repeated_rows(self._header, table)

    def _take(self, page: int, table: PageTable, goes_on: bool) -> None:
        self.sides.setdefault(self.tables, set()).update(table.xs)
        header = repeated_rows(self._header, table) if goes_on else 0
        self._repeats_header = header > 0
        above, self._ending = self._ending, []
        foot = foot_of(self._last)
        opened = self._bottom if any(ending.cell.open_bottom for ending in above) else None
        covering: list[tuple[DocumentRow, PageCell, int]] = []
        ends: list[int] = []
        for number, row in enumerate(table.rows):
            # Only the first row below the break, and below a header printed again, can go on with one above.
            cut = number == header and bool(above)
            flows = cut and not table.settled and _flows_on(above, row, foot)
            if cut and not flows and not table.settled:
                _doubt_cut_row(above, row, table, foot)
            own = DocumentRow(self.tables, page, height=row.height, is_repeated_header=number < header)
            own.number, own.doubtful = self._rows + (not own.is_repeated_header), row.doubtful
            merged_go_on = cut and (flows or _merged_go_on(above, row, foot))
            upper = opened if cut else None
            for cell in row.cells:
                before = _same_place(above, cell) if cut else None
                goes_on_merged = merged_go_on and cell.row_span > 1 and before is not None
                target, shown = own, [line.visibility == VISIBLE for line in cell.lines]
                if before is not None and is_drawn_twice(before.cell, cell):
                    target, shown = before.row, self._keep_new_lines(page, before, cell)
                    upper = self._bottom
                else:
                    if before is not None and flows and cell.visible:
                        target, upper = before.row, self._bottom
                    elif before is not None and (
                        goes_on_merged or before.awaits_text or is_open_between(before.cell, cell)
                    ):
                        target = before.row
                    self._keep(page, target, cell, shown)
                target.doubtful |= row.doubtful
                covering.append((_first_row(before, target), cell, number))
                if cell.ends_page:
                    self._ending.append(_EndingCell(cell, target, shown))
            self._add_row(own, upper)
            ends.append(self._rows)
        _mark_awaiting(self._ending)
        for begun, cell, first in covering:
            self._cover(begun, cell, ends[first + cell.row_span - 1])

    def _add_row(self, own: DocumentRow, upper: DocumentRow | None) -> None:
        """Add a row, or its height alone where all its text went to the row above the page break."""
        if upper is not None and not own.parts:
            upper.height += own.height
            self._bottom = upper
            return
        self.rows.append(own)
        # A header printed again stands between the two parts of a row.
        self._bottom = self._bottom if own.is_repeated_header else own
        self._rows += not own.is_repeated_header

    def _cover(self, row: DocumentRow, cell: PageCell, last: int) -> None:
        """Set how many rows a cell covers, from the number of the last one."""
        for part in row.parts:
            if part.table == self.tables and has_same_sides(part, cell):
                part.rows = max(part.rows, last - row.number + 1)

    def _keep_new_lines(self, page: int, before: _EndingCell, cell: PageCell) -> list[bool]:
        """Keep of a cell drawn again the lines that did not show on the page before."""
        now = [
            not seen
            and (
                line.visibility == VISIBLE
                or (line.visibility == CLIPPED_ABOVE and earlier.visibility == CLIPPED_BELOW)
            )
            for line, earlier, seen in zip(cell.lines, before.cell.lines, before.shown, strict=True)
        ]
        self._keep(page, before.row, cell, now)
        return [one or other for one, other in zip(now, before.shown, strict=True)]

    def _keep(self, page: int, row: DocumentRow, cell: PageCell, shown: list[bool]) -> None:
        page, shows = cell.page or page, [*zip(cell.lines, shown, strict=True)]
        self.furniture += [(line.page or page, line) for line, visible in shows if not visible]
        # Of a cell that the side of a page cuts the parts stay in their order.
        for own, kept in groupby((line for line, visible in shows if visible), lambda line: line.page):
            part = CellPart(own or page, self.tables, cell.left, cell.right, [*kept])
            row.parts.append(replace(part, in_further_block=cell.page + own > 0))


def _mark_awaiting(ends: list[_EndingCell]) -> None:
    """Mark the merged cells at the end of a page whose text comes on the next page.

    They have no edge below, where others, which end with their text, have one.
    """
    if any(ending.cell.visible and not ending.cell.open_bottom for ending in ends):
        for ending in ends:
            ending.awaits_text = ending.cell.open_bottom and not ending.cell.lines


def _same_place(above: list[_EndingCell], cell: PageCell) -> _EndingCell | None:
    return next((ending for ending in above if has_same_sides(ending.cell, cell)), None)


def _first_row(before: _EndingCell | None, target: DocumentRow) -> DocumentRow:
    """The row in which a cell begins: one that was open at the page break goes on from above."""
    return before.row if before is not None and before.cell.open_bottom else target


def _pairs(above: list[_EndingCell], row: PageRow) -> list[tuple[_EndingCell | None, PageCell]]:
    """The cells of a row that hold text, each with the one above the page break."""
    return [(_same_place(above, cell), cell) for cell in row.cells if cell.visible]


def _flows_on(above: list[_EndingCell], row: PageRow, foot: TableFoot) -> bool:
    """Whether each text of a row goes on with one above the page break.

    It does where no edge parts the two, or the text above reaches the break as no other does its edge, or it
    fills its cell and breaks off.
    """
    pairs = [(before, cell) for before, cell in _pairs(above, row) if before is not None]
    if not pairs or len(pairs) < len(_pairs(above, row)):
        return False
    # An amount is never cut: one under another belongs to the next row, wherever the column is set flush.
    # Nor is a value: a sign and a figure beside other texts begin a row.
    if any(is_amount(before.cell) and is_amount(cell) for before, cell in pairs):
        return False
    if len(pairs) > 1 and any(begins_value(cell) for _, cell in pairs):
        return False
    inked = [ending for ending in above if ending.cell.visible]
    rows = {id(before.row) for before, _ in pairs}
    if all(before.cell.open_bottom and cell.open_top for before, cell in pairs):
        return len(rows) == 1
    if all(foot.is_reached_by(before.cell) for before, _ in pairs):
        begins = any(is_figure(before.cell) and is_figure(cell) for before, cell in pairs)
        return not begins and (len(pairs) < len(inked) or all(breaks_off(ending.cell) for ending in inked))
    if not all(is_full(before.cell, cell) and not foot.has_room_below(before.cell) for before, cell in pairs):
        return False
    inked = [ending for ending in inked if id(ending.row) in rows]
    return len(rows) == 1 and (len(pairs) < len(inked) or all(breaks_off(ending.cell) for ending in inked))


def _doubt_cut_row(above: list[_EndingCell], row: PageRow, table: PageTable, foot: TableFoot) -> None:
    """Put the rows on both sides of a page break in doubt if nobody can say whether they are one."""
    last = [ending for ending in above if ending.cell.visible and ending.cell.row_span == 1]
    pairs = [(before.cell if before else None, cell) for before, cell in _pairs(above, row)]
    over = [before for before, _ in pairs if before is not None and before.visible]
    ended = any(foot.has_room_below(one) or foot.keeps_padding(one) for one in over)
    if not ended and may_be_cut(pairs, [ending.cell for ending in last], row):
        row.doubtful = True
        doubt_what_hangs([table])
        for ending in last:
            ending.row.doubtful = True


def _merged_go_on(above: list[_EndingCell], row: PageRow, foot: TableFoot) -> bool:
    """Whether the merged cells of a row go on from above the page break, beside a row of its own.

    One of them reaches the break, and one is blank where there is text above: whatever begins a new group
    of rows is printed in all of its cells.
    """
    merged = [(_same_place(above, cell), cell) for cell in row.cells if cell.row_span > 1]
    pairs = [(before.cell, cell) for before, cell in merged if before is not None and before.cell.visible]
    return (
        any(cell.visible and foot.is_reached_by(before) for before, cell in pairs)
        and any(not cell.lines for _, cell in pairs)
        and not any(is_amount(before) and is_amount(cell) for before, cell in pairs)
    )
