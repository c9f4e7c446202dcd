"""A report on a graph to read, print and send: headlines, chapters, and an appendix that backs them.

``headlines.toml`` and ``sections.toml`` say which stored questions it asks, by which rules it finds what to
say, and how each answer is shown; every number in it comes from an answer. The same graph gives the same
bytes, whatever the day.
"""

from __future__ import annotations

from budgetkg.errors import BudgetkgError
from budgetkg.graph import Graph
from budgetkg.report import markdown, page
from budgetkg.report.appendix import appendix
from budgetkg.report.contents import gather
from budgetkg.report.story import story

WRITERS = {"html": page.render, "md": markdown.render}
FORMATS = tuple(WRITERS)
LANGUAGES = ("zh", "en")

__all__ = ["FORMATS", "LANGUAGES", "render"]


def render(graph: Graph, format: str = "html", language: str = "zh") -> str:
    """The report on a graph: ``html`` is a page that stands alone, ``md`` the same in Markdown."""
    if format not in WRITERS:
        raise BudgetkgError("no-such-report", format=format, known=FORMATS)
    if language not in LANGUAGES:
        raise BudgetkgError("no-such-report", format=language, known=LANGUAGES)
    contents = gather(graph)
    return WRITERS[format]((*story(contents, language), *appendix(contents, language)), language)
