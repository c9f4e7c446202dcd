"""A department's amounts under their labels: 资金总额 | 财政拨款 | 其他资金 over three numbers.

The grid tells where the labels don't: each label has an amount under it. What is left of them heads them
both. A text under a label beside the amounts is that label's (资金来源 over 财政拨款), if they are more than
it. One that all the others add up to is their sum, however it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.forms.department.budget import labelled_amount
from budgetkg.forms.department.columned import grouped
from budgetkg.forms.department.rules import State
from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.header import says_more
from budgetkg.forms.layout.label_words import is_called_sum, is_money_words, is_sum_words
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.project.pair_shapes import says_money
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow, cells_over

_MOST_HEADS = 2  # rows of labels


@dataclass(frozen=True, slots=True)
class Below:
    """How many rows, labels with the amounts under them and the headings over them, the sum of all others.

    ``texts`` are labels over a text instead.
    """

    rows: int
    pairs: tuple[tuple[Cell, Cell, str], ...]
    whole: Cell | None
    texts: tuple[tuple[Cell, Cell], ...] = ()


def find_amounts_below(state: State, rows: Rows) -> Below | None:
    """Labels side by side, some of them under headings, over nothing but their amounts."""
    for depth in range(1, _MOST_HEADS + 1):
        if len(rows) > depth and all(row.cells for row in rows[: depth + 1]):
            found = _below(state.reader.layout, rows[: depth + 1])
            if found is not None:
                return found
    return None


def take_amounts_below(state: State, rows: Rows, found: Below) -> int:
    """Each number to the label over it."""
    reader = state.reader
    state.row = None
    for cell in (cell for row in rows[: found.rows] for cell in row.cells):
        reader.furniture(cell.place)
    named = [lookup(reader.layout.amounts, label.text) for label, _, _ in found.pairs]
    for label, cell, over in found.pairs:
        evidence = reader.record(label.place) + reader.record(cell.place)
        spent = not over and "expenditure" in named
        before = len(state.parts.budget)
        is_sum = label is found.whole
        labelled_amount(reader, state.parts, label.text, cell.text, evidence, is_sum=is_sum, spent=spent)
        own = state.parts.budget
        state.parts.budget = (*own[:before], *(grouped(line, over or None) for line in own[before:]))
    for label, cell in found.texts:
        state.parts.attributes += ((label.key.rstrip(":"), cell.text),)
        state.parts.evidence += reader.record(cell.place)
    return found.rows


def _below(layout: Layout, rows: Rows) -> Below | None:
    *tops, last = rows
    if len(tops) > 1 and not _are_heads(tops, last):
        return None
    first = next((cell.column for cell in last.cells if money_in(cell.text)), 0)
    lowest = {cell.column: cell for row in tops for cell in row.cells
              if cell.column >= first or any(one.column == cell.column for one in last.cells)}  # fmt: skip
    below = [cell for cell in last.cells if not layout.is_furniture(cell.text)]
    worded = {cell.column for cell in below if not money_in(cell.text)}
    heads = [cell for cell in lowest.values() if not layout.is_furniture(cell.text) or cell.column in worded]
    labels = {cell.column: cell for cell in heads if money_in(cell.text) is None}
    numbers = {cell.column: cell for cell in below if money_in(cell.text)}
    texts = [cell for cell in below if cell.column not in numbers]
    if len(labels) < len(heads) or not {cell.column for cell in below} <= labels.keys():
        return None
    if not numbers or not _are_texts(layout, [(labels[cell.column], cell) for cell in texts], len(numbers)):
        return None
    over = (
        {one.place: parent.text for one, parent, _ in cells_over(tops[0], tops[-1]) if parent}
        if len(tops) > 1
        else {}
    )
    pairs = tuple((labels[at], cell, over.get(labels[at].place, "")) for at, cell in numbers.items())
    known = [
        cell
        for cell in heads
        if lookup(layout.amounts, cell.text) or is_money_words(cell.text) or is_sum_words(cell.text)
    ]
    whole = _whole(pairs)
    fewest = len(heads) if len(heads) < 4 else len(heads) // 2 + 1  # among many a source may be on no list
    told = bool(known) and len(pairs) + len(texts) == len(heads) > 1 and tops[0].table == last.table > 0
    said = whole is not None or any(says_money(cell) for cell in tops[0].cells if cell.column < first)
    short = all(len(cell.key) <= LONGEST_LABEL for cell in heads)
    sure = len(known) >= max(2, fewest) or (told and said and short)
    said_beside = tuple((labels[cell.column], cell) for cell in texts)
    return Below(len(rows), pairs, whole, said_beside) if sure else None


def _are_texts(layout: Layout, pairs: Sequence[tuple[Cell, Cell]], numbers: int) -> bool:
    """Whether what stands under some labels are texts beside more amounts than they are."""
    short = all(len(cell.key) <= LONGEST_LABEL for pair in pairs for cell in pair)
    cells = [cell for pair in pairs for cell in pair]
    heads = any(layout.tier_columns.lookup(cell.text) or cell.key.endswith(":") for cell in cells)
    return len(pairs) < numbers and short and not heads


def _are_heads(tops: Rows, last: GridRow) -> bool:
    """Whether two rows are headings over labels, with what says that they are of money at their left."""
    if len({row.table for row in (*tops, last)}) > 1 or not last.table:
        return False
    if any(money_in(cell.text) or says_more(cell) for row in tops for cell in row.cells):
        return False
    columns = [cell.column for cell in tops[-1].cells]
    first = min(cell.column for cell in last.cells)
    over = [cell for cell in tops[0].cells if cell.column >= first]
    parted = all(cell.rows > 1 or sum(cell.column <= at < cell.column + cell.span for at in columns) > 1
                 for cell in over)  # fmt: skip
    return parted and all(says_money(cell) for cell in tops[0].cells if cell.column < first)


def _whole(pairs: tuple[tuple[Cell, Cell, str], ...]) -> Cell | None:
    """The label of the amount that all the others add up to; of two equal ones the one called a sum."""
    values = [(label, money.amount.value) for label, cell, _ in pairs if (money := money_in(cell.text))]
    everything = sum((value for _, value in values), Decimal(0))
    sums = [label for label, value in values if value and value * 2 == everything]
    if len(sums) > 1 or len(values) < 3:
        sums = [label for label in sums if is_called_sum(label.text)]
    return sums[0] if len(sums) == 1 else None
