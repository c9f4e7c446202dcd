"""The goal of a form where it stands under headings: 预期目标 | 实际完成情况, the words in the row below.

The grid tells: cells side by side that head texts in the very same columns. What a heading says decides only
whether the text is the goal, what was reached of it, or the goal of several years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import LONGEST_HEADER
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key

GOALS = ("goal", "year_goal", "period_goal", "overall_goal")
REACHED = "goal_reached"
_REACHED = re.compile(r"实际|完成情况|综述|执行情况|达成|实现情况|完成结果")
_PERIOD = re.compile(r"中期|长期|实施期|周期|滚动|三年|20\d\d[^\d]{1,4}20\d\d")
_SENTENCE = re.compile(r"[。；;，,:：]")
_GOAL = re.compile(r"目标")


@dataclass(frozen=True, slots=True)
class Goals:
    """Goals under headings: the rows they take, each text with its kind, the cells that only head them."""

    rows: int
    texts: tuple[tuple[str, Cell, Healed], ...]
    heads: tuple[Cell, ...]


def goal_kind(layout: Layout, text: str) -> str | None:
    """What a heading or label says of the goal under or beside it."""
    plain = key(text)
    if len(plain) > LONGEST_HEADER:
        return None
    named = layout.labels.lookup(text)
    if named in GOALS:
        return named if named != "goal" or not _REACHED.search(plain) else REACHED
    if named is not None:
        return None
    if _REACHED.search(plain):
        return REACHED
    if _GOAL.search(plain) and not re.search(r"目标值|指标", plain):
        return "period_goal" if _PERIOD.search(plain) else "year_goal"
    return None


def goals_of(layout: Layout, rows: Sequence[GridRow]) -> Goals | None:
    """Goals under headings that begin with the first of some rows."""
    row = rows[0]
    if len(row.cells) < 2:
        return None
    below = rows[1] if len(rows) > 1 and rows[1].table == row.table else None
    heads, sides = _heads(layout, row, below)
    kinds = [goal_kind(layout, cell.text) for cell in heads]
    known = [kind for kind in kinds if kind is not None]
    beside = any(goal_kind(layout, cell.text) for cell in sides)
    if not heads or len(known) < len(heads) or not (beside or len(heads) > 1):
        return None
    if not any(kind != REACHED for kind in known):
        return None
    reach = max((cell.rows for cell in sides), default=1)
    columns = {cell.column: kind for cell, kind in zip(heads, known, strict=True)}
    texts: dict[str, tuple[Cell, Healed]] = {}
    taken = 1
    for following in rows[1:]:
        if not _continues(layout, row, following, set(columns), taken, reach):
            break
        for cell in following.cells:
            before = texts[columns[cell.column]][1] if columns[cell.column] in texts else Healed()
            place = Healed(before.text + cell.place.text, before.offsets + cell.place.offsets)
            head = next(found for found in heads if found.column == cell.column)
            texts[columns[cell.column]] = head, place
        taken += 1
    if taken == 1 and not (beside and reach > 1):
        return None
    found = tuple((kind, head, place) for kind, (head, place) in texts.items())
    return Goals(taken, found, (*sides, *heads))


def goal_below(layout: Layout, rows: Sequence[GridRow]) -> Goals | None:
    """A goal under its heading, each alone in a row of the same cells."""
    if len(rows) < 2 or rows[0].table != rows[1].table or any(len(row.cells) != 1 for row in rows[:2]):
        return None
    (head,), (text,) = rows[0].cells, rows[1].cells
    kind = goal_kind(layout, head.text)
    if (
        kind is None
        or _SENTENCE.search(head.key)
        or (head.column, head.span) != (text.column, text.span)
        or not rows[0].table
    ):
        return None
    plain = text.text.partition(":")[0].partition("：")[0]
    if layout.labels.lookup(plain) or layout.column_groups.lookup(plain) or layout.is_mark(plain):
        return None
    return Goals(2, ((kind, head, text.place),), (head,))


def _heads(layout: Layout, row: GridRow, below: GridRow | None) -> tuple[list[Cell], list[Cell]]:
    """The cells that may head texts, and those that stand beside them."""
    under = {cell.column for cell in below.cells} if below is not None else set()
    over = [cell for cell in row.cells if cell.column in under]
    if len(over) == len(under) > 1 and all(goal_kind(layout, cell.text) and cell.rows == 1 for cell in over):
        left = [cell for cell in row.cells if cell not in over]
        if all(cell.column < over[0].column for cell in left):
            return over, left  # without merged cells, too, each stands right over its text
    sides: list[Cell] = []
    for cell in row.cells:
        merged = cell.rows > 1 and cell is not row.cells[-1]
        lone = not sides and cell.column not in under and goal_kind(layout, cell.text) is not None
        if cell.column != sum(side.span for side in sides) + row.cells[0].column or not (merged or lone):
            break
        sides.append(cell)
    heads = list(row.cells[len(sides) :])
    return (heads, sides) if all(cell.rows == 1 for cell in heads) else ([], sides)


def _continues(
    layout: Layout, head: GridRow, row: GridRow, columns: set[int], taken: int, reach: int
) -> bool:
    """Whether a row holds texts under the headings: the first one, or more of a merged block."""
    if row.table != head.table or not {cell.column for cell in row.cells} <= columns:
        return False
    if any(layout.labels.lookup(cell.text) or layout.tier_columns.lookup(cell.text) for cell in row.cells):
        return False
    if taken == 1:
        return reach <= 1 or row.number < head.number + reach
    return reach > 1 and row.number < head.number + reach
