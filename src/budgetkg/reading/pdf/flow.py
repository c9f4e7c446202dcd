"""Pages in order → rows: a row that a page break cuts is one row again.

A spreadsheet program draws a cell that a page break cuts whole on both pages and clips it: what shows
on either page is kept from there, the rest is drawn twice and carries nothing. A word processor lets
the text flow on: the part below the break has text only where the row above it was full to the edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgetkg.reading.pdf.page import ABOVE, BELOW, SEEN
from budgetkg.reading.pdf.tables import PageCell, PageContent, PageRow, PageTable, PageText, same_columns
from budgetkg.reading.pdf.text import TextLine

_SIDE = 4.0
_MOST_HEADER_ROWS = 4
_FULL = 1.7
_CLOSING = tuple("，。、；：！？）》”’")
_SENTENCE_ENDS = "。！？；;!?"
_FIGURE = re.compile(r"-?\d[\d,，]*[.．]\d{2}")


@dataclass(slots=True)
class Place:
    """What one cell shows on one page, and how many rows it covers; ``aside`` is whether the first
    columns of its row stand on another page."""

    page: int
    table: int
    left: float
    right: float
    lines: list[TextLine]
    rows: int = 1
    aside: bool = False


@dataclass(slots=True)
class FlowRow:
    """A row of a table (its number) or a text outside one (0), with all it shows on its pages.

    ``height`` is that of its strips; ``again`` is whether it repeats the header on a later page;
    ``number`` counts the rows of the table that don't; ``doubtful`` is whether its cells may belong to
    other rows.
    """

    table: int
    first_page: int
    places: list[Place] = field(default_factory=list)
    height: float = 0.0
    again: bool = False
    number: int = 0
    doubtful: bool = False

    @property
    def text(self) -> str:
        """Its words without blanks, to be compared."""
        lines = (line.text for place in self.places for line in place.lines)
        return "".join("".join(lines).split())


@dataclass(slots=True)
class _Open:
    """A cell that reaches the end of its page, and which of its lines have shown so far.

    ``waits`` is whether it goes on below the page break without having said anything yet.
    """

    cell: PageCell
    row: FlowRow
    shown: list[bool]
    waits: bool = False


@dataclass(slots=True)
class Flow:
    """The rows of a document so far, and what its pages hold beside them."""

    rows: list[FlowRow] = field(default_factory=list)
    hidden: list[tuple[int, TextLine]] = field(default_factory=list)
    tables: int = 0
    sides: dict[int, set[float]] = field(default_factory=dict)
    _last: PageTable | None = None
    _last_page: int = 0
    _page_before: int = -1
    _header: list[PageRow] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _bottom: FlowRow | None = None
    _headed: bool = False
    _rows: int = 0
    _rows_before: int = 0

    def add(self, page: PageContent) -> None:
        """Take the next page."""
        self.hidden += [(page.number, line) for line in page.hidden]
        first = True
        for item in page.items:
            if isinstance(item, PageText):
                places = [Place(page.number, 0, piece.x0, piece.x1, [piece]) for piece in item.pieces]
                self.rows.append(FlowRow(0, page.number, places))
                continue
            goes_on = first and self._last_page == self._page_before and self._has_columns_of(item)
            goes_on = goes_on and not (self._run_is_whole() or self._begins_anew(item))
            if not goes_on:
                self.tables += 1
                self._rows_before = self._rows or self._rows_before
                self._rows = 0
                self._header, self._open = item.rows[:_MOST_HEADER_ROWS], []
            self._take(page.number, item, goes_on)
            self._last, self._last_page, first = item, page.number, False
        self._page_before = page.number

    def _has_columns_of(self, table: PageTable) -> bool:
        return self._last is not None and same_columns(self._last.xs, table.xs)

    def _take(self, page: int, table: PageTable, goes_on: bool) -> None:
        self.sides.setdefault(self.tables, set()).update(table.xs)
        header = _repeated(self._header, table) if goes_on else 0
        self._headed = header > 0
        above, self._open = self._open, []
        opened = self._bottom if any(found.cell.open_end for found in above) else None
        covering: list[tuple[FlowRow, PageCell, int]] = []
        ends: list[int] = []
        for number, row in enumerate(table.rows):
            mine = FlowRow(self.tables, page, height=row.height, again=number < header)
            mine.number = self._rows + (not mine.again)
            mine.doubtful = row.doubtful
            cut = number == header and bool(above)
            flows = cut and _flows_on(above, row)
            upper = opened if cut else None
            for cell in row.cells:
                before = _same_place(above, cell) if cut else None
                target, shown = mine, [line.cut == SEEN for line in cell.lines]
                if before is not None and _drawn_twice(before.cell, cell):
                    target, shown = before.row, self._once_more(page, before, cell)
                    upper = self._bottom
                else:
                    if before is not None and flows and cell.seen:
                        target = upper = before.row
                    elif before is not None and (before.waits or _goes_on(before.cell, cell)):
                        target = before.row
                    self._keep(page, target, cell, cell.lines, shown)
                covering.append((_begun(before, target), cell, number))
                if cell.ends_page:
                    self._open.append(_Open(cell, target, shown))
            if upper is not None and not mine.places:
                upper.height += row.height
                self._bottom = upper
            else:
                self.rows.append(mine)
                # A header printed again stands between the two parts of a row.
                self._bottom = self._bottom if mine.again else mine
                self._rows += not mine.again
            ends.append(self._rows)
        _mark_waiting(self._open)
        for begun, cell, first in covering:
            self._cover(begun, cell, ends[first + cell.strips - 1])

    def _cover(self, row: FlowRow, cell: PageCell, last: int) -> None:
        """Say of a cell which row is the last that it covers."""
        for place in row.places:
            if place.table == self.tables and _same_sides(place, cell):
                place.rows = max(place.rows, last - row.number + 1)

    def _run_is_whole(self) -> bool:
        """Whether the table has as many rows as the one before, as a run of its columns would have."""
        cut = any(found.cell.open_end or not all(found.shown) for found in self._open)
        return self._rows == self._rows_before and not cut

    def _begins_anew(self, table: PageTable) -> bool:
        """Whether a lone column that repeats its header on each page stands under another one here."""
        return self._headed and len(table.xs) == 2 and not _repeated(self._header, table)

    def _once_more(self, page: int, before: _Open, cell: PageCell) -> list[bool]:
        """Keep of a cell drawn again what did not show on the page before."""
        now = [
            not seen and (line.cut == SEEN or (line.cut == ABOVE and earlier.cut == BELOW))
            for line, earlier, seen in zip(cell.lines, before.cell.lines, before.shown, strict=True)
        ]
        self._keep(page, before.row, cell, cell.lines, now)
        return [one or other for one, other in zip(now, before.shown, strict=True)]

    def _keep(
        self, page: int, row: FlowRow, cell: PageCell, lines: list[TextLine], shown: list[bool]
    ) -> None:
        page = cell.page or page
        kept = [line for line, shows in zip(lines, shown, strict=True) if shows]
        self.hidden += [(page, line) for line, shows in zip(lines, shown, strict=True) if not shows]
        if kept:
            row.places.append(Place(page, self.tables, cell.left, cell.right, kept, aside=cell.page > 0))


def _mark_waiting(ends: list[_Open]) -> None:
    """Say which cells at the end of a page are merged ones whose words come on the next page.

    They have no rule below them where others, which end with their words, have one.
    """
    if any(found.cell.seen and not found.cell.open_end for found in ends):
        for found in ends:
            found.waits = found.cell.open_end and not found.cell.lines


def _repeated(header: list[PageRow], table: PageTable) -> int:
    """How many rows at the top say the same as the first rows of the table: its header, printed again."""
    count = 0
    for first, again in zip(header, table.rows, strict=False):
        if not first.text or first.text != again.text or first.cut or again.cut:
            break
        count += 1
    return count


def _same_place(above: list[_Open], cell: PageCell) -> _Open | None:
    for found in above:
        if _same_sides(found.cell, cell):
            return found
    return None


def _same_sides(one: PageCell | Place, other: PageCell) -> bool:
    return abs(one.left - other.left) <= _SIDE and abs(one.right - other.right) <= _SIDE


def _begun(before: _Open | None, target: FlowRow) -> FlowRow:
    """The row in which a cell begins: a merged one without words of its own goes on from the page before."""
    goes_on = before is not None and before.cell.open_end
    return before.row if before is not None and goes_on else target


def _drawn_twice(before: PageCell, cell: PageCell) -> bool:
    cut = any(line.cut == BELOW for line in before.lines) or any(line.cut == ABOVE for line in cell.lines)
    return cut and len(before.lines) == len(cell.lines) and before.text == cell.text


def _flows_on(above: list[_Open], row: PageRow) -> bool:
    """Whether each text of a row goes on with one above the page break: no rule parts the two, or the
    text above fills its cell.
    """
    pairs = [(_same_place(above, cell), cell) for cell in row.cells if cell.seen]
    befores = [before for before, _ in pairs if before is not None]
    if not befores or len(befores) < len(pairs):
        return False
    # A figure is never cut: one under another belongs to the next row, wherever the column is set flush.
    if any(before and _is_figure(before.cell) and _is_figure(cell) for before, cell in pairs):
        return False
    own = {id(before.row) for before in befores}
    if all(before.cell.open_end and cell.open_start for before, cell in pairs if before is not None):
        return len(own) == 1
    if not all(_is_full(before.cell, cell) for before, cell in pairs if before is not None):
        return False
    inked = [found for found in above if found.cell.seen and id(found.row) in own]
    return len(own) == 1 and (len(pairs) < len(inked) or all(_breaks_off(found.cell) for found in inked))


def _goes_on(above: PageCell, cell: PageCell) -> bool:
    """Whether no rule parts the words of a cell, merged beside new rows, from those above the page break."""
    return above.open_end and cell.open_start and bool(above.seen and cell.seen)


def _is_figure(cell: PageCell) -> bool:
    return _FIGURE.fullmatch(cell.text) is not None


def _is_full(cell: PageCell, after: PageCell) -> bool:
    """Whether the last line runs to the right edge, so that more may follow; a mark that may not begin a
    line takes the character before it along."""
    lines = cell.seen
    taken = after.text[1:2] in _CLOSING
    return bool(lines) and cell.right - lines[-1].x1 <= (_FULL + taken) * lines[-1].size


def _breaks_off(cell: PageCell) -> bool:
    return cell.seen[-1].text.rstrip()[-1:] not in _SENTENCE_ENDS
