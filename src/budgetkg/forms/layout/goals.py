"""The goal of a form where it stands under headings: 预期目标 | 实际完成情况, the words in the row below.

The grid tells: cells side by side that head texts in the very same columns. What a heading says decides only
whether the text is the goal, what was reached of it, or the goal of several years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import LONGEST_HEADER, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key

GOALS = ("goal", "year_goal", "period_goal", "overall_goal")
OF_YEAR = ("goal", "year_goal", "overall_goal")
REACHED = "goal_reached"
CHANGED = "attribute"
"""Of a goal beside the one that was promised: it is kept as printed, with its heading."""
_ENDS = re.compile(r"目标(?:\([^()]*\))?$")
_REACHED_GOAL = re.compile("目标.{0,4}(?:完成|实现|达成)(?:情况)?$")
_STOP = re.compile("[。;]")
_LONGER = 8  # characters that a goal has more than its label
_CHANGED = re.compile("调整|变更|修订|修改|追加")
_REACHED = re.compile(r"实际|完成情况|综述|执行情况|达成|实现情况|完成结果")
_PERIOD = re.compile(r"中期|长期|实施期|周期|滚动|三年|20\d\d[^\d]{1,4}20\d\d")
_SENTENCE = re.compile(r"[。；;，,:：]")
_GOAL = re.compile(r"目标")
_RATE = re.compile(r"\d{1,3}(?:\.\d{1,4})?[%分]?")


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
    if named is not None or _SENTENCE.search(plain.rstrip(":")):
        return None  # 目标1：改造路灯120盏 is a goal and heads none
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
    kinds = [goal_kind(layout, cell.text) or _rated(cell, below) for cell in heads]
    known = [kind for kind in kinds if kind is not None]
    beside = any(goal_kind(layout, cell.text) for cell in sides)
    if not heads or len(known) < len(heads) or not (beside or len(heads) > 1):
        return None
    if not set(known) - {REACHED, CHANGED}:
        return None
    reach = max((cell.rows for cell in sides), default=1)
    columns = {cell.column: kind for cell, kind in zip(heads, known, strict=True)}
    texts: dict[int, tuple[Cell, Healed]] = {}
    taken = 1
    for following in rows[1:]:
        if not _continues(layout, row, following, set(columns), taken, reach):
            break
        for cell in following.cells:
            before = texts[cell.column][1] if cell.column in texts else Healed()
            place = Healed(before.text + cell.place.text, before.offsets + cell.place.offsets)
            head = next(found for found in heads if found.column == cell.column)
            texts[cell.column] = head, place
        taken += 1
    if taken == 1 and not (beside and reach > 1):
        return None
    found = _once([(columns[at], head, place) for at, (head, place) in sorted(texts.items())])
    return Goals(taken, found, (*sides, *heads))


def _rated(head: Cell, below: GridRow | None) -> str | None:
    """What a heading over nothing but a rate is, beside those of goals: kept as printed (总体完成率)."""
    under = [cell for cell in below.cells if cell.column == head.column] if below is not None else []
    return CHANGED if len(under) == 1 and _RATE.fullmatch(under[0].key) else None


def _once(texts: Sequence[tuple[str, Cell, Healed]]) -> tuple[tuple[str, Cell, Healed], ...]:
    """Texts with one of each kind: of a goal as promised and as changed later, the promised one counts."""
    found: list[tuple[str, Cell, Healed]] = []
    for kind, head, place in texts:
        alike = [cell for other, cell, _ in texts if other == kind]
        first = next((cell for cell in alike if not is_changed(cell.text)), alike[0])
        found.append((kind if head is first else CHANGED, head, place))
    return tuple(found)


def goal_beside(layout: Layout, label: str, value: str) -> str | None:
    """The kind of goal that a label on no list names, with a text beside it: 年初绩效目标 | 办好旅游季。."""
    plain, text = key(label).rstrip(":"), key(value)
    if layout.labels.lookup(label) is not None or not (_ENDS.search(plain) or _REACHED_GOAL.search(plain)):
        return None
    if len(plain) > LONGEST_LABEL or not (_STOP.search(text) or len(text) > len(plain) + _LONGER):
        return None
    if layout.labels.lookup(value) is not None or layout.tier_columns.lookup(value) is not None:
        return None
    kind = goal_kind(layout, label)
    if kind == "year_goal" and "年" not in plain:
        kind = "goal"  # 基金设立目标: nothing says that it is the year's
    return CHANGED if kind != REACHED and is_changed(label) else kind


def is_of_years(text: str) -> bool:
    """Whether a heading says that its goal is one of several years: 总体绩效目标（2024-2026年期间）."""
    return _PERIOD.search(key(text)) is not None


def is_changed(text: str) -> bool:
    """Whether a heading says that its goal was changed in the course of the year: 调整后绩效目标."""
    return _CHANGED.search(key(text)) is not None


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
