"""The header of a project table: columns of projects, and of indicators where they have their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from budgetkg.forms.layout.header import INDICATOR, Header, read_header
from budgetkg.forms.layout.header_words import TIER_CELL, Vocabulary
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.yearly import whose
from budgetkg.forms.project.sum_rows import AMOUNTS
from budgetkg.reading.grid import GridRow

_SAYS_WHAT = {"goal", "period_goal", "indicators", INDICATOR + "name", TIER_CELL}
_RUN = {"goal", "period_goal", "indicators"}


def project_header(layout: Layout, rows: Sequence[GridRow]) -> Header | None:
    """The header of a table of projects that begins with the first of some rows.

    It names projects and prints a goal or indicators for them; a budget table of another kind doesn't.
    """
    found = read_header(rows, project_vocabulary(layout), _is_complete)
    return found if found is None or _says_what(found, rows[len(found.rows) :]) else None


def _says_what(header: Header, below: Sequence[GridRow]) -> bool:
    """Whether goals or indicators have a column: one of numbers only, 数量 of a list, is none of a tier's."""
    if header.names & (_SAYS_WHAT - {TIER_CELL}):
        return True
    cells = [cell for row in below if row.table == header.rows[0].table for cell in row.cells
             if cell.column in header.columns and header.columns[cell.column].name == TIER_CELL]  # fmt: skip
    return not cells or any(char.isalpha() for cell in cells for char in cell.key)


def run_header(layout: Layout, rows: Sequence[GridRow]) -> Header | None:
    """A header that only some columns of a table have: a run of columns on later pages."""
    return read_header(rows[:1], project_vocabulary(layout), _is_run)


def own_year(header: Header, year: int | None) -> dict[int, str]:
    """The columns of a table's own; where several print amounts of years, another year's are an attribute."""
    columns = header.fields()
    said = {at: whose(header.columns[at].text, year) for at, name in columns.items() if name in AMOUNTS}
    if sum(which is not None for which in said.values()) < 2:
        return columns
    return {
        at: name if said.get(at, "this") in ("this", None) else "attribute" for at, name in columns.items()
    }


@cache
def project_vocabulary(layout: Layout) -> Vocabulary:
    """The headers that a table of projects may have, in its own columns and in those of its indicators."""
    return Vocabulary(layout, (("", layout.columns), (INDICATOR, layout.tier_columns)), tier_cells=True)


def _is_complete(header: Header) -> bool:
    return "name" in header.names and bool(header.names & _SAYS_WHAT)


def _is_run(header: Header) -> bool:
    own = {name for name in header.names if not name.startswith(INDICATOR)}
    alone = len(header.columns) == 1
    return header.known and TIER_CELL not in own and bool(own) and (bool(own & _RUN) if alone else True)
