"""How the graph is built: its core as a picture, each class with one thing of it, and first queries."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.graph import Rows
from budgetkg.queries import Question, header_of, page_queries
from budgetkg.report.wording import seen
from budgetkg.resources import page_query
from budgetkg.terms import short
from budgetkg.web.addresses import path_of
from budgetkg.web.pages.view import Page, View

WIDTH, HEIGHT = 150, 44
_PLACES = {
    "AdministrativeDivision": (10, 20), "Department": (10, 110), "Finding": (10, 210),
    "BudgetPlan": (260, 66), "Document": (260, 210), "Evidence": (260, 320),
    "Project": (510, 20), "Task": (510, 120), "PerformanceGoal": (510, 220),
    "Amount": (760, 20), "Indicator": (760, 120), "AnnualTarget": (760, 230), "Quantity": (760, 320),
}  # fmt: skip
"""The left upper corner of each class in the picture, in its units."""
_ARROWS = (
    ("hasDivision", (260, 80, 160, 42)), ("hasDepartment", (260, 96, 160, 132)),
    ("statesPlan", (335, 210, 335, 110)), ("hasFinding", (260, 232, 160, 232)),
    ("oa:hasSource", (335, 320, 335, 254)), ("hasProject", (410, 80, 510, 42)),
    ("hasTask", (410, 96, 510, 142)), ("hasTotal", (660, 34, 760, 34)),
    ("hasIndicator", (660, 50, 760, 132)), ("hasIndicator", (660, 146, 760, 146)),
    ("hasGoal", (395, 110, 510, 226)),
    ("hasTarget", (835, 164, 835, 230)), ("hasQuantity", (835, 274, 835, 320)),
    ("hasEvidence", (510, 258, 410, 336)),
)  # fmt: skip
"""The properties between them, each from where to where."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the picture and in the list below it."""

    term: str
    name: str
    definition: str
    count: int
    place: tuple[int, int]
    href: str | None
    example: str
    example_href: str | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property in the picture: its line, and where its name stands."""

    name: str
    line: tuple[int, int, int, int]

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the line."""
        x1, y1, x2, y2 = self.line
        return (x1 + x2) / 2, (y1 + y2) / 2


async def show(view: View) -> Page:
    """The page."""
    found: dict[str, Box] = {}
    rows = Rows(await view.site.rows(page_query("structure")))
    for row in sorted(rows, key=lambda row: row["spoken"] not in (None, "", view.language)):
        term = short(str(row["class"])).partition(":")[2]
        if term in found:  # of several names of an example the first will do
            continue
        name, definition = (str(row.get(view.pick(f"{key}_zh", key)) or "") for key in ("name", "definition"))
        example = str(row["example"])
        found[term] = Box(
            term, name or term, definition, int(str(row["things"])), _PLACES[term],
            view.links.thing(str(row["class"])), _named(row.get("example_name"), example),
            view.links.thing(example),
        )  # fmt: skip
    queries = [(view.pick(item.summary_zh, item.summary), without_header(item.text)) for item in _first()]
    boxes = [found[term] for term in _PLACES if term in found]
    arrows = [Arrow(name, line) for name, line in _ARROWS]
    return Page("structure.html", {"boxes": boxes, "arrows": arrows, "queries": queries})


def _named(name: object, iri: str) -> str:
    return seen(str(name or path_of(iri) or iri))[:60]


def _first() -> list[Question]:
    """The queries that begin with ``#+ example: 1`` and so on, in that order."""
    found = {number: item for item in page_queries() for number in header_of(item.text).get("example", ())}
    return [found[number] for number in sorted(found)]


def without_header(text: str) -> str:
    """A query as somebody would write it: without what its file says of it."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
