"""The front page: what the graph holds, district by district, with the money by scope."""

from __future__ import annotations

import asyncio

from budgetkg.graph import Rows
from budgetkg.queries import question
from budgetkg.report.years import Row, year, years
from budgetkg.resources import page_query
from budgetkg.web.asking import Site
from budgetkg.web.pages.charts import pictures
from budgetkg.web.pages.linking import bars_lead
from budgetkg.web.pages.names import names
from budgetkg.web.pages.questions import to_places
from budgetkg.web.pages.tables import whole
from budgetkg.web.pages.view import Page, View

_COLUMNS = (
    "district",
    "department",
    "fiscal_year",
    "scope",
    "scope_zh",
    "total_yuan",
    "projects",
    "tasks",
    "indicators",
)
_BUDGETS, _KINDS = "budget-by-district", "target-kinds"
FEATURED = ("largest-projects", "theme-budget-by-district", "unit-cost", "target-kinds", "copied-targets",
            "similar-goals-across-districts", "findings-by-kind", "money-from-above")  # fmt: skip


async def answers(site: Site) -> tuple[Rows, Rows, Rows, Rows]:
    """Counts, scopes of the money, plans and kinds of targets: all that the front page asks, at once."""
    asked = await asyncio.gather(
        site.rows(page_query("counts")),
        site.rows(page_query("scopes")),
        site.question(question(_BUDGETS)),
        site.question(question(_KINDS)),
    )
    counts, scopes, plans, targets = map(Rows, asked)
    return counts, scopes, plans, targets


async def show(view: View) -> Page:
    """The front page."""
    budgets, kinds = question(_BUDGETS), question(_KINDS)
    first, scopes, plans, targets = await answers(view.site)
    counts, known = first[0], await names(view.site)
    said = known.rows(plans, view.language)
    measured = known.rows(targets, view.language)

    def linked(row: Row, name: str) -> str | None:
        iri = known.thing(name, str(row.get(name) or ""))
        return view.links.thing(iri) if iri else None

    scope_columns = ("scope", "scope_zh", "fiscal_year", "plans", "districts", "total_yuan")
    return Page(
        "home.html",
        {
            "counts": counts,
            "years": view.pick("，", ", ").join(_years(view, plans)),
            "scopes": whole(scopes, scope_columns, view.language),
            "plans": whole(said, _COLUMNS, view.language, to_places(view, budgets, linked), most=60),
            "charts": pictures(kinds, measured, view.language, bars_lead(kinds, linked))[:1],
            "featured": [
                (slug, view.pick(question(slug).summary_zh, question(slug).summary)) for slug in FEATURED
            ],
        },
    )


def _years(view: View, plans: Rows) -> list[str]:
    """The years that the plans are for, an inferred one with its mark, and how many have none."""
    said = {one for one in years(plans) if one}
    known = sorted(one for one in said if one.rstrip("?") == one or one.rstrip("?") not in said)
    texts = [view.say("home.years", years="–".join(dict.fromkeys((known[0], known[-1]))))] if known else []
    blank = sum(not year(plan) for plan in plans)
    return [*texts, *([view.say("home.years_unknown", count=blank)] if blank else [])]
