"""The rules by which the rows around a table of projects are told from its own: title, year, unit, labels."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.forms.layout import line_rules as lines
from budgetkg.forms.layout.driver import Progress, Rows, Rule, drive
from budgetkg.forms.layout.header import says_more
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader, year_or_unit
from budgetkg.forms.layout.titles import TitleRow
from budgetkg.forms.project.headings import Heading, heading_of, is_row_mark, take_heading_line
from budgetkg.forms.project.heads import project_header
from budgetkg.forms.project.sections import section_of
from budgetkg.forms.settings import HEAD_ROWS, HEADER_ROWS
from budgetkg.reading.grid import Cell, GridRow


@dataclass(slots=True)
class State(Progress):
    """What has been read so far, and the rows that are the table's."""

    body: list[GridRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Beside:
    """Labels with their values in the next cells, and the money unit printed at their side."""

    pairs: tuple[tuple[str, Cell], ...]
    units: tuple[tuple[str, Cell], ...]


def find_year_and_unit(state: State, rows: Rows) -> tuple[str | None, str | None] | None:
    """A row of nothing but the money unit, beside the budget year or not."""
    return year_or_unit(rows[0])


def find_beside(state: State, rows: Rows) -> Beside | None:
    """Labels with their values in the next cells: 部门名称 | …, beside the money unit."""
    layout, cells = state.reader.layout, rows[0].cells
    units = tuple((unit, cell) for cell in cells if (unit := money_unit(cell.text)) is not None)
    rest = [cell for cell in cells if all(cell is not other for _, other in units)]
    names = [layout.labels.lookup(cell.text) for cell in rest[::2]]
    values = rest[1::2]
    if not values or len(names) != len(values) or state.parts.department is not None:
        return None
    if any(layout.columns.lookup(cell.text) or says_more(cell) for cell in values):
        return None
    named = [name for name in names if name is not None]
    return Beside(tuple(zip(named, values, strict=True)), units) if len(named) == len(values) else None


def take_beside(state: State, rows: Rows, found: Beside) -> int:
    """Each value where its label says."""
    for cell in rows[0].cells:
        state.reader.furniture(cell.place)
    for name, value in found.pairs:
        state.parts.heading(name, value.text, state.reader.record(value.place))
    for unit, cell in found.units:
        state.parts.heading("unit", unit, state.reader.record(cell.place))
    return 1


def take_title(state: State, rows: Rows, found: TitleRow) -> int:
    """The first title counts; a money unit may stand in it."""
    taken = lines.take_title_row(state, rows, found)
    _see_unit(state, rows[0])
    return taken


def find_heading(state: State, rows: Rows) -> Heading | None:
    """A line that is a title, the year or labelled values; below the header of a table it is the table's."""
    found = heading_of(state.reader.layout, rows[0].line)
    if found is None or found.kind != "labels" or section_of(state.reader.layout, rows[0]) is None:
        return found
    own = [row for row in state.body if row.table == rows[0].table][:HEAD_ROWS]
    heads = (project_header(state.reader.layout, own[at : at + HEADER_ROWS + 1]) for at in range(len(own)))
    return None if any(heads) else found


def take_heading(state: State, rows: Rows, found: Heading) -> int:
    """What it prints goes where it says."""
    take_heading_line(state.reader, state.parts, rows[0].line, found)
    _see_unit(state, rows[0])
    return 1


def _see_unit(state: State, row: GridRow) -> None:
    for cell in row.cells:
        unit = money_unit(cell.text)
        if unit is not None and state.parts.unit is None:
            state.parts.heading("unit", unit, state.reader.record(cell.place))


def find_mark(state: State, rows: Rows) -> GridRow | None:
    """A page number or another declared mark."""
    return rows[0] if is_row_mark(state.reader.layout, rows[0]) else None


def take_mark(state: State, rows: Rows, found: GridRow) -> int:
    """It carries nothing of its own."""
    state.reader.furniture(found.place)
    return 1


def find_body(state: State, rows: Rows) -> GridRow:
    """Whatever is left."""
    return rows[0]


def take_body(state: State, rows: Rows, found: GridRow) -> int:
    """A row of the table, read when all of them are known."""
    state.body.append(found)
    return 1


RULES: tuple[Rule[State], ...] = (
    (lines.find_site_line, lines.take_site_line),
    (lines.find_note, lines.take_note),
    (find_year_and_unit, lines.take_year_or_unit),
    (find_beside, take_beside),
    (lines.find_title, take_title),
    (find_heading, take_heading),
    (lines.find_letter, lines.take_letter),
    (find_mark, take_mark),
    (find_body, take_body),
)
"""In the order in which they are asked."""


def read_headings(reader: Reader, parts: Parts) -> list[GridRow]:
    """Take what stands around a table of projects; the rows that are left are the table's."""
    state = State(reader, parts)
    drive(state, RULES)
    return state.body
