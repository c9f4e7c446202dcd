"""A report on a graph that one can read, print and send: one page in two languages.

``sections.toml`` says which stored questions it asks and how each answer is shown; every number in it
is an answer to one of them. The same graph gives the same bytes, whatever the day.
"""

from __future__ import annotations

from budgetkg.errors import BudgetkgError
from budgetkg.graph import Graph
from budgetkg.report import markdown, page
from budgetkg.report.contents import gather

WRITERS = {"html": page.render, "md": markdown.render}
FORMATS = tuple(WRITERS)

__all__ = ["FORMATS", "render"]


def render(graph: Graph, format: str = "html") -> str:
    """The report on a graph: ``html`` is a page that stands alone, ``md`` its tables in Markdown."""
    if format not in WRITERS:
        raise BudgetkgError("no-such-report", format=format, known=FORMATS)
    return WRITERS[format](gather(graph))
