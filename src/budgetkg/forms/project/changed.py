"""What a form that is changed prints twice: 预算金额 | 调整前 | 560 | 调整后 | 498.

What stands after the change is the form's; what stood before it is kept beside, under both labels. That is
so in a form by which the plan itself is changed; where an evaluation prints the goal as promised and as
changed, it is the promise that counts (goals.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.goals import GOALS
from budgetkg.forms.project.fields import Label, label_of, take
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.project.listed_amounts import AMOUNTS
from budgetkg.reading.grid import Cell

_CHANGE = re.compile("(?:调整|变更|修订)(?P<when>[前后])(?:的?(?:金额|目标|预算|绩效目标|内容))?:?")
_ONE, _BOTH = 2, 4  # cells: a word and its value, once and twice


@dataclass(frozen=True, slots=True)
class Changed:
    """The label, its cell, 调整前 and 调整后 with what stands behind each, and how many rows that takes."""

    label: Label
    head: Cell
    before: tuple[Cell, Cell]
    after: tuple[Cell, Cell]
    rows: int


def find_changed(state: State, rows: Rows) -> Changed | None:
    """Both values in one row, or each in a row of its own beside one label."""
    head, *cells = rows[0].cells
    label = label_of(state.reader.layout, head)
    if label is None or label.value or label.name not in (*AMOUNTS, *GOALS):
        return None
    count = 1
    if len(cells) == _ONE and len(rows) > 1:
        count, below = 2, rows[1].cells
        cells += below[1:] if below[0].key == head.key else below
    if len(cells) != _BOTH:
        return None
    said = {
        found["when"]: (word, value)
        for word, value in ((cells[0], cells[1]), (cells[2], cells[3]))
        if (found := _CHANGE.fullmatch(word.key))
    }
    return Changed(label, head, said["前"], said["后"], count) if len(said) == len("前后") else None


def take_changed(state: State, rows: Rows, found: Changed) -> int:
    """The value after the change where its label says; that before it is an attribute."""
    reader, form = state.reader, state.form
    state.see_label_unit(rows[0].cells)
    for cell in (found.head, found.before[0], found.after[0]):
        reader.furniture(cell.place)
    word, value = found.before
    form.evidence += reader.record(value.place)
    form.attributes.append((found.label.text + word.key, value.text))
    _, value = found.after
    state.parts.amount_places += found.label.name in AMOUNTS
    take(reader, form, found.label, value.text, value.place, value.column, state.parts.unit)
    return found.rows
