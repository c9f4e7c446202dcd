"""Which form a document is: by the title it prints, else by the headers and labels of its tables."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkg.forms.department.budget import has_budget_header
from budgetkg.forms.department.tasks import has_task_header
from budgetkg.forms.indicators.leaves import head_of
from budgetkg.forms.indicators.table import has_indicator_header
from budgetkg.forms.layout.layouts import Layout, layouts
from budgetkg.forms.layout.segments import form_named
from budgetkg.forms.project.flow import header_fields
from budgetkg.forms.project.heads import project_header, run_header
from budgetkg.forms.project.numbered_forms import begun_by_number
from budgetkg.forms.settings import HEAD_ROWS
from budgetkg.reading import Reading, Source
from budgetkg.reading.grid import GridRow

_HEADER_ROWS = 4
_AMOUNTS = frozenset({"name", "total"})
_GOALS = frozenset({"goal", "period_goal", "indicators"})
_NAMED = 24  # characters of a label before its colon


def recognise_layout(reading: Reading) -> Layout | None:
    """The layout whose signature the document prints; the longest signature wins on a line.

    A table of projects and a form per project print the same titles: header and labels tell.
    """
    titled = _by_title(reading.source)
    if titled is not None and titled.kind == "department":
        return _of_fund(reading) or titled
    found = _by_header(reading) or _per_project(reading, titled is not None)
    return found or _with_indicators(reading, titled) or titled or _department(reading)


def _with_indicators(reading: Reading, titled: Layout | None) -> Layout | None:
    """The layout of a form that names its project in the title only: a table of indicators and no other."""
    if titled is None or titled.kind == "department":
        return None
    for layout in _of_kind("project-form"):
        if any(head_of(layout, rows) is not None for rows in _windows(reading) if rows[0].table):
            return layout
    return None


def heads_projects(reading: Reading) -> bool:
    """Whether the document prints the header of a table of projects, with their goals or indicators."""
    return _by_header(reading) is not None


def _of_kind(kind: str) -> list[Layout]:
    return [layout for layout in layouts() if layout.kind == kind]


def _by_title(source: Source) -> Layout | None:
    opening = next((line for line in source.lines if not line.blank), None)
    form = next(filter(None, (form_named(line.text, line is opening) for line in source.lines)), None)
    return next((layout for layout in layouts() if layout.form == form), None)


def _by_header(reading: Reading) -> Layout | None:
    """The layout whose wide header a line or a row prints."""
    for layout in _of_kind("project-table"):
        flat = (header_fields(line.text, layout) or () for line in reading.source.lines)
        if any({"name", "total", "goal"} <= set(fields) for fields in flat):
            return layout
        if any(project_header(layout, rows) for rows in _windows(reading)) or _in_runs(reading, layout):
            return layout
    return None


def _in_runs(reading: Reading, layout: Layout) -> bool:
    """Whether one table's header names projects with their amounts, and that of another says their goals."""
    headers = (run_header(layout, rows) for rows in _windows(reading) if rows[0].table)
    found = [header.names for header in headers if header is not None]
    return any(names >= _AMOUNTS for names in found) and any(names <= _GOALS for names in found)


def _per_project(reading: Reading, titled: bool) -> Layout | None:
    """The layout of a form per project: a labelled name, and a goal or an indicator table."""
    for layout in _of_kind("project-form"):
        labels = {name for row in reading.rows for name in _labels(row, layout)}
        tiers = any(has_indicator_header(layout, rows) for rows in _windows(reading))
        goals = titled and bool(labels & {"goal", "year_goal", "period_goal"})
        named = "name" in labels or (tiers and bool(begun_by_number(layout, reading.rows)))
        if named and (tiers or goals):
            return layout
    return None


def _of_fund(reading: Reading) -> Layout | None:
    """The layout of a form whose head names a fund or a project, though its title says 整体.

    专项转移支付整体绩效目标申报表 is a fund's: 专项名称 stands over its indicators, and nothing that only a
    department's form prints.
    """
    windows = list(_windows(reading))
    for layout in _of_kind("project-form"):
        headed = (at for at, rows in enumerate(windows) if has_indicator_header(layout, rows))
        head = reading.rows[: next(headed, 0)][:HEAD_ROWS]
        if any(_names_project(row, layout) for row in head) and not any(
            _of_department(rows) for rows in windows
        ):
            return layout
    return None


def _of_department(rows: tuple[GridRow, ...]) -> bool:
    """Whether tasks or a budget begin here, or a label that names the department itself."""
    return any(
        has_task_header(layout, rows) or has_budget_header(layout, rows[0])
        for layout in _of_kind("department")
    )


def _names_project(row: GridRow, layout: Layout) -> bool:
    """Whether a row of pairs prints a project's name; what is called 整体 is a department's."""
    for index, cell in enumerate(row.cells):
        head, colon, value = cell.text.replace("：", ":").partition(":")
        beside = value if value.strip() else row.cells[index + 1].text if index + 1 < len(row.cells) else ""
        name = layout.labels.lookup(head if colon else cell.text)
        if (
            name == "name"
            and beside.strip()
            and "整体" not in beside
            and layout.labels.lookup(beside) is None
        ):
            return True
    return False


def _labels(row: GridRow, layout: Layout) -> Iterator[str]:
    """The fields that a row's cells name, with a value behind the label or beside it."""
    for index, cell in enumerate(row.cells):
        head, colon, value = cell.text.replace("：", ":").partition(":")
        spoken = colon and value.strip() and len(head) <= _NAMED
        name = layout.labels.lookup(head if spoken else cell.text)
        if name and (spoken or index + 1 < len(row.cells) or name != "name"):
            yield name


def _department(reading: Reading) -> Layout | None:
    """The layout of a department form without a title: its tasks or its budget, beside indicators."""
    for layout in sorted(_of_kind("department"), key=lambda found: not found.budget):
        windows = list(_windows(reading))
        tiers = any(has_indicator_header(layout, rows) for rows in windows)
        tasks = any(has_task_header(layout, rows) for rows in windows)
        budget = any(has_budget_header(layout, rows[0]) for rows in windows)
        if (tiers and (budget or (tasks and not layout.budget))) or (tasks and budget):
            return layout
    return None


def _windows(reading: Reading) -> Iterator[tuple[GridRow, ...]]:
    for at in range(len(reading.rows)):
        yield reading.rows[at : at + _HEADER_ROWS]
