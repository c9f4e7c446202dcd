"""Why a layout that somebody gave doesn't read a document: what its form needs and the document lacks."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkg.forms.department.budget import has_budget_header
from budgetkg.forms.department.tasks import has_task_header
from budgetkg.forms.indicators.table import has_indicator_header
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.recognise import recognise_layout
from budgetkg.forms.project.heads import project_header
from budgetkg.messages import Message
from budgetkg.reading import Reading
from budgetkg.reading.grid import GridRow

_ROWS = 4  # a header takes so many rows at most
_NEEDED = ("name", "total", "goal")


def why_not(reading: Reading, layout: Layout) -> tuple[Message, ...]:
    """The reasons, the first one enough by itself; none where the layout reads the document."""
    lacking = tuple(_lacking(reading, layout))
    if lacking:  # its form's title alone may have chosen it
        return lacking
    taken = recognise_layout(reading)
    if taken is not None and taken.name == layout.name:
        return ()
    return (Message("misfit-other", form=taken.form if taken else "—", layout=taken.name if taken else "—"),)


def _lacking(reading: Reading, layout: Layout) -> Iterator[Message]:
    windows = [reading.rows[at : at + _ROWS] for at in range(len(reading.rows))]
    if layout.kind == "project-table":
        if not any(project_header(layout, rows) for rows in windows):
            yield from _header(reading, layout)
        return
    tiers = any(has_indicator_header(layout, rows) for rows in windows)
    if layout.kind == "project-form":
        labelled = any(
            layout.labels.lookup(cell.text) == "name" for row in reading.rows for cell in row.cells
        )
        if not labelled:
            yield Message("misfit-label", field="name", words=tuple(layout.labels["name"][:_ROWS]))
    if not tiers:
        yield Message("misfit-indicators", words=tuple(layout.tier_columns["name"][:_ROWS]))
    if layout.kind == "department":
        tasks = any(has_task_header(layout, rows) for rows in windows)
        budget = any(has_budget_header(layout, rows[0]) for rows in windows)
        if not (tasks or budget):
            yield Message("misfit-department")


def _header(reading: Reading, layout: Layout) -> Iterator[Message]:
    """Of the row that comes nearest to the header of a table of projects: what it says and what it lacks."""
    best = max(reading.rows, key=lambda row: len(_fields(row, layout)), default=None)
    fields = _fields(best, layout) if best is not None else {}
    missing = [name for name in _NEEDED if name not in fields]
    if "indicators" in fields and "goal" in missing:
        missing.remove("goal")
    if missing and best is not None and fields:
        known = tuple(f"{text} → {name}" for name, text in fields.items())
        words = tuple(layout.columns[name][0] for name in missing if layout.columns[name])
        yield Message(
            "misfit-header", page=best.line.page, line=best.line.number, known=known,
            missing=tuple(missing), words=words,
        )  # fmt: skip
    elif missing:
        yield Message("misfit-no-header", missing=tuple(missing))


def _fields(row: GridRow, layout: Layout) -> dict[str, str]:
    named = ((layout.columns.lookup(cell.text), cell.text) for cell in row.cells)
    return {name: "".join(text.split()) for name, text in named if name}
