"""Where a wrapped name ends and the cell beside it begins, in a table flattened to lines.

A dump prints the name column and the goal column one after the other. What tells them apart is
how a printer wraps: a line that is followed by more of the same cell is full, and a line that is
not full closes a paragraph. Brackets must close, and a name holds no sentence end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.folding import fold, key, width
from budgetkg.reading.source import Line

_SENTENCE_END = "。！？；;!?"  # no name ends so
_FULL_STOP = "。！？!?"  # a cell may end so
_SLACK = 4  # half squares by which a full name line may fall short (a Latin word, a bracket)
_BODY_SLACK = 6  # the same for a wide cell: up to three squares moved by line-break rules
_YEAR_AHEAD = re.compile(r"20\d\d年")  # names of yearly projects begin so
_MOST_TAIL_LINES = 4
_PAIRS = {"(": ")", "《": "》", "“": "”", "[": "]", "〔": "〕", "【": "】", "「": "」"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Printed widths in half squares: of the name column and of the body (goal or indicators)."""

    name: int
    body: int

    def fills_name(self, line: Line) -> bool:
        """Whether a line runs to the edge of the name column."""
        return self.name - _SLACK <= width_in_column(line) <= self.name + _SLACK

    def fits_name(self, line: Line) -> bool:
        """Whether a line fits into the name column."""
        return width_in_column(line) <= self.name + _SLACK

    def closed(self, line: Line) -> bool:
        """Whether a body line closes its paragraph: a sentence end, or room left on it."""
        text = line.text.rstrip()
        return text.endswith(tuple(_FULL_STOP)) or width(text) < self.body - _BODY_SLACK


def width_in_column(line: Line) -> int:
    """Printed width with the indent that the name column holds."""
    text = fold(line.text.rstrip())
    return width(text) + len(text) - len(text.lstrip())


def is_indented(line: Line) -> bool:
    """Whether a line is set in by two blanks or more."""
    text = fold(line.text)
    return len(text) - len(text.lstrip(" \t")) >= 2 and bool(text.strip())


def unbalanced(text: str) -> bool:
    """Whether a bracket or quote opens or closes without its partner."""
    plain = key(text)
    return any(plain.count(left) != plain.count(right) for left, right in _PAIRS.items())


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around the lines before an amounts line.

    ``own`` is the name text on the amounts line itself; ``body_before`` whether the row before has
    a body at all, so that its only line is not taken away by a weak sign; ``below`` the line after
    the amounts, on which a name may go on.
    """

    own: str
    body_before: bool
    below: Line | None


def split_head(body: list[Line], around: Neighbours, columns: Columns, indents: bool) -> int:
    """Index in ``body`` from which the lines belong to the next row's name.

    A name that fits one line has its amounts beside it; so amounts that stand alone follow two
    lines of a name at least, or stand beside the middle of one.
    """
    own = around.own
    if indents:
        start = _indented_start(body, own, columns)
        if start is not None:
            return start
    index = len(body)
    if not own.strip() and body:
        index -= 1
    name = "".join(line.text.strip() for line in body[index:]) + own.strip()
    while index > 0 and _continues_upwards(body, index, name, around, columns):
        index -= 1
        name = body[index].text.strip() + name
    return index


def _indented_start(body: list[Line], own: str, columns: Columns) -> int | None:
    if own and fold(own).startswith("  "):
        return len(body)
    for index in range(len(body) - 1, -1, -1):
        if not columns.fits_name(body[index]):
            return None
        if is_indented(body[index]):
            return index
        if body[index].text.strip().endswith(tuple(_SENTENCE_END)):
            return None
    return None


def _continues_upwards(body: list[Line], index: int, name: str, around: Neighbours, columns: Columns) -> bool:
    line, own = body[index - 1], around.own
    text = line.text.strip()
    if not columns.fits_name(line) or text.endswith(tuple(_SENTENCE_END)):
        return False
    if unbalanced(name) and not unbalanced(text + name):
        return True
    if not own.strip() and index == len(body) - 1 and not _goes_on_below(body[index], around, columns):
        return True
    if not columns.fills_name(line):
        return False
    before_closed = index < 2 or columns.closed(body[index - 2]) or _YEAR_AHEAD.match(fold(text)) is not None
    if not own.strip():
        return before_closed
    ends = index >= 2 and body[index - 2].text.strip().endswith(tuple(_FULL_STOP))
    return ends and around.body_before and not any(mark in text for mark in "，。；")


def _goes_on_below(line: Line, around: Neighbours, columns: Columns) -> bool:
    below = around.below
    if below is None or not columns.fills_name(line):
        return False
    return columns.fits_name(below) and not below.text.rstrip().endswith(tuple(_SENTENCE_END))


def split_tail(
    body: list[Line], name: str, last_name_line: Line, columns: Columns, block_follows: bool
) -> int:
    """Index in ``body`` up to which the lines still belong to the name above the amounts.

    That happens where the amounts stand beside the middle of a name of several lines. A row whose
    indicators follow has a goal, so its only line is not taken for a name by a weak sign.
    """
    narrow = next((i for i, line in enumerate(body) if not columns.fits_name(line)), len(body))
    for taken in range(1, min(_MOST_TAIL_LINES, narrow) + 1):
        joined = name + "".join(line.text.strip() for line in body[:taken])
        if unbalanced(name) and not unbalanced(joined):
            return taken
    tail = body[:narrow]
    if not tail or len(tail) > _MOST_TAIL_LINES or not columns.fills_name(last_name_line):
        return 0
    wraps = all(columns.fills_name(line) for line in tail[:-1])
    speaks = any(line.text.strip().endswith(tuple(_SENTENCE_END)) or is_indented(line) for line in tail)
    alone = narrow == len(body) and (block_follows or len(tail) > 1 or columns.fills_name(tail[0]))
    return 0 if speaks or alone or not wraps or tail[0].text.strip()[:1].isdigit() else len(tail)
