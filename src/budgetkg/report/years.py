"""Years as the report writes them: one that no document prints carries a question mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from budgetkg.codelists import is_inferred
from budgetkg.graph import Cell

Row = Mapping[str, Cell]

# The column that says how a year is known, where it isn't the year's name with "_basis" after it.
_BASES = {"fiscal_year": "year_basis", "year_b": "year_basis"}
YEARS = (
    "fiscal_year", "year_a", "year_b",
    "previous_year", "other_year", "first_year", "last_year", "people_year", "reached_in",
)  # fmt: skip


def year(row: Row, name: str = "fiscal_year") -> str:
    """The year of a row, with "?" where it is inferred; empty where none is known."""
    if row.get(name) is None:
        return ""
    own = row.get(f"{name}_basis")
    basis = own if own is not None else row.get(_BASES.get(name, ""))
    said = str(row[name]).rstrip("?")
    return f"{said}?" if basis and is_inferred(str(basis)) else said


def years(rows: Iterable[Row]) -> tuple[str, ...]:
    """The different years of some rows, the earliest first; last an empty one where a row has no year."""
    return tuple(sorted({year(row) for row in rows}, key=lambda said: (not said, said)))
