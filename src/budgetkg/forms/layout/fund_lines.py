"""The money table of a self-evaluation → fund lines, its text claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgetkg.forms.layout.funds import MONEY, Funds, Line
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.money import amount_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell
from budgetkg.records import Amount, FundLine

_FEWEST = 2  # rows: of two equal ones either may be the other's part
AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")


def read_funds(
    reader: Reader, funds: Funds, where: str, unit: str | None, said: str | None = None
) -> tuple[FundLine, ...]:
    """The lines of a money table; ``unit`` is the money unit of the document so far, ``said`` the form's."""
    for cell in funds.heads:
        reader.furniture(cell.place)
    said = next(filter(None, (money_unit(cell.text) for cell in funds.heads)), said)
    for cell in funds.unknown:
        report_unknown(reader, cell, cell.text, funds.lines[0].row.line.page)
    lines = tuple(_line(reader, line, funds.unknown, where, unit, said) for line in funds.lines)
    if funds.is_unlabelled:
        lines = tuple(replace(line, source=None) for line in lines)
    if funds.is_total(reader.layout) and lines[0].source is None:
        return (replace(lines[0], source="total"), *lines[1:])
    part = reader.layout.amounts.lookup(lines[0].label) == "expenditure"  # 基本支出 over its own parts
    if not part and all(line.source != "total" for line in lines) and _sums_up(lines):
        return (replace(lines[0], source="total"), *lines[1:])
    return lines


def _sums_up(lines: Sequence[FundLine]) -> bool:
    """Whether the first row is what all the others add up to: 支出合计 over 基本支出 and 项目支出."""
    values = [amount.value for line in lines if (amount := line.initial or line.adjusted or line.executed)]
    whole = len(values) == len(lines) > _FEWEST and lines[0].source is None
    return whole and values[0] == sum(values[1:], Decimal(0)) != 0


def _line(
    reader: Reader, line: Line, unknown: Sequence[Cell], where: str, unit: str | None, said: str | None
) -> FundLine:
    said = money_unit(line.label.text) or said
    evidence = reader.record(line.label.place)
    for cell in line.cells.values():
        evidence += reader.record(cell.place)
    for cell in line.others:
        over = (head for head in unknown if head.column <= cell.column < head.column + head.span)
        if (head := next(over, None)) is not None:
            report_unknown(reader, cell, head.text, line.row.line.page)
        else:
            reader.remark("text-unread", where, cell.place, text=cell.text[:200])
    money = {at: money_of(reader, line.cells[at], where, unit, said) for at in MONEY if at in line.cells}
    texts = {at: line.cells[at].text for at in ("rate", "weight", "score", "note") if at in line.cells}
    return FundLine(
        label=line.label.text.strip().rstrip(":："),
        source=source_of(reader, line.label.text),
        initial=money.get("initial"),
        adjusted=money.get("adjusted"),
        executed=money.get("executed"),
        rate=texts.get("rate"),
        weight=texts.get("weight"),
        score=texts.get("score"),
        note=texts.get("note"),
        evidence=evidence,
    )


def source_of(reader: Reader, label: str) -> str | None:
    """The funding source that a label names, in whichever way its layout lists it."""
    name = reader.layout.labels.lookup(label) or reader.layout.amounts.lookup(label)
    return name if name in AMOUNTS else None


def money_of(reader: Reader, cell: Cell, where: str, unit: str | None, said: str | None) -> Amount | None:
    """The amount of a cell; what is neither an amount nor the mark of a blank is reported."""
    return amount_in(reader.log, where, reader.at(cell.place), cell.text, unit, said)
