"""Dumps that print each cell of a form on a line of its own: rows again, where the header makes that certain.

The header says how many columns there are; tiers begin the rows. Where one row doesn't come out whole the
dump stays as it is: a cell that is missing would move all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout, layouts
from budgetkg.forms.layout.people import is_personal
from budgetkg.forms.layout.titles import title_text
from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow, grid_row

_TIERS = ["tier1", "tier2"]
_VALUES = {"annual_value", "period_value", "actual_value"}
_SIGNS = frozenset("≥≤≧≦<>=＞＜＝")
_LABEL = 12  # characters of a label before its colon
_FEWEST = 4  # columns of a header: fewer are no proof

Rows = list[list[Cell | None]]


def with_rows(reading: Reading) -> Reading:
    """A reading whose rows hold several cells again; unchanged where it has rows, or isn't certain."""
    rows = reading.rows or tuple(grid_row(line) for line in reading.source.lines if not line.blank)
    if not rows or any(row.table or len(row.cells) != 1 for row in rows):
        return reading
    layout = next(one for one in layouts() if one.kind == "project-form")
    lines = [row.cells[0] for row in rows]
    heads = [at for at in range(len(lines)) if _columns(layout, lines[at:])]
    made: list[GridRow] = []
    done = 0
    for table, (head, stop) in enumerate(pairwise([*heads, len(lines)]), 1):
        columns = _columns(layout, lines[head:])
        below = lines[head + len(columns) : stop]
        block = _block(below, columns)
        if not block:
            return reading
        read = sum(cell is not None for row in block for cell in row)
        cells: Rows = [list(lines[head : head + len(columns)]), *block]
        made += _pairs(layout, rows[done:head])
        made += [_row(rows, own, len(columns), table, number) for number, own in enumerate(cells, 1)]
        done = head + len(columns) + read
    return replace(reading, rows=(*made, *rows[done:])) if made else reading


def _columns(layout: Layout, cells: Sequence[Cell]) -> list[str]:
    """The fields of a header that begins with the first of some cells; none where none does."""
    roles: list[str] = []
    for cell in cells:
        role = layout.tier_columns.lookup(cell.text)
        if role is None or role in roles:
            break
        roles.append(role)
    whole = roles[:2] == _TIERS and "name" in roles and bool(_VALUES & set(roles))
    return roles if whole and len(roles) >= _FEWEST else []


def _block(cells: Sequence[Cell], columns: Sequence[str]) -> Rows:
    """The rows below a header, tiers where they are printed; nothing where one doesn't come out whole."""
    rest = len(columns) - len(_TIERS)
    value = next(at for at, role in enumerate(columns) if role in _VALUES) - len(_TIERS)
    last = max((at for at, cell in enumerate(cells) if tier_of(cell.text)), default=-1)
    found: Rows = []
    at = 0
    while at + rest <= len(cells):
        tiers = _tiers_at(cells, at)
        own = cells[at + len(tiers) : at + len(tiers) + rest]
        whole = len(own) == rest and not any(tier_of(cell.text) or _ends_table(cell) for cell in own)
        told = whole and not _is_value(own[0]) and (bool(tiers) or _is_value(own[value]))
        if at > last and not told:
            break
        if not told or (not found and len(tiers) < len(_TIERS)):
            return []
        found.append([*[None] * (len(_TIERS) - len(tiers)), *tiers, *own])
        at += len(tiers) + rest
    return found if at > last else []


def _ends_table(cell: Cell) -> bool:
    """Whether a text is a remark or a label with its value, which stand below a table: 注：…, 填表人：…."""
    return ":" in cell.key[:_LABEL] or is_personal(cell.text)


def _tiers_at(cells: Sequence[Cell], at: int) -> list[Cell]:
    """The tiers that begin a row: both, the second, none."""
    first = tier_of(cells[at].text)
    if first is None:
        return []
    if first.broader is not None:
        return [cells[at]]
    return list(cells[at : at + 2]) if at + 1 < len(cells) and tier_of(cells[at + 1].text) else [cells[at]]


def _is_value(cell: Cell) -> bool:
    return cell.text[:1] in _SIGNS or cell.text[:1].isdecimal()


def _pairs(layout: Layout, rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows above a header: each label with the value on the next line."""
    found: list[GridRow] = []
    at = 0
    while at < len(rows):
        pair = rows[at : at + 2]
        labelled = [_is_label(layout, row.cells[0].text) for row in pair]
        if labelled == [True, False] and title_text(pair[1].line.text, layout) is None:
            cells = [row.cells[0] for row in pair]
            found.append(_row(pair, cells, len(cells), 0, 0))
            at += 2
        else:
            found.append(rows[at])
            at += 1
    return found


def _is_label(layout: Layout, text: str) -> bool:
    return layout.labels.lookup(text) is not None or layout.amounts.lookup(text) is not None


def _row(
    rows: Sequence[GridRow], cells: Sequence[Cell | None], width: int, table: int, number: int
) -> GridRow:
    """A row of cells that stand on lines of their own."""
    placed = tuple(Cell(at, cell.text, cell.place) for at, cell in enumerate(cells) if cell is not None)
    start = placed[0].place.offsets[0]
    line = next(row.line for row in reversed(rows) if row.line.start <= start)
    return GridRow(line, placed, width, table, line.page, number)
