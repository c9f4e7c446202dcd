"""Which form a document is: by the title it prints, else by the header of its table."""

from __future__ import annotations

from budgetkg.folding import key
from budgetkg.forms.flow import header_fields
from budgetkg.forms.layout import Layout, layouts
from budgetkg.reading import Source

_LONGEST_TITLE = 60


def recognise_layout(source: Source) -> Layout | None:
    """The layout whose signature the document prints; the longest signature wins on a line."""
    for line in source.lines:
        plain = key(line.text[: _LONGEST_TITLE * 4])
        if plain and len(plain) <= _LONGEST_TITLE:
            layout = _by_title(plain)
            if layout is not None:
                return layout
    return next((_by_header(line.text) for line in source.lines if _by_header(line.text)), None)


def _by_title(plain: str) -> Layout | None:
    hits = [
        (len(mark), layout.form, layout) for layout in layouts() for mark in layout.signature if mark in plain
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None


def _by_header(text: str) -> Layout | None:
    if len(text) > _LONGEST_TITLE * 4:
        return None
    for layout in layouts():
        fields = header_fields(text, layout) if layout.columns else None
        if fields and {"name", "total", "goal"} <= set(fields):
            return layout
    return None
