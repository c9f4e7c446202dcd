"""The rules of a one-project form that read its money: by source, by year, labels over their amounts."""

from __future__ import annotations

from budgetkg.forms.layout.driver import Rows
from budgetkg.forms.layout.fund_lines import read_funds
from budgetkg.forms.layout.funds import Funds, funds_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.money import amount_in, money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.layout.yearly import Entry, Yearly, yearly_of
from budgetkg.forms.project.fields import Label, label_of, take
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.project.listed_amounts import AMOUNTS
from budgetkg.forms.project.pair_shapes import says_money
from budgetkg.forms.settings import BLANKS, FUND_ROWS, LONGEST_LABEL
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

_FEWEST = 3  # amounts: of two equal ones either may be the other's part


def find_yearly(state: State, rows: Rows) -> Yearly | None:
    """Amounts of several years side by side."""
    parts = state.parts
    return yearly_of(rows[:FUND_ROWS], year_of(parts))


def take_yearly(state: State, rows: Rows, found: Yearly) -> int:
    """The form's own year is taken, the period and quarters beside it; what another year got is quoted."""
    reader = state.reader
    state.see_label_unit([cell for row in rows[: found.rows] for cell in row.cells])
    for cell in (*found.heads, *(entry.label for entry in found.entries)):
        reader.furniture(cell.place)
    rows_of_money = {entry.label.place.offsets for entry in found.entries}
    for entry in found.entries:
        _take_entry(state, entry, rows[0].line.page, len(rows_of_money) == 1)
    for head, cell in found.unknown:
        report_unknown(reader, cell, head.text, rows[0].line.page)
    return found.rows


def _take_entry(state: State, entry: Entry, page: int, only: bool) -> None:
    """``only`` is whether its row is the only one under the years: 资金安排（万元） is then the total."""
    reader, form, cell = state.reader, state.form, entry.amount
    label = label_of(reader.layout, entry.label) or label_of(reader.layout, entry.head)
    if label is None and only and entry.label is not entry.head and says_money(entry.label):
        label = Label("total", key(entry.label.text), Healed())
    said = key(entry.label.text) if entry.label is entry.head else key(entry.head.text + entry.label.text)
    if cell.key in BLANKS:
        reader.furniture(cell.place)
    elif entry.which == "other" and year_of(state.parts) is not None:
        reader.remark("amount-of-another-year", form.name, cell.place, label=said, printed=cell.text)
    elif label is None and (entry.which != "this" or entry.label is entry.head):
        report_unknown(reader, cell, said, page)
    elif label is None or entry.which != "this" or label.name not in AMOUNTS:
        form.attributes.append((said, cell.text))
        form.evidence += reader.record(cell.place)
    else:
        state.parts.amount_places += 1
        evidence = reader.record(cell.place)
        form.evidence += evidence
        own = money_unit(label.text) or form.unit
        amount = amount_in(reader.log, form.name, evidence, cell.text, state.parts.unit, own)
        if amount is not None:
            form.take_amount(label.name, label.text, amount)


def find_funds(state: State, rows: Rows) -> Funds | None:
    """The money of a self-evaluation."""
    return funds_of(state.reader.layout, rows[:FUND_ROWS])


def take_funds(state: State, rows: Rows, found: Funds) -> int:
    """The first column of money is the project's, the others stand beside it."""
    form = state.form
    state.see_label_unit([*found.heads, *(line.label for line in found.lines)])
    read = read_funds(state.reader, found, form.name, state.parts.unit, form.unit)
    for line in read:
        form.evidence += line.evidence
        first = line.initial or line.adjusted or line.executed
        if line.source is not None and first is not None:
            form.amounts.setdefault(line.source, first)
    form.funds += read
    return found.rows


def find_amounts_below(state: State, rows: Rows) -> list[tuple[Label, Cell, Cell]] | None:
    """Labels of amounts side by side, the numbers in the row below: 年度资金总额 | 财政拨款 | 其他资金."""
    return _labelled_below(state, rows) or _summed_below(state, rows) or _all_below(state, rows)


def _summed_below(state: State, rows: Rows) -> list[tuple[Label, Cell, Cell]] | None:
    """The same where no layout lists the labels: each over its amount, one of which the others add up to.

    资金来源（万元） | 合计 | 中央 | 县级 over 600 | 400 | 200: what heads them says that they are money.
    """
    if len(rows) < 2 or rows[1].table != rows[0].table or len(rows[0].cells) < _FEWEST + 1:
        return None
    side, *heads = rows[0].cells
    numbers = [cell for cell in rows[1].cells if cell.column > side.column]
    columns = [cell.column for cell in heads]
    if not says_money(side) or len(heads) < _FEWEST or columns != [cell.column for cell in numbers]:
        return None
    values = [money.amount.value for cell in numbers if (money := money_in(cell.text))]
    words = all(money_in(cell.text) is None and len(cell.key) <= LONGEST_LABEL for cell in heads)
    whole = [at for at, value in enumerate(values) if value and value * 2 == sum(values)]
    if len(values) < len(heads) or not words or len(whole) != 1:
        return None
    found = []
    for at, (head, cell) in enumerate(zip(heads, numbers, strict=True)):
        said = label_of(state.reader.layout, head)
        name = "total" if at == whole[0] else said.name if said and said.name in AMOUNTS[1:] else "attribute"
        found.append((Label(name, head.key.rstrip(":"), Healed()), head, cell))
    return found


def _all_below(state: State, rows: Rows) -> list[tuple[Label, Cell, Cell]] | None:
    """The same where labels stand all along a row, each over its own amount, and one of them is known.

    年度资金总额 | 其中：上级转移支付 | 其他资金 over 96.80 | 60.00 | 36.80: what no layout lists keeps
    its label.
    """
    if len(rows) < 2 or rows[1].table != rows[0].table:
        return None
    heads = [cell for cell in rows[0].cells if not (cell.rows > 1 and cell is rows[0].cells[0])]
    numbers = [cell for cell in rows[1].cells if heads and cell.column >= heads[0].column]
    over = {cell.column: cell for cell in heads}
    said = {cell.column: label_of(state.reader.layout, cell) for cell in heads}
    alike = all(cell.column in over and over[cell.column].span == cell.span for cell in numbers)
    words = all(money_in(cell.text) is None and len(cell.key) <= LONGEST_LABEL for cell in heads)
    known = sum(label is not None and label.name in AMOUNTS for label in said.values())
    strange = any(label is not None and (label.value or label.name not in (*AMOUNTS, "attribute"))
                  for label in said.values())  # fmt: skip
    if len(numbers) < 2 or not (alike and words and known) or strange:
        return None
    if any(money_in(cell.text) is None for cell in numbers):
        return None
    return [
        (said[cell.column] or Label("attribute", over[cell.column].key.rstrip(":"), Healed()),
         over[cell.column], cell)
        for cell in numbers
    ]  # fmt: skip


def _labelled_below(state: State, rows: Rows) -> list[tuple[Label, Cell, Cell]] | None:
    layout = state.reader.layout
    if len(rows) < 2 or rows[1].table != rows[0].table:
        return None
    heads = {cell.column: (label, cell) for cell in rows[0].cells
             if (label := label_of(layout, cell)) and not label.value
             and label.name in (*AMOUNTS, "attribute")}  # fmt: skip
    numbers = [cell for cell in rows[1].cells if not layout.is_furniture(cell.text)]
    top, side = rows[0].cells[:1], rows[1].cells[:1]
    if (
        numbers[1:]
        and top
        and top[0].column == side[0].column not in heads
        and money_in(side[0].text) is None
    ):
        numbers = [cell for cell in numbers if cell is not side[0]]  # 金额 beside the amounts
    if len(heads) < 2 or not numbers or not sum(label.name in AMOUNTS for label, _ in heads.values()) > 1:
        return None
    if any(parse_amount(cell.text) for cell in rows[0].cells):
        return None
    if not all(cell.column in heads and money_in(cell.text) for cell in numbers):
        return None
    return [(*heads[cell.column], cell) for cell in numbers]


def take_amounts_below(state: State, rows: Rows, found: list[tuple[Label, Cell, Cell]]) -> int:
    """Each number to the label over it."""
    reader = state.reader
    state.see_label_unit(rows[0].cells)
    for cell in (*rows[0].cells, *rows[1].cells):
        reader.furniture(cell.place)
    for label, _, cell in found:
        take(reader, state.form, label, cell.text, cell.place, cell.column, state.parts.unit)
    return 2
