"""Budget amounts of a department form: labelled one by one, or in pairs of label and amount columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgetkg.findings import Evidence
from budgetkg.forms.layout.label_words import is_called_sum, is_money_words, is_sum_words
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money import amount_in, money_in
from budgetkg.forms.layout.money_unit import money_unit, unit_behind
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow, joined
from budgetkg.records import Amount, Amounts, BudgetLine
from budgetkg.values import amounts_from

_BRACKET = re.compile(r"(?<!\s)\s*+[(（][^()（）]*+[)）]\s*+$")
_SOURCE = "income"
_SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other")
_SPENT = re.compile("支出|经费")


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """The groups of a budget header in printed order: column, heading, side."""

    groups: tuple[tuple[int, str, str], ...]


def budget_header(layout: Layout, row: GridRow) -> BudgetTable | None:
    """The groups that a row heads: 部门预算支出 | 预算金额 | 收入来源 | 预算金额."""
    names = layout.budget
    groups = []
    fields = [lookup(names, cell.text) for cell in row.cells]
    if "amount_headers" not in fields:
        return None
    for cell, name in zip(row.cells, fields, strict=True):
        if name is not None and name != "amount_headers":
            groups.append((cell.column, cell.text, name))
    return BudgetTable(tuple(groups)) if groups else None


def has_budget_header(layout: Layout, row: GridRow) -> bool:
    """Whether a row heads labels and amounts of a department's budget."""
    fields = [layout.budget.lookup(cell.text) for cell in row.cells]
    return "amount_headers" in fields and bool({"expenditure", "income"} & set(fields))


def read_budget_row(reader: Reader, parts: Parts, table: BudgetTable, row: GridRow) -> None:
    """Read the pairs of label and amount of one row, each into the group it stands under."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    labels = [cell for cell in cells if money_in(cell.text) is None]
    for index, label in enumerate(labels):
        following = cells[cells.index(label) + 1 :]
        evidence = reader.record(label.place)
        amount = None
        if following and money_in(following[0].text) is not None:
            evidence = reader.record(joined(label, following[0]))
            said = money_unit(label.text)
            amount = amount_in(reader.log, label.text, evidence, following[0].text, parts.unit, said)
        else:
            reader.log.add("amount-blank", label.text, evidence, what=label.text)
        _, group, side = _group(table, label, index, len(labels))
        parts.budget += (BudgetLine(label.text, amount, group, side, evidence),)


def labelled_amount(
    reader: Reader, parts: Parts, label: str, value: str, evidence: tuple[Evidence, ...],
    is_sum: bool = False, spent: bool = False,
) -> None:  # fmt: skip
    """Take 财政拨款收入(元)：28,036,202.00.

    ``is_sum`` is whether the amounts beside it add up to it, ``spent`` whether those are what is spent.
    """
    name = _BRACKET.sub("", label).strip()
    parts.unit = parts.unit or money_unit(label) or unit_behind(value)
    amount = amount_in(reader.log, name, evidence, value, parts.unit, money_unit(label))
    named = lookup(reader.layout.amounts, label)
    whole = (named is None and (is_sum or is_money_words(label) or is_sum_words(label))) or (
        is_sum and named == "part" and is_called_sum(name)
    )
    spent = named is None and not whole and (spent or _SPENT.search(name) is not None)
    side = (
        "expenditure"
        if spent or named == "expenditure"
        else None
        if whole or named in ("total", "part")
        else _SOURCE
    )
    parts.budget += (BudgetLine(name, amount, None, side, evidence),)
    if whole and amount is not None and parts.whole is None:
        parts.whole = BudgetLine(name, amount, None, side, evidence)


def told_apart(layout: Layout, lines: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """The lines of a budget; of two under one label each in the group of the source that it stands below.

    财政拨款 | 其中：上年结转 over 其他资金 | 其中：上年结转 are two.
    """
    labels = Counter(line.label for line in lines if line.group is None)
    found, source = list[BudgetLine](), None
    for line in lines:
        named = lookup(layout.amounts, line.label)
        source = line.label if named in _SOURCES else source if named == "part" else None
        again = line.group is None and named == "part" and labels[line.label] > 1
        found.append(replace(line, group=source) if again and source else line)
    return tuple(found)


def totals_of(reader: Reader, parts: Parts) -> Amounts:
    """The document's totals by funding source, from the lines of its income side."""
    values: dict[str, Amount] = {}
    for line in parts.budget:
        name = lookup(reader.layout.amounts, line.label)
        on_income = line.side == _SOURCE or line.group is None
        if name is not None and on_income and line.amount is not None:
            values.setdefault(name, replace(line.amount, label=line.label))
            parts.totals_evidence += line.evidence
    if "total" not in values and parts.whole is not None and parts.whole.amount is not None:
        values = {"total": replace(parts.whole.amount, label=parts.whole.label)} | values
        parts.totals_evidence += parts.whole.evidence
    return amounts_from(values)


def _group(table: BudgetTable, label: Cell, index: int, count: int) -> tuple[int, str, str]:
    if count == len(table.groups):
        return table.groups[index]
    left = [group for group in table.groups if group[0] <= label.column]
    return left[-1] if left else table.groups[0]
