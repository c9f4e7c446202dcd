"""How cells are written: amounts with separators, shares in percent, invisible characters by their code."""

from __future__ import annotations

from decimal import Decimal

from budgetkg.graph import Cell
from budgetkg.report.plan import Words, plan

LONGEST_QUOTE = 240
_SIGNS = {">=": "≥", "<=": "≤"}
_LEVELS = {
    "Violation": Words("违反", "Violation"),
    "Warning": Words("警告", "Warning"),
    "Info": Words("提示", "Info"),
}


def column(name: str) -> Words:
    """The heading of a column; one that the plan doesn't name keeps its own name."""
    return plan().columns.get(name, Words(name, name))


def written(name: str, cell: Cell) -> str:
    """A cell as text; the name of its column decides how."""
    if cell is None:
        return ""
    if name == "severity":
        level = _LEVELS.get(str(cell))
        return f"{level.zh} {level.en}" if level else str(cell)
    if name == "comparator":
        return _SIGNS.get(str(cell), str(cell))
    if isinstance(cell, Decimal):
        return number(name, cell)
    return seen(str(cell))


def number(name: str, value: Decimal) -> str:
    """A number as text: an amount in yuan or a share where the column's name says so, else as it is."""
    if "yuan" in name:
        return f"{value:,.2f}"
    if name.startswith("share") or name.endswith("share"):
        return f"{value * 100:.2f}%"
    return f"{value:f}"


def numeric(name: str, cells: list[Cell]) -> bool:
    """Whether a column is aligned right: it holds numbers, and they aren't years."""
    printed = [cell for cell in cells if cell is not None]
    return (
        name != "fiscal_year" and bool(printed) and all(isinstance(cell, int | Decimal) for cell in printed)
    )


def seen(text: str) -> str:
    """The text with controls and marks that reverse the direction of writing shown by their code."""
    return "".join(f"⟨U+{ord(mark):04X}⟩" if _hidden(mark) else mark for mark in text)


def _hidden(mark: str) -> bool:
    code = ord(mark)
    if code < 0x20:
        return mark not in "\t\n"
    return 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def cut(text: str, longest: int) -> str:
    """The text; where it is longer than so many characters, its beginning and "…"."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
