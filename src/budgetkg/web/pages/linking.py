"""Where the cells of an answer lead, by what its question says of its rows."""

from __future__ import annotations

from collections.abc import Callable

from budgetkg.queries import Question, header_of
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import ENTITIES
from budgetkg.web.pages.names import Names
from budgetkg.web.pages.tables import Linked
from budgetkg.web.pages.view import View

_PAIRS = (("project_a", "project_b"), ("project", "other_project"), ("department_a", "department_b"))


def linked(item: Question, known: Names, view: View) -> Linked:
    """Where cells lead: the named thing of a row to its page, districts, departments and themes to theirs."""
    entities = entities_of(item)

    def leads(row: Row, name: str) -> str | None:
        about = str(row.get(entities[name]) or "") if name in entities else ""
        iri = about if " " not in about else ""  # a row may sum up many things
        iri = iri or known.thing(name, str(row.get(name) or "")) or ""
        return view.links.thing(iri) if iri else None

    return leads


def bars_lead(item: Question, leads: Linked) -> Callable[[Row], str | None]:
    """Where a bar of a question's chart leads: where the first cell of its row does that leads anywhere.

    The thing that a row is about comes first, then a figure that leads to what it sums up.
    """
    names = tuple(dict.fromkeys((*entities_of(item), *reversed(item.columns))))

    def first(row: Row) -> str | None:
        return next((href for name in names if (href := leads(row, name))), None)

    return first


def declared(item: Question, key: str) -> list[str]:
    """The names that a line of a question's header lists."""
    return [
        name.strip() for line in header_of(item.text).get(key, ()) for name in line.split(",") if name.strip()
    ]


def entities_of(item: Question) -> dict[str, str]:
    """Which column is the name of which thing: by the header's ``entity``, else by their names."""
    subjects = [name for name in item.subjects if name not in item.summed]
    entities = declared(item, "entity")
    if not entities and len(subjects) == 2:
        entities = list(next((pair for pair in _PAIRS if set(pair) <= set(item.columns)), ()))
    elif not entities and len(subjects) == 1:
        entities = [name for name in ENTITIES if name in item.columns][:1]
    return dict(zip(entities, subjects, strict=False))
