"""Numbers in a row that share what only one of them prints: 分别控制在4%、3%、2%以下."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from budgetkg.values.model import Quantity

_RESPECTIVELY = re.compile("分别|依次|各自")
_BETWEEN = re.compile("[、,和与及]|以及|、以及")
_CLAUSE = re.compile("[;。!?]")
_WINDOW = 60  # characters


def share(text: str, spans: list[tuple[int, int]], quantities: list[Quantity], compared: list[bool]) -> None:
    """Give each number of a row after 分别 the comparator and the change that one of them prints."""
    for first, last in _rows(text, spans):
        before = _CLAUSE.split(text[max(0, spans[first][0] - _WINDOW) : spans[first][0]])[-1]
        if not _RESPECTIVELY.search(before):
            continue
        row = range(first, last + 1)
        bounds = {quantities[at].comparator for at in row if compared[at]}
        changes = {quantities[at].change for at in row} - {None}
        units = [quantities[at].unit for at in row]
        shared = units[-1] if set(units[:-1]) == {None} else None  # 4、3、2起
        for at in row:
            one = replace(quantities[at], unit=quantities[at].unit or shared)
            if len(bounds) == 1 and not compared[at]:
                one, compared[at] = replace(one, comparator=next(iter(bounds))), True
            if len(changes) == 1 and one.unit == quantities[first].unit:
                one = replace(one, change=next(iter(changes)))
            quantities[at] = one


def _rows(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rows of two numbers or more with nothing but 、 or 和 between them: the first and the last of each."""
    first = 0
    for at in range(1, len(spans) + 1):
        goes_on = at < len(spans) and _BETWEEN.fullmatch(text, spans[at - 1][1], spans[at][0])
        if not goes_on:
            if at - 1 > first:
                yield first, at - 1
            first = at
