"""A list of departments, each in a row of its own with its indicators beside it → a document for each.

The heads of the list, and what stands above them (title, year, money unit), belong to every one of them.
"""

from __future__ import annotations

from dataclasses import replace

from budgetkg.forms.department.columned import bodies_of, heads_over_values, names_departments
from budgetkg.forms.layout.layouts import layouts
from budgetkg.forms.layout.recognise import recognise_layout
from budgetkg.forms.settings import HEADER_ROWS
from budgetkg.reading import Reading

_FEWEST_CELLS = 3


def by_department(reading: Reading) -> list[Reading]:
    """The documents of a list of departments; any other document is one."""
    starts = _starts(reading)
    if len(starts) < 2:
        return [reading]
    found = []
    source = reading.source
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(source.text) + 1
        lines = tuple(line for line in source.lines if line.start < starts[0] or start <= line.start < end)
        within = {line.start for line in lines}
        notices = tuple(one for one in source.notices if not at or start <= one.start < end)
        own = replace(source, lines=lines, dropped=source.dropped if not at else 0, notices=notices,
                      _starts=tuple(line.start for line in lines))  # fmt: skip
        rows = tuple(row for row in reading.rows if row.line.start in within)
        found.append(Reading(own, rows, reading.asides if not at else ()))
    return found


def _starts(reading: Reading) -> list[int]:
    """Where the rows of departments begin in the text; nothing where there are no several."""
    rows = reading.rows
    forms = [layout for layout in layouts() if layout.kind == "department"]
    for at, row in enumerate(rows):
        if not row.table or len(row.cells) < _FEWEST_CELLS:
            continue
        head = rows[at : at + HEADER_ROWS + 2]
        own = [layout for layout in forms if heads_over_values(layout, head) is not None]
        told = ((bodies_of(layout, rows[at:]), layout) for layout in own)
        bodies, form = max(told, key=lambda found: len(found[0]), default=((), None))
        if form is not None and len(bodies) > 1 and names_departments(form, rows[at:], bodies):
            layout = recognise_layout(reading)
            listed = layout is not None and layout.kind == "department"
            return [rows[at + body].line.start for body in bodies] if listed else []
    return []
