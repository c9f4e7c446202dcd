"""Where a wrapped name ends and the cell beside it begins, in a table flattened to lines.

A dump prints the name column and the goal column one after the other. What tells them apart is
how a printer wraps: a line that is followed by more of the same cell is full, and a line that is
not full closes a paragraph. Brackets must close, and a name holds no sentence end.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.folding import fold, key, width
from budgetkg.reading.source import Line

_SENTENCE_END = "。！？；;!?"
_SLACK = 2  # half squares by which a full name line may fall short (a Latin word, a bracket)
_BODY_SLACK = 6  # the same for a wide cell: up to three squares moved by line-break rules
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
        return text.endswith(tuple(_SENTENCE_END)) or width(text) < self.body - _BODY_SLACK


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


def split_head(body: list[Line], own: str, columns: Columns, indents: bool, body_before: bool) -> int:
    """Index in ``body`` from which the lines belong to the next row's name.

    ``own`` is the name text on the amounts line itself; where it is empty at least one line before
    it must be the name. ``body_before`` says whether the row before has a body at all, so that its
    only line is not taken away by a weak sign.
    """
    if indents:
        start = _indented_start(body, own, columns)
        if start is not None:
            return start
    index = len(body)
    if not own.strip() and body:
        index -= 1
    name = "".join(line.text.strip() for line in body[index:]) + own.strip()
    while index > 0 and _continues_upwards(body, index, name, own, columns, body_before):
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


def _continues_upwards(
    body: list[Line], index: int, name: str, own: str, columns: Columns, body_before: bool
) -> bool:
    line = body[index - 1]
    text = line.text.strip()
    if not columns.fits_name(line) or text.endswith(tuple(_SENTENCE_END)):
        return False
    if unbalanced(name) and not unbalanced(text + name):
        return True
    if not columns.fills_name(line):
        return False
    before_closed = index < 2 or columns.closed(body[index - 2])
    if not own.strip():
        return before_closed
    ends = index >= 2 and body[index - 2].text.strip().endswith(tuple(_SENTENCE_END))
    return ends and body_before and not any(mark in text for mark in "，。；")


def split_tail(
    body: list[Line], name: str, last_name_line: Line, columns: Columns, block_follows: bool
) -> int:
    """Index in ``body`` up to which the lines still belong to the name above the amounts.

    That happens where the amounts stand beside the middle of a name of several lines. A row whose
    indicators follow has a goal, so its only line is not taken for a name by a weak sign.
    """
    taken = 0
    while taken < min(3, len(body)):
        line = body[taken]
        text = line.text.strip()
        if not columns.fits_name(line) or is_indented(line):
            break
        if unbalanced(name) and not unbalanced(name + text):
            return taken + 1
        if (
            not columns.fills_name(last_name_line)
            or text.endswith(tuple(_SENTENCE_END))
            or text[:1].isdigit()
        ):
            break
        follows_body = taken + 1 < len(body) and not columns.fits_name(body[taken + 1])
        last = taken + 1 == len(body)
        if not follows_body and (not last or block_follows or columns.fills_name(line)):
            break
        taken, name, last_name_line = taken + 1, name + text, line
        if follows_body:
            break
    return taken
