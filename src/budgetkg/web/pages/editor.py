"""The SPARQL page: a plain form over the endpoint, with our prefixes and stored questions beside it."""

from __future__ import annotations

from budgetkg.errors import BudgetkgError
from budgetkg.export.answers import turtle
from budgetkg.graph import Rows
from budgetkg.messages import said
from budgetkg.queries import questions
from budgetkg.report.years import Row
from budgetkg.store.results import Solutions
from budgetkg.vocab import PREFIXES
from budgetkg.web.pages.tables import Linked, Table, whole
from budgetkg.web.pages.view import Page, View

MOST_ROWS = 500
EXAMPLES = ("largest-projects", "budget-by-funding-source", "indicators-by-tier", "theme-budget-by-district",
            "findings-by-kind", "policies-cited", "satisfaction-targets", "published-forms")  # fmt: skip


async def show(view: View) -> Page:
    """The form, and the answer to what it holds."""
    text = view.get("query")
    table: Table | None = None
    triples = problem = ""
    truth: bool | None = None
    total = 0
    if text:
        try:
            answer = await view.site.source.ask(text, {})
        except BudgetkgError as error:
            problem = said(error.message, view.language)
        else:
            if isinstance(answer, Solutions):
                rows = Rows(answer)
                total = len(rows)
                table = whole(rows, answer.variables, view.language, _linked(view), MOST_ROWS)
            elif isinstance(answer, bool):
                truth = answer
            else:
                triples = turtle(answer)[:200_000]
    examples = [
        (item.slug, view.pick(item.summary_zh, item.summary), item.sparql())
        for item in questions()
        if item.slug in EXAMPLES
    ]
    return Page(
        "sparql.html",
        {"text": text, "table": table, "total": total, "truth": truth, "triples": triples, "problem": problem,
         "examples": examples, "prefixes": sorted(PREFIXES.items()), "most": MOST_ROWS},
    )  # fmt: skip


def _linked(view: View) -> Linked:
    def leads(row: Row, name: str) -> str | None:
        value = row.get(name)
        return (
            view.links.thing(value)
            if isinstance(value, str) and value.startswith(("http://", "https://"))
            else None
        )

    return leads
