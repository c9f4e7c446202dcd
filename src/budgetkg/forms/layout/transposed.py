"""Tables of indicators that run sideways: headers stand in the first column, each indicator is a column.

They are turned upright before anything is read of them: the cells stay as they are, with their places, and
the row of an indicator is what stood in its column. What says that a table runs so is its headers below
each other, no header beside another, and tiers along the row of a tier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout, layouts
from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow

_TIERS = frozenset({"tier1", "tier2"})
_VALUES = frozenset({"annual_value", "period_value", "actual_value"})


def upright(reading: Reading) -> Reading:
    """A reading whose sideways tables are turned; unchanged where there are none."""
    layout = next(one for one in layouts() if one.kind == "project-form")
    rows: list[GridRow] = []
    cells: list[tuple[int, int]] = []
    added = 0  # rows that the turned tables have more than the table had
    at = 0
    while at < len(reading.rows):
        row = reading.rows[at]
        added = added if rows and rows[-1].table == row.table else 0
        block = _block(layout, reading.rows, at)
        if not block:
            rows.append(replace(row, number=row.number + added) if added else row)
            at += 1
            continue
        turned = list(_turned(layout, block, added))
        rows += turned
        cells += [(cell.place.offsets[0], cell.place.offsets[-1] + 1) for row in block for cell in row.cells]
        added += max(0, len(turned) - len(block))
        at += len(block)
    if not cells:
        return reading
    return replace(reading, source=replace(reading.source, apart=tuple(sorted(cells))), rows=tuple(rows))


def _block(layout: Layout, rows: Sequence[GridRow], first: int) -> Sequence[GridRow]:
    """The rows of a sideways table that begins with one of some rows; none where none does."""
    top = rows[first]
    if not top.table or _role(layout, top) not in _TIERS:
        return ()
    roles: list[str] = []
    known = first
    for at in range(first, len(rows)):
        row, label = rows[at], _label(rows[at])
        if row.table != top.table or label is None or label.column != _label_column(top):
            break
        role = _role(layout, row)
        if (role in roles and role is not None) or _heads_others(layout, row):
            break
        if role is not None:
            roles.append(role)
            known = at + 1
    found = rows[first:known]
    whole = "name" in roles and _TIERS & set(roles) and _VALUES & set(roles)
    return found if whole and _tiers_run_along(layout, found) else ()


def _label(row: GridRow) -> Cell | None:
    """The header of a row: its first cell, that of a heading merged down beside the table left out."""
    beside = row.cells[0].rows > 1 if row.cells else False
    at = 1 if beside else 0
    return row.cells[at] if len(row.cells) > at else None


def _label_column(row: GridRow) -> int:
    label = _label(row)
    return -1 if label is None else label.column


def _role(layout: Layout, row: GridRow) -> str | None:
    label = _label(row)
    return None if label is None else layout.tier_columns.lookup(label.text)


def _heads_others(layout: Layout, row: GridRow) -> bool:
    """Whether another header stands beside that of a row, as in a header that runs along."""
    return any(
        layout.tier_columns.lookup(cell.text) for cell in row.cells if cell.column > _label_column(row)
    )


def _tiers_run_along(layout: Layout, rows: Sequence[GridRow]) -> bool:
    tiers = [row for row in rows if _role(layout, row) in _TIERS]
    names = next(row for row in rows if _role(layout, row) == "name")
    others = [cell for row in tiers for cell in row.cells if cell.column > _label_column(row)]
    several = sum(cell.column > _label_column(names) for cell in names.cells) > 1
    return several and bool(others) and all(tier_of(cell.text) is not None for cell in others)


def _turned(layout: Layout, rows: Sequence[GridRow], added: int) -> Iterator[GridRow]:
    """The header and the rows of a table turned upright, numbered as if they had stood where it begins."""
    column = _label_column(rows[0])
    names = next(row for row in rows if _role(layout, row) == "name")
    starts = [cell.column for cell in names.cells if cell.column > column]
    beside = [cell for row in rows for cell in row.cells if cell.column < column]
    own: list[list[Cell]] = [[] for _ in (None, *starts)]
    own[0] = [replace(cell, column=0, span=1, rows=len(own)) for cell in beside[:1]]
    for field, row in enumerate(rows, 1):
        for cell in row.cells:
            if cell.column < column:
                continue
            under = [
                at for at, start in enumerate(starts, 1) if cell.column <= start < cell.column + cell.span
            ]
            first, reach = (0, 1) if cell.column == column else (under[0], len(under)) if under else (0, 0)
            if reach:
                own[first].append(replace(cell, column=field, span=1, rows=reach))
    for at, cells in enumerate(own):
        yield GridRow(
            names.line, tuple(cells), len(rows) + 1, names.table, names.last_page, rows[0].number + added + at
        )
