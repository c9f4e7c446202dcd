"""What the lines of a cell say of the page break below it: whether its text goes on behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from budgetkg.reading.pdf.page import CLIPPED_ABOVE, CLIPPED_BELOW
from budgetkg.reading.pdf.settings import CONTINUATION
from budgetkg.reading.pdf.tables import PageCell, PageTable

_NOT_FIRST = tuple("，。、；：！？）》】”’,.;:!?)]%")  # marks that begin no line
_SENTENCE_ENDS = "。！？；;!?"
_FIGURE = re.compile(r"[<>=＜＞＝≤≥≦≧]?-?\d[\d,，]*([.．]\d+)?%?")
_AMOUNT = re.compile(r"-?\d[\d,，]*[.．]\d{2}")


@dataclass(frozen=True, slots=True)
class TableFoot:
    """The y at which a table ends on its page, and the least room that its rows leave below their text.

    A page break cuts a row where it is full: less room is left than below any row that ends by itself.
    ``room`` is in points, infinitely negative where no row tells it.
    """

    bottom: float
    room: float

    def is_reached_by(self, cell: PageCell) -> bool:
        """Whether the text of a cell at the foot of the table leaves clearly less room than any row."""
        if not cell.visible:
            return False
        line = cell.visible[-1]
        return self.bottom - line.bottom < self.room - CONTINUATION.less_room * line.size

    def keeps_padding(self, cell: PageCell) -> bool:
        """Whether a cell at the foot leaves a padding below its text, or more room than the fullest rows."""
        line = cell.visible[-1]
        padded = self.room > CONTINUATION.padding * line.size and not self.is_reached_by(cell)
        left = self.bottom - line.bottom
        return padded or (self.room > -inf and left > self.room + CONTINUATION.level_room * line.size)

    def has_room_below(self, cell: PageCell) -> bool:
        """Whether more lines would have had room below the text of a cell at the foot: none is missing."""
        line = cell.visible[-1]
        usual = max(self.room, 0.0) + CONTINUATION.more_room * line.size
        return self.bottom - line.bottom > usual


def foot_of(table: PageTable | None) -> TableFoot:
    """The foot of a table; only rows above its last one tell how much room is usual."""
    if table is None or not table.ys:
        return TableFoot(0.0, -inf)
    rooms: list[float] = []
    for row, (_, lower) in zip(table.rows[:-1], pairwise(table.ys), strict=False):
        lows = [cell.visible[-1].bottom for cell in row.cells if cell.row_span == 1 and cell.visible]
        rooms += [lower - max(lows)] if lows else []
    return TableFoot(table.ys[-1], min(rooms, default=-inf))


def is_amount(cell: PageCell) -> bool:
    """Whether a cell holds an amount and nothing else."""
    return _AMOUNT.fullmatch(cell.text) is not None


def is_figure(cell: PageCell) -> bool:
    """Whether a cell holds a figure and nothing else, with a sign before or per cent behind it at most."""
    return _FIGURE.fullmatch(cell.text) is not None


def begins_value(cell: PageCell) -> bool:
    """Whether a cell holds a sign with its figure and nothing else: ≥98%."""
    return is_figure(cell) and not cell.text[0].isdecimal()


def is_full(cell: PageCell, after: PageCell) -> bool:
    """Whether the last line runs to the right side, so that more may follow.

    A mark that begins no line takes the character before it along to the next one.
    """
    lines = cell.visible
    taken = after.text[1:2] in _NOT_FIRST
    return bool(lines) and cell.right - lines[-1].x1 <= (CONTINUATION.full_line_gap + taken) * lines[-1].size


def breaks_off(cell: PageCell) -> bool:
    """Whether the text of a cell ends within a sentence."""
    return cell.visible[-1].text.rstrip()[-1:] not in _SENTENCE_ENDS


def is_drawn_twice(before: PageCell, cell: PageCell) -> bool:
    """Whether the page break cuts a cell that is drawn whole on both pages."""
    cut = any(line.visibility == CLIPPED_BELOW for line in before.lines) or any(
        line.visibility == CLIPPED_ABOVE for line in cell.lines
    )
    return cut and len(before.lines) == len(cell.lines) and before.text == cell.text


def is_open_between(above: PageCell, cell: PageCell) -> bool:
    """Whether no edge parts the text of a cell, merged beside new rows, from that above the page break."""
    return above.open_bottom and cell.open_top and bool(above.visible and cell.visible)
