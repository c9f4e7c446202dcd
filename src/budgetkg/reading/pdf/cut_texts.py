"""Texts that a print cuts off: a spreadsheet program prints only the lines for which a row has room.

The rest isn't in the file, so that what was lost can't be said; that something was can, where the lines fill
their cell to its lower edge and right side and yet end within a bracket or at a comma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from budgetkg.reading.grid import Reading
from budgetkg.reading.pdf.overfull_settings import OVERFULL
from budgetkg.reading.pdf.tables import PageCell, PageLayout, PageTable
from budgetkg.reading.source import Box, Notice

_PAIRS = dict(zip("（(《“〔", "）)》”〕", strict=True))
_GOES_ON = ("、", "，", ",", *_PAIRS)
_QUOTED = 60  # characters of a cut text that a notice quotes, its last ones


@dataclass(frozen=True, slots=True)
class CutText:
    """The page on which a text is cut, and the box of its last character."""

    page: int
    box: Box


def cut_texts(pages: Iterable[PageLayout]) -> list[CutText]:
    """The texts of ruled tables that their print cuts off."""
    return [
        CutText(cell.lines[-1].page or page.number, cell.lines[-1].boxes[-1])
        for page in pages
        for table in page.items
        if isinstance(table, PageTable) and len(table.ys) == len(table.rows) + 1
        for cell in _closed(table)
    ]


def _closed(table: PageTable) -> Iterator[PageCell]:
    """The cells with a cut text; one at a page break may well go on on the next page."""
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            whole = cell.lines and cell.visible == cell.lines and not cell.open_top
            if row.doubtful or not whole or cell.ends_page or not _is_unfinished(cell.text):
                continue
            if _is_full(cell, table.ys[number], table.ys[number + cell.row_span]):
                yield cell


def _is_unfinished(text: str) -> bool:
    """Whether a text ends within a bracket or at a comma."""
    if text.endswith(_GOES_ON):
        return True
    awaited: list[str] = []
    for char in text:
        if char in _PAIRS:
            awaited.append(_PAIRS[char])
        elif awaited and char == awaited[-1]:
            awaited.pop()
    return bool(awaited)


def _is_full(cell: PageCell, upper: float, lower: float) -> bool:
    """Whether a cell has room neither for another line nor for another character behind the last."""
    first, last = cell.lines[0], cell.lines[-1]
    room = OVERFULL.no_room * last.size
    level = first.top - upper < room and lower - last.bottom < room
    widest = max(box[2] - box[0] for box in last.boxes)
    return level and cell.right - cell.left - (last.x1 - last.x0) < OVERFULL.no_width * widest


def with_cut_texts(cuts: list[CutText], reading: Reading) -> Reading:
    """The reading with a notice of each cut text that it holds."""
    if not cuts or not reading.source.boxes:
        return reading
    boxes, notices = reading.source.boxes, []
    wanted = {(cut.page, cut.box) for cut in cuts}
    for row in (*reading.rows, *reading.asides):
        for cell in row.cells:
            offsets = cell.place.offsets
            if not offsets or not (box := boxes[offsets[-1]]):
                continue
            page = reading.source.line_at(offsets[-1]).page
            if (page, box) in wanted:
                text = cell.text if len(cell.text) <= _QUOTED else f"…{cell.text[-_QUOTED:]}"
                notices.append(
                    Notice("text-cut", f"p. {page}", offsets[0], offsets[-1] + 1, (("text", text),))
                )
    source = replace(reading.source, notices=(*reading.source.notices, *notices))
    return replace(reading, source=source)
