"""The SPARQL page: a plain form over the endpoint, with our prefixes and stored questions beside it."""

from __future__ import annotations

from budgetkg.endpoint.protocol import status_of
from budgetkg.errors import BudgetkgError
from budgetkg.export.answers import turtle
from budgetkg.graph import Rows
from budgetkg.messages import said
from budgetkg.queries import questions, with_prefixes
from budgetkg.report.years import Row
from budgetkg.resources import page_query
from budgetkg.store.results import Solutions
from budgetkg.terms import terms
from budgetkg.vocab import PREFIXES
from budgetkg.web.guarding import POLICY
from budgetkg.web.pages.links import STATIC
from budgetkg.web.pages.structure import without_header
from budgetkg.web.pages.tables import Linked, Table, whole
from budgetkg.web.pages.view import Page, View

MOST_CELLS = 600
"""Cells of the table: the page stays under 200 kB, and the downloads have all rows."""
EXAMPLES = ("largest-projects", "budget-by-funding-source", "indicators-by-tier", "theme-budget-by-district",
            "findings-by-kind", "policies-cited", "satisfaction-targets", "published-forms")  # fmt: skip

FIRST = "first-projects"
"""The query that the form begins with, in ``queries/pages/``."""
_STYLES = "style-src 'self'"
_GRIPS = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="
"""The one style that the editor writes into the page: where the columns of its table are drawn wider."""
_EDITOR = ("yasgui.min.js", "yasgui.min.css")


def built() -> bool:
    """Whether ``make web`` put the editor beside the site's own script; else the plain form stands alone."""
    return all((STATIC / "yasgui" / name).is_file() for name in _EDITOR)


async def show(view: View) -> Page:
    """The form, and the answer to what it holds."""
    first = without_header(page_query(FIRST))
    text = view.get("query")
    table: Table | None = None
    triples = problem = ""
    truth: bool | None = None
    total = most = 0
    status = 200
    if text:
        try:
            answer = await view.site.source.ask(text, {})
        except BudgetkgError as error:
            problem, status = said(error.message, view.language), status_of(error)
        else:
            if isinstance(answer, Solutions):
                rows = Rows(answer)
                total = len(rows)
                most = max(1, MOST_CELLS // max(1, len(answer.variables)))
                table = whole(rows, answer.variables, view.language, _linked(view), most)
            elif isinstance(answer, bool):
                truth = answer
            else:
                triples = turtle(answer)[:200_000]
    examples = [
        (item.slug, view.pick(item.summary_zh, item.summary), item.sparql())
        for item in questions()
        if item.slug in EXAMPLES
    ]
    beginning = {"query": with_prefixes(text or first), "endpoint": view.links.to("/sparql"),
                 "terms": [[term.name, term.label(view.language)] for term in terms()],
                 "prefixes": dict(PREFIXES), "title": str(view.say("sparql.query"))}  # fmt: skip
    return Page(
        "sparql.html",
        {"text": text or first, "asked": text, "editor": beginning if built() else None, "table": table,
         "total": total, "truth": truth, "triples": triples, "problem": problem,
         "examples": examples, "prefixes": sorted(PREFIXES.items()), "most": most},
        status,
        headers={"content-security-policy": POLICY.replace(_STYLES, f"{_STYLES} '{_GRIPS}'")},
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
