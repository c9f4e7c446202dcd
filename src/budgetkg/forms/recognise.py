"""Which form a document is: by the title it prints, else by the header of its table."""

from __future__ import annotations

from budgetkg.forms.flow import header_fields
from budgetkg.forms.layout import Layout, layouts, lookup
from budgetkg.forms.project_grid import grid_header
from budgetkg.forms.segments import form_named
from budgetkg.reading import Reading, Source
from budgetkg.reading.grid import GridRow


def recognise_layout(reading: Reading) -> Layout | None:
    """The layout whose signature the document prints; the longest signature wins on a line.

    A table of projects and a form per project print the same titles: the wide header tells.
    """
    titled = _by_title(reading.source)
    wide = _by_header(reading)
    if titled is None or titled.kind in ("project-table", "project-form"):
        forms = [layout for layout in layouts() if layout.kind == "project-form"]
        named = any(_is_form_label(row, layout) for layout in forms for row in reading.rows)
        return wide or (forms[0] if titled and named else titled)
    return titled


def _is_form_label(row: GridRow, layout: Layout) -> bool:
    return any(lookup(layout.labels, cell.text.split("：")[0].split(":")[0]) == "name" for cell in row.cells)


def _by_title(source: Source) -> Layout | None:
    form = next(filter(None, (form_named(line.text) for line in source.lines)), None)
    return next((layout for layout in layouts() if layout.form == form), None)


def _by_header(reading: Reading) -> Layout | None:
    """The layout whose wide header a line or a row prints."""
    for layout in layouts():
        if not layout.columns:
            continue
        found = [header_fields(line.text, layout) or () for line in reading.source.lines]
        found += [tuple((grid_header(row, layout) or {}).values()) for row in reading.rows]
        if any({"name", "total", "goal"} <= set(fields) for fields in found):
            return layout
    return None
