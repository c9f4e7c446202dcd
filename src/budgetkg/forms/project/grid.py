"""A project table whose columns are known → printed rows and the cells of a column run.

A row is read by the header above it. Where a header prints only some of the columns, its table is a
run of those columns on later pages; a table without a header goes on with the columns of the one before,
and a lone cell that begins with a numbered tier is an indicator cell. Where indicators have columns of
their own, a project's cells are merged over their rows, or printed again in each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetkg.forms.indicators.beside import Beside, Shared, shared_columns, unlisted
from budgetkg.forms.indicators.column_numbers import counts_columns
from budgetkg.forms.layout.header import INDICATOR, Header, claim_header, report_unknown
from budgetkg.forms.layout.header_words import TIER_CELL
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.people import is_personal
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.project.flow import Flow
from budgetkg.forms.project.heads import own_year, project_header, project_vocabulary, run_header
from budgetkg.forms.project.printed import printed_row
from budgetkg.forms.project.row_departments import other_department, take_department
from budgetkg.forms.project.rows import Block, PrintedRow, continued, mark_block_edges, mark_page_edges
from budgetkg.forms.project.sections import has_tiers, is_remark, section_of
from budgetkg.forms.project.sum_rows import AMOUNTS, is_subtotal, with_label
from budgetkg.forms.project.tier_cells import joined_under_tiers
from budgetkg.forms.project.told_columns import told_columns
from budgetkg.forms.settings import BLANKS, WINDOW
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_GOALS = frozenset({"goal", "period_goal"})
_BLOCK_START = re.compile(r"\s*1\s*、\s*\d{1,2}\s*-\s*[^\d\s]")
_INDENT = 2  # blanks before a name that set it in
_HEADER_ROWS = 4


@dataclass(slots=True)
class Grid:
    """A table being read: the header in force, its rows, the cells of its column run."""

    header: Header | None = None
    columns: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    rows: list[PrintedRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    heads: dict[str, PrintedRow] = field(default_factory=dict)
    shared: Shared | None = None
    unit: str | None = None
    money: str | None = None  # the money unit
    departments: tuple[str, ...] = ()  # of rows, other than the first one's
    last: GridRow | None = None
    in_other_table: bool = False  # whether the rows at hand are those of another table
    reach: tuple[int, int] = (0, 0)  # the table and the row to which the last name reaches

    @property
    def heads_of_columns(self) -> dict[str, str]:
        """The headers by the fields of their columns."""
        columns = self.header.columns.values() if self.header else ()
        return {column.name: column.text for column in columns if column.name}

    @property
    def in_column_run(self) -> bool:
        """Whether the columns in force leave the names out."""
        return bool(self.columns) and "name" not in self.columns.values()

    @property
    def under_units(self) -> bool:
        """Whether the header over the names speaks of units, too: 单位名称/项目名称."""
        columns = self.header.columns.values() if self.header else ()
        return any(column.name == "name" and "单位" in column.text for column in columns)

    @property
    def wide(self) -> bool:
        """Whether indicators have columns of their own."""
        return INDICATOR + "name" in self.columns.values()

    def field_at(self, cell: Cell) -> str | None:
        """The field of the column in which a cell stands, a merged header's columns included."""
        if cell.column in self.columns or self.header is None or cell.column in self.header.columns:
            return self.columns.get(cell.column)
        over = [head for row in self.header.rows for head in row.cells
                if head.column < cell.column < head.column + head.span]  # fmt: skip
        return self.columns.get(over[-1].column) if over else None


def read_grid(reader: Reader, parts: Parts, rows: Sequence[GridRow]) -> Flow:
    """Read the rows of a project table (titles, labels and page marks left out)."""
    grid = Grid()
    at = 0
    while at < len(rows):
        count = _take_header(reader, parts, grid, rows[at:])
        count += _take_numbers(reader, grid, rows[at + count : at + count + 1]) if count else 0
        if not count:
            _take(reader, parts, grid, rows[at])
        at += count or 1
    if grid.departments and parts.department is not None:  # a list of several: the first isn't the list's
        grid.rows = [replace(row, unit=row.unit or parts.department) for row in grid.rows]
        parts.department, parts.several_departments = None, True
    indented = any(row.indented for row in grid.rows)
    kept = [row if indented else replace(row, indented=None) for row in grid.rows]
    return Flow(mark_page_edges(kept), mark_block_edges(grid.blocks), heads=grid.heads)


def _take_numbers(reader: Reader, grid: Grid, rows: Sequence[GridRow]) -> int:
    """A row that only numbers the columns of the header above it."""
    if not rows or not counts_columns(rows[0]):
        return 0
    reader.furniture(rows[0].place)
    grid.last = rows[0]
    return 1


def _take(reader: Reader, parts: Parts, grid: Grid, row: GridRow) -> None:
    named = any(grid.columns.get(cell.column) == "name" for cell in row.cells)
    # What has no name goes on with the row above it, and so with one of another table too.
    grid.in_other_table = has_tiers(reader.layout, row, grid.columns) or (grid.in_other_table and not named)
    foreign = grid.in_other_table or is_remark(reader.layout, row)
    if grid.columns and (section := section_of(reader.layout, row)) is not None:
        _take_section(reader, parts, grid, row, *section)
    elif _is_block(grid, row):
        grid.blocks.append(Block(row.cells[0].place, row.line.page, row.last_page))
    elif grid.columns and (row.table or len(row.cells) > 1) and not foreign:
        _take_row(reader, parts, grid, row)
    else:
        reader.remark("text-unread", f"p. {row.line.page}", row.place, text=row.place.text[:200])


def _take_section(reader: Reader, parts: Parts, grid: Grid, row: GridRow, field_name: str, name: str) -> None:
    """The projects below a row that names a unit are that unit's; the department's is the document's."""
    evidence, own = reader.record(row.place), parts.department
    whole = field_name == "department" and (own is None or key(own) == key(name))
    grid.unit = None if whole else name
    if whole:
        parts.heading("department", name, evidence)


def _take_header(reader: Reader, parts: Parts, grid: Grid, rows: Sequence[GridRow]) -> int:
    own = rows[:_HEADER_ROWS]
    header = project_header(reader.layout, own) or run_header(reader.layout, own)
    if header is None:
        return 0
    told = told_columns(reader.layout, header, rows[len(header.rows) : WINDOW])
    header = header.with_told(told)
    shared = shared_columns(reader.layout, header)
    claim_header(reader, header, project_vocabulary(reader.layout), unlisted(shared, header))
    texts = [cell.text for row in header.rows for cell in row.cells]
    parts.amount_places += sum(name in AMOUNTS for name in header.names)
    parts.unit = parts.unit or next(filter(None, map(money_unit, texts)), None)
    grid.money = parts.unit
    # The second line of a header that has two completes the first.
    last = grid.last.line if grid.last else None
    follows = last is not None and not reader.source.text[last.end : rows[0].line.start].strip("\r\n")
    beside = {at: INDICATOR + name for at, name in header.fields(INDICATOR).items()}
    grid.columns = (grid.columns if follows else {}) | own_year(header, year_of(parts)) | beside
    grid.shared = grid.shared if grid.header == header else shared
    grid.in_other_table = False
    grid.header, grid.unknown, grid.last = header, header.unknown(), rows[len(header.rows) - 1]
    return len(header.rows)


def _is_block(grid: Grid, row: GridRow) -> bool:
    if len(row.cells) != 1 or not _BLOCK_START.match(fold(row.cells[0].text)):
        return False
    return grid.in_column_run or "indicators" not in grid.columns.values()


def _take_row(reader: Reader, parts: Parts, grid: Grid, row: GridRow) -> None:
    cells: dict[str, Cell] = {}
    indicator: list[Cell] = []
    attributes: list[tuple[str, str]] = []
    texts = grid.header.columns if grid.header else {}
    if grid.header is not None and (under := [one for one in row.cells if grid.field_at(one) == TIER_CELL]):
        filled = [one for one in under if one.key not in BLANKS]
        for one in under:
            reader.furniture(one.place)  # what becomes an indicator is claimed for it later
        if filled:
            cells["indicators"] = joined_under_tiers(grid.header, filled)
    for cell in row.cells:
        name = grid.field_at(cell)
        if name == TIER_CELL:
            continue
        shared = name is None and grid.shared is not None and grid.shared.has(cell.column)
        if grid.wide and (shared or (name or "").startswith(INDICATOR)):
            indicator.append(cell)
        elif name is None:
            _take_strange(reader, parts, grid, row, cell)
        elif name == "attribute" or name in cells or name.startswith(INDICATOR):
            reader.record(cell.place)
            label = grid.header.label(cell.column) if grid.header and cell.column in texts else name
            attributes.append((label, cell.text))
        else:
            cells[name] = cell
    if "goal" in cells and "period_goal" in cells:
        attributes.append(("实施期目标", cells["period_goal"].text))
    other = other_department(parts, cells)
    if other is not None and "unit_of_use" in grid.columns.values():
        attributes.append((grid.heads_of_columns["department"], other.text))
    elif "department" in cells and not _is_sum(reader, cells["department"]):
        grid.unit = other.text if other is not None else None  # whose project it is, no unit being named
        grid.departments += (cells["department"].text,) if other is not None else ()
    cells = with_label(reader.layout, grid.columns, cells)
    take_department(reader, parts, cells)
    if grid.in_column_run and cells and cells.keys() <= _GOALS | {"indicators"}:
        # Which row a goal on a later page belongs to can't be said: it is none of the last row's.
        if "indicators" in cells:
            grid.blocks.append(Block(cells.pop("indicators").place, row.line.page, row.last_page))
        for cell in cells.values():
            reader.remark("text-unread", f"p. {row.line.page}", cell.place, text=cell.text[:200])
        return
    if _is_nameless(grid, row, cells):
        reader.remark("indicators-unmatched", f"p. {row.line.page}", cells["indicators"].place,
                      text=cells["indicators"].text[:200])  # fmt: skip
        for cell in (cell for name, cell in cells.items() if name != "indicators"):
            reader.remark("text-unread", f"p. {row.line.page}", cell.place, text=cell.text[:200])
        return
    _add(reader, grid, row, cells, indicator, tuple(attributes))


def _is_nameless(grid: Grid, row: GridRow, cells: dict[str, Cell]) -> bool:
    """Whether a row is one of a project whose name does not show, and no more of the project above.

    Its indicators are counted from 1 again, beside no name that is merged over it.
    """
    if "name" in cells:
        grid.reach = row.table, row.number + cells["name"].rows - 1
    if not grid.rows or grid.wide or not cells.keys() <= _GOALS | {"indicators"}:
        return False
    block, above = cells.get("indicators"), grid.rows[-1].block
    if block is None or above is None or grid.reach >= (row.table, row.number):
        return False
    other = key(block.text) != key(above.cell.text)
    return other and all(_BLOCK_START.match(fold(text)) for text in (block.text, above.cell.text))


def _add(
    reader: Reader,
    grid: Grid,
    row: GridRow,
    cells: dict[str, Cell],
    indicator: list[Cell],
    attributes: tuple[tuple[str, str], ...],
) -> None:
    """Add what a row prints: another project, a sum, or more of the project above."""
    if "row_number" in cells:
        reader.furniture(cells["row_number"].place)
    named, summed = "name" in cells, any(name in cells for name in AMOUNTS)
    unit = cells["unit_of_use"].text if "unit_of_use" in cells else grid.unit
    again = grid.wide and bool(indicator) and _is_again(reader, grid, cells, unit)
    if again or (not named and not summed and grid.rows and unit == grid.unit):
        grid.rows[-1] = continued(grid.rows[-1], cells, row)
    elif (not named and "unit_of_use" in cells and summed) or is_subtotal(cells, unit):
        head = printed_row(reader, cells, row, grid.money, grid.heads_of_columns)
        grid.heads[unit or ""] = replace(head, attributes=attributes)
        grid.unit = unit
        return
    elif cells:
        grid.unit = unit
        found = printed_row(reader, cells, row, grid.money, grid.heads_of_columns)
        grid.rows.append(replace(found, unit=unit, under_units=grid.under_units))
    if not grid.rows or not (indicator or attributes):
        return
    last = grid.rows[-1]
    if last.table is None and indicator and grid.shared is not None:
        last = replace(last, table=Beside(grid.shared, last.name.text))
    grid.rows[-1] = replace(last, attributes=tuple(dict.fromkeys((*last.attributes, *attributes))))
    if last.table is not None and indicator:
        last.table.read(reader, replace(row, cells=tuple(indicator)))


def _is_sum(reader: Reader, cell: Cell) -> bool:
    return cell.key in reader.layout.totals


def _is_again(reader: Reader, grid: Grid, cells: dict[str, Cell], unit: str | None) -> bool:
    """Whether a row prints the cells of the project above again, beside further indicators."""
    if not grid.rows or "name" not in cells or unit != grid.unit:
        return False
    last = grid.rows[-1]
    found = printed_row(reader, cells, GridRow(reader.source.lines[0], (), 0), grid.money)
    same_goal = not found.goal or key(found.goal.text) == key(last.goal.text)
    return same_goal and last.table is not None and found.identity in (last.identity, (last.identity[0], ()))


def _take_strange(reader: Reader, parts: Parts, grid: Grid, row: GridRow, cell: Cell) -> None:
    """A cell under no header, or under one that no layout names."""
    header = grid.unknown.get(cell.column)
    if header is not None and (reader.layout.is_person(header) or is_personal(header)):
        parts.people += (PersonalDatum(key(header), cell.text, reader.record(cell.place)),)
    elif header is not None:
        report_unknown(reader, cell, header, row.line.page)
    else:
        reader.remark("text-unread", f"p. {row.line.page}", cell.place, text=cell.text[:200])
