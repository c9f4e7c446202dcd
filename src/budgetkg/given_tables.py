"""A table of the user's own as the value of a parameter: a CSV from any spreadsheet program.

SPARQL takes no table. So each row becomes one literal in the block ``VALUES ?name { … }``, its cells
parted by tabs, and the query takes the cells apart by STRBEFORE and STRAFTER: this every engine can.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal

from budgetkg.errors import BudgetkgError
from budgetkg.sheets import sheet_lines

NAMES = {"district": "区划", "department": "部门", "people": "人口", "year": "年度"}
"""The columns that a table can have, each with its Chinese name."""
_PART = "\t"


def rows_as_terms(path: str, columns: tuple[str, ...]) -> tuple[Literal, ...]:
    """One literal for each row: the cells of ``columns``, parted by tabs, a missing cell blank.

    No path means no table: one literal without a cell, so that the block isn't empty. Raises BudgetkgError
    for a file that can't be read or lacks all of the columns.
    """
    if not path:
        return (Literal(""),)
    known = {name: NAMES[name] for name in columns}
    rows = [
        [cells[name].replace(_PART, " ") for name in columns]
        for _, cells in sheet_lines(Path(path), known, piped=True)
    ]
    if not any(cell for row in rows for cell in row):
        raise BudgetkgError("reading-columns", path=path, missing=columns, columns=(*known, *known.values()))
    return tuple(dict.fromkeys(Literal(_PART.join(row)) for row in rows if any(row)))
