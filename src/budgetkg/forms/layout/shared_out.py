"""Tables that share a project's money out: one list of indicators, and a column of targets for each receiver.

Who receives stands above the targets, with what each gets: 县区 | 甲县 | 乙县, 金额 | 96 | 168.
Such a table is as many forms as it has receivers, printed once; it is read as these, each cell with the place
it has. What says so is the grid: a header that stands over several columns in the same words, and above it,
over just these columns, a row of different names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetkg.forms.layout.label_words import is_called_sum
from budgetkg.forms.layout.layouts import Layout, layouts
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.layout.year import YEAR_LABEL
from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed

_VALUES = frozenset({"annual_value", "period_value"})
_VALUED = re.compile("(?:指标|目标|计划)值$")
_TWO = 2  # receivers at least; rows of a header and its receivers; cells of a row that parts something
_LABEL = "下达地方"  # what receivers are, where the header over them says it of their targets


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows above the receivers, those over the columns of targets, the header with its rows.

    ``receivers`` are their names, one for each of the ``columns``.
    """

    above: Sequence[GridRow]
    receivers: Sequence[Cell]
    over: Sequence[GridRow]
    below: Sequence[GridRow]
    columns: tuple[int, ...]

    @property
    def rows(self) -> int:
        """How many rows of the table it takes."""
        return len(self.above) + len(self.over) + len(self.below)


def with_receivers_apart(reading: Reading) -> Reading:
    """A reading whose tables of several receivers are a form for each; unchanged where there are none."""
    layout = next(one for one in layouts() if one.kind == "project-form")
    rows: list[GridRow] = []
    cells: list[tuple[int, int]] = []
    for table in _tables(reading.rows):
        found = _shared_out(layout, table)
        if found is None:
            rows += table
            continue
        rows += [replace(row, number=at) for at, row in enumerate(_forms(found), 1)]
        behind = rows[-1].number + 1  # the forms have more rows than the table had
        rows += [replace(row, number=at) for at, row in enumerate(table[found.rows :], behind)]
        cells += [(cell.place.offsets[0], cell.place.offsets[-1] + 1) for row in table for cell in row.cells]
    if not cells:
        return reading
    apart = tuple(sorted({*reading.source.apart, *cells}))
    return replace(reading, source=replace(reading.source, apart=apart), rows=tuple(rows))


def _tables(rows: Sequence[GridRow]) -> Iterator[list[GridRow]]:
    """The rows of each table; what stands outside any is one by itself."""
    found: list[GridRow] = []
    for row in rows:
        if found and (row.table != found[-1].table or not row.table):
            yield found
            found = []
        found.append(row)
    if found:
        yield found


def _shared_out(layout: Layout, rows: Sequence[GridRow]) -> _Table | None:
    for at, row in enumerate(rows):
        under = _receivers_under(layout, rows[at : at + 2]) if row.table else None
        if under is not None:
            return _with_receivers_below(rows, at, under)
        columns = _columns_of_targets(layout, row) if row.table else ()
        if not columns:
            continue
        first = at
        while first and _stands_over(rows[first - 1], columns):
            first -= 1
        over = rows[first:at]
        names = next((one.cells[1:] for one in over if _are_names(layout, one.cells[1:])), None)
        if names is not None:
            return _Table(rows[:first], names, over, rows[at : _end(rows, at + 1)], columns)
    return None


def _end(rows: Sequence[GridRow], at: int) -> int:
    """Where the rows of indicators end, from a row on: at one that parts nothing."""
    return next((to for to in range(at, len(rows)) if len(rows[to].cells) < _TWO), len(rows))


def _receivers_under(layout: Layout, rows: Sequence[GridRow]) -> tuple[int, ...] | None:
    """The columns of receivers below one header of their targets: 各地区指标值 over 甲省 | 乙省."""
    if len(rows) != _TWO or rows[0].table != rows[1].table or len(rows[0].cells) < _TWO:
        return None
    last, below = rows[0].cells[-1], rows[1].cells
    names = any(layout.tier_columns.lookup(cell.text) == "name" for cell in rows[0].cells[:-1])
    columns = tuple(cell.column for cell in below)
    under = columns == tuple(range(last.column, last.column + last.span)) and len(columns) >= _TWO
    named = names and under and _VALUED.search(last.key) and _are_names(layout, below)
    return columns if named else None


def _with_receivers_below(rows: Sequence[GridRow], at: int, columns: tuple[int, ...]) -> _Table:
    """The table with its receivers above the header, as in others, behind words that say what they are."""
    head, receivers = rows[at : at + 2]
    own = [cell if cell.column == columns[0] else replace(cell, rows=1) for cell in head.cells[:-1]]
    header = replace(
        head, cells=(*own, *(replace(head.cells[-1], column=column, span=1) for column in columns))
    )
    place = head.cells[-1].place
    label = Cell(0, _LABEL, Healed(_LABEL, (place.offsets[0],) * len(_LABEL)), columns[0])
    first = at + _TWO
    stop = next((to for to in range(first, len(rows)) if not _stands_over(rows[to], columns)), len(rows))
    over = (replace(receivers, cells=(label, *receivers.cells)), *rows[first:stop])
    return _Table(rows[:at], receivers.cells, over, (header, *rows[stop : _end(rows, stop)]), columns)


def _columns_of_targets(layout: Layout, row: GridRow) -> tuple[int, ...]:
    """The last columns of a header of indicators, where several are headed in the same words."""
    roles = [layout.tier_columns.lookup(cell.text) for cell in row.cells]
    targets = [cell for cell, role in zip(row.cells, roles, strict=True) if role in _VALUES]
    alike = len({cell.key for cell in targets}) == 1 and targets == list(row.cells[-len(targets) :])
    if "name" not in roles or len(targets) < _TWO or not alike or any(cell.span > 1 for cell in targets):
        return ()
    return tuple(cell.column for cell in targets)


def _stands_over(row: GridRow, columns: tuple[int, ...]) -> bool:
    """Whether a row is a label and a cell over each column of targets."""
    return tuple(cell.column for cell in row.cells[1:]) == columns and row.cells[0].column < columns[0]


def _are_names(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether cells name places or organisations, each another; a sum of them may stand beside."""
    names = [cell for cell in cells if not is_called_sum(cell.text)]
    named = all(is_organisation(cell.text) and layout.labels.lookup(cell.text) is None for cell in names)
    return bool(names) and named and len({cell.key for cell in cells}) == len(cells)


def _forms(table: _Table) -> Iterator[GridRow]:
    """The rows of each receiver's form; the column of a sum over all of them is left to be quoted.

    What stands above, but for titles and money, is said of each of them: the money is that of all.
    """
    said = [own for row in table.above if len((own := _without_money(row)).cells) > 1]
    yield from (row for row in table.above if len(row.cells) < _TWO)
    for column, receiver in zip(table.columns, table.receivers, strict=True):
        if is_called_sum(receiver.text):
            continue
        yield from said
        for row in (*table.over, *table.below):
            yield replace(row, cells=tuple(_own(row.cells, table.columns, column)))


def _without_money(row: GridRow) -> GridRow:
    """A row of labels and values without amounts and their labels; a year is none."""
    labelled = zip(row.cells, row.cells[1:], strict=False)
    money = {
        at
        for at, (label, cell) in enumerate(labelled, 1)
        if money_in(cell.text) is not None and not YEAR_LABEL.fullmatch(label.key)
    }
    gone = money | {at - 1 for at in money}
    return replace(row, cells=tuple(cell for at, cell in enumerate(row.cells) if at not in gone))


def _own(cells: Sequence[Cell], columns: tuple[int, ...], column: int) -> Iterator[Cell]:
    """The cells of one receiver: what stands left of the targets, and its own in their first column."""
    for cell in cells:
        if cell.column < columns[0]:
            yield replace(cell, span=min(cell.span, columns[0] + 1 - cell.column))
        elif cell.column <= column < cell.column + cell.span:
            yield replace(cell, column=columns[0], span=1)
