"""Column runs of a project table that only the form itself can pair: goals and indicators printed apart.

Where a run is set with rows of heights of its own, nothing on paper says which row is beside which. The
sums do: a total and a unit of use have no goal, and add up the projects below them. So a run comes back
to the names where it has as many rows, ends with the same one, and leaves out exactly the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetkg.forms.layout.header import Header
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.project.heads import project_header, run_header
from budgetkg.forms.project.sum_rows import AMOUNTS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.values import parse_amount

_HEADER_ROWS = 4
_FEWEST = 2
_LONGEST = 24  # of a header of goals and indicators
_SAYS_WHAT = frozenset({"goal", "period_goal", "indicators"})

_Rows = list[GridRow]


@dataclass(frozen=True, slots=True)
class _Run:
    """A table with its header, and its rows by how far they stand below the header.

    ``names`` are the fields of its columns, each with its column; ``again`` its header printed again.
    """

    head: GridRow
    names: dict[str, int]
    rows: _Rows
    body: dict[int, GridRow]
    again: _Rows

    def column(self, *names: str) -> int | None:
        """The column of the first of some fields that the header names."""
        return next((self.names[name] for name in names if name in self.names), None)


def rejoin_runs(reader: Reader, rows: Sequence[GridRow]) -> _Rows:
    """The rows of a document, those of its goals and indicators put back beside their projects."""
    kept = set(map(id, rows))
    found = _tables(reader, kept)
    heads = {id(row) for mine in found for row in mine} - kept
    names: int | None = None
    for number, mine in enumerate(found):
        run = _run(reader.layout, mine) if mine[0].table else None
        if run is None:
            continue
        if run.column("name") is not None:
            names = number
        elif names is not None and run.names.keys() <= _SAYS_WHAT:
            beside = _run(reader.layout, found[names])
            if beside is not None and _are_beside(beside, run, reader.layout):
                found[names] = _joined(reader, beside, run)
                found[number] = []
    return [row for mine in found for row in mine if id(row) not in heads]


def _tables(reader: Reader, kept: set[int]) -> list[_Rows]:
    """The rows of each table; one that names a goal or indicators alone begins a table of its own.

    Such a header is a heading as well (绩效指标), and may have been taken for one.
    """
    found: list[_Rows] = []
    for row in reader.rows:
        short = len(row.cells) <= len(_SAYS_WHAT) and len(row.place.text) <= _LONGEST
        header = run_header(reader.layout, [row]) if short and row.table else None
        heads = header is not None and header.names <= _SAYS_WHAT
        if id(row) not in kept and not heads:
            continue
        before = found[-1][0] if found else None
        if before is None or before.table != row.table or (heads and before.place.text != row.place.text):
            found.append([])
        found[-1].append(row)
    return found


def _run(layout: Layout, rows: _Rows) -> _Run | None:
    """A table that begins with a header of projects, or of some of their columns."""
    headers: list[Header] = []
    at = 0
    while header := _header(layout, rows[at : at + _HEADER_ROWS]):
        headers.append(header)
        at += len(header.rows)
    if not headers:
        return None
    fields = {name: at for header in headers for at, name in header.fields().items()}
    heads = {row.place.text for header in headers for row in header.rows}
    last = headers[-1].rows[-1].number
    below = [row for row in rows[at:] if row.place.text not in heads]
    again = [row for row in rows[at:] if row.place.text in heads]
    body = {row.number - last: row for row in below}
    return _Run(rows[0], fields, rows, body, again) if len(body) == len(below) else None


def _header(layout: Layout, rows: _Rows) -> Header | None:
    return project_header(layout, rows) or run_header(layout, rows)


def _are_beside(names: _Run, run: _Run, layout: Layout) -> bool:
    """Whether the rows of a run are those of the projects, no more and no fewer."""
    own = [at for at, row in names.body.items() if row.cells]
    column = names.column("name")
    if len(run.body) < _FEWEST or not own or max(own) != max(run.body) or column is None:
        return False
    paired = [names.body.get(at) for at in run.body]
    if any(row is None or row.at(column) is None for row in paired):
        return False
    projects = [row for row in paired if row is not None]
    if any(cell.key in layout.totals for row in projects if (cell := row.at(column)) is not None):
        return False
    return _leaves_out_sums(names, set(run.body))


def _leaves_out_sums(names: _Run, projects: set[int]) -> bool:
    """Whether every row beside which nothing is printed is a sum of the projects, or of those below it."""
    column = names.column(*AMOUNTS)
    sums = [at for at in names.body if at not in projects]
    if column is None or not sums:
        return False
    amounts = {at: _amount(row.at(column)) for at, row in names.body.items()}
    for at, following in zip(sums, [*sums[1:], max(names.body) + 1], strict=True):
        whole = sum((amounts[other] for other in projects), Decimal())
        own = sum((amounts[other] for other in projects if at < other < following), Decimal())
        if amounts[at] not in (whole, own):
            return False
    return True


def _amount(cell: Cell | None) -> Decimal:
    amount = parse_amount(cell.text) if cell is not None else None
    return amount.value if amount is not None and amount.value is not None else Decimal()


def _joined(reader: Reader, names: _Run, run: _Run) -> _Rows:
    """The rows of the projects with the cells of a run behind their own."""
    width = max(row.width for row in names.rows)
    # The header of one run would hide the columns of the other.
    for row in (*names.again, *run.again):
        reader.furniture(row.place)
    gone = {id(row) for row in names.again}
    head = run.head
    beside = {id(names.body[at]): row for at, row in run.body.items()} | {id(names.head): head}
    evidence = reader.at(head.place)
    reader.log.add("columns-split", f"p. {head.line.page}", evidence, column=head.place.text)
    kept = [row for row in names.rows if id(row) not in gone]
    return [_beside(row, beside[id(row)], width) if id(row) in beside else row for row in kept]


def _beside(row: GridRow, more: GridRow, width: int) -> GridRow:
    moved = tuple(replace(cell, column=cell.column + width) for cell in more.cells)
    return replace(row, cells=(*row.cells, *moved), width=width + more.width)
