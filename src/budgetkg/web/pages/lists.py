"""Pages that are a stored query and nothing else: ``#+ page: documents`` in its header is the address.

A question may have one too: then it stands among the sections of the site.
"""

from __future__ import annotations

from dataclasses import replace

from budgetkg.graph import Rows
from budgetkg.queries import Question, header_of, page_queries, questions
from budgetkg.web.pages.areas import areas_of
from budgetkg.web.pages.charts import pictures
from budgetkg.web.pages.languages import readable
from budgetkg.web.pages.linking import declared, linked
from budgetkg.web.pages.names import names
from budgetkg.web.pages.tables import addressed, chosen_rows
from budgetkg.web.pages.view import Page, View


def listed() -> tuple[tuple[str, Question], ...]:
    """The lists, each with the name of its page."""
    headers = ((item, header_of(item.text).get("page")) for item in (*page_queries(), *questions()))
    return tuple((names[0], item) for item, names in headers if names)


async def show(view: View) -> Page:
    """One list, to be narrowed, sorted and paged."""
    item = dict(listed())[view.path.strip("/")]
    # Its subject stays in the answer, and makes its rows links.
    answer = await view.site.question(replace(item, subjects=()))
    answered = Rows(answer)
    known = await names(view.site)
    view, rows = readable(view, answered, item.columns, known)
    table = addressed(view, rows, item.columns, declared(item, "facets"), linked(item, known, view))
    kept = chosen_rows(view, rows, item.columns)
    content = {"title": view.pick(item.summary_zh, item.summary), "description": view.about(item),
               "table": table, "charts": pictures(item, kept, view.language),
               "areas": areas_of(item, kept, known, view),
               "other_title": view.pick(item.summary, item.summary_zh)}  # fmt: skip
    return Page("list.html", content)
