"""A project table whose columns are known → printed rows and the cells of a column run.

A row is read by the header above it. Where a header prints only some of the columns, its table is a
run of those columns on later pages; a table without a header goes on with the columns of the one before,
and a lone cell that begins with a numbered tier is an indicator cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from budgetkg.folding import fold, is_blank
from budgetkg.forms.flow import Flow
from budgetkg.forms.layout import Layout, lookup
from budgetkg.forms.reader import Reader
from budgetkg.forms.rows import Block, PrintedRow, mark_block_edges, mark_page_edges
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amount
from budgetkg.values import amounts_from, parse_amount

_AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_BLOCK_START = re.compile(r"\s*1\s*、\s*\d{1,2}\s*-\s*[^\d\s]")
_INDENT = 2  # blanks before a name that set it in


@dataclass(slots=True)
class Grid:
    """A table being read: the columns in force, its rows, the cells of its column run."""

    columns: dict[int, str] = field(default_factory=dict)
    rows: list[PrintedRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    last_header: GridRow | None = None

    @property
    def in_column_run(self) -> bool:
        """Whether the columns in force leave the names out."""
        return bool(self.columns) and "name" not in self.columns.values()


def read_grid(reader: Reader, rows: list[GridRow]) -> Flow:
    """Read the rows of a project table (titles, labels and page marks left out)."""
    grid = Grid()
    for row in rows:
        if _take_header(reader, grid, row):
            continue
        if _is_block(grid, row):
            _take_block(grid, row)
        elif grid.columns and (row.table or len(row.cells) > 1):
            _take_row(reader, grid, row)
        else:
            reader.remark("text-unread", f"p. {row.line.page}", row.place, text=row.place.text[:200])
    indented = any(row.indented for row in grid.rows)
    kept = [row if indented else replace(row, indented=None) for row in grid.rows]
    return Flow(mark_page_edges(kept), mark_block_edges(grid.blocks))


def grid_header(row: GridRow, layout: Layout) -> dict[int, str] | None:
    """Columns by field where every cell of a row names a column of the layout."""
    found = {cell.column: lookup(layout.columns, cell.text) for cell in row.cells}
    alone = len(found) == 1 and not row.table and "indicators" not in found.values()
    if not all(found.values()) or alone:
        return None
    return {column: name for column, name in found.items() if name}


def _take_header(reader: Reader, grid: Grid, row: GridRow) -> bool:
    columns = grid_header(row, reader.layout)
    if columns is None or (len(columns) == 1 and _is_total(reader, row)):
        return False
    reader.furniture(row.place)
    # The second line of a header that has two completes the first.
    last = grid.last_header.line if grid.last_header is not None else None
    follows = last is not None and not reader.source.text[last.end : row.line.start].strip("\r\n")
    grid.columns = grid.columns | columns if follows else columns
    grid.last_header = row
    return True


def _is_total(reader: Reader, row: GridRow) -> bool:
    return row.cells[0].key in reader.layout.totals and any(parse_amount(cell.text) for cell in row.cells)


def _is_block(grid: Grid, row: GridRow) -> bool:
    if not row.cells or not _BLOCK_START.match(fold(row.cells[0].text)):
        return False
    return len(row.cells) == 1 and (grid.in_column_run or "indicators" not in grid.columns.values())


def _take_block(grid: Grid, row: GridRow) -> None:
    grid.blocks.append(Block(row.cells[0].place, row.line.page, row.last_page))


def _take_row(reader: Reader, grid: Grid, row: GridRow) -> None:
    cells = {grid.columns[cell.column]: cell for cell in row.cells if cell.column in grid.columns}
    for cell in row.cells:
        if cell.column not in grid.columns:
            reader.remark("text-unread", f"p. {row.line.page}", cell.place, text=cell.text[:200])
    if "name" not in cells and grid.rows and not any(name in cells for name in _AMOUNTS):
        grid.rows[-1] = _continued(grid.rows[-1], cells, row)
    elif cells:
        grid.rows.append(_row(reader, cells, row))


def _row(reader: Reader, cells: dict[str, Cell], row: GridRow) -> PrintedRow:
    name = cells["name"].place if "name" in cells else Healed()
    goal = cells["goal"].place if "goal" in cells else Healed()
    amounts = {
        field_name: _amount(reader, cells[field_name]) for field_name in _AMOUNTS if field_name in cells
    }
    read = {field_name: amount for field_name, amount in amounts.items() if amount is not None}
    block = cells.get("indicators")
    printed = [cell.place.offsets for field_name, cell in cells.items() if field_name != "indicators"]
    return PrintedRow(
        name=name,
        printed_amounts=tuple(read.values()),
        amounts=amounts_from(read),
        goal=goal,
        block=Block(block.place, row.line.page, row.last_page) if block else None,
        offsets=tuple(sorted(offset for offsets in printed for offset in offsets)),
        first_page=row.line.page,
        last_page=row.last_page,
        indented=_indent(reader, name) >= _INDENT,
    )


def _amount(reader: Reader, cell: Cell) -> Amount | None:
    amount = parse_amount(cell.text)
    if amount is None:
        reader.log.add("amount-unreadable", "", reader.at(cell.place), printed=cell.text)
    return amount


def _indent(reader: Reader, place: Healed) -> int:
    """Blanks between the edge of a cell and its first character."""
    count = 0
    start = place.offsets[0] if place.offsets else 0
    while (
        start - count > 0
        and is_blank(before := reader.source.text[start - count - 1])
        and before not in "\t\n"
    ):
        count += 1
    return count


def _continued(row: PrintedRow, cells: dict[str, Cell], part: GridRow) -> PrintedRow:
    """A row whose text goes on below a page break in cells of its own."""
    goal = _appended(row.goal, cells.get("goal"))
    block = row.block
    if "indicators" in cells:
        place = _appended(block.cell if block else Healed(), cells["indicators"])
        block = Block(place, block.first_page if block else part.line.page, part.last_page)
    offsets = row.offsets + (cells["goal"].place.offsets if "goal" in cells else ())
    return replace(row, goal=goal, block=block, offsets=offsets, last_page=part.last_page)


def _appended(text: Healed, cell: Cell | None) -> Healed:
    if cell is None:
        return text
    return Healed(text.text + cell.place.text, text.offsets + cell.place.offsets)
