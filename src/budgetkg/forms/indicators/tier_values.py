"""The cells right of an indicator's name: explanation, values, unit and what else the header names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from budgetkg.reading.grid import Cell
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key

_DIRECTIONS = frozenset({"正向", "反向", "负向", "逆向", "正向指标", "反向指标", "负向指标", "逆向指标"})
_VALUES = ("period_value", "annual_value")
_Reading = tuple[dict[str, str], bool, list[Cell]]


def read_values(columns: dict[int, str], cells: list[Cell]) -> _Reading:
    """Fields of an indicator from the cells behind its name, the first of ``cells``.

    Returns the fields, whether the cells stand under other headers than their own, and the cells
    for which no field is left.
    """
    name, rest = cells[0], cells[1:]
    name_column = next(column for column, header in columns.items() if header == "name")
    if name.column == name_column and all(cell.column <= max(columns) for cell in rest):
        values, shifted = _by_header(columns, rest)
        return values, shifted, []
    values, unread = _by_order(columns, rest, name.column - name_column)
    return values, True, unread


def with_texts(indicator: Indicator, texts: dict[str, str]) -> Indicator:
    """The indicator with texts filled in, by the names of its fields.

    指标性质 is a sign of calculation in some editions and 正向/反向 in others; its cells tell which.
    """
    changes: dict[str, Any] = dict(texts)
    if key(texts.get("operator", "")) in _DIRECTIONS:
        changes.setdefault("direction", changes.pop("operator"))
    return replace(indicator, **changes)


def _by_header(columns: dict[int, str], cells: list[Cell]) -> tuple[dict[str, str], bool]:
    values: dict[str, str] = {}
    for cell in cells:
        # A merged header spans the blank columns to its right.
        header = columns[max(column for column in columns if column <= cell.column)]
        values[header] = values[header] + cell.text if header in values else cell.text
    order = [header for _, header in sorted(columns.items())]
    if "annual_value" not in values and "unit" in values and "annual_value" in order[: order.index("unit")]:
        # A target is what the row is for; a unit column that holds one was slid into.
        values["annual_value"] = values.pop("unit")
        return values, True
    return values, False


def _by_order(columns: dict[int, str], cells: list[Cell], shift: int) -> tuple[dict[str, str], list[Cell]]:
    targets = [header for _, header in sorted(columns.items()) if header in _VALUES]
    remarks = [h for _, h in sorted(columns.items()) if h in ("explanation", "formula")]
    if len(cells) < len(targets):
        return _by_column(columns, cells, shift), []
    split = len(cells) - len(targets)
    values = dict(zip(targets, (cell.text for cell in cells[split:]), strict=True))
    values |= dict(zip(remarks, (cell.text for cell in cells[:split]), strict=False))
    return values, cells[len(remarks) : split]


def _by_column(columns: dict[int, str], cells: list[Cell], shift: int) -> dict[str, str]:
    """Fewer cells than value columns: each by the header above it, or above it before the drift."""
    values: dict[str, str] = {}
    for cell in cells:
        for column in (cell.column, cell.column - shift):
            if columns.get(column) in _VALUES and columns[column] not in values:
                values[columns[column]] = cell.text
                break
        else:
            values.setdefault("annual_value", cell.text)
    return values
