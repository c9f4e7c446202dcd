"""Stored questions: the list, and each with its form, its answer, its chart and its query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetkg.errors import QueryError, UnknownName, choices
from budgetkg.export.answers import for_excel, written
from budgetkg.export.workbook import workbook
from budgetkg.graph import Rows
from budgetkg.messages import said
from budgetkg.parameters import Parameter
from budgetkg.queries import Question, header_of, narrowed, question, questions, with_prefixes
from budgetkg.report.plan import plan
from budgetkg.report.wording import cell_of
from budgetkg.report.years import YEARS, Row
from budgetkg.store.querytext import bound
from budgetkg.store.results import Solutions
from budgetkg.web.pages.areas import alone, areas_of
from budgetkg.web.pages.cells import columns_for
from budgetkg.web.pages.charts import pictures, standalone
from budgetkg.web.pages.languages import readable
from budgetkg.web.pages.linking import bars_lead, declared, linked
from budgetkg.web.pages.names import Names, names
from budgetkg.web.pages.tables import Linked, addressed, chosen_rows
from budgetkg.web.pages.view import Download, Page, View
from budgetkg.web.strangers import open_parameters

PLACES = "places"
"""The last part of the address at which a question's rows stand with where they are printed."""
PICTURE = "picture"
"""The column with the command that shows a page; the site has pages of documents instead."""
MOST_PLACED_CELLS = 1000
"""Cells of a published table of places: a page stays under 200 kB, and its downloads have all rows."""
_TYPES = {"json": "application/sparql-results+json", "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a question's form."""

    name: str
    label: str
    kind: str
    value: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    """Values that may be given, each with what the reader calls it."""
    listed: bool = False
    """Whether only the choices may be chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an address asks it: what was given, and the answer with the things its rows are about."""

    question: Question
    given: Mapping[str, str]
    answer: Solutions | None
    problem: UnknownName | QueryError | None = None

    def public(self) -> Solutions:
        """The answer as everybody else gives it: without the things its rows are about."""
        if self.answer is None:
            return Solutions((), ())
        kept = [at for at, name in enumerate(self.answer.variables) if name not in self.question.subjects]
        columns = tuple(self.answer.variables[at] for at in kept)
        return Solutions(columns, tuple(tuple(row[at] for at in kept) for row in self.answer.rows))


async def index(view: View) -> Page:
    """Every question, in chapters."""
    return Page("questions.html", {"chapters": list(_chapters(view))})


def _chapters(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions by topic: without one in the chapter of the report, else in the last."""
    titles = {section.name: section.title.said(view.language) for section in plan().sections}
    planned = {part.question: section.name for section in plan().sections for part in section.parts}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in (*titles, "")}
    for item in questions():
        topic = header_of(item.text).get("topic", [planned.get(item.slug, "")])[0]
        found.setdefault(topic, []).append((item.slug, _summary(item, view)))
    other = str(view.say("questions.other"))
    return [(titles.get(name, other), items) for name, items in found.items() if items]


async def show(view: View) -> Page:
    """One question: form, chart, table, query; under ``/places`` each row with where it is printed."""
    known = await names(view.site)
    item = question(view.place["slug"])
    placed = _placed(view, item)
    asked = await ask(view, item, evidence=placed)
    public = tuple(name for name in asked.public().variables if not (placed and name == PICTURE))
    view, rows = readable(view, Rows(asked.answer) if asked.answer else [], public, known)
    kept = chosen_rows(view, rows, public)
    leads = linked(item, known, view)
    if not placed:
        leads = to_places(view, item, leads)
    facets = declared(item, "facets")
    table = addressed(view, rows, public, facets, leads, MOST_PLACED_CELLS if placed else None)
    fields = [_input(parameter, asked.given, known, view) for parameter in open_parameters(item)]
    return Page(
        "question.html",
        {
            "slug": item.slug,
            "title": _summary(item, view),
            "other_title": item.summary if view.language == "zh" else item.summary_zh,
            "description": view.about(item),
            "fields": fields,
            "problem": said(asked.problem.message, view.language) if asked.problem else "",
            "table": table,
            "cut": placed and not view.links.live and table.last < table.total,
            "charts": () if placed else pictures(item, kept, view.language, bars_lead(item, leads)),
            "areas": () if placed else areas_of(item, kept, known, view),
            "placed": placed,
            "command": _command(item),
            "places": view.links.to(_path(item, places=not placed), view.query) if item.subjects else "",
            "sparql": text_of(item, asked.given) if not asked.problem else item.sparql(),
            "downloads": [
                (ending, view.links.to(f"{_path(item, places=placed)}.{ending}", view.query))
                for ending in ("csv", "xlsx", "json", *(() if placed else ("svg",)))
            ],
            "kept": [
                (key, value)
                for key, value in view.query
                if key.startswith("_") and key not in ("_page", "_has")
            ],
        },
    )


async def download(view: View) -> Download:
    """The answer as a file; what narrows and sorts the table does so here, pages don't."""
    item, ending = question(view.place["slug"]), view.place["ending"]
    placed = _placed(view, item)
    known = tuple(each for each in _TYPES if not (placed and each == "svg"))
    if ending not in known:
        raise UnknownName("rows-as", format=ending, known=known)
    asked = await ask(view, item, evidence=placed)
    if asked.problem:
        raise asked.problem
    if asked.answer is None:
        raise QueryError("parameter-required", slug=item.slug, name=_missing(item, asked.given))
    answer, known_names = asked.public(), await names(view.site)
    view, rows = readable(view, Rows(asked.answer), answer.variables, known_names)
    kept = chosen_rows(view, rows, answer.variables)
    if ending == "svg":
        source = view.say(
            "chart.source", address=view.links.to(f"/questions/{item.slug}"), version=view.site.version
        )
        areas = alone(areas_of(item, kept, known_names, view))
        text = standalone(pictures(item, kept, view.language), str(source), areas)
        return Download(text.encode(), _TYPES[ending], f"{item.slug}.svg")
    places = {id(row): place for place, row in enumerate(rows)}
    chosen = replace(answer, rows=tuple(answer.rows[places[id(row)]] for row in kept))
    made = {
        "csv": lambda: for_excel(chosen),
        "xlsx": lambda: workbook(chosen),
        "json": lambda: written(chosen, "json").encode(),
    }
    return Download(made[ending](), _TYPES[ending], None if ending == "json" else f"{item.slug}.{ending}")


async def ask(view: View, item: Question, *, evidence: bool = False) -> Asked:
    """The answer to what the address asks; without it where a value is missing or is none.

    With ``evidence`` a row stands once for each place where it is printed.
    """
    allowed = tuple(parameter.name for parameter in open_parameters(item))
    given = {name: value for name in allowed if (value := view.get(name).strip())}
    closed = next((p.name for p in item.parameters if p.name not in allowed and view.get(p.name)), "")
    if closed:  # nobody else's file answers instead
        refused = UnknownName("no-parameter", slug=item.slug, name=closed, choices=choices(closed, allowed))
        return Asked(item, given, None, refused)
    if _missing(item, given):
        return Asked(item, given, None)
    try:
        if evidence:
            placed = await view.site.asking(lambda store: item.ask(store, given, evidence=True))
            return Asked(item, given, placed if isinstance(placed, Solutions) else None)
        # Only what a row sums up is left out of the answer: a single thing makes the row a link.
        return Asked(item, given, await view.site.question(replace(item, subjects=item.summed), given))
    except (UnknownName, QueryError) as error:
        if error.code not in ("parameter-value", "parameter-unknown", "no-theme"):
            raise
        return Asked(item, given, None, error)


def text_of(item: Question, given: Mapping[str, str]) -> str:
    """The query as it is asked, for any SPARQL engine."""
    if _missing(item, given):
        return item.sparql()
    terms = item.bind(given)
    if item.limit:
        terms.pop(item.limit, None)
    chosen = {name: terms.pop(name) for name in list(terms) if name in item.narrowing}
    return bound(with_prefixes(narrowed(item.text, chosen)), terms)


def _placed(view: View, item: Question) -> bool:
    """Whether the address asks where the rows are printed."""
    return view.path.startswith(_path(item, places=True))


def _path(item: Question, *, places: bool) -> str:
    return f"/questions/{item.slug}/{PLACES}" if places else f"/questions/{item.slug}"


def to_places(view: View, item: Question, otherwise: Linked) -> Linked:
    """The figures of a row that sums up many things lead to where these are printed.

    On a server to those of the very row, told by the texts that stand beside the figures.
    """
    if not item.subjects:
        return otherwise

    def leads(row: Row, name: str) -> str | None:
        figure = isinstance(row.get(name), int | Decimal) and not isinstance(row.get(name), bool)
        several = item.summed or any(" " in str(row.get(subject) or "") for subject in item.subjects)
        if not (figure and several) or name in YEARS:
            return otherwise(row, name)
        texts = [
            (f"_is.{column}", cell_of(row, column, view.language))
            for column in columns_for(item.columns, view.language)
            if isinstance(row.get(column), str) or column in YEARS
        ]
        return view.links.to(_path(item, places=True), (*view.query, *texts))

    return leads


def _missing(item: Question, given: Mapping[str, str]) -> str:
    required = (p for p in item.parameters if p.default is None and not p.optional)
    return next((p.name for p in required if p.name not in given), "")


def _command(item: Question) -> str:
    """How to ask with a table of one's own, which a site takes from nobody; empty where there is none."""
    open_here = {parameter.name for parameter in open_parameters(item)}
    closed = [f"--param {each.name}=FILE.csv" for each in item.parameters if each.name not in open_here]
    return " ".join(("budgetkg query", item.slug, *closed, "--store DIR")) if closed else ""


def _summary(item: Question, view: View) -> str:
    return view.pick(item.summary_zh, item.summary) or item.summary or item.summary_zh or item.slug


def _input(parameter: Parameter, given: Mapping[str, str], known: Names, view: View) -> Input:
    label = view.pick(parameter.summary_zh, parameter.summary) or parameter.name
    kind = {"integer": "number", "decimal": "number"}.get(parameter.kind, "text")
    column = "theme" if parameter.kind == "theme" else parameter.name
    choices = known.choices.get(column, ())
    value = given.get(parameter.name, parameter.default or "")
    required = parameter.default is None and not parameter.optional
    listed = parameter.name in ("year", "district") and bool(choices) and (not value or value in choices)
    said = tuple((choice, known.said(column, choice, view.language)) for choice in choices)
    return Input(parameter.name, label, kind, value, required, said, listed)
