"""Compare: districts, themes and years side by side, in money and in targets, each figure with its page.

The money is that of projects by their main theme, so that it counts once; totals of whole departments are
another scope, and stand in pictures of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from budgetkg.codelists import concepts
from budgetkg.errors import UnknownName
from budgetkg.export.answers import for_excel
from budgetkg.graph import Rows
from budgetkg.queries import Question, page_queries, question
from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.resources import page_query
from budgetkg.store.results import Solutions
from budgetkg.web.pages.charts import Picture, pictures, standalone
from budgetkg.web.pages.fitting import ems
from budgetkg.web.pages.linking import bars_lead, linked
from budgetkg.web.pages.names import Names, names
from budgetkg.web.pages.tables import Linked, Table, whole
from budgetkg.web.pages.view import Download, Page, View

MOST_ROWS = 30
"""Rows of a table: the five of them stay under 200 kB, and whoever chooses sees the others."""
MOST_OPEN = 12
"""Rows up to which a table stands open: as many as a screen shows."""
PARTS = ("compare-money", "compare-budgets", "compare-targets", "compare-projects")
_USUAL = 13.0
COSTS = "cost-of-the-same-work"
_CHOICES = (
    ("district", "district"), ("department", "department"), ("year", "fiscal_year"), ("theme", "theme"),
)  # fmt: skip
_SUMS = ("amount_yuan", "projects")
"""Columns of :data:`PARTS`' first that sum up projects, and lead to them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is compared: its title, its charts and its table."""

    name: str
    title: str
    description: Markup
    charts: tuple[Picture, ...]
    table: Table
    left: int

    @property
    def open(self) -> bool:
        """Whether its table is short enough to be seen at once."""
        return len(self.table.rows) <= MOST_OPEN


@dataclass(frozen=True, slots=True)
class Field:
    """What can be chosen: the values that there are, and which of them are chosen."""

    name: str
    values: tuple[tuple[str, str, bool], ...]
    """Each value, what the reader calls it, and whether it is chosen."""

    @property
    def broad(self) -> bool:
        """Whether its values are too long for a field of the usual width."""
        return any(ems(text) > _USUAL for _, text, _ in self.values)


async def show(view: View) -> Page:
    """What was chosen, side by side."""
    money = Rows(await view.site.rows(page_query("compare-money")))
    known = await names(view.site)
    sides = []
    projects = _parts()[-1]
    for item in _parts():
        rows = _chosen(view, await _rows(view, item), known)
        if item.slug == COSTS and view.all("theme"):  # its rows name projects, no themes
            themed = await _rows(view, projects)
            kept = {(row["district"], row["project"]) for row in _chosen(view, themed, known)}
            rows = [row for row in rows if (row["district"], row["project"]) in kept]
        leads = _to_projects(view, item, linked(item, known, view))
        said = known.rows(rows, view.language)
        table = whole(said, item.columns, view.language, leads, MOST_ROWS)
        title = view.pick(item.summary_zh, item.summary)
        charts = pictures(item, said, view.language, bars_lead(item, leads))
        sides.append(
            Side(
                item.slug,
                title,
                view.about(item),
                charts,
                table,
                max(0, len(rows) - MOST_ROWS),
            )
        )
    fields = [_field(view, name, column, money, known) for name, column in _CHOICES]
    downloads = [(ending, view.links.to(f"/compare.{ending}", view.query)) for ending in ("csv", "svg")]
    return Page("compare.html", {"sides": [side for side in sides if side.table.rows], "fields": fields,
                                 "downloads": downloads if view.links.live else []})  # fmt: skip


async def download(view: View) -> Download:
    """The money that is compared, as CSV for spreadsheets or as one picture with its source."""
    ending = view.place["ending"]
    if ending not in ("csv", "svg"):
        raise UnknownName("rows-as", format=ending, known=("csv", "svg"))
    item = _parts()[0]
    answer = await view.site.rows(item.text)
    rows, known = Rows(answer), await names(view.site)
    kept = _chosen(view, rows, known)
    if ending == "svg":
        where = view.links.to("/compare", view.query)
        source = view.say("chart.source", address=where, version=view.site.version)
        drawn = standalone(pictures(item, known.rows(kept, view.language), view.language), str(source))
        return Download(drawn.encode(), "image/svg+xml", "compare.svg")
    wanted = {id(row) for row in kept}
    left = tuple(answer.rows[place] for place, row in enumerate(rows) if id(row) in wanted)
    return Download(for_excel(Solutions(answer.variables, left)), "text/csv; charset=utf-8", "compare.csv")


def _parts() -> list[Question]:
    known = {item.slug: item for item in page_queries()}
    return [*(known[name] for name in PARTS[:3]), question(COSTS), known[PARTS[3]]]


async def _rows(view: View, item: Question) -> Rows:
    if item.slug == COSTS:  # a question, whose rows are numbered and cut as it says
        single = replace(item, subjects=item.summed)
        return Rows(await view.site.question(single))
    return Rows(await view.site.rows(item.text))


def _to_projects(view: View, item: Question, otherwise: Linked) -> Linked:
    """Of a sum of projects to the list of those it sums up; of whatever else where it led before."""
    if item.slug != PARTS[0]:
        return otherwise

    def leads(row: Row, name: str) -> str | None:
        if name not in _SUMS or not view.links.live:
            return otherwise(row, name)
        chosen = [(key, _said(row, column)) for key, column in _CHOICES if row.get(column) is not None]
        return f"{view.links.to('/compare', chosen)}#{PARTS[3]}"

    return leads


def _chosen(view: View, rows: Sequence[Row], known: Names) -> list[Row]:
    """The rows of the chosen districts, years and themes, as far as a part has such columns."""
    wanted = [(column, known.same(column, view.all(name))) for name, column in _CHOICES]
    wanted = [(column, _and_below(names) if column == "theme" else names) for column, names in wanted]
    return [
        row
        for row in rows
        if all(not values or column not in row or _said(row, column) in values for column, values in wanted)
    ]


def _and_below(names: set[str]) -> set[str]:
    """Themes with all under them: films in villages are films, too."""
    listed = concepts("theme")
    found = {theme.iri for theme in listed if theme.zh in names}
    while more := {theme.iri for theme in listed if theme.broader in found} - found:
        found |= more
    return names | {theme.zh for theme in listed if theme.iri in found}


def _said(row: Row, column: str) -> str:
    return cell_of(row, column, "zh").rstrip("?") if column == "fiscal_year" else str(row[column] or "")


def _field(view: View, name: str, column: str, money: Sequence[Row], known: Names) -> Field:
    themed = name == "theme"
    there = {_said(row, column) for row in money} if themed else set(known.choices.get(name, ()))
    chosen = known.same(column, view.all(name))
    unknown = () if chosen & there else view.all(name)
    said = [(known.said(column, value, view.language), value) for value in {*there, *unknown} if value]
    return Field(name, tuple((value, text, value in chosen) for text, value in sorted(said)))
