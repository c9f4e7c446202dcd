"""A span of time over several cells: 项目起止时间 | 2023年1月 | 至 | 2023年12月 is a label with a value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.reading.grid import Cell, joined
from budgetkg.text import comparison_key as key

_DATE = r"20\d\d(?:年(?:\d{1,2}月?(?:\d{1,2}日?)?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)(?:[初中底末])?"
_TO = "至|到|—{1,2}|–|-|~|起至"
_WORD = "(?:起始|开始|起|终止|结束|止|完成|截止)(?:时间|日期|年月)?:?"
_PIECE = re.compile(rf"(?:自|从)?(?:{_WORD})?(?:{_TO})?(?:{_DATE})?(?:起|止)?(?:{_TO})?")
_TO_PIECE = re.compile(f"^(?:{_TO})|(?:{_TO})$")
_STARTS = re.compile(_WORD)
_SPAN = re.compile(rf"(?:自|从)?(?:{_WORD})?{_DATE}起?[,;]?(?>(?:{_TO}|{_WORD})+){_DATE}止?")


def is_span(text: str) -> bool:
    """Whether a text is a day or month, and another up to which it lasts."""
    return _SPAN.fullmatch(key(text)) is not None


def with_whole_spans(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a row, those that are pieces of one span of time as one cell."""
    found: list[Cell] = []
    at = 0
    while at < len(cells):
        end = _end(cells, at) if at else at  # the first cell of a row is the label
        cell = cells[at]
        for other in cells[at + 1 : end]:
            place = joined(cell, other)
            cell = Cell(cell.column, place.text, place, other.column + other.span - cell.column, cell.rows)
        found.append(cell)
        at = max(end, at + 1)
    return found


def _end(cells: Sequence[Cell], start: int) -> int:
    """Behind the last cell of the span that begins with one; the cell itself where none does."""
    text, best = "", start
    for at in range(start, len(cells)):
        plain = cells[at].key
        if _PIECE.fullmatch(plain) is None or not plain:
            break
        text += plain
        worded = _STARTS.match(cells[start].key) is not None  # else 终止时间 labels a date of its own
        linked = worded or any(_TO_PIECE.search(cell.key) for cell in cells[start : at + 1])
        best = at + 1 if at > start and linked and _SPAN.fullmatch(text) else best
    return best
