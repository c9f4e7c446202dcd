"""The budget year where only headings of the form print it: 2024年预算金额, 2024年指标值, 2024年度目标.

What heads the money, the values or the goal of the form's year names that year. What was reached or spent
may be that of another one, so it only speaks against: where any heading of the tables names a second year,
none is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkg.findings import Evidence
from budgetkg.forms.indicators.block import Block
from budgetkg.forms.layout.header import INDICATOR, Header
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell
from budgetkg.text import fold_width as fold

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?!\s{0,4}年\s{0,4}\d)")
_OF_YEAR = re.compile(r"(?<!\d)20\d\d\s{0,4}年")
_MONEY = ("total", "amount", "fiscal_appropriation", "fiscal_special_account", "other")
_OWN = frozenset({*_MONEY, "goal", INDICATOR + "annual_value"})


def headed_year(reader: Reader, parts: Parts) -> tuple[int, str, tuple[Evidence, ...]] | None:
    """The only year that headings name, one of this year's money, values or goal among them, and where."""
    said = [(cell.text, reader.at(cell.place), own) for cell, own in _headings(reader)]
    said += [(text, (), True) for text in _labels(parts)]
    named = [(int(year), text, at, own) for text, at, own in said for year in _YEAR.findall(fold(text))]
    if len({year for year, *_ in named}) != 1:
        return None
    dated = ((year, text, at) for year, text, at, own in named if own and _OF_YEAR.search(fold(text)))
    return next(dated, None)


def _headings(reader: Reader) -> Iterator[tuple[Cell, bool]]:
    """The headings of the tables, each with whether it heads nothing but what is this year's."""
    for _, table in reader.tables:
        fields: list[tuple[int, str]] = []
        if isinstance(table, Block):
            rows = table.head.rows
            fields = [(column.leaf.start, INDICATOR + (column.role or "")) for column in table.columns]
        elif isinstance(table, Header):
            rows = table.rows
            fields = [(at, column.name or "") for at, column in table.columns.items()]
        for cell in (cell for row in rows for cell in row.cells):
            under = {name for at, name in fields if cell.column <= at < cell.column + cell.span}
            yield cell, bool(under) and under <= _OWN
    yield from ((cell, True) for cell in reader.goal_heads)


def _labels(parts: Parts) -> Iterator[str]:
    """The labels beside the amounts of the form."""
    for unit in parts.units_of_use:
        for amounts in (unit.amounts, *(project.amounts for project in unit.projects)):
            yield from (amount.label for name in _MONEY if name != "amount"
                        and (amount := getattr(amounts, name)) is not None and amount.label)  # fmt: skip
    yield from (line.label for line in parts.budget)
